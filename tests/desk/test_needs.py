"""From registration on a dataset's page says what later steps need, as the gate will ask it."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from marketplace.catalog.dataset.models import Dataset
from marketplace.desk.selectors.needs import LATER, MISSING, THERE, Need, needs_of
from tests.conftest import PageClients
from tests.given import preparation as prepared
from tests.given import trading as given
from tests.given.catalog import annotated_version, approved_dataset, draft_dataset
from tests.given.world import World

pytestmark = pytest.mark.django_db


def lines(world: World, dataset: Dataset) -> dict[str, Need]:
    """Return what a dataset needs, by the line."""
    return {one.label: one for one in needs_of(dataset, world.actor("officer"))}


def test_at_registration_all_of_it_is_told(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world, asset_kind="public_service")
    found = lines(world, dataset)
    there = {label for label, one in found.items() if one.state == THERE}
    assert there == {"Nothing on the negative list", "A second officer"}
    data = found["Data, labels and grade"]
    assert (data.sentence, data.url) == (
        "Grade the data by the harm that misuse could do.",
        reverse("dataset_grade", args=[dataset.pk]),
    )
    right = found["The operating right is certified and in force"]
    assert "Evidence that it takes:" in right.sentence
    assert right.url == reverse("claim_draft", args=[dataset.pk])
    ceiling = found["The price keeps to what public data may cost"]
    assert ceiling.url == reverse("ceiling_draft", args=[dataset.pk])
    assert found["The impact on persons is assessed"].state == LATER
    assert found["A bank account that a transfer proved"].url == reverse("bank_account_list")
    path = reverse("dataset_path", args=[dataset.pk])
    client = page_of("officer")
    assert (
        f"{path}?piece=needs"
        in client.get(reverse("dataset_detail", args=[dataset.pk])).content.decode()
    )
    for address in (path, f"{path}?piece=needs"):
        assert right.sentence in unescape(client.get(address).content.decode())


def test_what_is_of_no_concern_is_not_asked(world: World) -> None:
    market = draft_dataset(world, asset_kind="market")
    assert "The price keeps to what public data may cost" not in lines(world, market)
    annotated_version(world, market)
    assert "Upload the data first." not in " ".join(
        one.sentence for one in needs_of(market, world.actor("officer"))
    )


def test_what_is_there_is_told_by_the_gates_own_questions(world: World) -> None:
    listing = given.published(world)
    found = lines(world, listing.product.dataset)
    missing = {label for label, one in found.items() if one.state == MISSING}
    assert missing <= {"A bank account that a transfer proved", "A second officer"}
    assert found["The valuation is in date"].state == THERE
    assert found["The certified right is one over this data"].state == THERE


def test_persons_are_asked_about_once_they_are_measured(world: World) -> None:
    version = prepared.passed_report(world).version
    found = lines(world, version.dataset)
    assert found["The risk report is passed and in date"].state == THERE
    impact = found["The impact on persons is assessed"]
    assert (impact.state, impact.url) == (MISSING, "")
    unmeasured = approved_dataset(world, title="Not measured yet")
    assert lines(world, unmeasured)["The impact on persons is assessed"].state == LATER
