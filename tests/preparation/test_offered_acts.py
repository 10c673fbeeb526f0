"""What pages and API offer of preparation is what the acts accept, for every state and role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from marketplace.catalog.dataset.services import reopen_dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import Actor
from marketplace.preparation.column.services import set_hierarchy
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.rules import ACTS_ON_POLICY, acts_on_policy
from marketplace.preparation.policy.services import confirm_policy, confirm_roles, return_roles
from marketplace.preparation.preparation.rules import ACTS_ON_SOURCE_VERSION, acts_on_source_version
from marketplace.preparation.raw_data.services import destroy_raw_data
from marketplace.preparation.release.rules import ACTS_ON_MASKED_VERSION, acts_on_masked_version
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.report.rules import ACTS_ON_REPORT, acts_on_report
from marketplace.preparation.run.models import Run
from marketplace.preparation.run.rules import ACTS_ON_RUN, acts_on_run
from marketplace.preparation.run.services import cancel_run
from marketplace.preparation.study.services import start_comparison, start_tradeoff
from marketplace.preparation.version.models import LookReason
from marketplace.preparation.version.selectors import masked_versions_of
from marketplace.preparation.version.services import open_look
from tests.conftest import ApiClients, PageClients
from tests.given import preparation as given
from tests.given import relabelled as herds
from tests.given.doors import Things
from tests.given.tried import accepted_acts, accepts
from tests.given.world import World
from tests.preparation import doors, doors_of_releases

PEOPLE = ("officer", "colleague", "buyer", "reviewer", "second_reviewer", "stranger", "auditor")
WHY = "For a reason."
SEXES = [["F", "*"], ["M", "*"]]


def tried(version: DatasetVersion, by: Actor) -> dict[str, bool]:
    """Try every act that the pages of a source version can offer."""
    pk = version.pk
    masked = [row.pk for row in masked_versions_of(version)[:1]]
    document = given.policy_document(version, city="drop", sex="drop", age="drop")
    reasons = {rule["name"]: WHY for rule in document["columns"]}
    more = {
        "confirm_policy": accepts(
            lambda: confirm_policy(pk, policy=document, reasons=reasons, by=by)
        ),
        "set_hierarchy": accepts(lambda: set_hierarchy(pk, column="sex", rows=SEXES, by=by)),
        "start_comparison": accepts(lambda: start_comparison(pk, masked=masked, by=by)),
        "open_look": accepts(lambda: open_look(pk, reason=LookReason.MASKS, by=by)),
    }
    return accepted_acts(ACTS_ON_SOURCE_VERSION, pk, by, more)


def profiling(world: World) -> UUID:
    """Ask for a profile."""
    return given.queued_profile(world).version_id


def masking(world: World) -> UUID:
    """Ask for a masked version."""
    return given.queued_masking(world).version_id


def masked(world: World) -> UUID:
    """Have a version masked."""
    return given.passed_report(world).measured_by.version_id


def destroyed(world: World) -> UUID:
    """Destroy the raw data of a masked version."""
    pk = masked(world)
    destroy_raw_data(pk, by=world.actor("officer"))
    return pk


def reopened(world: World) -> UUID:
    """Open a classified dataset for changes."""
    version = given.classified_version(world)
    reopen_dataset(version.dataset_id, by=world.actor("officer"))
    return version.pk


def outdated(world: World) -> UUID:
    """Bring newer data after a version was classified."""
    version = given.classified_version(world)
    given.next_version(world, version, table=given.people(48))
    return version.pk


def newer(world: World) -> UUID:
    """Bring newer data after levels of a column were decided."""
    version = given.classified_version(world)
    set_hierarchy(version.pk, column="city", rows=towns_of(version), by=world.actor("officer"))
    return given.next_version(world, version, table=given.people(48)).pk


def towns_of(version: DatasetVersion) -> list[list[str]]:
    """Return levels of every town in the data."""
    return [[name, "*"] for name in given.CITIES]


def studied(world: World) -> UUID:
    """Ask for treatments around a policy."""
    version = given.confirmed_version(world)
    start_tradeoff(version.pk, by=world.actor("officer"))
    return version.pk


def being_compared(world: World) -> UUID:
    """Compare a masked version with its source."""
    found = masked(world)
    version = DatasetVersion.objects.get(pk=found)
    pks = [row.pk for row in masked_versions_of(version)]
    start_comparison(found, masked=pks, by=world.actor("officer"))
    return found


VERSIONS: dict[str, Callable[[World], UUID]] = {
    "approved": lambda world: given.approved_source(world).pk,
    "profiling": profiling,
    "classified": lambda world: given.classified_version(world).pk,
    "newer": newer,
    "outdated": outdated,
    "reopened": reopened,
    "confirmed": lambda world: given.confirmed_version(world).pk,
    "studied": studied,
    "masking": masking,
    "masked": masked,
    "being-compared": being_compared,
    "destroyed": destroyed,
}


@pytest.mark.parametrize("state", VERSIONS)
def test_a_version_offers_what_is_accepted(state: str, world: World) -> None:
    """To the officers of its organization; a look to reviewers too."""
    pk = VERSIONS[state](world)
    for person in PEOPLE:
        by, version = world.actor(person), DatasetVersion.objects.get(pk=pk)
        assert dict(acts_on_source_version(version, by)) == tried(version, by), person


RUNS: dict[str, Callable[[World], Any]] = {
    "queued": lambda world: given.queued_profile(world).pk,
    "done": lambda world: doors.done(world)["pk"],
    "cancelled": lambda world: (
        cancel_run(given.queued_profile(world).pk, by=world.actor("officer")).pk
    ),
}


@pytest.mark.parametrize("state", RUNS)
def test_a_run_offers_what_is_accepted(state: str, world: World) -> None:
    """To the officers of its organization and to the administrator."""
    run = Run.objects.get(pk=RUNS[state](world))
    for person in (*PEOPLE, "administrator"):
        by = world.actor(person)
        assert dict(acts_on_run(run, by)) == accepted_acts(ACTS_ON_RUN, run.pk, by), person


REPORTS: dict[str, Callable[[World], Any]] = {
    "in-force": lambda world: given.passed_report(world).pk,
    "withdrawn": lambda world: doors.withdrawn(world)["pk"],
}


@pytest.mark.parametrize("state", REPORTS)
def test_a_report_offers_what_is_accepted(state: str, world: World) -> None:
    """To the officers of its organization and to reviewers."""
    report = RiskReport.objects.get(pk=REPORTS[state](world))
    for person in PEOPLE:
        by = world.actor(person)
        assert dict(acts_on_report(report, by)) == accepted_acts(ACTS_ON_REPORT, report.pk, by)


def replaced(world: World) -> MaskingPolicy:
    """Confirm another policy after a reviewer was asked about one."""
    version = herds.relabelled_herd(world)
    policy = herds.policy_in_force(version)
    given.confirmed(world, version)
    return policy


def returned(world: World) -> MaskingPolicy:
    """Let a reviewer disagree."""
    policy = herds.policy_in_force(herds.relabelled_herd(world))
    return return_roles(policy.pk, reason=WHY, by=world.actor("reviewer"))


POLICIES: dict[str, Callable[[World], MaskingPolicy]] = {
    "plain": lambda world: herds.policy_in_force(given.confirmed_version(world)),
    "relabelled": lambda world: herds.policy_in_force(herds.relabelled_herd(world)),
    "agreed": lambda world: herds.policy_in_force(herds.reviewed_herd(world)),
    "returned": returned,
    "replaced": replaced,
}


@pytest.mark.parametrize("state", POLICIES)
def test_a_policy_offers_what_is_accepted(state: str, world: World) -> None:
    """To reviewers who did not decide it."""
    pk = POLICIES[state](world).pk
    for person in PEOPLE:
        by, policy = world.actor(person), MaskingPolicy.objects.get(pk=pk)
        assert dict(acts_on_policy(policy, by)) == tried_on_roles(policy, by), person


def tried_on_roles(policy: MaskingPolicy, by: Actor) -> dict[str, bool]:
    """Try to agree and to disagree."""
    names = [one.column for one in policy.relabellings.all()]
    more = {
        "confirm_roles": accepts(lambda: confirm_roles(policy.pk, columns=names, by=by)),
    }
    return accepted_acts(ACTS_ON_POLICY, policy.pk, by, more)


@pytest.mark.parametrize("reach", [doors_of_releases.untried, doors_of_releases.tried])
def test_a_masked_version_offers_what_is_accepted(
    reach: Callable[[World], Things], world: World
) -> None:
    """To the officers of its organization, while there is something to try."""
    version = DatasetVersion.objects.get(pk=str(reach(world)["pk"]))
    for person in PEOPLE:
        by = world.actor(person)
        offered = dict(acts_on_masked_version(version, by))
        assert offered == accepted_acts(ACTS_ON_MASKED_VERSION, version.pk, by), person


def test_pages_and_api_ask_the_rules(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """A page has the buttons, the API the sentences."""
    pk = masking(world)
    page = page_of("officer").get(reverse("preparation_detail", args=[pk])).content.decode()
    assert reverse("masking_start", args=[pk]) not in page
    page = page_of("officer").get(reverse("raw_data_destroy", args=[pk])).content.decode()
    assert "A run still needs the raw data." in page
    acts = api_of("officer").get(reverse("api_get_preparation", args=[pk])).json()["acts"]
    assert acts["start_masking"]["code"] == "result-standing"
    assert acts["destroy_raw_data"]["code"] == "raw-in-use"
    assert acts["confirm_policy"] == {"allowed": True}
