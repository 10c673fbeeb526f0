from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class GrantKeyMade(Fact, kind="delivery.grant_key_made", label=_("Key for programs made")):
    """The buyer made a key for programs; `replaces` an earlier one that stopped with it."""

    replaces: bool


class GrantKeyRevoked(Fact, kind="delivery.grant_key_revoked", label=_("Key for programs revoked")):
    """The buyer stopped a key."""


class UsesSummed(Fact, kind="delivery.uses_summed", label=_("Use of a day added up")):
    """What programs took of a grant on a day that is over."""

    day: str
    calls: int
    rows: int
    size: int
    uncounted: int = 0
