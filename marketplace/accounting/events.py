from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class CostRecorded(Fact, kind="accounting.cost_recorded", label=_("Cost recorded")):
    """A voucher's amount was recorded for a dataset."""

    cost_kind: str
    amount: str
    currency: str


class CostReversed(Fact, kind="accounting.cost_reversed", label=_("Cost reversed")):
    """A recorded amount was taken back."""


class RecognitionProposed(
    Fact, kind="accounting.recognition_proposed", label=_("Recognition proposed")
):
    """A finance officer decided what data is booked as, and submitted the decision."""

    category: str
    carrying: str
    currency: str


class RecognitionApproved(
    Fact, kind="accounting.recognition_approved", label=_("Recognition approved")
):
    """A second person approved what data is booked as."""

    category: str
    carrying: str
    currency: str


class RecognitionReturned(
    Fact, kind="accounting.recognition_returned", label=_("Recognition returned")
):
    """A second person asked for corrections."""


class RecognitionSuperseded(
    Fact, kind="accounting.recognition_superseded", label=_("Recognition superseded")
):
    """A newer decision took its place."""

    by_recognition: str


class RecognitionWithdrawn(
    Fact, kind="accounting.recognition_withdrawn", label=_("Recognition withdrawn")
):
    """A decision was taken back."""


class ImpairmentRecorded(
    Fact, kind="accounting.impairment_recorded", label=_("Impairment recorded")
):
    """A booked asset was tested; a loss below zero is a reversal."""

    loss: str
    currency: str
