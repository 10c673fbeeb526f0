"""What is exported for a spreadsheet is text and numbers, and nothing that it would run."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from marketplace.web.spreadsheets import csv_answer
from tests.architecture.test_house import sources

WRITERS = {
    "marketplace/web/spreadsheets.py",
    # A hierarchy is read back to the letter, here and by ARX.
    "marketplace/preparation/column/views.py",
    # Tables of the story, and what commands take in.
    *("marketplace/demo/story/identities.py", "marketplace/demo/story/members.py"),
    *("marketplace/demo/story/ferries.py", "marketplace/demo/story/registering.py"),
    *("marketplace/demo/story/small_goods.py", "marketplace/demo/story/sharing.py"),
    "marketplace/preparation/column/forms.py",
    # What is sent to a model.
    *("marketplace/delivery/scoring/forms.py", "marketplace/trading/listings/mode/scoring.py"),
}


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1+1", "-A1", "-1.5e", "--1", "@SUM(A1)"),
        *("\t=1", "\r=1", "\n=1", "＝1", "＠A"),
    ],
)
def test_a_text_is_never_a_formula(text: str) -> None:
    """An apostrophe stands before what a spreadsheet would run."""
    file = csv_answer("x.csv", [(text,)]).content.decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(file, newline=""))) == ["'" + text]


def test_a_number_stays_a_number() -> None:
    """With its sign and its digits; what is not there is empty."""
    file = csv_answer("x.csv", [(Decimal("-1E+3"), -2, None, "a-b")]).content.decode("utf-8-sig")
    assert file == "-1000,-2,,a-b\r\n"


def test_a_number_that_is_kept_as_a_text_stays_one() -> None:
    """Such as those of a sample: below zero it begins like a formula, and is none."""
    kept = ["-1332", "-0.5", "-1.5e-07", "-3E+2"]
    file = csv_answer("sample.csv", [kept]).content.decode("utf-8-sig")
    assert file == ",".join(kept) + "\r\n"


def test_every_export_is_written_in_one_place() -> None:
    """Whatever writes CSV elsewhere goes without the guard."""
    found = {
        str(path.relative_to(path.cwd()))
        for path in sources("marketplace")
        if any(mark in path.read_text() for mark in ("csv.writer", "DictWriter", "text/csv"))
    }
    assert found == WRITERS
