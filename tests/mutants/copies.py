"""Copies of the tree to put faults into, so that the tree itself stays as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.mutants.listed import ROOT, Mutant

LINKED = (".venv", "build/interop", "build/judges")
KEPT = Path("build") / "test-databases"
"""Where the tests keep migrated databases, each under the digest of its migrations."""


class Copy:
    """A copy of the working tree, with the environments linked that the tests run in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept = folder.with_name(f"{folder.name}-kept")
        self._changes = 0
        for name in _files():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target, follow_symlinks=False)
        for name in LINKED:
            if (ROOT / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).symlink_to((ROOT / name).resolve())
        _link_tree(ROOT / KEPT, folder / KEPT)

    @contextmanager
    def holding(self, mutant: Mutant) -> Iterator[None]:
        """Put a fault in, and afterwards take it out with what was migrated by it."""
        path = self.folder / mutant.file
        before, times = path.read_bytes(), path.stat()
        _link_tree(self.folder / KEPT, self._kept)
        # Bytecode is told from its source by size and whole seconds; no two mutants share both.
        self._changes += 1
        path.write_text(mutant.mutated(before.decode()), encoding="utf-8")
        os.utime(path, (times.st_atime, times.st_mtime + self._changes))
        try:
            yield
        finally:
            path.write_bytes(before)
            os.utime(path, (times.st_atime, times.st_mtime))
            _link_tree(self._kept, self.folder / KEPT)


def _files() -> list[str]:
    """Return what belongs to the tree and is there: committed or new, but not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return sorted({name for name in listed if name and (ROOT / name).is_file()})


def _link_tree(source: Path, target: Path) -> None:
    """Make the target hold the whole databases of the source, which nobody changes."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for suffix in ("sqlite3", "sql"):
        for file in source.glob(f"*.{suffix}"):
            try:
                os.link(file, target / file.name)
            except OSError:
                # The copy lies in memory, on another device.
                shutil.copy2(file, target / file.name)
