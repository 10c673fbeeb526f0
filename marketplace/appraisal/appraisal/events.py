from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class AppraisalDrafted(Fact):
    """A valuation was computed for the first time."""

    kind = "appraisal.appraisal_drafted"
    label = _("Valuation drafted")
    method: str


@dataclass(frozen=True, kw_only=True)
class AppraisalRevised(Fact):
    """A valuation was computed anew from other inputs."""

    kind = "appraisal.appraisal_revised"
    label = _("Valuation revised")


@dataclass(frozen=True, kw_only=True)
class AppraisalSubmitted(Fact):
    """A valuation was given to a second person; `result_digest` binds the figure."""

    kind = "appraisal.appraisal_submitted"
    label = _("Valuation submitted")
    result_digest: str


@dataclass(frozen=True, kw_only=True)
class AppraisalApproved(Fact):
    """A second person approved a valuation."""

    kind = "appraisal.appraisal_approved"
    label = _("Valuation approved")
    amount: str
    currency: str
    valid_until: str
    result_digest: str


@dataclass(frozen=True, kw_only=True)
class AppraisalReturned(Fact):
    """A second person asked for corrections."""

    kind = "appraisal.appraisal_returned"
    label = _("Valuation returned")


@dataclass(frozen=True, kw_only=True)
class AppraisalSuperseded(Fact):
    """A newer valuation took its place."""

    kind = "appraisal.appraisal_superseded"
    label = _("Valuation superseded")
    by_appraisal: str


@dataclass(frozen=True, kw_only=True)
class AppraisalWithdrawn(Fact):
    """A valuation was taken back."""

    kind = "appraisal.appraisal_withdrawn"
    label = _("Valuation withdrawn")


@dataclass(frozen=True, kw_only=True)
class ComparableNoted(Fact):
    """A settled trade was noted to compare with; the fact names neither side and no dataset."""

    kind = "appraisal.comparable_noted"
    label = _("Past trade noted")


@dataclass(frozen=True, kw_only=True)
class ComparableCorrected(Fact):
    """Money of a noted trade went back: it compares at less; the fact names neither side."""

    kind = "appraisal.comparable_corrected"
    label = _("Past trade corrected")


@dataclass(frozen=True, kw_only=True)
class AppraisalExpired(Fact):
    """The time for which a valuation holds ran out."""

    kind = "appraisal.appraisal_expired"
    label = _("Valuation expired")
