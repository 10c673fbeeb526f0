"""The reference page on OWASP ASVS, written from the table that the tests hold."""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROWS = Path(__file__).resolve().parent.parent.parent / "tests" / "asvs" / "rows"
CHAPTERS = {
    "1": "Encoding and sanitization",
    "2": "Validation and business logic",
    "5": "Files",
    "6": "Authentication",
    "7": "Sessions",
    "8": "Authorization",
}
STATES = {"met": "met", "not-applicable": "not applicable", "not-met": "**not met**"}
ABOUT = """\
The requirements of the OWASP Application Security Verification Standard,
[version 5.0.0](https://github.com/OWASP/ASVS/tree/v5.0.0) of May 2025, in its chapters on input,
files, authentication, sessions and authorization, at all three levels. Numbers and levels are those
of the standard, which is published under CC BY-SA 4.0; the sentences are ours and short: read the
standard for what exactly is asked.

What is *met* has a test that fails when the control is switched off: for each there is a
[mutant](mutants.md), and `make asvs` draws some of them by a seed and tries. What is *not
applicable* has a test that it is not there. What is *not met* says what would have to be done.

```sh
make asvs                      # 20 rows by a seed that it prints
make asvs SEED=7 ROWS=all      # all of them
```"""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One requirement: what it asks, how it stands, and what shows it.

    `mutant` names what switches the control off, in the lists of `tests/mutants`.
    """

    number: str
    level: int
    asks: str
    state: str
    how: str
    tests: tuple[str, ...] = ()
    mutant: str = ""

    @property
    def chapter(self) -> str:
        return self.number.partition(".")[0]


def rows() -> list[Row]:
    """Return all rows, in the order of their numbers."""
    found = [
        Row(**{**row, "tests": tuple(row.get("tests", ()))})
        for path in ROWS.glob("*.toml")
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["row"]
    ]
    return sorted(found, key=lambda row: [int(part) for part in row.number.split(".")])


def asvs_page(note: str) -> str:
    """Write the counts, and each chapter as a table."""
    found = rows()
    parts = ["# OWASP ASVS 5", "", note, "", ABOUT, "", "## Counts", "", *_counts(found)]
    for chapter, name in CHAPTERS.items():
        parts += ["", f"## V{chapter} {name}", ""]
        parts += [
            "| number | level | asks | state | how, or why | tests |",
            "|---|---|---|---|---|---|",
        ]
        for row in found:
            if row.chapter == chapter:
                tests = "<br>".join(f"`{_short(test)}`" for test in row.tests) or "—"
                cells = (row.number, str(row.level), row.asks, STATES[row.state], row.how, tests)
                parts.append(f"| {' | '.join(cells)} |")
    return "\n".join([*parts, ""])


def _counts(found: list[Row]) -> list[str]:
    lines = ["| chapter | met | not applicable | not met | level 1 | level 2 | level 3 |"]
    lines.append("|---|---|---|---|---|---|---|")
    for chapter, name in CHAPTERS.items():
        of = [row for row in found if row.chapter == chapter]
        lines.append(_counted(f"V{chapter} {name}", of))
    lines.append(_counted("all", found))
    lines += ["", "Under each level: how many of its requirements that apply are met."]
    return lines


def _counted(name: str, of: list[Row]) -> str:
    states = Counter(row.state for row in of)
    cells = [str(states[state]) for state in STATES]
    for level in (1, 2, 3):
        applies = [row for row in of if row.level == level and row.state != "not-applicable"]
        met = sum(row.state == "met" for row in applies)
        cells.append(f"{met} of {len(applies)}")
    return f"| {name} | {' | '.join(cells)} |"


def _short(test: str) -> str:
    """Return the id of a test without the folder that all of them lie in."""
    return re.sub(r"^tests/", "", test)
