"""`python -m tests.mutants [WORD …]`: put each fault in, and tell which test finds it."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TextIO

from tests.mutants.copies import Copy
from tests.mutants.listed import ListError, Mutant, mutants
from tests.mutants.trials import Ended, checked, trial, unfit, whole_run

KILLED, SURVIVED, DOES_NOT_APPLY = "killed", "SURVIVED", "does not apply"


def main() -> int:
    """Try the mutants; answer 0 only where each was killed."""
    options = _options()
    chosen = mutants(*options.words)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(options.jobs):
            copies.put(Copy(Path(folder) / str(number)))
        with ThreadPoolExecutor(options.jobs) as workers:
            try:
                baseline = _baseline(chosen, copies, workers)
            except ListError as error:
                print(error)
                return 1
            _say(f"{len(chosen)} mutants; their tests ran without them", began, options.report)
            outcomes = workers.map(lambda mutant: _tried(mutant, copies, baseline, options), chosen)
            counts = Counter(outcomes)
    _say(", ".join(f"{count} {what}" for what, count in counts.items()), began, options.report)
    return 0 if set(counts) == {KILLED} else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help="only those whose group, file or name has a word")
    parser.add_argument("--jobs", type=int, default=1, help="how many are tried at once")
    parser.add_argument(
        "--whole", action="store_true", help="run all of `make tests` on what its own tests miss"
    )
    parser.add_argument("--report", type=argparse.FileType("w"), help="write the lines there too")
    return parser.parse_args()


def _baseline(
    chosen: list[Mutant], copies: SimpleQueue[Copy], workers: ThreadPoolExecutor
) -> Mapping[tuple[str, bool], Ended]:
    """Run all tests of the mutants once without any, so that a red one counts for nothing."""
    tests: dict[tuple[str, bool], set[str]] = {}
    for mutant in chosen:
        tests.setdefault(mutant.way, set()).update(mutant.tests)

    def run(way: tuple[str, bool]) -> Ended:
        copy = copies.get()
        try:
            return checked(trial(copy, sorted(tests[way]), way, to_the_end=True))
        finally:
            copies.put(copy)

    return dict(zip(tests, workers.map(run, tests), strict=True))


def _tried(
    mutant: Mutant,
    copies: SimpleQueue[Copy],
    baseline: Mapping[tuple[str, bool], Ended],
    options: argparse.Namespace,
) -> str:
    began = time.monotonic()
    copy = copies.get()
    try:
        outcome, why = _outcome(mutant, copy, baseline, whole=options.whole)
    except ListError as error:
        outcome, why = DOES_NOT_APPLY, str(error)
    finally:
        copies.put(copy)
    _say(f"{outcome}: {mutant.group}: {mutant.name}{why and f' [{why}]'}", began, options.report)
    return outcome


def _outcome(
    mutant: Mutant, copy: Copy, baseline: Mapping[tuple[str, bool], Ended], *, whole: bool
) -> tuple[str, str]:
    if red := unfit(baseline, mutant):
        raise ListError(f"{red} fails without it")
    with copy.holding(mutant):
        ended = checked(trial(copy, mutant.tests, mutant.way, to_the_end=False))
        if ended.failed:
            return KILLED, ended.failed[0]
        if ended.broken:
            raise ListError(f"{ended.broken[0]} could not begin:\n{ended.last_lines}")
        if whole and (found := whole_run(copy).failed):
            return KILLED, f"the whole run: {found[0]}"
    return SURVIVED, ""


def _say(line: str, began: float, report: TextIO | None) -> None:
    """Print a line with the seconds since it began."""
    text = f"{time.monotonic() - began:7.1f} s  {line}"
    print(text, flush=True)
    if report is not None:
        print(text, file=report, flush=True)


if __name__ == "__main__":
    sys.exit(main())
