"""What the acts on studies refuse, by right and state."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core import Actor, Rule, WrongState
from marketplace.jobs.states import JobState
from marketplace.preparation.column.rules import check_classified, check_decides_now
from marketplace.preparation.policy.proposals import policy_of_next_run
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.study.questions import digest_of, tradeoff_question
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.version.rules import check_decides, check_has_raw, check_profiles
from marketplace.preparation.version.selectors import masked_versions_of


def check_tries_treatments(version: DatasetVersion, by: Actor) -> None:
    """Refuse who has no treatments tried, and a version of which none can be.

    Raises:
        NotAllowed: the actor is neither an officer of the organization nor the centre's software.
        WrongState: the content is not approved, newer data came, the raw data was destroyed, or it
            is not classified.
    """
    check_profiles(version, by)
    check_has_raw(version)
    check_classified(version)


def check_start_tradeoff(version: DatasetVersion, by: Actor) -> None:
    """Refuse to try treatments around the policy as it stands.

    Raises:
        NotAllowed, WrongState: as for `check_tries_treatments`; or this very question is answered
            (`study-answered`), or another such run is under way (`study-under-way`).
    """
    check_tries_treatments(version, by)
    check_no_study(version, RunKind.TRADEOFF)
    last = last_study(version, RunKind.TRADEOFF)
    if last is None or last.run.state != JobState.DONE:
        return
    question = tradeoff_question(version, policy_of_next_run(version))
    if last.digest == digest_of(question):
        raise WrongState(
            _("This was tried with the policy as it is now. Look at what was found."),
            code="study-answered",
        )


def check_no_study(version: DatasetVersion, kind: RunKind) -> None:
    """Refuse a second run that only looks, while one is under way.

    Raises:
        WrongState: with the code `study-under-way`.
    """
    last = last_study(version, kind)
    if last is not None and last.run.is_active:
        raise WrongState(
            _("Another comparison of this version is under way. Wait for it, or cancel it."),
            code="study-under-way",
        )


def check_compares(version: DatasetVersion, by: Actor) -> None:
    """Refuse who compares no versions, and a source that cannot be read any more.

    Raises:
        NotAllowed: the actor is no officer of the organization.
        WrongState: the raw data was destroyed.
    """
    check_decides(version, by)
    check_has_raw(version)


def check_start_comparison(version: DatasetVersion, by: Actor) -> None:
    """Refuse to compare masked versions with their source.

    Raises:
        NotAllowed, WrongState: as for `check_compares`; or there is no masked version
            (`version-missing`), or another such run is under way.
    """
    check_compares(version, by)
    if not masked_versions_of(version).exists():
        raise WrongState(
            _("There is no masked version of this data yet. Desensitize it first."),
            code="version-missing",
        )
    check_no_study(version, RunKind.COMPARE)


ACTS_ON_STUDIES: Mapping[str, Rule[DatasetVersion]] = MappingProxyType(
    {
        "confirm_policy": check_decides_now,
        "start_tradeoff": check_start_tradeoff,
        "start_comparison": check_start_comparison,
    }
)
