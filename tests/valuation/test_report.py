"""The page of a result: readable, self-contained, and nothing of the input runs in it."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.given.valuation import VECTORS
from valuation import METHODS, value
from valuation.cli import main
from valuation.report import page_of

ATTACK = '<script>alert("x")</script><img src=x onerror=alert(1)>'
INPUTS: dict[str, Any] = {
    "currency": "CNY",
    "components": {"direct": 100},
    "delta": "1.2",
    "cost_basis": "replacement",
    "sources": {"components.direct": ATTACK},
}
EMPTY = {"meta", "link", "img", "br"}


class Tags(HTMLParser):
    """Collects the tags of a page, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag and its attributes."""
        self.seen.add(tag)
        self.names |= {name for name, _ in attrs}
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag


def tags_of(page: str) -> Tags:
    """Read a page, whose tags are all closed."""
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    return tags


def test_report_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside what is printed; with the amount, warnings, the tree with sources, and the note."""
    (tmp_path / "in.json").write_text(json.dumps(INPUTS), encoding="utf-8")
    out = tmp_path / "out.html"
    assert main(["cost", str(tmp_path / "in.json"), "--report", str(out)]) == 0
    assert "Cost approach: 120.00 CNY" in capsys.readouterr().out
    page = out.read_text(encoding="utf-8")
    assert "120.00 CNY" in page
    assert "Reference value, no appraisal report." in page
    assert "nothing says why" in page
    assert "components.direct" in page
    assert "&lt;script&gt;" in page
    tags = tags_of(page)
    assert not tags.seen & {"script", "img", "link", "iframe"}
    assert not {name for name in tags.names if name.startswith("on") or name in ("src", "href")}


def test_report_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Is a wrong call, and says which file."""
    (tmp_path / "in.json").write_text(json.dumps(INPUTS), encoding="utf-8")
    out = tmp_path / "nowhere" / "out.html"
    assert main(["cost", str(tmp_path / "in.json"), "--report", str(out)]) == 2
    assert "out.html cannot be opened" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["income_approach", "statistical_office", "real_options"])
def test_every_shape_of_outputs_has_a_page(kind: str) -> None:
    """Lists of lists, ranges, and results without money."""
    for case in json.loads((VECTORS / f"{kind}.json").read_text(encoding="utf-8"))["cases"]:
        if "error" not in case["expected"]:
            result = value(kind, case["inputs"])
            method = METHODS[result.method]
            assert tags_of(page_of(result, title=method.title, formula=method.formula)).seen
