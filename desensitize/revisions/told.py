"""What all revisions of a product have told so far, kept as counts."""

import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from desensitize.privacy import Recoding
from desensitize.revisions.counting import CONTENT

ABOUT, RECODING, SHOWN, LEFT = "about.json", "recoding.json", "shown.parquet", "left.parquet"
PERSONS, SETS, STAYS = "persons.parquet", "sets.parquet", "stays.parquet"
MEMBERS = (ABOUT, RECODING, SHOWN, LEFT, PERSONS, SETS, STAYS)


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

    def persons(self, wanted: pl.DataFrame) -> pl.DataFrame:
        """Return what is known of some people, each as of the last revision that showed them."""
        found = pl.concat(
            [
                pl.scan_parquet(part.folder / PERSONS).with_columns(
                    pl.lit(number, dtype=pl.UInt32).alias("part")
                )
                for number, part in enumerate(self.parts)
            ]
        ).join(wanted.lazy().select("person"), on="person", how="semi")
        table = found.collect(engine="streaming")
        return table.sort("part").unique("person", keep="last").drop("part")

    def sets(self, wanted: pl.DataFrame) -> pl.DataFrame:
        """Return what is in some sets."""
        scans = [pl.scan_parquet(part.folder / SETS) for part in self.parts]
        found = pl.concat(scans).join(wanted.lazy(), on=["family", "set"], how="semi")
        return found.collect(engine="streaming").unique(["family", "set", "link"])


def write_part(
    folder: Path,
    *,
    revision: int,
    recoding: Recoding | None,
    tables: dict[str, pl.DataFrame],
) -> Part:
    """Write what a revision added into an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT).write_text(json.dumps({"revision": revision}))
    if recoding is not None:
        (folder / RECODING).write_bytes(recoding.to_bytes())
    for name, table in tables.items():
        table.write_parquet(folder / name)
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


def unpacked(files: Sequence[Path], folder: Path) -> Told:
    """Take parts out of their files, the oldest first."""
    parts = []
    for number, path in enumerate(files):
        place = folder / f"told-{number}"
        with zipfile.ZipFile(path) as file:
            for name in MEMBERS:
                if name in file.namelist():
                    file.extract(name, place)
        parts.append(Part(place))
    return Told(tuple(parts))
