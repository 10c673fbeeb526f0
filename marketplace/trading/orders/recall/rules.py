from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules
from marketplace.preparation.report.models import RiskReport
from marketplace.trading.orders.recall.models import Reidentification
from marketplace.trading.orders.recall.states import REIDENTIFICATION, ReidentificationState


def check_examiner(report: RiskReport, by: Actor) -> UUID:
    """Return the reviewer of the centre who examines doubts about a verdict.

    Raises:
        NotAllowed: the actor is no reviewer, or belongs to the organization of the data.
    """
    is_theirs = by.belongs_to(report.organization_id)
    if not by.has(Role.REVIEWER) or by.person_id is None or is_theirs:
        raise NotAllowed(_("Only a reviewer of the centre who is not of this organization can."))
    return by.person_id


def check_examine_reidentification(doubt: Reidentification, by: Actor) -> UUID:
    """Return the first examiner of a report.

    Raises:
        NotAllowed: the actor is no reviewer, or belongs to the organization of the data.
        WrongState: it was examined already.
    """
    person_id = check_examiner(doubt.risk_report, by)
    REIDENTIFICATION.check(doubt, ReidentificationState.EXAMINED)
    return person_id


def check_decide_reidentification(doubt: Reidentification, by: Actor) -> UUID:
    """Return the second examiner of a report: nobody recalls a verdict alone.

    Raises:
        NotAllowed: the actor is no reviewer, belongs to the organization of the data, or examined
            it first.
        WrongState: nobody has examined it yet, or it is decided.
    """
    person_id = check_examiner(doubt.risk_report, by)
    if doubt.state != ReidentificationState.EXAMINED:
        raise WrongState(_("This report waits for no second examiner. Reload the page."))
    owner_id = doubt.risk_report.organization_id
    if not is_second("reidentification", doubt.examined_by_id, by, of=(owner_id,)):
        raise NotAllowed(_("Who examined it first does not decide. Ask a second reviewer."))
    return person_id


ACTS_ON_REIDENTIFICATION: Mapping[str, Rule[Reidentification]] = MappingProxyType(
    {
        "examine_reidentification": check_examine_reidentification,
        "decide_reidentification": check_decide_reidentification,
    }
)


def acts_on_reidentification(doubt: Reidentification, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_REIDENTIFICATION, doubt, by)
