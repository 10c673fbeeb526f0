from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.rules import check_officer
from marketplace.annotation.project.standing import Standstill, standstill_of
from marketplace.annotation.renewal.selectors import versions_to_go_on_over
from marketplace.core import Actor, Allowed, Rule, WrongState, rules

MENDED = (Standstill.ROWS, Standstill.VERDICT)
"""What a version made anew mends."""


def check_renew_labelling(project: LabellingProject, by: Actor) -> UUID:
    """Return the officer who lets a project go on over a version made anew.

    Raises:
        NotAllowed: the actor is no officer of the data's owner.
        WrongState: its version stands, or a newer one mends nothing (`version-stands`); or there is
            no version over which it can go on (`version-missing`).
    """
    person_id = check_officer(project.organization_id, by)
    if standstill_of(project.version) not in MENDED:
        raise WrongState(
            _("Nothing is wrong with the version of this project that a newer one mends."),
            code="version-stands",
        )
    if not versions_to_go_on_over(project):
        raise WrongState(
            _(
                "There is no version over which this project can go on. Desensitize the data anew "
                "by the same policy; the new version needs a passed risk report and all columns "
                "that annotators are shown."
            ),
            code="version-missing",
        )
    return person_id


ACTS_ON_RENEWAL: Mapping[str, Rule[LabellingProject]] = MappingProxyType(
    {"renew_labelling": check_renew_labelling}
)


def acts_on_renewal(project: LabellingProject, by: Actor) -> Allowed:
    """Return which acts on a project whose version does not stand are open to the actor."""
    return rules.allowed(ACTS_ON_RENEWAL, project, by)
