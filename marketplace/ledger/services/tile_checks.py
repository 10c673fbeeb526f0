"""Check that the stored tiles are what the leaves come to."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from marketplace.ledger import merkle
from marketplace.ledger.models import Tile
from marketplace.ledger.tiles import WIDTH, sealed_size, split, stored

CHUNK = 64
LEVELS = 8
"""Of tiles that a tree can have whose leaves are numbered with 63 bits."""


def tile_faults(after: int, size: int) -> Iterator[str]:
    """Yield a sentence for each tile that became full between two sizes and is not as it should be.

    A tile is compared with the leaves, or with the roots of the tiles below, which were compared
    before it. What is beyond the whole tree's size is found at its end.
    """
    level, before, now = 0, after // WIDTH, size // WIDTH
    while now:
        yield from _level_faults(level, before, now)
        level, before, now = level + 1, before // WIDTH, now // WIDTH


def stray_tile_faults(size: int) -> Iterator[str]:
    """Yield a sentence for each tile that stands beyond the end of the tree."""
    found: list[tuple[int, int]] = []
    for level in range(LEVELS):
        beyond = Tile.objects.filter(level=level, position__gte=size // WIDTH ** (level + 1))
        found += beyond.values_list("level", "position")
    found += Tile.objects.filter(level__gte=LEVELS).values_list("level", "position")
    # What was sealed meanwhile has its leaves too.
    size = sealed_size() if found else size
    for level, position in found:
        if position >= size // WIDTH ** (level + 1):
            yield _fault(level, position)


def _level_faults(level: int, before: int, now: int) -> Iterator[str]:
    for low in range(before, now, CHUNK):
        high = min(low + CHUNK, now)
        rows = {
            tile.position: tile
            for tile in Tile.objects.filter(level=level, position__gte=low, position__lt=high)
        }
        hashes = stored(level, low * WIDTH, high * WIDTH)
        for position in range(low, high):
            start = (position - low) * WIDTH
            expected = hashes[start : start + WIDTH]
            tile = rows.get(position)
            if (
                tile is None
                or split(bytes(tile.hashes)) != expected
                or bytes(tile.root) != merkle.root(expected)
            ):
                yield _fault(level, position)


def _fault(level: int, position: int) -> str:
    return _("Tile %(level)d/%(position)d does not match the sealed entries.") % {
        "level": level,
        "position": position,
    }
