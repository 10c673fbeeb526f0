"""The pictures of the docs, the way to each, and the figures that it shows."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
WHOLE = ROOT / "build" / "demo"
"""The whole demo as it was told, by `.ci/run` or by `make docs-images`; nobody changes it."""
FOLDER = ROOT / "docs" / "images"
FIGURES = FOLDER / "figures.json"
"""What `make docs-images` keeps of each picture: its digest, and the texts with figures in it."""
MOST_BYTES = 300_000
WIDTH, HEIGHT = 1280, 860
DATASET = "普查登记样本 Registered census survey 1994"
SURVEY = "1994 年普查（匿名） Census survey 1994, anonymized"
VARIES = (
    r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|[\d.,]+ (?:bytes|[KM]B)\b|"
    r"\d{4}-\d{2}-\d{2}|\d{4}/\d{2}/\d{2}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
    r"|\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?|\d+ (?:second|minute|hour|day)s?\b"
    r"|\b[A-Z]{2}\d{10,}\b|\b[A-Z]{2,4}-[A-Z\d][A-Z\d-]{3,}|\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b(?![.,]\d)"
    r"|\b(?=\w*[A-Za-z])(?=\w*\d)[\w+/=]{20,}"
)
"""Days, times, sizes, numbers of papers, digests and keys: another in each telling."""
COUNTS = r"|\b[\d,]{2,}\b"
DRAWN = r"|right in [\d.]+ %|[\d.]+ % of the sampled|[\d,]+ rows, \d+ columns|on [\d,]+ rows"
BY_DAY = r"|-?\b[\d,]+\.\d\d\b"
WAITING = r"|^\d+$|\b\d+ of them\b"
"""Counts of the ledger; what is drawn anew, such as noise and keys; what months cost by now;
how much waits, which follows from who labels alike."""


@dataclass(frozen=True)
class Picture:
    """A picture of the page that a person comes to; nobody is signed in without a person.

    `way` starts with a place of the menu and goes on by links on the page. `above` scrolls to a
    heading first.
    """

    name: str
    way: Sequence[str]
    person: str = ""
    above: str = ""
    height: int = HEIGHT
    varies: str = VARIES


PICTURES = (
    Picture("listing", ("Market", SURVEY), height=1100, varies=VARIES + DRAWN),
    Picture("market", ("Market",), height=1240, varies=VARIES + DRAWN),
    Picture("desk", ("My desk",), "officer", varies=VARIES + COUNTS + BY_DAY + WAITING),
    Picture(
        "preparation", ("Preparation runs", DATASET), "officer", "Columns", varies=VARIES + DRAWN
    ),
    Picture("valuation", ("Valuations", DATASET), "officer"),
    Picture("order", ("Orders", SURVEY), "buyer", height=1000),
    Picture("contract", ("Orders", SURVEY, "Contract"), "buyer"),
    Picture("delivery", ("Orders", SURVEY, "Delivery"), "buyer", height=1180),
    Picture("money", ("Money",), "treasurer", varies=VARIES + BY_DAY + COUNTS),
    Picture("certificate", ("Market", SURVEY, "PR-")),
    Picture("ledger", ("Ledger",), "auditor", varies=VARIES + COUNTS),
)


class Shown(NamedTuple):
    """What is kept of a picture: the SHA-256 of its file, and its texts that have figures."""

    sha256: str
    figures: list[str]


def figures_in(texts: Iterable[str], varies: str = VARIES) -> list[str]:
    """Return the texts that have figures, with `…` for what is another in each telling."""
    said = (re.sub(varies, "…", " ".join(text.split())) for text in texts)
    return [text for text in said if re.search(r"\d", text)]


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a picture."""
    return sha256(path.read_bytes()).hexdigest()


def kept_figures() -> dict[str, Shown]:
    """Return what was kept of each picture when it was taken."""
    kept = json.loads(FIGURES.read_text(encoding="utf-8"))
    return {name: Shown(**shown) for name, shown in kept.items()}


def stale_figures(shown: Shown, texts: Iterable[str], varies: str = VARIES) -> list[str]:
    """Return the figures of a picture that the page does not have, or not so often."""
    return sorted((Counter(shown.figures) - Counter(figures_in(texts, varies))).elements())
