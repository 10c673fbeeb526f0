"""The docs say what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.conf import settings

from desensitize.detectors import Detector, detector_of
from desensitize.masks import Mask
from marketplace.desk.reference import FOLDER, pages
from tests.given.docs import programs_of

ROOT = Path(__file__).parent.parent.parent
DOCS = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
SETTINGS = ROOT / "marketplace" / "settings"


@pytest.mark.parametrize("name", sorted(pages()))
def test_reference_page_is_current(name: str) -> None:
    """`manage.py reference` writes them."""
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name]


def test_every_setting_is_explained() -> None:
    """Each variable that the settings read has a row, and each row is read."""
    text = "".join(path.read_text() for path in SETTINGS.glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text)) - {"TEST_VAR_DIR"}
    table = (FOLDER / "settings.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE))
    assert read == rows
    assert {f"CENTRE_{name}" for name in settings.CENTRE} <= rows


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a page has its file."""
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_make_targets_of_the_readme_exist() -> None:
    """Every `make …` in the README is a target."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named
    assert named <= targets


def test_mask_of_the_how_to_is_one() -> None:
    """The class and the test that the page gives hold together as they stand there."""
    mask, example = programs_of("how-to/add-a-mask.md")
    names: dict[str, Any] = {}
    exec(mask, names)
    assert issubclass(names["RoundTo"], Mask)

    def applied(name: str, values: pl.Series, **options: object) -> list[Any]:
        assert name == names["RoundTo"].description.name
        return list(names["RoundTo"](options).apply(values))

    tests: dict[str, Any] = {"pl": pl, "applied": applied}
    exec(example, tests)
    tests["test_numbers_are_rounded_to_a_step"]()


def test_detector_of_the_how_to_is_one() -> None:
    """The detector and the test that the page gives hold together as they stand there."""
    detector, example = programs_of("how-to/add-a-detector.md")
    names: dict[str, Any] = {}
    exec(detector, names)
    added = names["DETECTOR"]
    assert isinstance(added, Detector)

    def found(kind: str) -> Detector:
        return added if kind == added.kind else detector_of(kind)

    tests: dict[str, Any] = {"pl": pl, "detector_of": found}
    exec(example, tests)
    tests["test_vehicle_numbers_need_their_check_digit"]()
