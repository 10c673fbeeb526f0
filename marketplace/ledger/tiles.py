"""The complete subtrees of the tree, stored as tiles of 256 hashes (C2SP tlog-tiles)."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Max, Q

from marketplace.ledger import merkle
from marketplace.ledger.models import Seal, Tile

WIDTH = 256
NO_HASH = bytes(merkle.HASH_BYTES)
HEIGHT = 8
"""A full tile is a complete subtree of this height above its hashes."""


class TreeReader:
    """Answers complete subtrees of the sealed tree; each tile is read once in its lifetime.

    A proof climbs past one full and one partial tile a level at most, so it reads O(log n) rows of
    tiles and, at the right edge, at most 255 hashes a level.
    """

    def __init__(self) -> None:
        self._full: dict[tuple[int, int], bytes | None] = {}
        self._partial: dict[tuple[int, int], bytes] = {}

    def look_ahead(self, index: int, size: int) -> None:
        """Read all at once that the proof of a leaf needs, or of a tree that ends before it.

        A tree of a size has three or four levels of tiles; the proof needs the tile above the leaf
        and the last one of each. It works without, in a query for each tile.
        """
        full, partial = [], []
        level, wanted = 0, size
        while wanted:
            for position in {(index >> HEIGHT * level) // WIDTH, wanted // WIDTH}:
                if (position + 1) * WIDTH <= wanted:
                    full.append((level, position))
                elif position * WIDTH < wanted:
                    partial.append((level, position, wanted))
            level, wanted = level + 1, wanted // WIDTH
        self._read_full(full)
        self._read_partial(partial)

    def _read_full(self, places: list[tuple[int, int]]) -> None:
        wanted = [Q(level=level, position=position) for level, position in places]
        if wanted:
            rows = Tile.objects.filter(reduce(or_, wanted)).order_by()
            for level, position, hashes in rows.values_list("level", "position", "hashes"):
                self._full[level, position] = bytes(hashes)

    def _read_partial(self, places: list[tuple[int, int, int]]) -> None:
        above = [place for place in places if place[0]]
        found: dict[tuple[int, int], list[bytes]] = {place[:2]: [] for place in above}
        if above:
            wanted = [
                Q(level=level - 1, position__gte=position * WIDTH, position__lt=end)
                for level, position, end in above
            ]
            rows = Tile.objects.filter(reduce(or_, wanted)).order_by("level", "position")
            for level, position, root in rows.values_list("level", "position", "root"):
                found[level + 1, position // WIDTH].append(bytes(root))
        for level, position, end in places:
            if level == 0:
                found[level, position] = stored(level, position * WIDTH, end)
        for place, hashes in found.items():
            self._full[place] = None
            self._partial[place] = b"".join(hashes)

    def subtree(self, first: int, end: int) -> bytes:
        """Return the root over a complete subtree; see `merkle.Subtree`.

        Raises:
            LookupError: the tree does not hold it, or its tiles were taken away.
        """
        level = ((end - first).bit_length() - 1) // HEIGHT
        low, high = first >> (HEIGHT * level), end >> (HEIGHT * level)
        position = low // WIDTH
        wanted = high - position * WIDTH
        hashes = self.hashes(level, position, at_least=wanted)
        if len(hashes) < wanted * merkle.HASH_BYTES:
            raise LookupError(f"The tree has no leaves from {first} to {end}.")
        return merkle.root(split(hashes)[low - position * WIDTH : wanted])

    def hashes(self, level: int, position: int, *, at_least: int = 1) -> bytes:
        """Return the hashes of a tile beside each other: 256 of a full one, else what there is."""
        key = (level, position)
        if key not in self._full:
            row = Tile.objects.filter(level=level, position=position).values_list("hashes")
            self._full[key] = next((bytes(hashes) for (hashes,) in row), None)
        full = self._full[key]
        if full is not None:
            return full
        if len(self._partial.get(key, b"")) < at_least * merkle.HASH_BYTES:
            self._partial[key] = b"".join(stored(level, position * WIDTH, (position + 1) * WIDTH))
        return self._partial[key]


def split(hashes: bytes) -> list[bytes]:
    step = merkle.HASH_BYTES
    return [hashes[start : start + step] for start in range(0, len(hashes), step)]


def stored(level: int, low: int, high: int) -> list[bytes]:
    """Return the hashes of a level from where they come from: leaves, or roots of full tiles."""
    if level == 0:
        leaves = (
            Seal.objects.filter(leaf_index__gte=low, leaf_index__lt=high)
            .order_by("leaf_index")
            .values_list("leaf_hash", flat=True)
        )
        return [leaf_of(leaf) for leaf in leaves]
    roots = (
        Tile.objects.filter(level=level - 1, position__gte=low, position__lt=high)
        .order_by("position")
        .values_list("root", flat=True)
    )
    return [bytes(root) for root in roots]


def leaf_of(text: str) -> bytes:
    """Return the hash of a leaf; one that was altered beyond reading is none."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return NO_HASH


def sealed_size() -> int:
    """Return how many leaves there should be by the number of the last one."""
    newest = Seal.objects.aggregate(newest=Max("leaf_index"))["newest"]
    return 0 if newest is None else newest + 1


def store_tiles(before: int, leaves: list[bytes]) -> None:
    """Store each tile that became full when `leaves` followed a tree of a size; all are sealed."""
    size, fresh = before, leaves
    level = 0
    while fresh:
        made = list(_tiles(level, size, fresh))
        Tile.objects.bulk_create(made)
        size, fresh = size // WIDTH, [bytes(tile.root) for tile in made]
        level += 1


def _tiles(level: int, before: int, fresh: list[bytes]) -> Iterator[Tile]:
    """Yield the tiles of a level that `fresh` hashes fill, after `before` older ones."""
    start = before // WIDTH * WIDTH
    if (before + len(fresh)) // WIDTH * WIDTH == start:
        return
    hashes = [*(stored(level, start, before) if before > start else ()), *fresh]
    for offset in range(0, len(hashes) - WIDTH + 1, WIDTH):
        full = hashes[offset : offset + WIDTH]
        yield Tile(
            level=level,
            position=(start + offset) // WIDTH,
            hashes=b"".join(full),
            root=merkle.root(full),
        )
