"""Check the whole ledger: every leaf, every head, every trigger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from marketplace.core import append_only
from marketplace.core.errors import NotFound, WrongState
from marketplace.ledger import last_head, merkle
from marketplace.ledger.merkle import Frontier
from marketplace.ledger.models import Entry, Head, Seal, Tile
from marketplace.ledger.services.entry_checks import leaves_between, stray_faults, waiting_faults
from marketplace.ledger.services.keys import checkpoint_fits, head_is_signed
from marketplace.ledger.tiles import WIDTH, leaf_of, sealed_size, split, stored

# Check that the stored tiles are what the leaves come to.

TILES_AT_ONCE = 64
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
    for low in range(before, now, TILES_AT_ONCE):
        high = min(low + TILES_AT_ONCE, now)
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


CHUNK = 2000
PART = 5000
"""Leaves that one request checks, and somewhat more: a part ends at a signed head."""


@dataclass(frozen=True)
class Verification:
    """What a verification found: how far it read, and one sentence a fault."""

    entries: int
    sealed: int
    heads: int
    root_hash: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """What was checked from one signed head to another, or to the end.

    `first` is the size of the tree that it began with and `last` the one it ended with, of `size`
    sealed entries at that moment; `next` is where the next part begins, None at the end.
    """

    first: int
    last: int
    size: int
    heads: int
    root_hash: str
    next: int | None
    faults: tuple[str, ...]


def verify_ledger(*, progress: Callable[[int], None] | None = None) -> Verification:
    """Recompute every leaf and every head from the rows, and name each one that differs."""
    faults: list[str] = []
    heads, after = 0, 0
    while True:
        part = check_part(after)
        faults.extend(part.faults)
        heads += part.heads
        if part.next is None:
            break
        after = part.next
        if progress is not None:
            progress(after)
    return Verification(
        entries=Entry.objects.count(),
        sealed=part.last,
        heads=heads,
        root_hash=part.root_hash,
        faults=tuple(faults),
    )


def check_part(after: int = 0, *, leaves: int = PART) -> Part:
    """Recompute the leaves after a signed head and every head over them; `after` is its size.

    The part before has found that head to be what its leaves come to. What is not about one leaf is
    told with the first part (triggers) and with the last (what waits to be sealed).

    Raises:
        NotFound: no signed head stands at that size.
    """
    faults: list[str] = [] if after else list(_missing_triggers())
    frontier = _frontier_at(after)
    # Heads before leaves: whatever is sealed meanwhile has its leaves before its head.
    newest_head = Head.objects.aggregate(newest=Max("tree_size"))["newest"] or 0
    size = sealed_size()
    end = Head.objects.filter(tree_size__gte=after + leaves).order_by("tree_size").first()
    following = end.tree_size if end is not None and end.tree_size < size else None
    rows = Head.objects.filter(tree_size__gt=after, tree_size__lte=following or newest_head)
    heads = {head.tree_size: head for head in rows.select_related("key", "checkpoint")}
    count = len(heads)
    for leaf_hash, wrong in leaves_between(after, following or size):
        faults.extend(wrong)
        frontier.append(leaf_of(leaf_hash))
        if head := heads.pop(frontier.size, None):
            faults.extend(_head_faults(head, frontier))
    for head in heads.values():
        faults.append(
            _("Tree head %(size)d: the ledger has only %(have)d sealed entries.")
            % {"size": head.tree_size, "have": frontier.size}
        )
    faults.extend(tile_faults(after, frontier.size))
    if following is None:
        faults.extend(_end_faults(frontier))
        faults.extend(waiting_faults())
        faults.extend(stray_faults())
        faults.extend(stray_tile_faults(frontier.size))
    return Part(
        first=after,
        last=frontier.size,
        size=size,
        heads=count,
        root_hash=frontier.root().hex(),
        next=following,
        faults=tuple(faults),
    )


def _frontier_at(size: int) -> Frontier:
    """Return the tree that a signed head stands for.

    It is kept with the head, for the sealer to go on from. Where it was altered, which the part
    before has named, it is built from the leaves again.
    """
    if size == 0:
        return Frontier()
    head = Head.objects.filter(tree_size=size).first()
    if head is None:
        raise NotFound(_("No signed tree head stands at this size. Check from the beginning."))
    try:
        frontier = Frontier(size, [bytes.fromhex(node) for node in head.frontier])
    except ValueError:
        frontier = Frontier()
    if frontier.root().hex() != head.root_hash:
        frontier = Frontier()
        for seal in Seal.objects.filter(leaf_index__lt=size).iterator(chunk_size=CHUNK):
            frontier.append(leaf_of(seal.leaf_hash))
    return frontier


def _head_faults(head: Head, frontier: Frontier) -> Iterator[str]:
    nodes = [node.hex() for node in frontier.nodes]
    if head.root_hash != frontier.root().hex() or head.frontier != nodes:
        yield _("Tree head %(size)d does not match the sealed entries.") % {"size": head.tree_size}
    if not head_is_signed(head):
        yield _("Tree head %(size)d carries a wrong signature.") % {"size": head.tree_size}
    checkpoint = getattr(head, "checkpoint", None)
    if checkpoint is not None and not checkpoint_fits(head, checkpoint.note):
        yield _("The checkpoint of tree head %(size)d does not fit it.") % {"size": head.tree_size}


def _end_faults(frontier: Frontier) -> Iterator[str]:
    last = Head.objects.order_by("-tree_size").first()
    if frontier.size and (last is None or last.tree_size < frontier.size):
        yield _("Sealed entries beyond the last signed head.")
    try:
        last_head.require_not_restored()
    except WrongState as refusal:
        yield refusal.sentence


def _missing_triggers() -> Iterator[str]:
    for name in append_only.missing(connection):
        yield _("The trigger %(name)s is missing from the database.") % {"name": name}
