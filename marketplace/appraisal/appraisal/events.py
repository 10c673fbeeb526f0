from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class AppraisalDrafted(Fact, kind="appraisal.appraisal_drafted", label=_("Valuation drafted")):
    """A valuation was computed for the first time."""

    method: str


class AppraisalRevised(Fact, kind="appraisal.appraisal_revised", label=_("Valuation revised")):
    """A valuation was computed anew from other inputs."""


class AppraisalSubmitted(
    Fact, kind="appraisal.appraisal_submitted", label=_("Valuation submitted")
):
    """A valuation was given to a second person; `result_digest` binds the figure."""

    result_digest: str


class AppraisalApproved(Fact, kind="appraisal.appraisal_approved", label=_("Valuation approved")):
    """A second person approved a valuation."""

    amount: str
    currency: str
    valid_until: str
    result_digest: str


class AppraisalReturned(Fact, kind="appraisal.appraisal_returned", label=_("Valuation returned")):
    """A second person asked for corrections."""


class AppraisalSuperseded(
    Fact, kind="appraisal.appraisal_superseded", label=_("Valuation superseded")
):
    """A newer valuation took its place."""

    by_appraisal: str


class AppraisalWithdrawn(
    Fact, kind="appraisal.appraisal_withdrawn", label=_("Valuation withdrawn")
):
    """A valuation was taken back."""


class ComparableNoted(Fact, kind="appraisal.comparable_noted", label=_("Past trade noted")):
    """A settled trade was noted to compare with; the fact names neither side and no dataset."""


class ComparableCorrected(
    Fact, kind="appraisal.comparable_corrected", label=_("Past trade corrected")
):
    """Money of a noted trade went back: it compares at less; the fact names neither side."""


class AppraisalExpired(Fact, kind="appraisal.appraisal_expired", label=_("Valuation expired")):
    """The time for which a valuation holds ran out."""
