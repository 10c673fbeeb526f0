"""Which policy makes a product: what people decided, and not the values that they found."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.trading.listings.product.models import Treatment


def digest_of(policy: MaskingPolicy) -> str:
    """Return the SHA-256 of a policy as a product is known by it.

    Of the levels that a column's values are given, the values are left out: a new place in next
    month's table is no other product, and a digest over values could be guessed. The columns count
    in the order of their names.
    """
    shown = policy.shown
    columns: list[Mapping[str, Any]] = sorted(shown["columns"], key=lambda rule: str(rule["name"]))
    return hashlib.sha256(rfc8785.dumps({**shown, "columns": columns})).hexdigest()


def treatment_of(policy: MaskingPolicy) -> Treatment:
    """Return what a policy makes of the rows."""
    return Treatment.SYNTHETIC if policy.document.get("synthetic") else Treatment.MASKED
