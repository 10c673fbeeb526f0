"""Who may prepare data."""

from __future__ import annotations

from marketplace.accounts.four_eyes import is_second
from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.core.actor import Actor
from marketplace.preparation.models import MaskingPolicy, RiskReport, Run


def may_mask(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization decide what happens to its columns, and start the work."""
    return by.has(Role.OFFICER) and by.acts_for(dataset.organization_id)


def may_confirm_roles(by: Actor, policy: MaskingPolicy) -> bool:
    """A reviewer agrees to what a policy relabels, who neither decided it nor belongs there."""
    return is_second(
        "policy",
        policy.confirmed_by_id,
        by,
        organization_id=policy.version.dataset.organization_id,
    )


def may_look(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization see raw values, and reviewers a few of a relabelled column.

    Each time with a reason; which values it opens, each page decides.
    """
    is_reviewer = by.has(Role.REVIEWER) and not by.acts_for(dataset.organization_id)
    return is_reviewer or may_mask(by, dataset)


def may_cancel(by: Actor, run: Run) -> bool:
    """Officers cancel their organization's runs; the administrator any that is in the way."""
    return by.has(Role.ADMINISTRATOR) or (by.has(Role.OFFICER) and by.acts_for(run.organization_id))


def may_work(by: Actor) -> bool:
    """Only the centre's software takes runs and reports on them."""
    return by.is_system


def may_withdraw(by: Actor, report: RiskReport) -> bool:
    """Officers of the organization and the centre's reviewers withdraw a report that misleads."""
    return by.has(Role.REVIEWER) or (by.has(Role.OFFICER) and by.acts_for(report.organization_id))


def may_recall(by: Actor, report: RiskReport) -> bool:
    """Reviewers recall a verdict on data of another organization; the software by its limits."""
    return by.is_system or (by.has(Role.REVIEWER) and not by.acts_for(report.organization_id))
