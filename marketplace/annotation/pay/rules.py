from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.states import ProjectState
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, rules


def check_fund_labelling(project: LabellingProject, by: Actor) -> UUID:
    """Return the finance officer who sets money aside.

    Raises:
        NotAllowed: the actor is no finance officer of the data's owner.
        WrongState: the project is closed.
    """
    if not by.has(Role.FINANCE) or not by.acts_for(project.organization_id) or not by.person_id:
        raise NotAllowed(
            _("Only a finance officer of the data's owner sets money aside for its labelling.")
        )
    if project.state == ProjectState.CLOSED:
        raise WrongState(_("This project is closed."))
    return by.person_id


ACTS_ON_FUNDS: Mapping[str, Rule[LabellingProject]] = MappingProxyType(
    {"fund_labelling": check_fund_labelling}
)


def acts_on_funds(project: LabellingProject, by: Actor) -> Allowed:
    return rules.allowed(ACTS_ON_FUNDS, project, by)
