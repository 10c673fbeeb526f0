"""A source is sketched where it concerns somebody: others would be compared in vain."""

from __future__ import annotations

from marketplace.preparation.release.models import PeopleSketch
from marketplace.preparation.release.people import earlier_releases, unsketched_sources
from marketplace.preparation.report.services import withdraw_report
from tests.given import people, relabelled
from tests.given.world import World


def test_what_concerns_nobody_is_sketched_once_it_turns_out_to(world: World) -> None:
    """Its verdict is withdrawn: from then on what is released is held against it."""
    released = relabelled.published_herd(world).revision.version
    source, organization = released.parent, released.dataset.organization_id
    assert source is not None
    people.masked(world, people.BY_AGE, title="Patients")
    assert PeopleSketch.objects.exclude(version=source).exists()
    assert not PeopleSketch.objects.filter(version=source).exists()
    assert not unsketched_sources(organization).exists()
    assert not earlier_releases(source).exists()
    report = released.risk_reports.get()
    withdraw_report(report.pk, reason="Farmers stand in it.", by=world.actor("reviewer"))
    assert list(unsketched_sources(organization)) == [source]
    people.masked(world, people.BY_CITY, title="Visits", changed=True)
    assert PeopleSketch.objects.filter(version=source).exists()
    assert list(earlier_releases(source)) == [released]


def test_what_is_seen_to_concern_somebody_is_sketched_though_nothing_is_declared(
    world: World,
) -> None:
    """As long as no reviewer agreed, detectors count for more than what an officer says."""
    version = relabelled.relabelled_herd(world)
    relabelled.measured(world, version)
    assert PeopleSketch.objects.filter(version=version).exists()
