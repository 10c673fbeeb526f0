"""Each figure on the page of a risk report is the command line's for the same file."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desensitize.cli import main
from marketplace.catalog.version.selectors import columns_of
from marketplace.preparation.report.models import RiskReport
from marketplace.trading.listings.revision.measured import measured_quality
from marketplace.vault.services import decrypt_into
from marketplace.web.shares import count, percent
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.world import World

pytestmark = pytest.mark.django_db


def measured_again(
    report: RiskReport, folder: Path, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    """Measure the report's file on the command line."""
    path = decrypt_into(report.version.file, folder)
    asked = ["risk", str(path), "--qi", ",".join(report.quasi_identifiers), "--json"]
    if report.figures["sensitive"]:
        asked += ["--sensitive", ",".join(report.figures["sensitive"])]
    assert main(asked) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def shown(client: Client, report: RiskReport) -> dict[str, str]:
    """Read the table of figures off the page, and what stands beside it."""
    answer = client.get(reverse("risk_report_detail", kwargs={"pk": report.pk}))
    page = unescape(answer.content.decode())
    rows = re.findall(
        r'<tr><th scope="row"[^>]*>([^<]+)</th><td class="number[^"]*">([^<]+)</td>', page
    )
    return dict(rows) | {"page": page}


@pytest.mark.parametrize("smallest_class", [5, 10])
def test_page_says_what_the_command_line_says(
    world: World,
    page_of: PageClients,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    smallest_class: int,
) -> None:
    version = given.classified_version(world)
    document = given.without_trace(version) | {"smallest_class": smallest_class}
    next(rule for rule in document["columns"] if rule["name"] == "income")["role"] = "sensitive"
    run = given.masked(world, version, document=document)
    report = run.risk_reports.get()
    again = measured_again(report, tmp_path, capsys)
    assert {name: report.figures[name] for name in again} == again

    page = shown(page_of("reviewer"), report)
    assert page["Rows"] == count(again["rows"])
    assert page["Groups of rows that look the same"] == count(again["classes"])
    assert page["Smallest group (k)"] == count(again["k"])
    assert page["Rows unlike all others"].split(" ")[0] == count(again["unique_rows"])
    assert page["Chance to find a known person (prosecutor risk)"] == percent(
        again["prosecutor_max"]
    )
    assert page["The same on average"] == percent(again["prosecutor_mean"])
    assert page["Share of all people matched rightly (marketer risk)"] == percent(again["marketer"])
    assert page["Fewest different private values in a group (l)"] == count(again["l"])
    assert float(page["Farthest that a group is from the whole (t)"]) == round(again["t"], 3)
    assert again["sha256"] in page["page"]
    # The command was given no source, so that nobody tried; the centre lets attackers try.
    assert report.figures["grade"]["level"] == 2
    assert report.figures["grade"]["reasons"] == ["attackers"]
    assert "2 of 4: Direct identifiers are gone, but the risk" in page["page"]
    assert sum(band["rows"] for band in report.figures["class_sizes"]) == again["rows"]


def test_report_without_these_figures_has_no_charts(world: World, page_of: PageClients) -> None:
    report = given.passed_report(world)
    for name in ("class_sizes", "column_losses", "grade"):
        del report.figures[name]
    report.save(update_fields=["figures"])
    page = shown(page_of("officer"), report)["page"]
    assert "Rows by the size of their group" not in page
    assert "GB/T 42460" not in page
    assert "Smallest group (k)" in page


PETS = ("cat", "dog", "hen")
QUESTION = "What says nothing any more?"
LEVELS = [[f"no {number}", "a remark"] for number in range(60)]


@pytest.mark.parametrize("levels", [None, LEVELS], ids=["stars", "one label"])
def test_a_column_that_says_nothing_is_named_and_not_filled(
    world: World, page_of: PageClients, levels: list[list[str]] | None
) -> None:
    header, *lines = given.people().splitlines()
    rows = [f"{one},no {number},{PETS[number % 3]}" for number, one in enumerate(lines)]
    table = "\n".join([f"{header},remark,pet", *rows]) + "\n"
    version = given.classified_version(world, table=table)
    coarser = {"role": "other", "mask": "generalize"}
    remark = coarser | {"options": {} if levels is None else {"hierarchy": levels}}
    document = given.policy_document(
        version,
        name="drop",
        id_number="drop",
        mobile="redact",
        city="drop",
        remark=remark,
        pet=coarser,
    )
    masked = given.masked(world, version, document=document)
    page = shown(page_of("officer"), masked.risk_reports.get())["page"]
    sentence = page.split(QUESTION)[1].split("</dd>")[0]
    assert "“Remark”: every row has the same there" in sentence
    assert "Leave it out, or set levels" in sentence
    assert "Pet" not in sentence
    quality, filled = measured_quality(masked, list(columns_of(masked)))
    assert (filled["remark"], filled["mobile"]) == (0.0, 0.0)
    assert filled["pet"] > 0
    [complete] = [one for one in quality["dimensions"] if one["code"] == "completeness"]
    assert complete["passed"] <= complete["total"] - 2 * masked.rows


def test_where_each_column_says_something_nothing_is_asked(
    world: World, page_of: PageClients
) -> None:
    report = given.passed_report(world)
    assert QUESTION not in shown(page_of("officer"), report)["page"]
