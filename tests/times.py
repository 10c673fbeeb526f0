"""Write what a whole run of the tests took as Markdown.

    python -m tests.times build/times/*.json > docs/reference/tests.md

`make test` writes it to `build/tests.md`, compares it with the page in the docs, and says last how
many cases rested; `make times` takes it over into the docs, and brings the list of long tests up to
date (`--long`).
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from tests.mutants.listed import ROOT, definitions_of
from tests.plugins.databases import ON_SQLITE, ONLY_ON_SQLITE
from tests.plugins.timing import Times
from tests.plugins.turns import LONG, read, written

SLOWEST = 25
MORE_AT_MOST = 60
"""Seconds that a later change may add to the whole of it."""
LONG_FROM, LONG_TO = 0.15, 0.1
"""Seconds from which a test becomes long, and below which it no longer is."""
PAGE = ROOT / "docs" / "reference" / "tests.md"
WHOLE = "All tests together took "


def told(runs: dict[str, Times]) -> str:
    """Return the page: each run, time by folder, the slowest tests, and skips with reasons."""
    whole = sum(sum(run.seconds.values()) for run in runs.values())
    lines = [
        "# Tests",
        "",
        "What `make test` ran last on two cores, written by the run: `make times` takes it over.",
        f"{WHOLE}{whole:,.0f} s of two workers' time; a change may add {MORE_AT_MOST} s to that.",
        "",
        "| run | database | tests | skipped | worker's seconds | wall seconds |",
        "|---|---|---|---|---|---|",
    ]
    for name, run in runs.items():
        lines.append(
            f"| {name} | {run.database} | {len(run.seconds):,} | {len(run.skipped):,} "
            f"| {sum(run.seconds.values()):,.0f} | {run.whole:,.0f} |"
        )
    lines += ["", "## Time by folder", "", "| folder | tests | seconds |", "|---|---|---|"]
    for folder, (count, seconds) in sorted(by_folder(runs).items(), key=lambda row: -row[1][1]):
        lines.append(f"| {folder} | {count:,} | {seconds:,.1f} |")
    lines += ["", "## The slowest tests", "", "| test | run | seconds |", "|---|---|---|"]
    every = [
        (seconds, name, test) for name, run in runs.items() for test, seconds in run.seconds.items()
    ]
    for seconds, name, test in sorted(every, reverse=True)[:SLOWEST]:
        lines.append(f"| `{test}` | {name} | {seconds:,.1f} |")
    lines += ["", "## What is shown on SQLite too", "", *on_sqlite()]
    lines += ["", "## Skipped", "", *skips(runs)]
    return "\n".join(lines) + "\n"


def by_folder(runs: dict[str, Times]) -> dict[str, tuple[int, float]]:
    """Return the count and the seconds of the tests of each folder, over all runs."""
    found: dict[str, tuple[int, float]] = defaultdict(lambda: (0, 0.0))
    for run in runs.values():
        for test, seconds in run.seconds.items():
            folder = "/".join(test.split("/")[:2])
            count, before = found[folder]
            found[folder] = (count + 1, before + seconds)
    return found


def on_sqlite() -> list[str]:
    """Return what the list of the plugin says."""
    lines = ["Every test that needs a database runs on PostgreSQL. On SQLite, all journeys in the"]
    lines += ["browser, and these:", "", "| file | why |", "|---|---|"]
    for path, reason in ON_SQLITE.items():
        alone = " (there alone)" if path in ONLY_ON_SQLITE else ""
        lines.append(f"| {path}{alone} | {reason} |")
    return lines


def skips(runs: dict[str, Times]) -> list[str]:
    """Return each reason and how many tests it skipped."""
    reasons = Counter(
        (name, reason.removeprefix("Skipped: "))
        for name, run in runs.items()
        for reason in run.skipped.values()
    )
    if not reasons:
        return ["Nothing."]
    rows = [f"| {name} | {count} | {reason} |" for (name, reason), count in sorted(reasons.items())]
    return ["| run | tests | reason |", "|---|---|---|", *rows]


def compared(page: str, kept: str) -> str:
    """Return a sentence on how the page differs from the one that is kept."""
    now, before = (_whole(text) for text in (page, kept))
    if before is None or now is None:
        return "docs/reference/tests.md says no whole time. Take this one over: make times"
    return (
        f"The tests took {now:,.0f} s of two workers' time, {before:,.0f} s by "
        f"docs/reference/tests.md; a change may add {MORE_AT_MOST} s."
    )


def rested(runs: dict[str, Times]) -> str:
    """Return a sentence on what did not run, and how it does."""
    resting = sum(run.rested for run in runs.values())
    every = resting + sum(len(run.seconds) for run in runs.values())
    return (
        f"{resting:,} of {every:,} cases rested. `make test TURNS=1` runs those that take turns, "
        f"`make campaign` all."
    )


def _whole(page: str) -> float | None:
    for line in page.splitlines():
        if line.startswith(WHOLE):
            return float(line.removeprefix(WHOLE).split(" ")[0].replace(",", ""))
    return None


def still_long(kept: dict[str, float], runs: dict[str, Times]) -> dict[str, float]:
    """Return the list of long tests with what these runs say.

    Seconds stay as they are until they have doubled or halved, and what did not run stays.
    """
    ran: dict[str, float] = {}
    for run in runs.values():
        for test, seconds in run.seconds.items():
            ran[test] = max(seconds, ran.get(test, 0.0))
    long = {test: seconds for test, seconds in kept.items() if test not in ran}
    for test, seconds in ran.items():
        before = kept.get(test)
        if seconds >= (LONG_FROM if before is None else LONG_TO):
            is_as_before = before is not None and before / 2 < seconds < before * 2
            long[test] = before if before is not None and is_as_before else seconds
    return {test: seconds for test, seconds in long.items() if is_there(test)}


def is_there(test: str) -> bool:
    """Tell whether the test of a node id still stands in its file."""
    file, _, name = test.partition("[")[0].partition("::")
    return (ROOT / file).is_file() and name in definitions_of(file)


def main(arguments: list[str]) -> None:
    """Print the page, and how it differs from the one that is kept; or write the list."""
    runs = {
        Path(path).stem: Times(**json.loads(Path(path).read_text(encoding="utf-8")))
        for path in sorted(set(arguments) - {"--long"})
        # Of a run that broke off before its tests there is none.
        if Path(path).is_file()
    }
    if "--long" in arguments:
        kept = read(LONG.read_text(encoding="utf-8")) if LONG.exists() else {}
        LONG.write_text(written(still_long(kept, runs)), encoding="utf-8")
        return
    page = told(runs)
    print(page, end="")
    kept_page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    print(compared(page, kept_page), file=sys.stderr)
    print(rested(runs), file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
