"""An officer takes a table whose headers mean nothing to a risk report, through the pages alone.

The officer knows the data and no statistics: they read what was found, look at a preview, set
levels, adopt a treatment from the picture, and read the report. Each figure on it is then asked of
the command line for the same file.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page, expect

from desensitize.cli import main
from marketplace.preparation.report.models import RiskReport
from marketplace.vault.services import decrypt_into
from marketplace.web.shares import count, percent
from tests.browser.visitor import PATIENCE, Visitor, leave_by
from tests.given.catalog import DESCRIPTION
from tests.given.pipeline import catch_up
from tests.given.preparation import people
from tests.plugins.broker import ProcessHandle

pytestmark = pytest.mark.browser

ROWS = 240
TITLE = "Visits to the outpatient clinics"
MEANINGS = ("Name", "Identity number", "Mobile", "Age", "Sex", "City", "Income")
MOBILE, AGE, SEX, CITY, INCOME = 2, 3, 4, 5, 6
TOWNS = "Fuzhou;north;*\nQuanzhou;south;*\nXiamen;south;*"


def nameless(folder: Path) -> Path:
    """Write a table of people under the headers f1, f2 …, with mobile numbers in no order."""
    numbers = Random(7)
    path = folder / "export_0317.csv"
    lines = [",".join(f"f{number + 1}" for number in range(len(MEANINGS)))]
    for line in people(ROWS).splitlines()[1:]:
        cells = line.split(",")
        cells[MOBILE] = f"13{numbers.randrange(10**9):09d}"
        lines.append(",".join(cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_officer_takes_nameless_columns_to_a_report(
    browser: Browser,
    site: str,
    celery_worker_process: ProcessHandle,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    officer = Visitor(browser, site, "officer@example.org")
    reviewer = Visitor(browser, site, "reviewer@example.org")
    register(officer, tmp_path)
    approve(reviewer)
    catch_up()

    officer.go_to("Datasets")
    officer.follow(TITLE)
    officer.follow("Go on to profile and masking")
    officer.sees("Decide what happens to each column", within=PATIENCE)
    officer.sees("Chinese identity number")
    officer.sees("mobile number")
    officer.keep_picture("nameless-profile")
    officer.follow("Decide what happens to each column")
    decide(officer)
    choose_by_looking(officer)

    officer.press("Start desensitizing")
    catch_up()
    officer.sees("Read the risk report", within=PATIENCE)
    officer.follow("Read the risk report")
    officer.sees("Who tried, and how far they came")
    officer.sees("Guessing a private value of a known person")
    officer.keep_picture("nameless-report")
    assert_figures_are_the_command_lines(officer.page, tmp_path, capsys)
    compare(officer)
    assert {name: person.problems for name, person in (("o", officer), ("r", reviewer))} == {
        "o": [],
        "r": [],
    }


def register(officer: Visitor, folder: Path) -> None:
    """Describe the data, upload it, say what each column means, grade it, submit it."""
    officer.go_to("My desk")
    officer.follow("Register a dataset")
    officer.fill(asdict(DESCRIPTION) | {"title": TITLE, "personal_basis": "law"})
    officer.press("Register and go on")
    officer.choose_file("upload", nameless(folder))
    officer.press("Upload")
    officer.press("Take the table")
    officer.sees("Columns of")
    officer.fill({f"form-{place}-label": meaning for place, meaning in enumerate(MEANINGS)})
    officer.press("Save the columns")
    officer.follow("Grade the data")
    officer.fill({"individual": "serious"})
    officer.sees("General data, level 3")
    officer.press("Save the grade")
    officer.press("Submit for review")


def approve(reviewer: Visitor) -> None:
    """Approve the content."""
    reviewer.go_to("Review queue")
    reviewer.follow(TITLE)
    reviewer.tick_all("checklist")
    reviewer.press("Approve the content")


def decide(officer: Visitor) -> None:
    """Class what the headers did not tell, set levels for the towns, look at a preview, confirm."""
    quasi = {
        f"columns.{place}.{part}": value
        for place in (AGE, SEX, CITY)
        for part, value in (("role", "quasi"), ("mask", "generalize"))
    }
    dropped = {f"columns.{place}.mask": "drop" for place in (0, 1, MOBILE)}
    officer.fill(quasi | dropped | {f"columns.{INCOME}.role": "sensitive"})
    officer.sees("each look is recorded with its reason")
    officer.fill({"look-reason": "masks"})
    officer.sees("Show generalized columns at level", within=PATIENCE)
    officer.sees("The column does not appear.")
    officer.keep_picture("nameless-preview")
    officer.press("Confirm the policy")
    officer.sees("The policy is confirmed.")

    officer.follow("Change the policy")
    levels = officer.page.get_by_role("link", name="Levels: made from the values (f6)")
    # The page of the levels, which the link opens in its row otherwise.
    officer.page.goto(str(levels.evaluate("link => link.href")))
    officer.sees("become an entry of the ledger")
    officer.look("why-look")
    officer.fill({"reason": "levels"})
    officer.press("Look")
    officer.fill({"rows": TOWNS + "\nFuzhou;south;*"})
    officer.press("Save the hierarchy")
    officer.sees("occurs in an earlier row too")
    officer.keep_picture("nameless-levels-refused")
    officer.fill({"rows": TOWNS})
    officer.press("Save the hierarchy")
    officer.sees("The hierarchy is saved.")
    officer.keep_picture("nameless-levels")
    officer.follow("Policy")


def choose_by_looking(officer: Visitor) -> None:
    """Have treatments tried, look at them, and take larger groups for what was seen."""
    officer.follow("Treatments")
    officer.press("Try treatments")
    catch_up()
    officer.sees("What was tried", within=PATIENCE)
    officer.keep_picture("nameless-picture")
    leave_by(officer.page.locator("a[href*='?treatment=1']"))
    officer.sees("The treatment that you chose in the picture is filled in below.")
    officer.fill({"smallest_class": "10"})
    officer.press("Confirm the policy")
    officer.sees("The policy is confirmed.")


def compare(officer: Visitor) -> None:
    """See before and after."""
    officer.follow("Preparation")
    officer.follow("Before and after")
    officer.press("Compare")
    catch_up()
    officer.sees("Column by column", within=PATIENCE)
    officer.sees("of the detail lost")
    officer.keep_picture("nameless-comparison")


def assert_figures_are_the_command_lines(
    page: Page, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Measure the file of the report anew by the command line, and compare what the page shows."""
    report = RiskReport.objects.get()
    path = decrypt_into(report.version.file, folder)
    assert report.quasi_identifiers == ["f4", "f5", "f6"]
    assert main(["risk", str(path), "--qi", "f4,f5,f6", "--sensitive", "f7", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    # What holds is folded, and opens by keyboard.
    page.locator("summary", has_text="What was measured").press("Enter")
    rows = page.get_by_role("group", name="What was measured").locator("tbody tr")
    shown = {
        row.locator("th").inner_text(): row.locator("td").first.inner_text() for row in rows.all()
    }
    assert {
        "Rows": count(again["rows"]),
        "Groups of rows that look the same": count(again["classes"]),
        "Smallest group (k)": count(again["k"]),
        "Rows unlike all others": f"{again['unique_rows']} ({percent(again['unique_share'])})",
        "Chance to find a known person (prosecutor risk)": percent(again["prosecutor_max"]),
        "The same on average": percent(again["prosecutor_mean"]),
        "Share of all people matched rightly (marketer risk)": percent(again["marketer"]),
        "Fewest different private values in a group (l)": count(again["l"]),
        "Farthest that a group is from the whole (t)": f"{round(again['t'], 3)}",
    }.items() <= shown.items()
    assert again["k"] >= 10
    expect(page.get_by_role("main")).to_contain_text(again["sha256"])
