"""What the acts on profiles refuse, by right and state."""

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, WrongState
from marketplace.jobs.states import JobState
from marketplace.preparation.column.selectors import is_classified
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.selectors import last_run
from marketplace.preparation.version.rules import check_has_raw, check_profiles


def standing_profile(version: DatasetVersion) -> Run | None:
    """Return the run that classifies these very bytes, or has done so."""
    run = last_run(version, RunKind.PROFILE)
    if run is None or run.is_active:
        return run
    return run if run.state == JobState.DONE and is_classified(version) else None


def check_start_profile(version: DatasetVersion, by: Actor) -> None:
    """Refuse to profile and classify the columns of a version.

    Raises:
        NotAllowed, WrongState: as for `check_profiles`; or a run is under way or has done it
            (`profile-standing`), or the raw data was destroyed.
    """
    check_profiles(version, by)
    if standing_profile(version) is not None:
        raise WrongState(
            _("The columns are classified already, or a run is classifying them."),
            code="profile-standing",
        )
    check_has_raw(version)
