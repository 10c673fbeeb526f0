"""Keep what people may carry: a bit for each thing that their class carries in one revision.

What a class carries is a list, and a set of somebody in it a part of that list. So a set takes a
bit a thing, and is read from its place in the file: a look-up touches the sets that are asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from desensitize.revisions.counting import CLASS, ROWS, Digests

Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

LINKS, LISTS, BITS = "links.arrow", "lists.arrow", "bits.arrow"
SET_FILES = (LINKS, LISTS, BITS)
SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Carried into each member of a set, so that what is missing counts too."""
CHUNK = 200_000
"""Bytes of sets that are opened at a time."""


@dataclass(frozen=True)
class Lists:
    """Hold what each class carries in a revision: rows `starts[n]` to `starts[n + 1]` are one's.

    `classes` and the links of each class ascend. `rows` counts the rows that carry a link, `values`
    numbers by sensitive column what a row with it has there. `keys` ascend, and are of the rows in
    `order`.
    """

    classes: Digests
    starts: Integers
    links: Digests
    rows: Integers
    values: Mapping[str, Integers]
    keys: Digests
    order: Integers

    @classmethod
    def of(cls, shown: pl.DataFrame, link: str, values: Sequence[str]) -> "Lists":
        """Return what classes carry in a column of links."""
        carried = (
            shown.select(CLASS, ROWS, pl.col(link).alias("link"), *values)
            .group_by(CLASS, "link")
            .agg(pl.col(ROWS).sum(), *(pl.col(name).first() for name in values))
            .sort(CLASS, "link")
        )
        classes, starts, places = np.unique(
            carried[CLASS].to_numpy(), return_index=True, return_inverse=True
        )
        links = carried["link"].to_numpy()
        keys = _keys(places, links)
        order = np.argsort(keys)
        return cls(
            classes,
            np.append(starts, carried.height).astype(np.int64),
            links,
            carried[ROWS].to_numpy(),
            {name: carried[name].rank("dense").cast(pl.Int64).to_numpy() for name in values},
            keys[order],
            order,
        )

    def find(self, places: Integers, links: Digests) -> tuple[Booleans, Integers]:
        """Return which links the classes at some places have, and the rows of those."""
        keys = _keys(places, links)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        is_there = self.keys[at] == keys
        return is_there, self.order[at[is_there]]

    @property
    def lengths(self) -> Integers:
        """Return how many links each class has."""
        return np.diff(self.starts)

    def whole(self) -> "Parted":
        """Return the whole list of each class, as if it were a part of it."""
        places = np.arange(len(self.classes))
        return self.parted(places, np.repeat(places, self.lengths), np.arange(len(self.links)))

    def parted(self, places: Integers, which: Integers, rows: Integers) -> "Parted":
        """Return parts of lists, at least one row in each.

        Part `n` is of the class `places[n]`; row `rows[m]` of the lists is in the part `which[m]`,
        which ascends.
        """
        begins = np.searchsorted(which, np.arange(len(places)))
        wide = widths(self.lengths[places])
        bits = np.zeros(8 * int(wide.sum()), dtype=np.uint8)
        bits[8 * starts_of(wide)[which] + rows - self.starts[places[which]]] = 1
        same = {}
        for name, values in self.values.items():
            each = values[rows]
            least, most = (one.reduceat(each, begins) for one in (np.minimum, np.maximum))
            same[name] = least == most
        return Parted(
            places,
            np.add.reduceat(self.links[rows] ^ SPREAD, begins),
            np.add.reduceat(self.rows[rows], begins),
            same,
            np.packbits(bits),
            wide,
        )


@dataclass(frozen=True)
class Parted:
    """Hold parts of lists: of which class, a digest, how many rows, where all rows have one value.

    `bits` has one after the other, each in so many bytes as `widths` says.
    """

    places: Integers
    digests: Digests
    rows: Integers
    same: Mapping[str, Booleans]
    bits: Bytes
    widths: Integers

    @classmethod
    def joined(cls, parts: Sequence["Parted"]) -> "Parted":
        """Put several together, one after the other."""
        return cls(
            np.concatenate([one.places for one in parts]),
            np.concatenate([one.digests for one in parts]),
            np.concatenate([one.rows for one in parts]),
            {name: np.concatenate([one.same[name] for one in parts]) for name in parts[0].same},
            np.concatenate([one.bits for one in parts]),
            np.concatenate([one.widths for one in parts]),
        )

    def distinct(self) -> tuple[Integers, Integers]:
        """Return by class the first of each that differ, and of all which of these each is."""
        table = pl.DataFrame({"place": self.places, "digest": self.digests})
        first = table.with_row_index("at").group_by("place", "digest").agg(pl.col("at").min())
        first = first.sort("place", "at").with_row_index("number")
        told = table.join(first, on=["place", "digest"], how="left", maintain_order="left")
        return (first["at"].cast(pl.Int64).to_numpy(), told["number"].cast(pl.Int64).to_numpy())

    def bits_of(self, chosen: Integers) -> Bytes:
        """Return the bits of some of them, one after the other."""
        wide = self.widths[chosen]
        return self.bits[slices(starts_of(self.widths)[chosen], wide)]


@dataclass(frozen=True)
class Sets:
    """Hold sets that a revision told, by number: those of its first list first.

    `lengths` and `counts` say for each list how many links it has, and how many sets.
    """

    links: Digests
    lengths: Integers
    counts: Integers
    bits: Bytes

    @classmethod
    def read(cls, folder: Path) -> "Sets":
        """Open those that a revision told; bits and links stay in their files until asked for."""
        lists = pl.read_ipc(folder / LISTS)
        return cls(
            mapped(folder / LINKS)["link"].to_numpy(),
            lists["length"].cast(pl.Int64).to_numpy(),
            lists["sets"].cast(pl.Int64).to_numpy(),
            mapped(folder / BITS)["bits"].to_numpy(),
        )

    def write(self, folder: Path) -> None:
        """Write them so that they can be opened in place."""
        lists = {"length": self.lengths.astype(np.uint32), "sets": self.counts.astype(np.uint32)}
        write_mapped(pl.DataFrame(lists), folder / LISTS)
        write_mapped(pl.DataFrame({"link": self.links}), folder / LINKS)
        write_mapped(pl.DataFrame({"bits": self.bits}), folder / BITS)

    @classmethod
    def joined(cls, several: Sequence["Sets"]) -> "Sets":
        """Put several together; the numbers of each go on after those before."""
        return cls(
            np.concatenate([one.links for one in several]),
            np.concatenate([one.lengths for one in several]),
            np.concatenate([one.counts for one in several]),
            np.concatenate([one.bits for one in several]),
        )

    def members(self, wanted: Integers) -> Iterator[tuple[slice, Integers, Digests]]:
        """Yield which of the wanted sets come next, and for each member of them the set and it.

        Sets are named by their place among those wanted, which ascends.
        """
        wide = widths(self.lengths)
        of = np.searchsorted(np.cumsum(self.counts), wanted, side="right")
        nth = wanted - starts_of(self.counts)[of]
        begins = starts_of(wide * self.counts)[of] + nth * wide[of]
        sizes = wide[of]
        first = starts_of(self.lengths)[of]
        for part in pieces(sizes, CHUNK):
            places = np.arange(part.start, part.stop)
            flags = np.unpackbits(self.bits[slices(begins[part], sizes[part])])
            at = np.flatnonzero(flags)
            which = np.repeat(places, sizes[part])[at >> 3]
            inside = at - 8 * (starts_of(sizes[part])[which - part.start])
            yield part, which, self.links[first[which] + inside]


def _keys(places: Integers, links: Digests) -> Digests:
    """Return numbers that tell links of classes apart as surely as digests do links."""
    return links + places.astype(np.uint64) * SPREAD


def mapped(path: Path) -> pl.DataFrame:
    """Open a table whose cells stay in their file until they are read."""
    with pa.memory_map(str(path)) as file:
        table = pa.ipc.open_file(file).read_all()
    found = pl.from_arrow(table, rechunk=False)
    assert isinstance(found, pl.DataFrame)
    return found


def write_mapped(table: pl.DataFrame, path: Path) -> None:
    """Write a table so that it can be opened where it lies."""
    table.rechunk().write_ipc(path, compression="uncompressed")


def widths(lengths: Integers) -> Integers:
    """Return how many bytes so many bits take."""
    return (lengths + 7) >> 3


def starts_of(sizes: Integers) -> Integers:
    """Return where each begins that lies behind those before it."""
    return np.cumsum(sizes) - sizes


def slices(begins: Integers, sizes: Integers) -> Integers:
    """Return all places of so many from each beginning on."""
    return np.arange(int(sizes.sum())) + np.repeat(begins - starts_of(sizes), sizes)


def pieces(sizes: Integers, most: int) -> Iterator[slice]:
    """Divide what has these sizes into runs of about so much together."""
    ends = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + most, side="right")))
        yield slice(start, stop)
        start = stop
