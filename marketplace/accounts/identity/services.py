"""Accounts are found to be one person's: by their mailbox, or by an identity document."""

import hmac
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from stdnum.cn import ric

from marketplace.accounts.identity.choices import DocumentKind
from marketplace.accounts.identity.events import IdentityRecorded
from marketplace.accounts.identity.linking import link_accounts
from marketplace.accounts.identity.models import IdentityKey
from marketplace.accounts.identity.rules import check_record_identity
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.core import Actor, Invalid, locked, visible
from marketplace.core.envelope import new_key, unwrap, wrap
from marketplace.core.locking import lock_name
from marketplace.ledger.services.recording import record

IDENTITY_KEY = "key of identity digests"
SHORTEST_NUMBER, LONGEST_NUMBER = 5, 40


@transaction.atomic
def record_identity(person_id: UUID, *, document: DocumentKind, number: str, by: Actor) -> Person:
    """Note which identity document a person has shown; of its number a keyed digest stays.

    Accounts that were opened with one document are one person's from then on, whatever their
    addresses say. The same document again changes nothing; another one corrects what was noted,
    and parts what the mistaken one had joined.

    Raises:
        NotFound: there is no such person among those the actor may see.
        NotAllowed: the actor is no administrator of the centre, or is that person.
        Invalid: the number is none of such a document.
    """
    people = people_visible_to(by).exclude(organization=None)
    seen = visible(people, pk=person_id)
    check_record_identity(seen, by)
    digest = _digest(document, number)
    # By name before any row, so that two who note one document do not wait for each other.
    lock_name(f"identity:{digest}")
    lock_name(f"mailbox:{seen.mailbox}")
    person = locked(people, pk=person_id)
    check_record_identity(person, by)
    if person.identity_digest == digest:
        return person
    person.identity_digest, person.human_id = digest, None
    person.save(update_fields=["identity_digest", "human_id"])
    record(
        IdentityRecorded(
            subject=f"person:{person.pk}",
            about=(f"organization:{person.organization_id}",),
            document=document.value,
        ),
        by=by,
    )
    link_accounts(person, by=by)
    return person


def _digest(document: DocumentKind, number: str) -> str:
    plain = "".join(number.split()).upper()
    if document == DocumentKind.RESIDENT and not ric.is_valid(plain):
        raise _wrong(
            _("This is not the number of a resident identity card. Copy all 18 characters from it.")
        )
    if not (SHORTEST_NUMBER <= len(plain) <= LONGEST_NUMBER and plain.isalnum()):
        raise _wrong(
            _("Give the document's number: %(least)d to %(most)d letters and digits.")
            % {"least": SHORTEST_NUMBER, "most": LONGEST_NUMBER}
        )
    return hmac.digest(_key(), f"{document.value}:{plain}".encode(), "sha256").hex()


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, code="document-number-wrong", fields={"number": [sentence]})


def _key() -> bytes:
    kept, _made = IdentityKey.objects.get_or_create(
        name="identity", defaults={"wrapped_key": wrap(new_key(), purpose=IDENTITY_KEY)}
    )
    return unwrap(kept.wrapped_key, purpose=IDENTITY_KEY)
