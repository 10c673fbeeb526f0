"""Try mutants in copies of the tree, and tell what came of each."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TextIO

from tests.mutants.copies import Copy
from tests.mutants.listed import ListError, Mutant
from tests.mutants.trials import Ended, checked, trial, unfit, whole_run

KILLED, SURVIVED, DOES_NOT_APPLY = "killed", "SURVIVED", "does not apply"


@dataclass(frozen=True, kw_only=True)
class Trying:
    """How mutants are tried.

    Attributes:
        jobs: how many at once, each in a copy of its own.
        whole: whether all of `make tests` runs on what a mutant's own tests miss.
        report: where each line is written too.
    """

    jobs: int = 1
    whole: bool = False
    report: TextIO | None = None

    def all_killed(self, chosen: Sequence[Mutant]) -> bool:
        """Try the mutants; return whether each was killed."""
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
            copies: SimpleQueue[Copy] = SimpleQueue()
            for number in range(self.jobs):
                copies.put(Copy(Path(folder) / str(number)))
            with ThreadPoolExecutor(self.jobs) as workers:
                try:
                    baseline = _baseline(chosen, copies, workers)
                except ListError as error:
                    print(error)
                    return False
                self._say(f"{len(chosen)} mutants; their tests ran without them", began)
                outcomes = workers.map(lambda one: self._tried(one, copies, baseline), chosen)
                counts = Counter(outcomes)
        self._say(", ".join(f"{count} {what}" for what, count in counts.items()), began)
        return set(counts) == {KILLED}

    def _tried(
        self,
        mutant: Mutant,
        copies: SimpleQueue[Copy],
        baseline: Mapping[tuple[str, bool], Ended],
    ) -> str:
        began = time.monotonic()
        copy = copies.get()
        try:
            outcome, why = self._outcome(mutant, copy, baseline)
        except ListError as error:
            outcome, why = DOES_NOT_APPLY, str(error)
        finally:
            copies.put(copy)
        self._say(f"{outcome}: {mutant.group}: {mutant.name}{why and f' [{why}]'}", began)
        return outcome

    def _outcome(
        self, mutant: Mutant, copy: Copy, baseline: Mapping[tuple[str, bool], Ended]
    ) -> tuple[str, str]:
        if red := unfit(baseline, mutant):
            raise ListError(f"{red} fails without it")
        with copy.holding(mutant):
            ended = checked(trial(copy, mutant.tests, mutant.way, to_the_end=False))
            if ended.failed:
                return KILLED, ended.failed[0]
            if ended.broken:
                raise ListError(f"{ended.broken[0]} could not begin:\n{ended.last_lines}")
            if self.whole and (found := whole_run(copy).failed):
                return KILLED, f"the whole run: {found[0]}"
        return SURVIVED, ""

    def _say(self, line: str, began: float) -> None:
        """Print a line with the seconds since it began."""
        text = f"{time.monotonic() - began:7.1f} s  {line}"
        print(text, flush=True)
        if self.report is not None:
            print(text, file=self.report, flush=True)


def _baseline(
    chosen: Sequence[Mutant], copies: SimpleQueue[Copy], workers: ThreadPoolExecutor
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
