"""Run the tests of mutants in a copy of the tree, and read what came of it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.copies import Copy
from tests.mutants.listed import ListError, Mutant

PYTEST = (sys.executable, "-m", "pytest", "-q", "--tb=line", "-rfE", "-p", "no:cacheprovider")
ENDED = re.compile(r"^(FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
PASSED, FAILED = 0, 1
SECONDS = 600
"""After so long a mutant's tests are broken off; `WHOLE_SECONDS` is for the whole run."""

WHOLE_SECONDS = 7200
UNMADE = (
    ".venv/.development-installed",
    "build/interop/.installed",
    "build/judges/.installed",
    "chromium",
)
"""What `make tests` would make first, and the copy has as the tree has it."""


@dataclass(frozen=True)
class Ended:
    """How a session of tests ended: its exit code, what failed, what broke before it could."""

    code: int
    failed: tuple[str, ...]
    broken: tuple[str, ...]
    output: str

    @property
    def is_named(self) -> bool:
        """Return whether the output names a test that failed or broke."""
        return bool(self.failed or self.broken)

    @property
    def last_lines(self) -> str:
        """Return the end of the output, to explain what should not have happened."""
        return "\n".join(self.output.splitlines()[-15:])


def trial(copy: Copy, tests: Iterable[str], way: tuple[str, bool], *, to_the_end: bool) -> Ended:
    """Run tests; stop at the first failure unless told to go to the end."""
    database, is_browsed = way
    words = [
        *PYTEST,
        *([] if to_the_end else ["-x"]),
        *([f"--database={database}"] if database else []),
        *(["-m", "browser and not campaign"] if is_browsed else []),
        *tests,
    ]
    return _run(words, copy.folder, SECONDS * (10 if to_the_end else 1))


def whole_run(copy: Copy) -> Ended:
    """Run what `make tests` runs."""
    without = [word for name in UNMADE for word in ("-o", name)]
    return _run(["make", *without, "JOBS=1", "tests"], copy.folder, WHOLE_SECONDS)


def unfit(baseline: Mapping[tuple[str, bool], Ended], mutant: Mutant) -> str:
    """Tell which test of a mutant fails without it; "" where none does."""
    for node in (*baseline[mutant.way].failed, *baseline[mutant.way].broken):
        if any(belongs(node, test) for test in mutant.tests):
            return node
    return ""


def belongs(node: str, test: str) -> bool:
    """Return whether a test that ran is one that a file or node id names."""
    return node == test or node.startswith((f"{test}::", f"{test}["))


def checked(ended: Ended) -> Ended:
    """Return how tests ended that could be collected.

    Raises:
        ListError: they could not, or the session was broken off.
    """
    if ended.code not in (PASSED, FAILED) or (ended.code == FAILED) != ended.is_named:
        raise ListError(f"pytest ended with {ended.code}:\n{ended.last_lines}")
    return ended


def _run(words: list[str], folder: Path, seconds: int) -> Ended:
    process = subprocess.Popen(
        words,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1"},
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise ListError(f"not at its end after {seconds} s") from None
    found = ENDED.findall(output)
    failed, broken = (
        tuple(node for outcome, node in found if outcome == wanted)
        for wanted in ("FAILED", "ERROR")
    )
    return Ended(process.returncode, failed, broken, output)
