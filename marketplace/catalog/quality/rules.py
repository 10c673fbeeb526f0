from collections.abc import Mapping

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.rules import check_owner
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.quality.presentation import failure_of
from marketplace.catalog.quality.selectors import holding_results
from marketplace.catalog.version.models import DatasetVersion, Quality
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed


def check_set_quality_rules(dataset: Dataset, by: Actor) -> None:
    """Refuse to say what the versions of a dataset must keep to.

    Raises:
        NotAllowed: the actor is no officer of its organization, or has not signed in.
        WrongState: it is retired, or has no data yet (`version-missing`).
    """
    check_owner(dataset, by)
    if by.person_id is None:
        raise NotAllowed(_("Sign in to set rules."))
    if dataset.state == DatasetState.RETIRED:
        raise WrongState(
            _("This dataset is “%(state)s” and cannot be changed now.")
            % {"state": dataset.get_state_display()}
        )
    if latest_source_version(dataset) is None:
        raise WrongState(_("Upload the data first."), code="version-missing")


def check_measures(by: Actor) -> None:
    """Refuse whoever is not the centre's software.

    Raises:
        NotAllowed: somebody else asks.
    """
    if not by.is_system:
        raise NotAllowed(_("Only the centre's own software measures quality."))


def refuse_unless_kept(version: DatasetVersion) -> None:
    """Refuse to go on with a version that its rules hold, or of which nobody knows yet.

    Raises:
        WrongState: with the code `quality-failed` or `quality-unmeasured`.
    """
    if version.quality == Quality.WAITING:
        raise WrongState(
            _("The quality rules are being asked of this data. Wait a moment."),
            code="quality-unmeasured",
        )
    if version.quality == Quality.HELD:
        raise WrongState(held_because(version), code="quality-failed")


def held_because(version: DatasetVersion) -> str:
    """Say which rule holds a version, how many rows fail it, and what can be done."""
    failures = "; ".join(failure_of(result) for result in holding_results(version))
    return _(
        "A quality rule that blocks has failed: %(failures)s. Bring a corrected version, or change "
        "the rule with a reason."
    ) % {"failures": failures}


ACTS_ON_QUALITY: Mapping[str, Rule[Dataset]] = {"set_quality_rules": check_set_quality_rules}


def acts_on_quality(dataset: Dataset, by: Actor) -> Allowed:
    return allowed(ACTS_ON_QUALITY, dataset, by)
