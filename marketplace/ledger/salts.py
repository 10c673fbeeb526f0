"""The salts that open the commitments of the leaves; whoever erases one closes it for good."""

from __future__ import annotations

from marketplace.ledger.lines import ERASED, SALT_BYTES
from marketplace.ledger.models import Salts, Seal


def salt_of(seal: Seal) -> bytes:
    """Return the salt of a leaf; empty where it was erased or never was."""
    if seal.commitment is None:
        return b""
    row = Salts.objects.filter(first_leaf__lte=seal.leaf_index).order_by("-first_leaf").first()
    return taken_from(row, seal.leaf_index) if row is not None else b""


def salts_between(first: int, end: int) -> dict[int, bytes]:
    """Return the salts of a range of leaves that are there."""
    start = Salts.objects.filter(first_leaf__lte=first).order_by("-first_leaf").first()
    rows = Salts.objects.filter(first_leaf__gt=first, first_leaf__lt=end).order_by("first_leaf")
    answer: dict[int, bytes] = {}
    for row in [*([start] if start else []), *rows]:
        for leaf in range(row.first_leaf, row.first_leaf + len(row.salts) // SALT_BYTES):
            if salt := taken_from(row, leaf):
                answer[leaf] = salt
    return answer


def taken_from(row: Salts, leaf: int) -> bytes:
    """Return the salt of a leaf in a row; empty where it was erased or lies elsewhere."""
    start = (leaf - row.first_leaf) * SALT_BYTES
    salt = bytes(row.salts)[start : start + SALT_BYTES]
    return b"" if salt == ERASED else salt


def without(row: Salts, leaf: int) -> bytes:
    """Return the salts of a row with that of a leaf erased."""
    start = (leaf - row.first_leaf) * SALT_BYTES
    salts = bytes(row.salts)
    return salts[:start] + ERASED + salts[start + SALT_BYTES :]
