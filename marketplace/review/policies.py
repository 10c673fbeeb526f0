"""Who may decide a case."""

from marketplace.accounts.four_eyes import is_second
from marketplace.core import Actor
from marketplace.review.models import Case, CaseKind

ROWS = {
    CaseKind.CONTENT: "content",
    CaseKind.ROLES: "policy",
    CaseKind.RIGHT: "claim",
    CaseKind.VALUATION: "valuation",
    CaseKind.CEILING: "ceiling",
    CaseKind.LISTING: "listing",
    CaseKind.BOOKING: "recognition",
}
"""The row of the table of four eyes for each kind of case."""


def may_decide(by: Actor, case: Case) -> bool:
    """A reviewer decides, who neither submitted it nor belongs to the organization that did."""
    row = ROWS[CaseKind(case.kind)]
    return is_second(row, case.submitted_by_id, by, of=(case.organization_id,))
