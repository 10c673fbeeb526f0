"""Make a release again without a fifth of the people, who are then the control."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from desensitize.attacks.contract import Release
from desensitize.attacks.excess import Excess
from desensitize.attacks.pairs import fold_made
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.engines.workspace import workspace
from desensitize.errors import DesensitizeError, TableError

Places = npt.NDArray[np.int64]

FOLDS = 5
"""Each fifth of the people is held out once, for as long as more trials are needed."""
MOST_TARGETS = 10_000
MOST_VISITS = 4_000_000_000
"""Targets times rows that are compared in one fold, some ten seconds of a processor."""


@dataclass(frozen=True)
class Fold:
    """Hold the rows of a source with one fifth of its people apart; `kept` are the others.

    `members` are those of the others who are held out next: once all fifths were, everybody stood
    on both sides, and what makes some people easy to guess weighs on both alike.
    """

    kept: Places
    held: Places
    members: Places
    random: np.random.Generator

    def some(self, places: Places, rows: int) -> Places:
        """Draw as many of the places as can be compared with a table of `rows` rows."""
        most = min(len(places), MOST_TARGETS, max(1, MOST_VISITS // max(1, rows)))
        return self.random.permutation(places)[:most]


def folds(release: Release) -> Iterator[Fold]:
    """Hand out the five ways to hold a fifth of the people out; rows of a person stay together."""
    random = np.random.default_rng(release.seed)
    source = pl.scan_parquet(release.source)
    rows = int(source.select(pl.len()).collect().item())
    if release.person is not None and release.person in source.collect_schema():
        cells = source.select(release.person).collect().to_series()
        people = cells.rank("dense").fill_null(0).to_numpy().astype(np.int64)
        group = (random.permutation(int(people.max(initial=0)) + 1) % FOLDS)[people]
    else:
        group = random.permutation(rows) % FOLDS
    for number in range(FOLDS):
        kept, held = np.flatnonzero(group != number), np.flatnonzero(group == number)
        members = np.flatnonzero(group == (number + 1) % FOLDS)
        if len(kept) and len(held):
            yield Fold(kept, held, members if len(members) else kept, random)


def can_be_made_again(release: Release) -> bool:
    """Return whether it is known how the release was made."""
    return release.make is not None or release.policy is not None


@contextmanager
def made_again(release: Release, fold: Fold) -> Iterator[Path | None]:
    """Hand out a release of the people who are kept, made as the release was; None if it fails.

    Keys are drawn anew: they decide what is drawn, not how much it tells.
    """
    with workspace() as folder:
        source, target = folder / "kept.parquet", folder / "made.parquet"
        pl.read_parquet(release.source)[fold.kept].write_parquet(source)
        try:
            if release.make is not None:
                release.make(source, target)
            elif release.policy is not None:
                keys = KeyRing.generate()
                run_policy(source, target, release.policy, keys=keys, work=folder)
        except (DesensitizeError, TableError):
            # What can be reached with everybody may be out of reach with four fifths.
            target.unlink(missing_ok=True)
        if target.exists():
            fold_made(release, target, folder)
        yield target if target.exists() else None


@contextmanager
def making_once(release: Release) -> Iterator[Release]:
    """Hand out a release that is made again only once of the same people, whoever asks."""
    if release.make is None:
        yield release
        return
    make = release.make
    with workspace() as folder:

        def make_once(source: Path, target: Path) -> None:
            with source.open("rb") as file:
                made = folder / f"{hashlib.file_digest(file, 'sha256').hexdigest()}.parquet"
            if not made.exists():
                make(source, made)
            shutil.copyfile(made, target)

        yield replace(release, make=make_once)


def is_decided(excess: Excess, limit: float) -> bool:
    """Return whether more trials could change nothing."""
    return excess.high <= limit or excess.low > limit
