"""The review queue: each open case with the name of its thing and the page that decides it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from marketplace.accounting.selectors import recognitions_visible_to
from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.organization.selectors import organizations_visible_to
from marketplace.appraisal.appraisal.selectors import appraisals_visible_to
from marketplace.appraisal.ceiling.selectors import ceilings_visible_to
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, is_open
from marketplace.core.terms import has_passed
from marketplace.preparation.policy.selectors import policies_visible_to
from marketplace.review.models import CaseKind
from marketplace.review.rules import check_decide_case
from marketplace.review.selectors import open_cases
from marketplace.rights.claim import policies
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.registration.rules import is_waived
from marketplace.trading.listings.listing.selectors import listings_visible_to


@dataclass(frozen=True)
class QueuedCase:
    """An open case; `is_their_turn` where it waits neither for a day nor for somebody else."""

    kind: str
    kind_label: str
    title: str
    organization: str
    submitted_at: datetime
    url: str
    may_decide: bool
    is_their_turn: bool


Titles = Callable[[Actor, list[UUID]], dict[UUID, str]]


def _dataset_titles(by: Actor, ids: list[UUID]) -> dict[UUID, str]:
    return dict(datasets_visible_to(by).filter(pk__in=ids).values_list("pk", "title"))


def _policy_titles(by: Actor, ids: list[UUID]) -> dict[UUID, str]:
    rows = policies_visible_to(by).filter(pk__in=ids)
    return dict(rows.values_list("pk", "version__dataset__title"))


def _claim_titles(by: Actor, ids: list[UUID]) -> dict[UUID, str]:
    return dict(claims_visible_to(by).filter(pk__in=ids).values_list("pk", "dataset__title"))


def _appraisal_titles(by: Actor, ids: list[UUID]) -> dict[UUID, str]:
    return dict(appraisals_visible_to(by).filter(pk__in=ids).values_list("pk", "dataset__title"))


def _ceiling_titles(by: Actor, ids: list[UUID]) -> dict[UUID, str]:
    return dict(ceilings_visible_to(by).filter(pk__in=ids).values_list("pk", "dataset__title"))


def _listing_titles(by: Actor, ids: list[UUID]) -> dict[UUID, str]:
    return dict(listings_visible_to(by).filter(pk__in=ids).values_list("pk", "title"))


def _recognition_titles(by: Actor, ids: list[UUID]) -> dict[UUID, str]:
    return dict(recognitions_visible_to(by).filter(pk__in=ids).values_list("pk", "dataset__title"))


PAGES: dict[str, tuple[str, Titles]] = {
    CaseKind.CONTENT: ("dataset_review", _dataset_titles),
    CaseKind.ROLES: ("roles_review", _policy_titles),
    CaseKind.RIGHT: ("claim_review", _claim_titles),
    CaseKind.VALUATION: ("appraisal_review", _appraisal_titles),
    CaseKind.CEILING: ("ceiling_review", _ceiling_titles),
    CaseKind.LISTING: ("listing_review", _listing_titles),
    CaseKind.BOOKING: ("recognition_review", _recognition_titles),
}
"""The page on which a kind of case is decided, and how its things are named."""


def _is_their_turn(claim: Claim, by: Actor) -> bool:
    """Return whether a reviewer can take a claim further; nobody can while its notice runs."""
    if claim.state == ClaimState.OBJECTION:
        return False
    is_published = claim.state == ClaimState.PUBLIC_NOTICE
    if is_published and claim.notice_until is not None and not has_passed(claim, "notice_until"):
        return False
    is_examined = is_published or is_waived(claim)
    parties = policies.parties_of(claim)
    return not is_examined or is_second("examination", claim.examined_by_id, by, of=parties)


def _of_others(by: Actor, ids: list[UUID]) -> set[UUID]:
    """Return the claims that wait for somebody else than this reviewer."""
    rows = claims_visible_to(by).filter(pk__in=ids)
    return {claim.pk for claim in rows if not _is_their_turn(claim, by)} if ids else set()


def queue_of(by: Actor) -> list[QueuedCase]:
    """Return the open cases that the actor may see, oldest first, in ten queries."""
    cases = list(open_cases(by)[:200])
    ids: dict[str, list[UUID]] = {kind: [] for kind in PAGES}
    for case in cases:
        ids[case.kind].append(UUID(case.subject.partition(":")[2]))
    titles = {kind: name(by, ids[kind]) for kind, (_page, name) in PAGES.items() if ids[kind]}
    names = dict(
        organizations_visible_to(by)
        .filter(pk__in={case.organization_id for case in cases})
        .values_list("pk", "name")
    )
    of_others = _of_others(by, ids[CaseKind.RIGHT])
    queued = []
    for case in cases:
        thing = UUID(case.subject.partition(":")[2])
        queued.append(
            QueuedCase(
                kind=case.kind,
                kind_label=case.get_kind_display(),
                title=titles[case.kind].get(thing, str(thing)),
                organization=names.get(case.organization_id, ""),
                submitted_at=case.created_at,
                url=reverse(PAGES[case.kind][0], args=[thing]),
                may_decide=is_open(check_decide_case, case, by),
                is_their_turn=thing not in of_others,
            )
        )
    return queued
