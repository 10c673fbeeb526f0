"""What all revisions of a product have told so far, kept as counts."""

import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl

from desensitize.privacy import Recoding
from desensitize.revisions.counting import CONTENT, Digests
from desensitize.revisions.sets import SET_FILES, Sets, mapped, write_mapped

ABOUT, RECODING, SHOWN, LEFT = "about.json", "recoding.json", "shown.parquet", "left.parquet"
PERSONS, STAYS = "persons.arrow", "stays.parquet"
MEMBERS = (ABOUT, RECODING, SHOWN, LEFT, PERSONS, STAYS, *SET_FILES)
OF_EARLIER = (ABOUT, LEFT, PERSONS, *SET_FILES)
PERSON, PART = "person", "part"
Opener = Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Part:
    """Name the folder of what one revision added.

    What the revision shows, by content; contents of which rows left with it; of whom it tells, and
    which set each may be one of; those sets that are new; and of which contents it shows rows that
    its table no longer has.
    """

    folder: Path

    @property
    def recoding(self) -> Recoding | None:
        """Return the labels in force since then; None where none were searched."""
        path = self.folder / RECODING
        return Recoding.from_bytes(path.read_bytes()) if path.exists() else None

    @property
    def revision(self) -> int:
        """Return the number of the revision among those of its life, from 1 on."""
        number: int = json.loads((self.folder / ABOUT).read_text())["revision"]
        return number


@dataclass(frozen=True)
class Told:
    """Hold the parts of all revisions of a product, the oldest first."""

    parts: tuple[Part, ...]

    @property
    def last(self) -> Part:
        """Return the newest part."""
        return self.parts[-1]

    def shown(self) -> pl.DataFrame:
        """Return what the newest revision shows."""
        return pl.read_parquet(self.last.folder / SHOWN)

    def left(self) -> pl.DataFrame:
        """Return the contents of which rows have gone."""
        return pl.concat([pl.read_parquet(one.folder / LEFT) for one in self.parts]).unique()

    def persons(self, wanted: Digests, *, without: Sequence[str] = ()) -> pl.DataFrame:
        """Return what is known of some people, each as of the last revision that showed them.

        They are wanted in ascending order. `part` is the place of the revision.
        """
        found = []
        for number, part in reversed(list(enumerate(self.parts))):
            table = mapped(part.folder / PERSONS)
            here = table[PERSON].to_numpy()
            at = np.searchsorted(here, wanted)
            is_here = np.zeros(len(wanted), dtype=np.bool_)
            inside = at < len(here)
            is_here[inside] = here[at[inside]] == wanted[inside]
            # Pages of a file count as the process's memory for as long as it is open.
            rows = table.drop(without)[at[is_here]]
            found.append(rows.with_columns(pl.lit(number, dtype=pl.Int64).alias(PART)))
            wanted = wanted[~is_here]
        return pl.concat(found)

    def sets(self, number: int) -> Sets:
        """Open the sets that one of the revisions told."""
        return Sets.read(self.parts[number].folder)


def write_part(
    folder: Path,
    *,
    revision: int,
    recoding: Recoding | None,
    tables: dict[str, pl.DataFrame],
    persons: pl.DataFrame,
    sets: Sets,
) -> Part:
    """Write what a revision added into an empty folder; persons are in ascending order."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT).write_text(json.dumps({"revision": revision}))
    if recoding is not None:
        (folder / RECODING).write_bytes(recoding.to_bytes())
    for name, table in tables.items():
        table.write_parquet(folder / name)
    write_mapped(persons, folder / PERSONS)
    sets.write(folder)
    return Part(folder)


def nothing_left() -> pl.DataFrame:
    """Return that no content has gone."""
    return pl.DataFrame(schema={CONTENT: pl.UInt64})


def packed(part: Part, target: Path) -> Path:
    """Put a part into one file."""
    with zipfile.ZipFile(target, "w") as file:
        for name in MEMBERS:
            if (part.folder / name).exists():
                file.write(part.folder / name, name)
    return target


def unpacked(openers: Sequence[Opener], folder: Path) -> Told:
    """Take parts out of their files, the oldest first; each is opened when its turn comes.

    Of those before the newest, what only they showed is left where it is.
    """
    parts = []
    for number, opened in enumerate(openers, start=1):
        place = folder / f"told-{number}"
        wanted = MEMBERS if number == len(openers) else OF_EARLIER
        with opened() as stored, zipfile.ZipFile(stored) as file:
            for name in set(wanted) & set(file.namelist()):
                file.extract(name, place)
        parts.append(Part(place))
    return Told(tuple(parts))
