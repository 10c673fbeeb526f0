"""Check single entries: those that are sealed, that wait, and that no act recorded."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from marketplace.ledger.authentication import is_authentic
from marketplace.ledger.events import SaltErased
from marketplace.ledger.lines import digest_of, line_of
from marketplace.ledger.models import Entry, Seal, Stray
from marketplace.ledger.selectors import fits

CHUNK = 2000


def leaf_faults(seal: Seal, expected_index: int, salt: bytes, was_erased: bool) -> Iterator[str]:
    """Yield what is wrong with a leaf; `was_erased` tells whether an act erased its salt."""
    if seal.leaf_index != expected_index:
        yield _("Leaf %(leaf)d stands where leaf %(expected)d should: one is missing.") % {
            "leaf": seal.leaf_index,
            "expected": expected_index,
        }
    if seal.commitment is not None and not salt and not was_erased:
        yield _("The salt of leaf %(leaf)d is gone, and no act erased it.") % {
            "leaf": seal.leaf_index
        }
    if not fits(seal.entry, line_of(seal.entry), seal, salt):
        yield _(
            "Entry %(id)d (leaf %(leaf)d, %(kind)s, %(subject)s) was altered after sealing."
        ) % {
            "id": seal.entry_id,
            "leaf": seal.leaf_index,
            "kind": seal.entry.kind,
            "subject": seal.entry.subject,
        }


def erased_leaves() -> set[int]:
    """Answer the leaves whose salts were erased by an act."""
    entries = Entry.objects.filter(kind=SaltErased.kind)
    return {
        int(entry.payload["leaf_index"])
        for entry in entries
        if is_authentic(line_of(entry), entry.mac)
    }


def waiting_faults() -> Iterator[str]:
    """Yield a sentence for each entry that waits to be sealed and is not as it was recorded."""
    for entry in Entry.objects.filter(seal=None, stray=None).iterator(chunk_size=CHUNK):
        line = line_of(entry)
        if entry.digest != digest_of(line).hex() or not is_authentic(line, entry.mac):
            yield _("Entry %(id)d (not sealed yet) was altered.") % {"id": entry.pk}


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
