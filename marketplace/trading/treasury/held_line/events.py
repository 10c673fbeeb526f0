from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class LineHeld(Fact, kind="trading.line_held", label=_("Bank line held: it may be told twice")):
    """A line is alike to one told before (`alike`), and neither number nor balance settles it."""

    line: str
    alike: str


class HeldLineProposed(
    Fact, kind="trading.held_line_proposed", label=_("Held bank line compared, to be confirmed")
):
    """A finance officer says whether a held line is the same line or another one (`says`)."""

    says: str


class HeldLineConfirmed(
    Fact, kind="trading.held_line_confirmed", label=_("Held bank line decided by two")
):
    """A second finance officer saw the same; another line counts from now on."""

    says: str


class HeldLineRejected(
    Fact, kind="trading.held_line_rejected", label=_("What was said of a held line rejected")
):
    """A finance officer does not see what was said of a held line; it stays held."""

    says: str
