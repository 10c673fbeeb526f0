from functools import partial
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.letter.services import Sending, promise_letters, send_letter
from marketplace.accounts.person.events import AddressProofAsked, AddressProved
from marketplace.accounts.person.letters import unknown_link, who_proves, write_proof
from marketplace.accounts.person.models import Person
from marketplace.accounts.person.rules import check_ask_for_address_proof
from marketplace.accounts.person.selectors import people_visible_to
from marketplace.core import Actor, NotAllowed, clock, locked
from marketplace.core.arguments import Text
from marketplace.ledger.services.recording import record
from marketplace.web.mail import failure_of

SIGNED = Text(longest=500)


@transaction.atomic
def ask_for_address_proof(*, by: Actor) -> Person:
    """Have the link sent once more that proves the actor's address.

    Raises:
        NotAllowed: nobody is signed in.
        WrongState: the address is proved, or the last link was asked for a moment ago.
    """
    if by.person_id is None:
        raise NotAllowed(_("Sign in to prove your address."))
    person = locked(people_visible_to(by), pk=by.person_id)
    check_ask_for_address_proof(person, by)
    person.address_asked_at = clock.now()
    person.save(update_fields=["address_asked_at"])
    promise_letters([f"person:{person.pk}"])
    about = (f"organization:{person.organization_id}",)
    record(AddressProofAsked(subject=f"person:{person.pk}", about=about), by=by)
    return person


@transaction.atomic
def prove_address(*, signed: Annotated[str, SIGNED], by: Actor) -> Person:
    """Note that whoever applied reads the mailbox that they named. Again it changes nothing.

    Raises:
        NotFound: the link was not made here, or its time is over.
    """
    person_id, address = who_proves(signed)
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    if person is None or person.email != address:
        raise unknown_link()
    if person.address_proved_at is not None:
        return person
    person.address_proved_at = clock.now()
    person.save(update_fields=["address_proved_at"])
    record(
        AddressProved(
            subject=f"person:{person.pk}", about=(f"organization:{person.organization_id}",)
        ),
        by=Actor(person_id=person.pk, organization_id=person.organization_id, door=by.door),
    )
    return person


def send_address_proof(person_id: UUID, *, taker: str = "", is_sent: bool = False) -> bool:
    """Send the link that proves an address; return whether there was anything to prove.

    That it failed stands with the person.

    Raises:
        OSError: the mail server does not take it; the centre tries again.
        NotNoted: it was sent, and the database does not answer.
    """
    prepare = partial(_proof_to_send, person_id)
    return send_letter(f"person:{person_id}", prepare, taker=taker, is_sent=is_sent)


def _proof_to_send(person_id: UUID) -> Sending | None:
    rows = Person.objects.filter(pk=person_id, address_proved_at=None, is_active=True)
    person = rows.first()
    if person is None:
        return None
    return Sending(
        send=partial(write_proof, person),
        sent=lambda: rows.update(letter_failure=""),
        failed=lambda error: rows.update(letter_failure=failure_of(error)),
    )


def remember_language(person_id: UUID, language: str) -> None:
    """Keep the language that a person reads, for the e-mails they are sent."""
    Person.objects.filter(pk=person_id).exclude(language=language).update(language=language)
