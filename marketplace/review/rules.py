from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import check_independent
from marketplace.accounts.roles import Role
from marketplace.core import Actor, NotAllowed, WrongState
from marketplace.review import policies
from marketplace.review.models import Case
from marketplace.review.selectors import open_case_of
from marketplace.review.states import CaseState


def check_decide_case(case: Case, by: Actor) -> None:
    """Refuse to decide a case.

    Raises:
        NotAllowed: the actor is no reviewer, submitted it, or belongs to who submitted it
            (`own-organization`).
        WrongState: it is decided or taken back.
    """
    if case.state != CaseState.OPEN:
        raise not_waiting()
    if by.has(Role.REVIEWER):
        check_independent(by, case.organization_id)
    if not policies.may_decide(by, case):
        raise NotAllowed(_("Only a reviewer who did not submit this can decide on it."))


def check_decide_on(kind: str, subject: str, by: Actor) -> None:
    """Refuse to decide the open case of a thing.

    Raises:
        NotAllowed: as for `check_decide_case`.
        WrongState: the thing is not under review.
    """
    case = open_case_of(kind, subject)
    if case is None:
        raise not_waiting()
    check_decide_case(case, by)


def not_waiting() -> WrongState:
    """Return the refusal of what no second person is asked about."""
    return WrongState(_("This is not waiting for a decision. Reload the page."))
