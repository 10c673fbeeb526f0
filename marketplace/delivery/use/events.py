from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class GrantKeyMade(Fact):
    """The buyer made a key for programs; `replaces` an earlier one that stopped with it."""

    kind = "delivery.grant_key_made"
    label = _("Key for programs made")
    replaces: bool


@dataclass(frozen=True, kw_only=True)
class GrantKeyRevoked(Fact):
    """The buyer stopped a key."""

    kind = "delivery.grant_key_revoked"
    label = _("Key for programs revoked")


@dataclass(frozen=True, kw_only=True)
class UsesSummed(Fact):
    """What programs took of a grant on a day that is over."""

    kind = "delivery.uses_summed"
    label = _("Use of a day added up")
    day: str
    calls: int
    rows: int
    size: int
