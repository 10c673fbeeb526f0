"""A case was opened or decided: tell who decides, and who submitted."""

from __future__ import annotations

from marketplace.accounts.roles import Role
from marketplace.accounts.selectors import people_with_role
from marketplace.core.locking import visible
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import NoticeKind
from marketplace.notices.services.notices import notify
from marketplace.pipeline.things import PIPELINE, id_of, page_of, review_page_of, title_of
from marketplace.review.models import Case
from marketplace.review.selectors import cases_visible_to
from marketplace.review.states import CaseState

KIND_OF_DECISION = {
    CaseState.APPROVED: NoticeKind.CASE_APPROVED,
    CaseState.RETURNED: NoticeKind.CASE_RETURNED,
    CaseState.REFUSED: NoticeKind.CASE_REFUSED,
}


def tell_reviewers(entry: Entry) -> None:
    """Tell every reviewer but the submitter that something waits for a decision."""
    case = _case(entry)
    notify(
        people=people_with_role(Role.REVIEWER).exclude(pk=case.submitted_by_id),
        kind=NoticeKind.CASE_OPENED,
        subject=entry.subject,
        parameters=_parameters(case),
        url=review_page_of(case.subject),
        by=PIPELINE,
    )


def tell_submitters(entry: Entry) -> None:
    """Tell the officers of the organization that submitted how it was decided."""
    case = _case(entry)
    notify(
        people=people_with_role(Role.OFFICER, organization_id=case.organization_id),
        kind=KIND_OF_DECISION[CaseState(entry.payload["decision"])],
        subject=entry.subject,
        parameters=_parameters(case),
        url=page_of(case.subject),
        by=PIPELINE,
    )


def _case(entry: Entry) -> Case:
    return visible(cases_visible_to(PIPELINE), pk=id_of(entry.subject))


def _parameters(case: Case) -> dict[str, str]:
    return {"case_kind": case.kind, "thing": title_of(case.subject)}
