"""Check the whole ledger: entries, leaves, heads, triggers; at once, or by parts on record."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from marketplace.core import Actor, NotAllowed, NotFound, WrongState, clock
from marketplace.ledger import last_head, merkle
from marketplace.ledger.authentication import is_authentic
from marketplace.ledger.binding import FURTHER, state_faults
from marketplace.ledger.events import LedgerAudited, SaltErased
from marketplace.ledger.guards import trigger_faults
from marketplace.ledger.lines import (
    COLUMNS,
    commitment_of,
    digest_of,
    leaf_hash_of,
    line_from,
    line_of,
    salts_between,
)
from marketplace.ledger.merkle import Frontier
from marketplace.ledger.models import Audit, Entry, Head, Mention, RunningAudit, Seal, Stray, Tile
from marketplace.ledger.selectors import fits
from marketplace.ledger.services.keys import checkpoint_fits, head_is_signed
from marketplace.ledger.services.recording import record
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
PART = 2000
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


def verify_ledger(
    *, with_state: bool = False, progress: Callable[[int], None] | None = None
) -> Verification:
    """Recompute every leaf and every head from the rows, and name each one that differs.

    With state, each bound row is compared with what the last act left.
    """
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
    if with_state:
        faults.extend(state_faults())
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
    faults: list[str] = [] if after else list(trigger_faults(connection))
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
        for further in FURTHER:
            faults.extend(further())
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


ABOUT = COLUMNS.index("about")
NOWHERE: frozenset[str] = frozenset()


def leaves_between(first: int, end: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the hash of each leaf that there is of a range, with what is wrong with the leaf.

    That nothing is wrong shows in the row alone. Where something is, the leaf is looked at again,
    to name it.
    """
    expected = first
    for low in range(first, end, CHUNK):
        high = min(low + CHUNK, end)
        seals = list(
            Seal.objects.filter(leaf_index__gte=low, leaf_index__lt=high)
            .order_by("leaf_index")
            .values_list("leaf_index", "leaf_hash", "commitment", "entry_id")
        )
        numbers = [entry for _leaf, _hash, _commitment, entry in seals]
        salts, mentions = salts_between(low, high), _mentions(numbers)
        rows = Entry.objects.filter(pk__in=numbers).order_by()
        entries = {row[0]: row[1:] for row in rows.values_list("pk", "digest", *COLUMNS)}
        for leaf, leaf_hash, commitment, entry in seals:
            salt = salts.get(leaf, b"")
            if entry not in entries:
                yield leaf_hash, [_("The entry of leaf %(leaf)d is gone.") % {"leaf": leaf}]
                expected = leaf + 1
                continue
            is_whole = (
                leaf == expected
                and leaf_hash == leaf_hash_of(str(commitment)).hex()
                and _is_whole(entries[entry], commitment, salt, mentions.get(entry, NOWHERE))
            )
            yield leaf_hash, [] if is_whole else list(_leaf_faults(leaf, expected, salt))
            expected = leaf + 1


def _mentions(entries: list[int]) -> dict[int, set[str]]:
    """Return, by entry, the further subjects under which it is found."""
    rows = Mention.objects.filter(entry_id__in=entries).values_list("entry_id", "subject")
    found: dict[int, set[str]] = {}
    for entry, subject in rows:
        found.setdefault(entry, set()).add(subject)
    return found


def _is_whole(
    row: Any, commitment: str | None, salt: bytes, mentioned: set[str] | frozenset[str]
) -> bool:
    digest, *values = row
    line = line_from(*values)
    return (
        bool(salt)
        and digest == digest_of(line).hex()
        and commitment == commitment_of(line, salt)
        and mentioned == set(values[ABOUT])
    )


def _leaf_faults(leaf: int, expected: int, salt: bytes) -> Iterator[str]:
    """Yield what is wrong with a leaf that stands where an `expected` one should."""
    seal = Seal.objects.select_related("entry").get(leaf_index=leaf)
    entry = seal.entry
    if leaf != expected:
        yield _("Leaf %(leaf)d stands where leaf %(expected)d should: one is missing.") % {
            "leaf": leaf,
            "expected": expected,
        }
    if seal.commitment is not None and not salt and not _was_erased(seal):
        yield _("The salt of leaf %(leaf)d is gone, and no act erased it.") % {"leaf": leaf}
    if not fits(entry, line_of(entry), seal, salt):
        yield _(
            "Entry %(id)d (leaf %(leaf)d, %(kind)s, %(subject)s) was altered after sealing."
        ) % {
            "id": entry.pk,
            "leaf": leaf,
            "kind": entry.kind,
            "subject": entry.subject,
        }
    elif not _is_mentioned_rightly(entry):
        yield _misfiled(entry)


def _was_erased(seal: Seal) -> bool:
    """Return whether an act erased the salt of a leaf."""
    entries = Entry.objects.filter(
        kind=SaltErased.kind, subject=f"entry:{seal.entry.reference}"
    ).order_by("id")
    return any(
        entry.payload.get("leaf_index") == seal.leaf_index
        and is_authentic(line_of(entry), entry.mac)
        for entry in entries
    )


def _is_mentioned_rightly(entry: Entry) -> bool:
    mentioned = Mention.objects.filter(entry=entry).values_list("subject", flat=True)
    return set(mentioned) == set(entry.about)


def _misfiled(entry: Entry) -> str:
    return _(
        "Entry %(id)d (%(kind)s, %(subject)s) is not found under just those things that it names: "
        "timelines leave it out, or show it where it does not belong."
    ) % {"id": entry.pk, "kind": entry.kind, "subject": entry.subject}


def waiting_faults() -> Iterator[str]:
    """Yield a sentence for each entry that waits to be sealed and is not as it was recorded."""
    for entry in Entry.objects.filter(seal=None, stray=None).iterator(chunk_size=CHUNK):
        line = line_of(entry)
        if entry.digest != digest_of(line).hex() or not is_authentic(line, entry.mac):
            yield _("Entry %(id)d (not sealed yet) was altered.") % {"id": entry.pk}
        elif not _is_mentioned_rightly(entry):
            yield _misfiled(entry)


def stray_faults() -> Iterator[str]:
    """Yield a sentence for each entry that was put aside."""
    for stray in Stray.objects.select_related("entry").order_by("pk"):
        yield _(
            "Entry %(id)d (%(kind)s, %(subject)s) was recorded by no act, or altered before "
            "sealing: it is put aside and never sealed."
        ) % {
            "id": stray.entry_id,
            "kind": stray.entry.kind,
            "subject": stray.entry.subject,
        }


# Keep on record that the whole ledger was checked, and check it part by part in time.

EVERY = timedelta(days=1)
"""How old the last audit may be before the centre makes another by itself."""
STATE_MOST = 200_000
"""Sealed entries up to which the centre's own audit compares the state as well."""

log = logging.getLogger(__name__)


@transaction.atomic
def keep_audit(found: Verification, *, seconds: float, by: Actor) -> Audit:
    """Keep that the whole ledger was checked and what was found, as a row and as an entry.

    Raises:
        NotAllowed: it is neither a command on the centre's machine nor the centre by itself.
    """
    _require_system(by)
    return _kept(
        size=found.sealed,
        root=found.root_hash,
        heads=found.heads,
        faults=len(found.faults),
        milliseconds=round(seconds * 1000),
        by=by,
    )


def audit_by_parts(*, by: Actor) -> Audit | None:
    """Check the next part of the ledger where an audit is due; keep the audit with its last part.

    One is due a day after the last one ended, or after the log began. A part is checked without a
    transaction, so that nobody waits for it. With the last part the state is compared, unless more
    than `STATE_MOST` entries are sealed. Answers the audit that ended.

    Raises:
        NotAllowed: it is not the centre by itself.
    """
    _require_system(by)
    running = RunningAudit.objects.filter(pk=1).first()
    if running is None and not _is_due():
        return None
    began, after = time.monotonic(), running.checked if running else 0
    try:
        part = check_part(after)
    except NotFound:
        # The head that it had come to is gone, which the next audit names.
        _forget(after)
        return None
    if part.next is None:
        part = replace(part, faults=(*part.faults, *_state_faults(part.size)))
    for fault in part.faults:
        log.error("The audit of the ledger found: %s", fault)
    return _advance(after, part, milliseconds=round(1000 * (time.monotonic() - began)), by=by)


def _state_faults(size: int) -> Iterator[str]:
    """Compare the state too, unless the ledger is too long for the loop, which waits for it."""
    if size > STATE_MOST:
        log.warning(
            "The audit compares no state of more than %d entries: run verify_ledger --state by a "
            "timer.",
            STATE_MOST,
        )
        return
    yield from state_faults()


@transaction.atomic
def _advance(after: int, part: Part, *, milliseconds: int, by: Actor) -> Audit | None:
    """Keep how far the audit has come, unless another loop did so; end it with its last part."""
    if not after:
        RunningAudit.objects.get_or_create(pk=1)
    running = RunningAudit.objects.select_for_update().filter(pk=1, checked=after).first()
    if running is None:
        return None
    running.heads += part.heads
    running.faults += len(part.faults)
    running.milliseconds += milliseconds
    if part.next is not None:
        running.checked = part.next
        running.save(update_fields=["checked", "heads", "faults", "milliseconds"])
        return None
    running.delete()
    return _kept(
        size=part.last,
        root=part.root_hash,
        heads=running.heads,
        faults=running.faults,
        milliseconds=running.milliseconds,
        by=by,
    )


@transaction.atomic
def _forget(after: int) -> None:
    RunningAudit.objects.filter(pk=1, checked=after).delete()


def _is_due() -> bool:
    newest = Audit.objects.order_by("-entry_id").first()
    if newest is not None:
        return newest.created_at <= clock.now() - EVERY
    oldest = Head.objects.order_by("tree_size").first()
    return oldest is not None and oldest.sealed_at <= clock.now() - EVERY


def _kept(*, size: int, root: str, heads: int, faults: int, milliseconds: int, by: Actor) -> Audit:
    entry = record(
        LedgerAudited(
            subject="ledger:centre",
            size=size,
            root=root,
            heads=heads,
            faults=faults,
            milliseconds=milliseconds,
        ),
        by=by,
    )
    return Audit.objects.create(
        door=by.door,
        tree_size=size,
        root_hash=root,
        heads=heads,
        faults=faults,
        milliseconds=milliseconds,
        entry=entry,
    )


def _require_system(by: Actor) -> None:
    if not by.is_system:
        raise NotAllowed(_("Only an operator on the centre's machine decides this."))
