"""What the centre writes to a mailbox whose account is not proved."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from marketplace.accounts.person.models import Person
from marketplace.core import NotFound, clock
from marketplace.web.mail import absolute, send_plain

PROOF_LIFE = timedelta(days=7)


SALT = "accounts.address"


def write_proof(person: Person) -> None:
    """Send the link that proves an address to its person, in their language.

    Raises:
        OSError: the mail server does not take it.
    """
    with translation.override(person.language):
        until = clock.now() + PROOF_LIFE
        sentence = _(
            "Somebody applied here for an organization and gave this address. If it was you, "
            "follow this link by %(until)s: before that, nobody can verify the organization."
        )
        parts = (
            sentence % {"until": date_in_letter(until)},
            absolute(reverse("address_prove", args=[signed_address(person, until=until)])),
            _("If it was not you, do nothing: then nothing opens."),
        )
        send_plain(_("Prove your e-mail address"), parts, to=person.email)


def signed_address(person: Person, *, until: datetime) -> str:
    """Sign that whoever shows this reads the mailbox of a person, as it is now."""
    said = {"person": str(person.pk), "address": person.email, "until": until.isoformat()}
    return signing.dumps(said, salt=SALT)


def who_proves(signed: str) -> tuple[UUID, str]:
    """Return the person and the address that a link proves.

    Raises:
        NotFound: it was not made here, or its time is over.
    """
    try:
        said = signing.loads(signed, salt=SALT)
        person, address, until = UUID(said["person"]), said["address"], said["until"]
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise unknown_link() from None
    if datetime.fromisoformat(until) <= clock.now():
        raise unknown_link()
    return person, address


def unknown_link() -> NotFound:
    return NotFound(
        _("This link proves no address, or it has expired. Sign in and ask for a new one.")
    )


def date_in_letter(moment: datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATE_FORMAT")
