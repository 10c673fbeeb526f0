"""What the acts on what went out refuse, by right and state."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Allowed, Rule, WrongState, allowed
from marketplace.preparation.release.people import untried_with
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.run.selectors import active_run
from marketplace.preparation.version.rules import check_decides, check_has_raw


def check_start_composition(version: DatasetVersion, by: Actor) -> None:
    """Refuse to try a masked version together with earlier releases of the same people.

    Raises:
        NotAllowed: the actor is no officer of the organization.
        WrongState: a run is under way (`study-under-way`), no risk report of it is in force
            (`risk-missing`), all were tried already (`composition-tried`), or the raw data was
            destroyed (`raw-destroyed`).
    """
    check_decides(version, by)
    if active_run(version, RunKind.COMPOSE) is not None:
        raise WrongState(
            _("Another comparison of this version is under way. Wait for it, or cancel it."),
            code="study-under-way",
        )
    if version.parent is None or report_of(version.pk) is None:
        raise WrongState(
            _("There is no risk report in force for this version. Measure it anew."),
            code="risk-missing",
        )
    if not untried_with(version):
        raise WrongState(
            _("Every earlier release of the same people was tried together with this version."),
            code="composition-tried",
        )
    check_has_raw(version.parent)


ACTS_ON_MASKED_VERSION: Mapping[str, Rule[DatasetVersion]] = MappingProxyType(
    {"start_composition": check_start_composition}
)


def acts_on_masked_version(version: DatasetVersion, by: Actor) -> Allowed:
    return allowed(ACTS_ON_MASKED_VERSION, version, by)
