"""What happens to verdicts that are doubted: codes, amounts and digests, never what was written."""

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class ReidentificationReported(
    Fact,
    kind="trading.reidentification_reported",
    label=_("Re-identification reported"),
    is_from_anybody=True,
):
    """Somebody, who need not be known, says that a person can be found in data."""

    text_sha256: str


class RecallProposed(Fact, kind="trading.recall_proposed", label=_("Recall proposed")):
    """A reviewer proposes to recall a verdict for another cause than a reported person."""

    cause: str
    reason_sha256: str


class ReidentificationExamined(
    Fact,
    kind="trading.reidentification_examined",
    label=_("Report of a re-identification examined"),
):
    """A first examiner proposes an outcome; it holds once a second one confirms it."""

    is_proven: bool
    reason_sha256: str


class ReidentificationDecided(
    Fact, kind="trading.reidentification_decided", label=_("Report of a re-identification decided")
):
    """A second examiner confirmed the outcome, or sent it back to be examined anew."""

    outcome: str


class OrderRecallBegun(
    Fact,
    kind="trading.order_recall_begun",
    label=_("Recall of the order begun"),
    in_timelines=False,
):
    """An order rests on a verdict that was recalled: it is undone next."""


class OrderRecalled(Fact, kind="trading.order_recalled", label=_("Order recalled")):
    """An order was undone since the verdict on its data was recalled.

    `outcome` is the order's state afterwards; `has_rows` tells that the buyer has rows and is asked
    to delete them.
    """

    outcome: str
    refunded: str
    owed: str
    currency: str
    has_rows: bool
    deletion_due_on: str
