"""A new officer brings a table of fifteen columns to market, and everything they do is counted.

Each control that is filled or corrected, each page and each click. The others do their part by
acts. In both languages, and without scripts: nothing depends on the words of a button.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import resolve, reverse
from playwright.sync_api import Browser, expect

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.appraisal.appraisal.services import approve_appraisal
from marketplace.catalog.approval.services import approve_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import Column
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.rights.claim.models import Claim
from marketplace.rights.registration.services import (
    accept_claim,
    confirm_claim,
    start_review,
    waive_notice,
)
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import publish_listing
from tests.browser.visitor import GLANCE, PATIENCE, Visitor
from tests.given.catalog import CONTENT_CHECKLIST
from tests.given.pipeline import catch_up
from tests.given.untidy import stations
from tests.given.world import World
from tests.plugins.broker import ProcessHandle

pytestmark = pytest.mark.browser

MOST = {"fields": 25, "pages": 9, "clicks": 20}
DESCRIBED = {
    "title": "Hourly observations of the weather stations",
    "abstract": "What each station of the network measured in each hour.",
    "source_description": "Measured by the stations of the network.",
    "legal_basis": "Statute of the network, section 3",
    "time_scope": "January 2026",
}
CHOSEN = {
    "theme": "weather",
    "asset_kind": "market",
    "source_kind": "own_production",
    "personal_basis": "none",
    "update_frequency": "once",
}
VALUED = {
    "cost-cost_basis": "replacement",
    "cost-direct": "120000",
    "cost-direct_source": "Accounts of 2025",
    "cost-remaining_life_years": "3",
    "cost-remaining_life_years_source": "Plan of the network",
    "cost-total_life_years": "4",
    "cost-total_life_years_source": "Plan of the network",
}


class CountedOfficer:
    """An officer at the site whose every fill, page and click is counted."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.fields: list[str] = []
        self.clicks: list[str] = []
        self.pages: Counter[str] = Counter()

    def open_desk(self) -> None:
        """Come to the site, or back to it when something waits: that is a click too."""
        self.clicks.append("desk")
        self.page.goto(settings.LOGIN_REDIRECT_URL)
        self._arrived()

    def click(self, selector: str) -> None:
        """Click what leads to another page."""
        self.clicks.append(selector)
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self._arrived()

    def fill(self, values: dict[str, Any]) -> None:
        """Type into fields, or choose from lists."""
        for name, value in values.items():
            field = self.page.locator(f"[name='{name}']").last
            self.fields.append(name)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def tick(self, name: str, value: str) -> None:
        """Tick a box: that is a field and a click."""
        self.fields.append(name)
        self.clicks.append(name)
        self.page.locator(f"[name='{name}'][value='{value}']").check()

    def choose_file(self, name: str, path: Path) -> None:
        """Choose a file."""
        self.fields.append(name)
        self.page.locator(f"input[name='{name}']").set_input_files(path)

    def go_on(self) -> None:
        """Save, and go on to what follows."""
        self.click("main [name=goes_on]")

    def next_step(self) -> None:
        """Come to the desk, and take the step that is next."""
        self.open_desk()
        self.click("main ol.steps li.current a.step")

    def waits_for(self, selector: str) -> None:
        """Look again until what a worker does is done: without scripts no page follows it."""
        until = time.monotonic() + PATIENCE / 1000
        while not self.page.locator(selector).count() and time.monotonic() < until:
            self.page.wait_for_timeout(GLANCE)
            self.page.reload()
        expect(self.page.locator(selector).first).to_be_visible()

    def counted(self) -> dict[str, int]:
        """Return how much it was."""
        return {
            "fields": len(self.fields),
            "pages": len(self.pages),
            "clicks": len(self.clicks),
        }

    def _arrived(self) -> None:
        name = resolve(self.page.url.removeprefix("http://").partition("/")[2].join("//")[:-1])
        self.pages[str(name.url_name)] += 1


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_fifteen_columns_reach_the_market(
    browser: Browser,
    site: str,
    everyone: World,
    celery_worker_process: ProcessHandle,
    tmp_path: Path,
    language: str,
) -> None:
    visitor = Visitor(browser, site, "officer@example.org", scripts=False)
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}
    visitor.page.context.add_cookies([cookie])  # type: ignore[list-item]
    officer = CountedOfficer(visitor)
    describe(officer, tmp_path)
    dataset = Dataset.objects.get()
    assert_columns_are_right(dataset)
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=everyone.actor("reviewer"))
    catch_up()
    prepare(officer, dataset)
    claim(officer, everyone, tmp_path)
    value(officer, everyone)
    offer(officer, everyone)
    assert visitor.problems == []
    counted = officer.counted()
    assert {name: counted[name] for name in MOST if counted[name] > MOST[name]} == {}


def describe(officer: CountedOfficer, folder: Path) -> None:
    """Describe the data with its table, take the table as it is shown, submit it."""
    path = folder / "stations.xlsx"
    path.write_bytes(stations())
    officer.open_desk()
    officer.click(f"main a[href='{reverse('dataset_register')}']")
    officer.fill(DESCRIBED)
    officer.fill(CHOSEN)
    officer.choose_file("upload", path)
    officer.click("main form button[type=submit]")
    officer.click("main [name=take]")
    officer.go_on()


def assert_columns_are_right(dataset: Dataset) -> None:
    """Nobody typed a label, a unit or a type; what stands there is what the file says."""
    columns = {column.name: column for column in Column.objects.filter(version__dataset=dataset)}
    assert len(columns) == 15
    assert {
        name: column.label for name, column in columns.items() if "(" in name or "（" in name
    } == {
        "气温(℃)": "气温",
        "降水量（mm）": "降水量",
        "风速(m/s)": "风速",
        "气压(hPa)": "气压",
        "能见度(km)": "能见度",
        "相对湿度(%)": "相对湿度",
        "观测经费(万元)": "观测经费",
    }
    units = {column.name: column.unit for column in columns.values() if column.unit}
    assert units == {
        "气温(℃)": "℃",
        "降水量（mm）": "mm",
        "风速(m/s)": "m/s",
        "气压(hPa)": "hPa",
        "能见度(km)": "km",
        "相对湿度(%)": "%",
        "观测经费(万元)": "万元",
        "设备购置费": "元",
    }
    assert (columns["观测日期"].dtype, columns["站号"].dtype) == ("date", "text")


def prepare(officer: CountedOfficer, dataset: Dataset) -> None:
    """Confirm what was proposed for each column, and have it made and measured."""
    officer.next_step()
    link = f"main a[href='{reverse('policy_confirm', args=[dataset.versions.get().pk])}']"
    officer.waits_for(link)
    officer.click(link)
    officer.go_on()
    catch_up()
    officer.waits_for("main a[href^='/risk-reports/']")
    catch_up()


def claim(officer: CountedOfficer, world: World, folder: Path) -> None:
    """Claim the right to operate with one piece of evidence."""
    proof = folder / "network.txt"
    proof.write_text("The stations belong to the network.", encoding="utf-8")
    officer.next_step()
    officer.tick("rights", "operate")
    officer.choose_file("upload", proof)
    officer.go_on()
    claimed, reviewer = Claim.objects.get(), world.actor("reviewer")
    assert claimed.state == "submitted"
    accept_claim(claimed.pk, by=reviewer)
    start_review(claimed.pk, by=reviewer)
    waive_notice(claimed.pk, reason="Made by the network itself.", by=reviewer)
    confirm_claim(
        claimed.pk,
        checklist=[code for code, _words in CHECKLISTS[CaseKind.RIGHT]],
        by=world.actor("second_reviewer"),
    )
    catch_up()


def value(officer: CountedOfficer, world: World) -> None:
    """Value the data by what it cost."""
    officer.next_step()
    officer.fill(VALUED)
    officer.go_on()
    appraisal = Appraisal.objects.get()
    assert appraisal.state == "submitted"
    approve_appraisal(
        appraisal.pk,
        checklist=[code for code, _words in CHECKLISTS[CaseKind.VALUATION]],
        by=world.actor("reviewer"),
    )
    catch_up()


def offer(officer: CountedOfficer, world: World) -> None:
    """Say the price and what for."""
    officer.next_step()
    officer.fill({"price": "5000", "purpose": "Forecasts and research."})
    officer.go_on()
    listing = Listing.objects.get()
    assert listing.state == "submitted", officer.page.locator("#messages").inner_text()
    publish_listing(
        listing.pk,
        checklist=[code for code, _words in CHECKLISTS[CaseKind.LISTING]],
        columns=[],
        by=world.actor("reviewer"),
    )
    listing.refresh_from_db()
    assert listing.state == "published"
