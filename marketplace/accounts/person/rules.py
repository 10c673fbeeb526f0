from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.person.models import Person
from marketplace.core import Actor, Allowed, Rule, WrongState, allowed, clock

PROOF_PAUSE = timedelta(minutes=10)
"""How long whoever had a letter sent waits before they can have the next one sent."""


def check_ask_for_address_proof(person: Person, by: Actor) -> None:
    """Refuse to send the link once more that proves an address.

    Raises:
        WrongState: the address is proved, or the last link was asked for a moment ago
            (`asked-just-now`).
    """
    if person.address_proved_at is not None:
        raise WrongState(_("Your address is proved already."))
    asked = person.address_asked_at
    if asked is not None and clock.now() < asked + PROOF_PAUSE:
        raise WrongState(
            _("The link was sent a moment ago. Look into your mailbox, and ask again later."),
            code="asked-just-now",
        )


ACTS_ON_OWN_ADDRESS: Mapping[str, Rule[Person]] = MappingProxyType(
    {"ask_for_address_proof": check_ask_for_address_proof}
)


def acts_on_own_address(person: Person, by: Actor) -> Allowed:
    return allowed(ACTS_ON_OWN_ADDRESS, person, by)
