"""A seller declares a sandbox before anybody asks; the market shows it and no row."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from desensitize.privacy.sandbox import Declaration
from marketplace.core.errors import Invalid, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.listings.publication.services import submit_listing
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.listings.sandbox.services import declare_sandbox
from tests.conftest import PageClients
from tests.given import reports, trading
from tests.given import sandboxes as given
from tests.given.world import World


def test_the_gate_asks_for_the_declaration(world: World) -> None:
    """A sandbox that answers nobody knows what cannot be offered."""
    listing = given.drafted(world)
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=world.actor("officer"))
    assert refused.value.code == "sandbox-missing"


def test_the_sheet_tells_the_declaration_and_no_row(world: World, page_of: PageClients) -> None:
    """What can be asked and spent is frozen with everything else that a buyer decides on."""
    listing = given.published(world)
    assert listing.sheet is not None
    assert listing.sheet["sandbox"]["declaration"] == given.DECLARATION.as_json()
    assert listing.sheet["sandbox"]["epsilon"] == "1.000"
    assert listing.sheet["sample"] == {"columns": [], "rows": []}
    page = page_of("buyer").get(reverse("listing_public", args=[listing.pk])).content.decode()
    assert "there is no sample" in page
    assert "Sums, means and histograms from 0 to 2000" in page
    assert "Groups: 1, 2, 3" in page
    # The keys in its links are drawn, and hold any four digits sooner or later.
    read = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}", "", page)
    for cell in ("1204", "1311", "2026-03-02"):
        assert cell not in read


def test_a_published_declaration_stands(world: World) -> None:
    """It changes with the draft alone, and the same again changes nothing."""
    listing = given.declared(world)
    entries = Entry.objects.count()
    declare_sandbox(listing.pk, offered=given.OFFERED, by=world.actor("officer"))
    assert Entry.objects.count() == entries
    more = replace(given.OFFERED, epsilon=Decimal(2))
    declare_sandbox(listing.pk, offered=more, by=world.actor("officer"))
    assert Sandbox.objects.get().epsilon == 2
    submit_listing(listing.pk, by=world.actor("officer"))
    with pytest.raises(WrongState):
        declare_sandbox(listing.pk, offered=given.OFFERED, by=world.actor("officer"))
    assert Sandbox.objects.get().epsilon == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"epsilon_question": Decimal(0)}, "epsilon_question"),
        ({"epsilon_question": Decimal("NaN")}, "epsilon_question"),
        ({"epsilon_question": Decimal("0.0005")}, "epsilon_question"),
        ({"epsilon": Decimal(11)}, "epsilon"),
        ({"epsilon_question": Decimal(2)}, "epsilon_question"),
        ({"epsilon_all": Decimal("0.9")}, "epsilon"),
        ({"period": "week"}, "period"),
        ({"declaration": Declaration(categories={"weather": None})}, ""),
        ({"declaration": Declaration(person="card", categories={"line": None})}, ""),
    ],
)
def test_what_cannot_be_declared(changes: dict[str, Any], field: str, world: World) -> None:
    """Each is refused with a sentence, and nothing is kept."""
    listing = given.drafted(world)
    offered = replace(given.OFFERED, **changes)
    with pytest.raises(Invalid) as refused:
        declare_sandbox(listing.pk, offered=offered, by=world.actor("officer"))
    assert field in refused.value.fields or not field
    assert not Sandbox.objects.exists()


def test_the_form_shows_what_was_declared(world: World, page_of: PageClients) -> None:
    """Bad fields are answered with sentences, and what was declared comes back."""
    listing = given.declared(world)
    address = reverse("sandbox_declare", args=[listing.pk])
    page = page_of("officer").get(address).content.decode()
    assert "1\n2\n3</textarea>" in page
    sent = {"rows": "1", "period": "licence", "epsilon": "1", "epsilon_all": "1",
            "epsilon_question": "0.5"}  # fmt: skip
    for more, sentence in (
        ({}, "Declare at least one column"),
        ({"use_2": "bounded", "low_2": "1"}, "Give both bounds."),
        ({"use_2": "bounded", "low_2": "9", "high_2": "1"}, "rising order"),
        ({"use_1": "listed", "values_1": " "}, "not empty"),
        ({"use_1": "large", "person": "line"}, "tells persons apart"),
        ({"use_1": "large", "rows": "2"}, "whole number of at least 1"),
    ):
        refused = page_of("officer").post(address, {**sent, **more})
        assert refused.status_code == 422
        assert sentence in refused.content.decode()
    assert Sandbox.objects.get().declaration == given.DECLARATION.as_json()


def test_another_way_of_delivery_has_no_sandbox(world: World) -> None:
    """A file is not asked."""
    listing = trading.drafted(world)
    with pytest.raises(WrongState) as refused:
        declare_sandbox(listing.pk, offered=given.OFFERED, by=world.actor("officer"))
    assert refused.value.code == "not-a-sandbox"


def test_the_reviewer_reads_what_will_be_delivered(world: World, page_of: PageClients) -> None:
    """The declaration of a sandbox, the whole content of a report."""
    for listing, sentence in (
        (given.declared(world), "Groups with many persons"),
        (reports.written(World()), "Mean error: 41.5 boardings"),
    ):
        submit_listing(listing.pk, by=world.actor("officer"))
        page = page_of("second_reviewer").get(reverse("listing_review", args=[listing.pk]))
        assert sentence in page.content.decode()
