"""Whose turn a step of the guided path is, and why it comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.states import AppraisalState
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.core import Actor
from marketplace.jobs.states import JobState
from marketplace.preparation.column.presentation import FAILURE_SENTENCES
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.presentation import run_error
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.review.selectors import reasons_of_return
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.states import ListingState

WITH_THE_REGISTER = frozenset(
    state.value
    for state in (
        *(ClaimState.SUBMITTED, ClaimState.ACCEPTED, ClaimState.UNDER_REVIEW),
        *(ClaimState.PUBLIC_NOTICE, ClaimState.OBJECTION, ClaimState.DEPOSITED),
        *(ClaimState.POST_OBJECTION, ClaimState.DISPUTE_EXTERNAL),
    )
)
"""The states of a claim in which its claimant has nothing to submit."""
ASKED_BACK = (ClaimState.SUPPLEMENT_ACCEPTANCE, ClaimState.SUPPLEMENT_REVIEW)
CAME_TO_NOTHING = (ClaimState.NOT_ACCEPTED, ClaimState.TERMINATED, ClaimState.REFUSED)


@dataclass(frozen=True)
class Turn:
    """Whose turn a step is.

    is_others: it is handed in, to a second person, the register or a worker.
    says: how it stands there, or why it came back; "" where it is to be done for the first time.
    route, pk: the page on which the reason is read, where that is not the page of the step.
    """

    is_others: bool = False
    says: str = ""
    route: str = ""
    pk: UUID | None = None


OWN = Turn()


@dataclass(frozen=True)
class Confirmed:
    """A policy that an officer confirmed; a second person looks at the columns it relabels."""

    pk: UUID
    is_relabelled: bool


@dataclass(frozen=True)
class Refused:
    """A risk report in force that did not pass."""

    report: UUID
    failures: Sequence[str]


def newest_runs(sources: Sequence[UUID], *, by: Actor) -> dict[tuple[UUID, str], Run]:
    """Return the last run of each kind by which source versions are prepared."""
    rows = runs_visible_to(by).filter(
        version_id__in=sources, kind__in=(RunKind.PROFILE, RunKind.MASK)
    )
    fields = ("version_id", "kind", "state", "error_code", "error_parameters")
    alone: QuerySet[Run] = rows.select_related(None).only(*fields).order_by("created_at")
    return {(run.version_id, run.kind): run for run in alone}


def reasons_of(
    datasets: Sequence[Dataset],
    policies: Mapping[UUID, Confirmed],
    appraisals: Mapping[UUID, Appraisal],
    listings: Mapping[UUID, Listing],
    *,
    by: Actor,
) -> dict[str, str]:
    """Return why a second person returned what is to be corrected, by its subject."""
    subjects = [
        *(f"dataset:{one.pk}" for one in datasets if one.state == DatasetState.RETURNED),
        *(f"policy:{one.pk}" for one in policies.values() if one.is_relabelled),
        *(
            f"appraisal:{one.pk}"
            for one in appraisals.values()
            if one.state == AppraisalState.RETURNED
        ),
        *(f"listing:{one.pk}" for one in listings.values() if one.state == ListingState.RETURNED),
    ]
    return reasons_of_return(subjects, by=by)


def turn_of_review(
    dataset: Dataset, reasons: Mapping[str, str], *, awaits_form: bool = False
) -> Turn:
    """Return whose turn content review is; what its feed brings may wait for it too."""
    if dataset.state == DatasetState.IN_REVIEW:
        return Turn(is_others=True, says=dataset.get_state_display())
    waits = _("The form of its feed waits for a reviewer: submit it.") if awaits_form else ""
    return Turn(says=reasons.get(f"dataset:{dataset.pk}", "") or waits)


def turn_of_run(run: Run | None, *, returned: str = "", refused: Refused | None = None) -> Turn:
    """Return whose turn a step is that a worker does: until it has ended, the worker's."""
    if run is not None and run.is_active:
        return Turn(is_others=True, says=run.get_state_display())
    if returned:
        return Turn(says=returned)
    if run is not None and run.state == JobState.FAILED:
        return Turn(says=run_error(run), route="run_detail", pk=run.pk)
    if refused is not None:
        says = " ".join(str(FAILURE_SENTENCES[code]) for code in refused.failures)
        return Turn(says=says, route="risk_report_detail", pk=refused.report)
    return OWN


def turn_of_claim(claim: Claim | None) -> Turn:
    if claim is None:
        return OWN
    if claim.state in WITH_THE_REGISTER:
        return Turn(is_others=True, says=claim.get_state_display())
    if claim.state in ASKED_BACK:
        return Turn(says="; ".join(claim.missing))
    if claim.state in CAME_TO_NOTHING:
        return Turn(says=claim.reason or claim.get_state_display())
    return Turn(says=claim.get_state_display()) if claim.state == ClaimState.EXPIRED else OWN


def turn_of_appraisal(appraisal: Appraisal | None, reasons: Mapping[str, str]) -> Turn:
    if appraisal is None:
        return OWN
    if appraisal.state == AppraisalState.SUBMITTED:
        return Turn(is_others=True, says=appraisal.get_state_display())
    if appraisal.state == AppraisalState.EXPIRED:
        return Turn(says=appraisal.get_state_display())
    return Turn(says=reasons.get(f"appraisal:{appraisal.pk}", ""))


def turn_of_listing(listing: Listing | None, reasons: Mapping[str, str]) -> Turn:
    if listing is None:
        return OWN
    if listing.state == ListingState.SUBMITTED:
        return Turn(is_others=True, says=listing.get_state_display())
    if listing.state == ListingState.SUSPENDED:
        return Turn(says=listing.get_state_display())
    return Turn(says=reasons.get(f"listing:{listing.pk}", ""))
