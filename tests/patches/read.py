"""Patches that add an invented thing or rename a state: what each touches, and what tries it.

A patch begins with what it adds, in words, and then says in lines of their own

- `Most:` how many files it may touch by hand, as `tests.counting` counts them,
- `Try:` a test that runs where it is applied, in a copy of the tree; one line each.

What `git diff` prints follows. `git diff -U1` is enough context, and less of it breaks with less.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.counting import is_by_hand

FOLDER = Path(__file__).parent
FILE = re.compile(r"^diff --git a/(\S+) b/(\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Patch:
    """A patch, by the name of its file."""

    name: str
    text: str

    @property
    def by_hand(self) -> list[str]:
        """Return the paths that somebody touches who adds the thing."""
        found = {path for pair in FILE.findall(self.text) for path in pair}
        return sorted(filter(is_by_hand, found))

    @property
    def most(self) -> int:
        (most,) = self._values_of("Most")
        return int(most)

    @property
    def tries(self) -> list[str]:
        return self._values_of("Try")

    def apply(self, tree: Path, *how: str) -> None:
        """Apply it to a tree, or only see whether it would, with `--check`.

        Raises:
            AssertionError: it does not apply, with what git says.
        """
        ended = subprocess.run(
            ["git", "apply", *how, "-"],
            cwd=tree,
            input=self.text,
            capture_output=True,
            check=False,
            text=True,
        )
        assert ended.returncode == 0, (
            f"tests/patches/{self.name}.patch no longer applies. Apply it by hand to a clean tree "
            f"and write `git diff -U1` under its first lines.\n{ended.stderr}"
        )

    def _values_of(self, what: str) -> list[str]:
        head, _, _ = self.text.partition("\ndiff --git ")
        return re.findall(rf"^{what}: (.+)$", head, re.MULTILINE)


def patches() -> list[Patch]:
    return [
        Patch(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.patch"))
    ]
