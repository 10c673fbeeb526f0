"""Clear what crashes and failed transactions left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from marketplace.core import clock
from marketplace.vault.places import clear_abandoned, incoming_folder, vault_folder, work_root
from marketplace.vault.selectors import paths_in_use

SHORTEST_AGE = timedelta(hours=1)
"""A file stands in its place a moment before the transaction that registers it commits."""


@dataclass(frozen=True)
class Swept:
    """How many things were cleared, or would be."""

    work_folders: int
    incoming_files: int
    unregistered_files: int


def sweep_vault(*, dry_run: bool = False) -> Swept:
    """Remove abandoned work folders and incoming files, and stored bytes that no row names."""
    return Swept(
        work_folders=len(clear_abandoned(work_root(), dry_run=dry_run)),
        incoming_files=len(clear_abandoned(incoming_folder(), dry_run=dry_run)),
        unregistered_files=_clear_unregistered(dry_run=dry_run),
    )


def _clear_unregistered(*, dry_run: bool) -> int:
    oldest = (clock.now() - SHORTEST_AGE).timestamp()
    root, cleared = vault_folder(), 0
    # The disk is read before the register, so that a file kept meanwhile is in the register.
    found = [path for path in root.glob("??/*") if path.stat().st_mtime < oldest]
    kept = paths_in_use()
    for path in found:
        if str(path.relative_to(root)) not in kept:
            cleared += 1
            if not dry_run:
                path.unlink(missing_ok=True)
    return cleared
