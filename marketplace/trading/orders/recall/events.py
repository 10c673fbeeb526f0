"""What happens to verdicts that are doubted: codes, amounts and digests, never what was written."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReidentificationReported(Fact):
    """Somebody, who need not be known, says that a person can be found in data."""

    kind = "trading.reidentification_reported"
    label = _("Re-identification reported")
    is_from_anybody = True
    text_sha256: str


@dataclass(frozen=True, kw_only=True)
class RecallProposed(Fact):
    """A reviewer proposes to recall a verdict for another cause than a reported person."""

    kind = "trading.recall_proposed"
    label = _("Recall proposed")
    cause: str
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class ReidentificationExamined(Fact):
    """A first examiner proposes an outcome; it holds once a second one confirms it."""

    kind = "trading.reidentification_examined"
    label = _("Report of a re-identification examined")
    is_proven: bool
    reason_sha256: str


@dataclass(frozen=True, kw_only=True)
class ReidentificationDecided(Fact):
    """A second examiner confirmed the outcome, or sent it back to be examined anew."""

    kind = "trading.reidentification_decided"
    label = _("Report of a re-identification decided")
    outcome: str


@dataclass(frozen=True, kw_only=True)
class OrderRecallBegun(Fact):
    """An order rests on a verdict that was recalled: it is undone next."""

    kind = "trading.order_recall_begun"
    label = _("Recall of the order begun")
    in_timelines = False


@dataclass(frozen=True, kw_only=True)
class OrderRecalled(Fact):
    """An order was undone since the verdict on its data was recalled.

    `outcome` is the order's state afterwards; `has_rows` tells that the buyer has rows and is asked
    to delete them.
    """

    kind = "trading.order_recalled"
    label = _("Order recalled")
    outcome: str
    refunded: str
    owed: str
    currency: str
    has_rows: bool
    deletion_due_on: str
