"""The calculator: any method of the library, on inputs that belong to no dataset."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from marketplace.appraisal.adapters.results import Calculation, calculation
from marketplace.appraisal.appraisal import policies
from marketplace.core import Actor, NotAllowed
from marketplace.core.rules import opens


def calculate(method: str, inputs: Mapping[str, object], *, by: Actor) -> Calculation:
    """Run a method of the library; nothing is kept.

    Raises:
        NotAllowed: the actor is neither an officer nor of the centre's staff.
        Invalid: there is no such method, or the library refuses the inputs.
    """
    check_may_calculate(None, by)
    return calculation(method, inputs)


@opens("calculator")
def check_may_calculate(_nothing: None, by: Actor) -> None:
    """Refuse whoever does not value.

    Raises:
        NotAllowed: the actor is neither an officer nor of the centre's staff.
    """
    if not policies.may_calculate(by):
        raise NotAllowed(_("The calculator is for officers and the centre's staff."))
