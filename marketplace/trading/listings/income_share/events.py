from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class IncomeShareProposed(Fact):
    """A seller offered a source a part of its income from a listing."""

    kind = "trading.income_share_proposed"
    label = _("Income share proposed")
    ground: str
    rate: str


@dataclass(frozen=True, kw_only=True)
class SharesReckoned(Fact):
    """A seller had shares of its income reckoned by what each source brings, and proposed them."""

    kind = "trading.shares_reckoned"
    label = _("Income shares reckoned")
    reckoning: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class IncomeShareAnswered(Fact):
    """A source agreed to its part, or declined it."""

    kind = "trading.income_share_answered"
    label = _("Income share answered")
    is_agreed: bool
    rate: str


@dataclass(frozen=True, kw_only=True)
class IncomeShareEnded(Fact):
    """A side ended an income share for later contracts."""

    kind = "trading.income_share_ended"
    label = _("Income share ended")
