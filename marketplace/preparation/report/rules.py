from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.states import REPORT, ReportState


def may_withdraw(by: Actor, report: RiskReport) -> bool:
    """Officers of the organization and the centre's reviewers withdraw a report that misleads.

    The centre's software withdraws that of a model whose place another took.
    """
    if by.is_system:
        return report.is_of_model
    is_owner = by.has(Role.OFFICER) and by.acts_for(report.organization_id)
    return is_owner or may_recall(by, report)


def may_recall(by: Actor, report: RiskReport) -> bool:
    """Reviewers recall a verdict on data of another organization; the software by its limits."""
    return by.is_system or (by.has(Role.REVIEWER) and not by.belongs_to(report.organization_id))


# What the acts on a risk report refuse, by right and state.


def check_record_membership(
    version: DatasetVersion, *, upper_bound: float, most: float, by: Actor
) -> None:
    """Refuse to record what attackers could tell of a model.

    Raises:
        NotAllowed: the actor is no officer of its organization.
        WrongState: the version is no model, or who was trained on can be told
            (`members-told-apart`).
    """
    check_owner(version.dataset, by)
    if not version.is_model:
        raise WrongState(_("This is no model: the risk of a table is measured when it is masked."))
    if not upper_bound <= most:
        raise WrongState(
            _("Who was trained on can be told from this model, so that it is not offered."),
            code="members-told-apart",
        )


def check_withdraw_report(report: RiskReport, by: Actor) -> None:
    """Refuse to let a risk report not count any more.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor a reviewer.
        WrongState: it was withdrawn already.
    """
    if not may_withdraw(by, report):
        raise NotAllowed(
            _("Only an officer of the organization or a reviewer of the centre can withdraw this.")
        )
    REPORT.check(report, ReportState.WITHDRAWN)


def check_recall_report(report: RiskReport, by: Actor) -> None:
    """Refuse to take a verdict back.

    Raises:
        NotAllowed: the actor is neither a reviewer of another organization nor the centre's
            software.
    """
    if not may_recall(by, report):
        raise NotAllowed(_("Only reviewers of the centre recall a verdict, two of them together."))


ACTS_ON_REPORT: Mapping[str, Rule[RiskReport]] = MappingProxyType(
    {"withdraw_report": check_withdraw_report}
)


def acts_on_report(report: RiskReport, by: Actor) -> Allowed:
    return allowed(ACTS_ON_REPORT, report, by)
