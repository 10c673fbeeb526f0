"""Check the whole ledger: every leaf, every head, every trigger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from marketplace.core import append_only
from marketplace.ledger.leaves import entry_digest
from marketplace.ledger.merkle import Frontier
from marketplace.ledger.models import Entry, Head, Seal
from marketplace.ledger.services.keys import head_is_signed

CHUNK = 2000


@dataclass(frozen=True)
class Verification:
    """What a verification found: how far it read, and one sentence a fault."""

    entries: int
    sealed: int
    heads: int
    root_hash: str
    faults: tuple[str, ...]


def verify_ledger(*, progress: Callable[[int], None] | None = None) -> Verification:
    """Recompute every leaf and every head from the rows, and name each one that differs."""
    faults: list[str] = list(_missing_triggers())
    heads = {
        head.tree_size: head for head in Head.objects.select_related("key").order_by("tree_size")
    }
    frontier = Frontier()
    for seal in (
        Seal.objects.select_related("entry").order_by("leaf_index").iterator(chunk_size=CHUNK)
    ):
        faults.extend(_leaf_faults(seal, expected_index=frontier.size))
        frontier.append(bytes.fromhex(seal.leaf_hash))
        if progress is not None and frontier.size % CHUNK == 0:
            progress(frontier.size)
        if head := heads.pop(frontier.size, None):
            faults.extend(_head_faults(head, frontier))
    for head in heads.values():
        faults.append(
            _("Tree head %(size)d: the ledger has only %(have)d sealed entries.")
            % {"size": head.tree_size, "have": frontier.size}
        )
    last = Head.objects.order_by("-tree_size").first()
    if frontier.size and (last is None or last.tree_size < frontier.size):
        faults.append(_("Sealed entries beyond the last signed head."))
    for entry in Entry.objects.filter(seal__isnull=True).iterator(chunk_size=CHUNK):
        if entry.digest != entry_digest(entry):
            faults.append(_("Entry %(id)d (not sealed yet) was altered.") % {"id": entry.pk})
    return Verification(
        entries=Entry.objects.count(),
        sealed=frontier.size,
        heads=Head.objects.count(),
        root_hash=frontier.root().hex(),
        faults=tuple(faults),
    )


def _leaf_faults(seal: Seal, *, expected_index: int) -> Iterator[str]:
    if seal.leaf_index != expected_index:
        yield _("Leaf %(leaf)d stands where leaf %(expected)d should: one is missing.") % {
            "leaf": seal.leaf_index,
            "expected": expected_index,
        }
    if entry_digest(seal.entry) != seal.leaf_hash:
        yield _(
            "Entry %(id)d (leaf %(leaf)d, %(kind)s, %(subject)s) was altered after sealing."
        ) % {
            "id": seal.entry_id,
            "leaf": seal.leaf_index,
            "kind": seal.entry.kind,
            "subject": seal.entry.subject,
        }


def _head_faults(head: Head, frontier: Frontier) -> Iterator[str]:
    if head.root_hash != frontier.root().hex():
        yield _("Tree head %(size)d does not match the sealed entries.") % {"size": head.tree_size}
    if not head_is_signed(head):
        yield _("Tree head %(size)d carries a wrong signature.") % {"size": head.tree_size}


def _missing_triggers() -> Iterator[str]:
    for name in append_only.missing(connection):
        yield _("The trigger %(name)s is missing from the database.") % {"name": name}
