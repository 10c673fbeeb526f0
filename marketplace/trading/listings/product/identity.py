"""Which policy makes a product: what people decided, and not the values that they found."""

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from marketplace.catalog.version.models import DatasetVersion
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.release.selectors import run_that_made
from marketplace.preparation.report.selectors import membership_of
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


def identity_of(version: DatasetVersion) -> tuple[str, Treatment]:
    """Return by which digest the product of a version is known, and what it makes of the rows.

    Raises:
        NotFound: no run made the version, or nothing was measured of the model.
    """
    if version.is_model:
        figures = membership_of(version).figures
        return str(figures["declaration_digest"]), Treatment.MODEL
    policy = run_that_made(version).followed
    return digest_of(policy), treatment_of(policy)


def treatment_of(policy: MaskingPolicy) -> Treatment:
    return Treatment.SYNTHETIC if policy.document.get("synthetic") else Treatment.MASKED
