from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class CostRecorded(Fact):
    """A voucher's amount was recorded for a dataset."""

    kind = "accounting.cost_recorded"
    label = _("Cost recorded")
    cost_kind: str
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class CostReversed(Fact):
    """A recorded amount was taken back."""

    kind = "accounting.cost_reversed"
    label = _("Cost reversed")


@dataclass(frozen=True, kw_only=True)
class RecognitionProposed(Fact):
    """A finance officer decided what data is booked as, and submitted the decision."""

    kind = "accounting.recognition_proposed"
    label = _("Recognition proposed")
    category: str
    carrying: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class RecognitionApproved(Fact):
    """A second person approved what data is booked as."""

    kind = "accounting.recognition_approved"
    label = _("Recognition approved")
    category: str
    carrying: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class RecognitionReturned(Fact):
    """A second person asked for corrections."""

    kind = "accounting.recognition_returned"
    label = _("Recognition returned")


@dataclass(frozen=True, kw_only=True)
class RecognitionSuperseded(Fact):
    """A newer decision took its place."""

    kind = "accounting.recognition_superseded"
    label = _("Recognition superseded")
    by_recognition: str


@dataclass(frozen=True, kw_only=True)
class RecognitionWithdrawn(Fact):
    """A decision was taken back."""

    kind = "accounting.recognition_withdrawn"
    label = _("Recognition withdrawn")


@dataclass(frozen=True, kw_only=True)
class ImpairmentRecorded(Fact):
    """A booked asset was tested; a loss below zero is a reversal."""

    kind = "accounting.impairment_recorded"
    label = _("Impairment recorded")
    loss: str
    currency: str
