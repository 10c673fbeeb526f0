from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.accounts.roles import Role
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.quality.rules import refuse_unless_kept
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.rules import check_destroy_raw
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Actor, Allowed, NotAllowed, Rule, WrongState, allowed, clock
from marketplace.core.rules import opens
from marketplace.jobs.states import JobState
from marketplace.preparation.column.selectors import findings_of, inheritable_columns, is_classified
from marketplace.preparation.exclusion.models import Exclusion
from marketplace.preparation.policy.models import MaskingPolicy, without_values
from marketplace.preparation.policy.proposals import policy_of_next_run
from marketplace.preparation.policy.relabelling import agreed_since, unreasoned
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.release.people import untried_with
from marketplace.preparation.report.selectors import report_of
from marketplace.preparation.run.models import Run, RunKind
from marketplace.preparation.run.selectors import active_run, last_run, runs_under_way
from marketplace.preparation.study.questions import digest_of, tradeoff_question
from marketplace.preparation.study.selectors import last_study
from marketplace.preparation.version.selectors import look_in_force, masked_versions_of


def may_mask(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization decide what happens to its columns, and start the work.

    The centre's software goes on with what they decided, where a feed brings more of the same.
    """
    return by.is_system or (by.has(Role.OFFICER) and by.acts_for(dataset.organization_id))


def may_look(by: Actor, dataset: Dataset) -> bool:
    """Officers of the organization see raw values, and reviewers a few of a relabelled column.

    Each time with a reason; which values it opens, each page decides.
    """
    is_reviewer = by.has(Role.REVIEWER) and not by.belongs_to(dataset.organization_id)
    return is_reviewer or may_mask(by, dataset)


# What the acts of preparation refuse, by right and state.

# What the acts on a version that is prepared refuse, by right and state.


def check_decides(version: DatasetVersion, by: Actor) -> None:
    """Refuse whoever does not decide on a dataset's columns.

    Raises:
        NotAllowed: the actor is no officer of the organization.
    """
    if not may_mask(by, version.dataset):
        raise NotAllowed(_("Only a data officer of the organization that holds it can do this."))


OUTDATED = "version-outdated"
"""The code of a version that newer data has overtaken."""


def check_current(version: DatasetVersion) -> None:
    """Refuse a version whose content is not approved, or that is not the newest.

    Raises:
        WrongState: with the code `content-not-approved`, `version-set-aside` or `version-outdated`.
    """
    if not version.dataset.is_approved:
        raise WrongState(
            _("The content of this dataset has to be approved by the centre first."),
            code="content-not-approved",
        )
    if version.is_set_aside:
        raise WrongState(
            _(
                "This table has other columns than were approved, and is set aside. Bring a "
                "corrected one, or take its columns as a change on the page of the dataset."
            ),
            code="version-set-aside",
        )
    newest = latest_source_version(version.dataset)
    if newest is None or newest.pk != version.pk:
        raise WrongState(
            _("Newer data was uploaded. Go on with the newest version."), code=OUTDATED
        )


def check_has_raw(version: DatasetVersion) -> None:
    """Refuse what needs the bytes of a source version that are gone.

    Raises:
        WrongState: with the code `raw-destroyed`.
    """
    if version.raw_destroyed_at is not None:
        raise WrongState(
            _(
                "The raw data of this version was destroyed on %(day)s. Upload the data again; "
                "what was made of it before stays."
            )
            % {"day": date_format(timezone.localtime(version.raw_destroyed_at), "DATE_FORMAT")},
            code="raw-destroyed",
        )


def check_classified(version: DatasetVersion) -> None:
    """Refuse a version of whose columns nobody knows yet what they are.

    Raises:
        WrongState: with the code `not-classified`.
    """
    if not is_classified(version):
        raise WrongState(
            _("The columns are not classified yet. Wait until the profile is done."),
            code="not-classified",
        )


def check_profiles(version: DatasetVersion, by: Actor) -> None:
    """Refuse who has no columns profiled, and a version of which none are.

    Raises:
        NotAllowed: the actor is neither an officer of the organization nor the centre's software.
        WrongState: the content is not approved, or newer data came.
    """
    if not by.is_system:
        check_decides(version, by)
    check_current(version)


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


@opens("policy_confirm")
def check_decides_now(version: DatasetVersion, by: Actor) -> None:
    """Refuse to decide what happens to the columns of a version.

    Raises:
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, or it is not classified yet.
    """
    check_decides(version, by)
    if by.person_id is None:
        raise NotAllowed(_("Sign in to decide what happens to the columns."))
    check_current(version)
    check_classified(version)


def check_inherit_hierarchies(version: DatasetVersion, by: Actor) -> None:
    """Refuse to take over the hierarchies of earlier versions.

    Whether one of them covers every value is seen when they are compared with the data.

    Raises:
        NotAllowed, WrongState: as for `check_decides_now`; or the raw data was destroyed, or
            nothing is left to inherit (`nothing-inherited`).
    """
    check_decides_now(version, by)
    check_has_raw(version)
    if not inheritable_columns(version):
        raise WrongState(
            _("No earlier version had levels for a column that has none here."),
            code="nothing-inherited",
        )


def standing_result(version: DatasetVersion, policy: MaskingPolicy) -> Run | None:
    """Return the run that masks a version, or whose result by the policy has a report in date.

    What a reviewer has agreed to since has to be measured anew, and whose rows are to leave since
    stand in no result.
    """
    active = active_run(version, RunKind.MASK)
    if active is not None:
        return active
    run = last_run(version, RunKind.MASK)
    if run is None or run.state != JobState.DONE or run.policy_id != policy.pk:
        return None
    report = report_of(run.result_version_id) if run.result_version_id else None
    if report is None or not report.passed or report.valid_until < clock.today():
        return None
    if still_in(version, run.exclusions) or agreed_since(report):
        return None
    return run


def still_in(version: DatasetVersion, exclusions: Collection[str]) -> bool:
    """Return whether rows are to leave the dataset that were not among the codes left out."""
    excluded = Exclusion.objects.filter(dataset_id=version.dataset_id)
    return excluded.exclude(code__in=list(exclusions)).exists()


def check_left_out(version: DatasetVersion, exclusions: Collection[str]) -> None:
    """Refuse to keep what was made with rows of persons who are to leave since.

    Raises:
        WrongState: there are such rows (`persons-left`).
    """
    if still_in(version, exclusions):
        raise WrongState(
            _("Persons are to leave this data since the run began. Start it again."),
            code="persons-left",
        )


def checked_to_mask(version: DatasetVersion, by: Actor) -> MaskingPolicy:
    """Return the confirmed policy by which a version is masked.

    Raises:
        NotAllowed: the actor is no officer of the organization.
        WrongState: the content is not approved, newer data came, or no policy is confirmed
            (`policy-not-confirmed`).
    """
    check_decides(version, by)
    check_current(version)
    policy = policy_of(version)
    if policy is None:
        raise WrongState(
            _("Confirm first what happens to each column."), code="policy-not-confirmed"
        )
    return policy


def check_start_masking(version: DatasetVersion, by: Actor) -> None:
    """Refuse to mask a version.

    Raises:
        NotAllowed, WrongState: as for `checked_to_mask`; or a run is under way or its result stands
            (`result-standing`), the raw data was destroyed, or the policy takes a class away
            without a reason (`reason-missing`), or a rule of quality holds the version
            (`quality-failed`, `quality-unmeasured`).
    """
    policy = checked_to_mask(version, by)
    if standing_result(version, policy) is not None:
        raise WrongState(
            _("The version is being masked, or its result by this policy stands."),
            code="result-standing",
        )
    check_has_raw(version)
    refuse_unless_kept(version)
    names = unreasoned(policy, list(findings_of(version)))
    if names:
        raise WrongState(
            _(
                "The policy takes columns for less than they were found to be, without a reason: "
                "%(columns)s. Confirm it anew."
            )
            % {"columns": ", ".join(names)},
            code="reason-missing",
        )


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


def check_unused(version: DatasetVersion, by: Actor) -> None:
    """Refuse who destroys no raw data, and what a run still reads.

    Raises:
        NotAllowed: the actor is neither an officer of its organization nor the centre's software.
        WrongState: a run still needs it (`raw-in-use`).
    """
    if not by.is_system:
        check_decides(version, by)
    if runs_under_way(version).exists():
        raise WrongState(
            _("A run still needs the raw data. Wait until it ends, or cancel it."),
            code="raw-in-use",
        )


def check_destroy_raw_data(version: DatasetVersion, by: Actor) -> None:
    """Refuse to destroy the raw data of a version.

    Raises:
        NotAllowed, WrongState: as for `check_unused`; or the content is under review, or it is
            destroyed already.
    """
    check_unused(version, by)
    check_destroy_raw(version, by)


def check_open_look(version: DatasetVersion, by: Actor) -> None:
    """Refuse to open raw values of a version.

    Raises:
        NotAllowed: the actor may not see raw values of this data.
        WrongState: the raw data was destroyed.
    """
    if by.person_id is None or not may_look(by, version.dataset):
        raise NotAllowed(
            _("Only officers of the organization that holds it, and reviewers, see raw values.")
        )
    check_has_raw(version)


ACTS_ON_SOURCE_VERSION: Mapping[str, Rule[DatasetVersion]] = MappingProxyType(
    {
        "start_profile": check_start_profile,
        "confirm_policy": check_decides_now,
        "set_hierarchy": check_decides_now,
        "inherit_hierarchies": check_inherit_hierarchies,
        "start_masking": check_start_masking,
        "start_tradeoff": check_start_tradeoff,
        "start_comparison": check_start_comparison,
        "open_look": check_open_look,
        "destroy_raw_data": check_destroy_raw_data,
    }
)
ACTS_ON_MASKED_VERSION: Mapping[str, Rule[DatasetVersion]] = MappingProxyType(
    {"start_composition": check_start_composition}
)


def acts_on_source_version(version: DatasetVersion, by: Actor, *names: str) -> Allowed:
    """Return which acts on a source version are open to the actor: all of them, or those named."""
    rules = {name: ACTS_ON_SOURCE_VERSION[name] for name in names or ACTS_ON_SOURCE_VERSION}
    return allowed(rules, version, by)


def acts_on_masked_version(version: DatasetVersion, by: Actor) -> Allowed:
    return allowed(ACTS_ON_MASKED_VERSION, version, by)


# Whether somebody has said why they look at raw values: asked by every door that shows some.


def refuse_unless_looking(version: DatasetVersion, *, column: str = "", by: Actor) -> None:
    """Refuse to show raw values to whoever has not said why they look at them.

    Raises:
        WrongState: no look of theirs lasts (`look-needed`).
    """
    if look_in_force(version, column=column, by=by) is None:
        raise look_needed()


def look_needed() -> WrongState:
    """Return the refusal of raw values to whoever has not said why they look at them."""
    return WrongState(
        _(
            "Say first why you look at raw values: open a look. It is recorded with your name and "
            "lasts for half an hour."
        ),
        code="look-needed",
    )


def shown_policy(version: DatasetVersion, document: dict[str, Any], *, by: Actor) -> dict[str, Any]:
    """Return a policy to who decides on it, with the values of levels at which they have a look.

    Whoever decides gets it whole, so that it can be sent back; whoever only reads gets no values.

    Raises:
        WrongState: the actor decides, and has no look at a column whose levels it lists.
    """
    if not may_mask(by, version.dataset):
        return without_values(document)
    for rule in document["columns"]:
        if "hierarchy" in rule.get("options", {}):
            refuse_unless_looking(version, column=rule["name"], by=by)
    return document
