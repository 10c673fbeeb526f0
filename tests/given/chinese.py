"""What a page says in Latin letters though it was asked in Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

TESTS = Path(__file__).parent.parent
NAMES = re.compile(
    "AES|API|ARX|ASCII|Arrow|Atom|Bitstring|CAS|CLM|CNY|CON|CSV|Cookie|Delta|DuckDB|HTTP|IFRS|IPSAS|ISO|"
    "Croissant|IDF|Integrity|JSON|JSONL|Krippendorff|List|MDAV|MariaDB|Marquez|Merkle|MiB|MySQL|NaN|ODCS|ODRL|ONNX|ORD|OpenAPI|OpenLineage|PDF|Parquet|Studio|ZIP|"
    "SQL|Spark|Standard|Status|TOML|UUID|WebAuthn|Webhooks|curl|multibase|openapi|polars|pyarrow|tlog|tus|"
    "PostgreSQL|Python|RFC|SHA|Sharing|TLS|UTF|XLSX|YAML|cryptography|eddsa|http|https|jcs|pandas|"
    "webhook|zip|zst|"
    "CSF|Canonne|Dwork|Humphries|Kamath|McSherry|Nissim|OpenDP|Smith|Steinke|TCC"
)
"""Names of formats, programs, standards, authors, and how numbers begin: none is Chinese."""
TYPED = re.compile(
    "BEGIN|CERTIFICATE|all|bars|checksum|creation|dataset|expiration|termination|digits|direct|email|figures|fixed|gaussian|heading|kind|label|"
    "laplace|letters|mdav|mean|median|model|month|multiplicative|organization|origin|python|"
    "quarter|readable|release|row|sections|statistics|summary|text|title|unit|valuation|value|"
    "width|year"
)
"""What is typed or pasted as it stands: kinds of subjects, options of masks, commands."""
INVENTED = re.compile(
    "Administrator|Annotator|Auditor|Buyer|Colleague|Finance|Officer|Pending|Reviewer|Second|Treasurer|office|"
    "reader|[Aa]ge|[Bb]oardings|[Cc]ity|[Dd]ay|[Dd]elay|[Ii]ncome|[Ll]ine|[Mm]obile|[Nn]ame|[Nn]umber|"
    "[Ss]ex|minutes|Voucher|[Cc]rowded|[Rr]oute|[Dd]istrict|east|[Ff]irst|[Gg]roup|indirect|Label|north|opportunity|second|south|yes|preliminary|tax|Data|Asset|Trading|Centre"
)
"""What builders put together: people, columns of their tables, vouchers, the centre's name."""
ADDRESS = re.compile(r"https?://\S+")
SILENT = {"code", "kbd", "option", "pre", "samp", "script", "style", "textarea"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SHOWN = ("alt", "aria-label", "placeholder", "title")
WORD = re.compile(r"(?<![\w@./:-])[A-Za-z]{3,}(?![\w@/]|[.:]\w)")


class _Page(HTMLParser):
    """Collects the pieces of text of a page, but for code and what is marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.pieces.extend(text for name in SHOWN if (text := given.get(name)))
        if tag not in VOID:
            self._open.append((tag, tag in SILENT or (given.get("lang") or "zh")[:2] == "en"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(is_silent for _tag, is_silent in self._open):
            self.pieces.append(data)


def latin_words(page: str) -> list[str]:
    """Return the words of three Latin letters and more that are neither names nor test data."""
    reader = _Page()
    reader.feed(page)
    found: set[str] = set()
    for piece in reader.pieces:
        if _words(piece):
            found |= _words(_without_data(" ".join(piece.split())))
    return sorted(found)


def _words(text: str) -> set[str]:
    return {
        word
        for word in WORD.findall(ADDRESS.sub(" ", text))
        if not any(known.fullmatch(word) for known in (NAMES, TYPED, INVENTED))
    }


def _without_data(piece: str) -> str:
    for text in _data():
        if text in piece:
            piece = piece.replace(text, " ")
    return piece


@cache
def _data() -> tuple[str, ...]:
    """Return the titles, names and sentences that builders make up, the longest first."""
    paths = [*(TESTS / "given").glob("*.py"), *TESTS.glob("*/access*.py")]
    found = {text for path in paths for text in _texts(path)}
    return tuple(sorted(found, key=len, reverse=True))


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = " ".join(node.value.split())
            if len(text) > 2 and (" " in text or text[0].isupper()):
                yield text
