"""What a feed of persons brings takes the labels in force, waits for its like, or is held."""

from __future__ import annotations

from django.urls import reverse

from marketplace.catalog.feed.choices import Held
from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.recall.asking_anew import failures_today
from marketplace.preparation.release.models import Composition, RevisionCounts
from marketplace.preparation.release.people import together_with
from marketplace.preparation.release.services import let_out
from marketplace.preparation.report.models import RiskReport
from marketplace.trading.listings.listing.models import Listing
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals, trading
from tests.given import people as given
from tests.given.shelf import kept
from tests.given.world import World

LEVELS = [[city, "coast" if city in given.CITIES[:3] else "inland"] for city in given.CITIES]
LISTED = {
    "age": "drop",
    "city": {"mask": "generalize", "options": {"hierarchy": LEVELS}},
}


@kept
def sold(world: World) -> Listing:
    """Offer a feed of patients, whose cities are shown by levels."""
    version = given.masked(world, LISTED, title="Patients day by day")
    trading.valued(world, version)
    listing = given.published(world, version, "Patients day by day")
    arrivals.fed(world, version.dataset)
    return listing


def brought(world: World, listing: Listing, *more: str, without: int = 0) -> DatasetVersion:
    """Bring the patients of before with more of them, or without the last ones."""
    lines = given.patients().splitlines()
    lines = [*lines[: len(lines) - without], *more]
    with given.few_will_do():
        source = arrivals.arrived(world, listing.product.dataset, table="\n".join(lines) + "\n")
        # A place that nobody had seen is no code that was approved: a reviewer looks at it first.
        return arrivals.approved(world, source) if source.is_set_aside else source


def revision_of(source: DatasetVersion) -> DatasetVersion:
    return DatasetVersion.objects.get(parent=source)


def test_a_lone_newcomer_waits_until_enough_like_it_come(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    listing = sold(world)
    first = listing.revision.version
    lone = brought(world, listing, "33,Putian,J77")
    version = revision_of(lone)
    report = RiskReport.objects.get(version=version)
    assert report.verdict == "anonymous"
    assert report.figures["waiting_rows"] == 1
    assert version.rows == first.rows
    counts = RevisionCounts.objects.get(version=version)
    assert counts.before == RevisionCounts.objects.get(version=first)
    assert counts.recoding_sha256 == report.figures["recoding"]
    assert counts.before.recoding_sha256 == counts.recoding_sha256
    listing.refresh_from_db()
    assert listing.revision.version == version, "it went live by itself"
    dataset = listing.product.dataset
    page = page_of("officer").get(reverse("dataset_feed", args=[dataset.pk])).content.decode()
    assert "1 row waits until enough like it come" in page
    line = api_of("officer").get(reverse("api_get_line", args=[dataset.pk])).json()
    assert line["steps"][0]["waiting_rows"] == 1
    told = page_of("officer").get(reverse("risk_report_detail", args=[report.pk]))
    assert "1 rows wait" in told.content.decode()
    # Six of the place and the illness come in together: with the one that waited.
    together = brought(
        world, listing, "33,Putian,J77", *(f"4{one},Putian,J7{one}" for one in range(6))
    )
    assert RiskReport.objects.get(version=revision_of(together)).figures["waiting_rows"] == 0
    assert revision_of(together).rows == first.rows + 7
    assert Composition.objects.filter(version=revision_of(together), passed=True).count() == 2
    assert all(one.tried for one in together_with(revision_of(together)))


def test_who_leaves_alone_stays_until_enough_are_gone(world: World) -> None:
    listing = sold(world)
    first = listing.revision.version
    version = revision_of(brought(world, listing, without=2))
    report = RiskReport.objects.get(version=version)
    assert report.figures["staying_rows"] == 2
    assert report.verdict == "anonymous", report.judgement["reasons"]
    assert version.rows == first.rows
    with given.few_will_do():
        assert failures_today(report) == []
    (composition,) = [one for one in report.judgement["attackers"] if one["name"] == "composition"]
    assert composition["worst"]["revisions"] == "all"


def test_a_value_without_a_label_holds_what_arrived(world: World, page_of: PageClients) -> None:
    """It is named where enough rows hold it; what was live stays. A new policy begins anew."""
    listing = sold(world)
    new = [f"{30 + one},Ningde,J1{one}" for one in range(8)]
    source = brought(world, listing, *new, "50,Longyan,J10")
    arrival = arrivals.arrival_of(source)
    assert (arrival.held, arrival.held_details) == (Held.RECODING, ["city"])
    assert not DatasetVersion.objects.filter(parent=source).exists()
    before = listing.revision_id
    listing.refresh_from_db()
    assert listing.revision_id == before
    dataset = listing.product.dataset
    page = page_of("officer").get(reverse("dataset_feed", args=[dataset.pk])).content.decode()
    assert "no label in force stands for: 2, in 9 rows. “Ningde”" in page
    assert "Longyan" not in page
    levels = [*LEVELS, ["Ningde", "coast"], ["Longyan", "inland"]]
    masks = {"age": "drop", "city": {"mask": "generalize", "options": {"hierarchy": levels}}}
    again = given.masked_again(world, source, masks)
    counts = RevisionCounts.objects.get(version=again)
    assert counts.before is None, "labels are chosen anew, by a person's decision"
    (together,) = together_with(again)
    assert together.tried is not None, "and tried with all that went out before"


def test_masks_that_look_at_the_whole_table_are_held(world: World) -> None:
    masks = {
        "age": {"role": "quasi", "mask": "microaggregate", "options": {"size": 100}},
        "city": "generalize",
    }
    version = given.masked(world, masks, title="Patients by likeness")
    let_out(version)
    arrivals.fed(world, version.dataset)
    source = arrivals.arrived(world, version.dataset, table=given.patients(changed=True))
    arrival = arrivals.arrival_of(source)
    assert (arrival.held, arrival.held_details) == (Held.RECODING, ["age"])


def test_counts_are_sealed_like_any_file_of_the_organization(world: World) -> None:
    listing = sold(world)
    counts = RevisionCounts.objects.get(version=listing.revision.version)
    assert counts.file.purpose == "counts"
    assert counts.file.organization_id == listing.organization_id
