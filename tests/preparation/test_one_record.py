"""Pages that speak of the same thing read it from the same record."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.study.services import start_comparison
from marketplace.web.shares import count, percent
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World
from tests.preparation.test_studies import done
from tests.preparation.test_untouched_proposal import NOTES

pytestmark = pytest.mark.django_db

CLASSES = ("Direct identifiers", "Quasi-identifiers", "Sensitive columns")
CHANGED = "The officer changed this"


def page_of_version(client: Client, version: DatasetVersion, route: str = "") -> str:
    address = reverse(route or "preparation_detail", kwargs={"pk": version.pk})
    return unescape(client.get(address).content.decode())


def tiles(page: str) -> dict[str, int]:
    """Read how many columns of each class the figures above the table say."""
    text = re.sub(r"<[^>]+>", " ", page)
    found = {name: re.search(rf"(\d+)\s+{name}", text) for name in CLASSES}
    return {name: int(one.group(1)) for name, one in found.items() if one}


def test_an_untouched_proposal_was_changed_by_nobody(world: World, page_of: PageClients) -> None:
    """Also where the mask makes another class of a column than what was found in it."""
    version = given.classified_version(world, table=NOTES)
    given.confirmed(world, version)
    page = page_of_version(page_of("officer"), version)
    assert CHANGED not in page
    assert tiles(page) == dict(zip(CLASSES, (0, 0, 1), strict=True))


def test_figures_count_what_the_table_says(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    client = page_of("officer")
    assert tiles(page_of_version(client, version)) == dict(zip(CLASSES, (3, 3, 1), strict=True))
    city = {"role": "other", "mask": "keep"}
    document = given.policy_document(version, city=city)
    given.masked(world, version, document=document)
    page = page_of_version(client, version)
    assert tiles(page) == dict(zip(CLASSES, (3, 2, 1), strict=True))
    assert page.count(CHANGED) == 1
    assert "“Quasi-identifier” was proposed" in page
    assert "an earlier policy" not in page
    given.confirmed(world, version)
    page = page_of_version(client, version)
    assert tiles(page) == dict(zip(CLASSES, (3, 3, 1), strict=True))
    assert "This report is of what an earlier policy made." in page


def test_a_comparison_says_what_the_report_says(world: World, page_of: PageClients) -> None:
    """With a quasi-identifier of which a part is released, at which no search looked."""
    version = given.classified_version(world)
    city = {"mask": "partial", "options": {"keep_first": 1}}
    document = given.policy_document(version, name="drop", city=city)
    made = given.masked(world, version, document=document)
    done(start_comparison(version.pk, masked=[made.pk], by=world.actor("officer")))
    report = made.risk_reports.get()
    assert report.quasi_identifiers == ["age", "sex", "city"]
    page = page_of_version(page_of("reviewer"), version, "comparison_detail")
    facts = dict(re.findall(r"<dt>([^<]+)</dt>\s*<dd>([^<]+)</dd>", page))
    figures = report.figures
    assert facts["Smallest group (k)"] == count(figures["smallest_class"])
    assert facts["Groups of rows that look the same"] == count(figures["classes"])
    assert facts["Rows"] == count(figures["rows"])
    assert facts["Rows left out"] == count(figures["suppressed_rows"])
    assert facts["Detail lost by generalizing"] == percent(figures["loss"])
    for loss in figures["column_losses"].values():
        assert f"{percent(loss)} of the detail lost" in page
