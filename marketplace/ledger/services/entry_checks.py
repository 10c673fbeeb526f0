"""Check single entries: those that are sealed, that wait, and that no act recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from marketplace.ledger.authentication import is_authentic
from marketplace.ledger.events import SaltErased
from marketplace.ledger.lines import (
    COLUMNS,
    commitment_of,
    digest_of,
    leaf_hash_of,
    line_from,
    line_of,
)
from marketplace.ledger.models import Entry, Mention, Seal, Stray
from marketplace.ledger.salts import salts_between
from marketplace.ledger.selectors import fits

CHUNK = 2000
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
