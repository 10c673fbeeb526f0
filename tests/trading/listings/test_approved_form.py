"""What was reviewed is what goes out: a seller alone replaces neither data nor promises."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.catalog.approval.services import approve_dataset
from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.feed.form import beyond_form
from marketplace.catalog.feed.models import Feed
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.quality.selectors import rules_in_force, rules_to_review
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import clock, is_open
from marketplace.preparation.execution import execute_run
from marketplace.preparation.run.models import Run
from marketplace.review.models import Case
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.listing.rules import check_revise_listing
from tests.conftest import ApiClients, PageClients
from tests.given import arrivals, quality
from tests.given import trading as given
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    NEXT_MONTH,
    approved_again,
    approved_dataset,
    uploaded_version,
)
from tests.given.pipeline import catch_up
from tests.given.preparation import policy_document
from tests.given.quality import rule
from tests.given.world import World

BERTHS = "berth,containers\n" + "".join(f"Berth {at % 6},{40 + at}\n" for at in range(60))
SECRET = "berth,containers\n" + "".join(f"Secret berth,{40 + at}\n" for at in range(60))
DAILY = {"every": "day", "first_on": str(clock.today().replace(year=2100)), "grace_hours": 6}
BLOCKING = [
    rule("range", "boardings", at_least="0"),
    rule("present", "line"),
    rule("unique", "day", "line"),
]


def as_stored(table: str) -> BytesIO:
    """Return a table as the vault keeps it."""
    file = BytesIO()
    pl.read_csv(StringIO(table)).write_parquet(file)
    return file


@pytest.mark.parametrize("door", ["page", "api"])
def test_a_seller_alone_opens_no_feed_of_approved_data(
    world: World, page_of: PageClients, api_of: ApiClients, door: str
) -> None:
    """It opens the content again: what comes then goes nowhere until a second person looked."""
    listing = given.published(world)
    dataset, first = listing.product.dataset, listing.revision
    if door == "page":
        page_of("officer").post(reverse("feed_open", args=[dataset.pk]), DAILY)
    else:
        api_of("officer").post(reverse("api_open_feed", args=[dataset.pk]), DAILY)
    assert Feed.objects.filter(dataset=dataset).exists()
    dataset.refresh_from_db()
    assert not dataset.is_approved
    arrivals.arrived(world, dataset)
    assert Listing.objects.get(pk=listing.pk).revision == first
    approved_again(world, dataset)
    assert Case.objects.filter(subject=f"dataset:{dataset.pk}", kind="content").count() == 2
    content = ApprovedContent.objects.filter(dataset=dataset).first()
    assert content is not None
    assert set(content.form["data"]["columns"]) == {"day", "line", "boardings", "delay_minutes"}


def uploaded(api: Any, dataset: Dataset) -> None:
    """Upload a table as a program does, which has no one look at it."""
    file = SimpleUploadedFile("berths.csv", SECRET.encode(), "text/csv")
    address = reverse("api_receive_upload", args=[dataset.pk])
    answer = api.post(address, {"upload": file}, format="multipart")
    assert answer.status_code == 200, answer.content


def pushed(api: Any, dataset: Dataset) -> None:
    """Send the whole table as rows, and commit them."""
    opening = {"kind": "rows", "mode": "whole", "key": []}
    answer = api.post(reverse("api_open_push", args=[dataset.pk]), opening, format="json")
    assert answer.status_code == 201, answer.content
    push = answer.json()["id"]
    lines = csv.DictReader(StringIO(SECRET))
    rows = [{"berth": one["berth"], "containers": int(one["containers"])} for one in lines]
    for name, body in (("send_rows", {"number": 1, "rows": rows}), ("commit_push", {})):
        answer = api.post(reverse(f"api_{name}", args=[push]), body, format="json")
        assert answer.status_code == 200, answer.content


def handed_in(page: Any, api: Any, dataset: Dataset) -> None:
    """Upload a table on the page, and take what was read of it."""
    file = SimpleUploadedFile("berths.csv", SECRET.encode(), "text/csv")
    page.post(reverse("dataset_upload", args=[dataset.pk]), {"upload": file})
    intake = Intake.objects.get(dataset=dataset)
    answer = api.post(reverse("api_take_file", args=[intake.pk]), {}, format="json")
    assert answer.status_code == 200, answer.content


@pytest.mark.parametrize("door", ["api", "push", "page"])
def test_other_content_of_an_approved_feed_ends_in_a_case(
    world: World, page_of: PageClients, api_of: ApiClients, door: str
) -> None:
    """The columns are the same, and what stands in them is not: only a reviewer lets it go on."""
    dataset = approved_dataset(world, table=BERTHS)
    arrivals.fed(world, dataset)
    if door == "page":
        handed_in(page_of("officer"), api_of("officer"), dataset)
    else:
        {"api": uploaded, "push": pushed}[door](api_of("officer"), dataset)
    version = DatasetVersion.objects.get(dataset=dataset, is_set_aside=True)
    arrival = arrivals.arrival_of(version)
    assert (arrival.held, arrival.held_details) == ("form-differs", ["berth"])
    feed = page_of("officer").get(reverse("dataset_feed", args=[dataset.pk])).content.decode()
    assert "It is not the kind of data that was approved" in feed
    assert "“berth” holds codes that were not approved" in feed
    own = page_of("officer").get(reverse("dataset_detail", args=[dataset.pk])).content.decode()
    assert "Have a reviewer look at it" in own
    page_of("officer").post(reverse("version_take_up", args=[version.pk]))
    dataset.refresh_from_db()
    assert dataset.state == "in_review"
    case = Case.objects.get(subject=f"dataset:{dataset.pk}", state="open")
    asked = page_of("reviewer").get(reverse("dataset_review", args=[dataset.pk])).content.decode()
    told = {"sentence": "“berth” holds codes that were not approved"}
    told |= {"column": "berth", "why": "codes", "approved": "6 codes", "came": "1 new code"}
    for word in ("sentence", "approved", "came"):
        assert told[word] in asked
    compared = api_of("reviewer").get(reverse("api_get_dataset_review", args=[dataset.pk])).json()
    assert compared["differs"]["beyond"] == [told]
    assert api_of("officer").get(reverse("api_get_line", args=[dataset.pk])).json()["steps"][0][
        "differs"
    ]["beyond"] == [told]
    assert "Secret berth" not in asked + str(compared), "no text of the data without a look"
    own = reverse("dataset_review", args=[dataset.pk])
    assert page_of("officer").post(own, {"decision": "approved"}).status_code in (403, 404)
    assert Case.objects.get(pk=case.pk).state == "open"
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    assert not beyond_form(Dataset.objects.get(pk=dataset.pk), None, as_stored(SECRET))


def test_a_feed_without_an_approved_form_holds_until_one_click_submits_it(
    world: World, page_of: PageClients
) -> None:
    """As those that were opened before forms were approved: the desk says so."""
    dataset = approved_dataset(world)
    arrivals.opened(world, dataset)
    waits = "The form of its feed waits for a reviewer: submit it."
    assert waits in page_of("officer").get(reverse("desk")).content.decode()
    # So they stand in what was kept before.
    Dataset.objects.filter(pk=dataset.pk).update(state="approved")
    version = arrivals.arrived(world, dataset, table=NEXT_MONTH)
    assert version.is_set_aside
    assert arrivals.arrival_of(version).held == "form-differs"
    assert waits in page_of("officer").get(reverse("desk")).content.decode()
    submit = reverse("dataset_submit", args=[dataset.pk])
    for page in ("dataset_detail", "dataset_feed"):
        shown = page_of("officer").get(reverse(page, args=[dataset.pk])).content.decode()
        assert submit in shown
    page_of("officer").post(submit)
    assert waits not in page_of("officer").get(reverse("desk")).content.decode()
    review = reverse("dataset_review", args=[dataset.pk])
    assert review in page_of("reviewer").get(reverse("desk")).content.decode()
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    assert submit not in page_of("officer").get(reverse("dataset_feed", args=[dataset.pk]))
    came = arrivals.arrived(world, dataset, table=NEXT_MONTH.replace("1190", "1191"))
    assert not came.is_set_aside


@pytest.mark.parametrize(
    "weaker",
    [
        [],
        BLOCKING[1:],
        [{**BLOCKING[0], "severity": "warns"}, *BLOCKING[1:]],
        [{**BLOCKING[0], "tolerance": {"share": "0.9"}}, *BLOCKING[1:]],
        [rule("range", "boardings", at_least="-100000"), *BLOCKING[1:]],
    ],
    ids=["none", "one-fewer", "warns", "tolerates", "wider"],
)
def test_a_weaker_rule_waits_for_a_second_person(
    world: World, api_of: ApiClients, weaker: list[object]
) -> None:
    """The rules before stay in force until the content is approved with the new ones."""
    dataset = approved_dataset(world)
    strong = quality.set_rules(world, dataset, BLOCKING)
    answer = api_of("officer").post(
        reverse("api_set_quality_rules", args=[dataset.pk]),
        json.dumps({"rules": weaker, "reason": "They are in the way."}),
        content_type="application/json",
    )
    assert answer.status_code == 200, answer.content
    assert answer.json()["promises_less"] is True
    dataset.refresh_from_db()
    assert rules_in_force(dataset) == strong
    assert not dataset.is_approved
    waiting = rules_to_review(dataset)
    assert waiting is not None
    approved_again(world, dataset)
    assert rules_in_force(dataset) == waiting


def test_a_stronger_rule_is_in_force_at_once(world: World) -> None:
    """Nobody has to agree to a promise of more."""
    dataset = approved_dataset(world)
    quality.set_rules(world, dataset, BLOCKING[:1])
    more = quality.set_rules(world, dataset, BLOCKING, reason=quality.WHY)
    dataset.refresh_from_db()
    assert dataset.is_approved
    assert rules_in_force(dataset) == more


def annotated(api: Any, version: DatasetVersion, unit: str) -> None:
    """Say another unit of a column, as a program does."""
    said = {"columns": [{"name": "boardings", "label": "Boardings", "unit": unit}]}
    answer = api.post(reverse("api_annotate_columns", args=[version.pk]), said, format="json")
    assert answer.status_code == 200, answer.content


def test_another_unit_reaches_no_buyer_before_a_second_person_saw_it(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The seller alone opens the data and names another unit, and sends the next month."""
    listing = given.published(world)
    dataset, first = listing.product.dataset, listing.revision
    arrivals.fed(world, dataset)
    api, version = api_of("officer"), latest_source_version(dataset)
    assert version is not None
    said = {"columns": [{"name": "boardings", "label": "Boardings", "unit": "t"}]}
    refused = api.post(reverse("api_annotate_columns", args=[version.pk]), said, format="json")
    assert refused.json()["code"] == "content-approved"
    api.post(reverse("api_reopen_dataset", args=[dataset.pk]))
    annotated(api, version, "t")
    arrivals.arrived(world, dataset)
    assert Listing.objects.get(pk=listing.pk).revision == first
    dataset.refresh_from_db()
    assert not dataset.is_approved
    api.post(reverse("api_submit_dataset", args=[dataset.pk]))
    asked = page_of("reviewer").get(reverse("dataset_review", args=[dataset.pk])).content.decode()
    assert "boardings: unit" in asked
    compared = api_of("reviewer").get(reverse("api_get_dataset_review", args=[dataset.pk])).json()
    assert {"label": "boardings: unit", "before": "", "now": "t"} in compared["changes"]
    assert Dataset.objects.get(pk=dataset.pk).form["columns"]["boardings"]["unit"] == "t"


def test_what_is_said_of_columns_while_a_run_masks_them_goes_nowhere(
    world: World, api_of: ApiClients
) -> None:
    """A run begins on approved data; nobody approved what an officer writes before it ends."""
    dataset = given.published(world).product.dataset
    arrivals.fed(world, dataset)
    source = uploaded_version(world, dataset, table=NEXT_MONTH)
    catch_up()
    profile = Run.objects.get(version=source)
    execute_run(profile.pk)
    catch_up()
    run = Run.objects.exclude(pk=profile.pk).get(version=source)
    api = api_of("officer")
    api.post(reverse("api_reopen_dataset", args=[dataset.pk]))
    annotated(api, source, "t")
    execute_run(run.pk)
    run.refresh_from_db()
    assert (run.result_version, run.error_code) == (None, "content-not-approved")


def test_another_policy_or_price_of_a_feed_goes_by_no_seller_alone(
    world: World, api_of: ApiClients
) -> None:
    """Either comes as a new listing, on which a second officer decides."""
    listing = given.published(world)
    dataset, api = listing.product.dataset, api_of("officer")
    arrivals.fed(world, dataset)
    source, first = latest_source_version(dataset), listing.revision
    assert source is not None
    address = reverse("api_confirm_policy", args=[source.pk])
    document = policy_document(source, boardings="drop")
    answer = api.post(address, document, format="json")
    assert answer.status_code == 200, answer.content
    assert api.post(reverse("api_start_masking", args=[source.pk])).status_code in (200, 201)
    arrivals.work_off()
    arrivals.arrived(world, dataset)
    assert Listing.objects.get(pk=listing.pk).revision == first
    assert not is_open(check_revise_listing, listing, world.actor("officer"))
