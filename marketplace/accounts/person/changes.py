"""What happens to a person's account, in the transaction of an act that asked who may."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from marketplace.accounts.person.models import Person
from marketplace.core import Invalid


def end_sessions(person: Person) -> None:
    person.session_round += 1
    person.save(update_fields=["session_round"])


def erase_person(person: Person) -> None:
    """Erase who somebody is that never proved to read their mailbox; they sign in no more."""
    person.email, person.mailbox, person.name = f"{person.pk}@erased.invalid", "", "–"
    person.is_active, person.identity_digest = False, ""
    person.set_unusable_password()
    person.save(
        update_fields=["email", "mailbox", "name", "is_active", "identity_digest", "password"]
    )
    end_sessions(person)


def address_of(email: str) -> str:
    """Return an e-mail address as it is kept.

    Raises:
        Invalid: it is no address.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        sentence = _("Give an e-mail address like name@example.org.")
        raise Invalid(sentence, fields={"email": [sentence]}) from None
    return address
