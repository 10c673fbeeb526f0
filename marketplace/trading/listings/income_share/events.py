from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class IncomeShareProposed(
    Fact, kind="trading.income_share_proposed", label=_("Income share proposed")
):
    """A seller offered a source a part of its income from a listing."""

    ground: str
    rate: str


class SharesReckoned(Fact, kind="trading.shares_reckoned", label=_("Income shares reckoned")):
    """A seller had shares of its income reckoned by what each source brings, and proposed them."""

    reckoning: str
    sha256: str


class IncomeShareAnswered(
    Fact, kind="trading.income_share_answered", label=_("Income share answered")
):
    """A source agreed to its part, or declined it."""

    is_agreed: bool
    rate: str


class IncomeShareEnded(Fact, kind="trading.income_share_ended", label=_("Income share ended")):
    """A side ended an income share for later contracts."""
