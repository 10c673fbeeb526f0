"""A dataset becomes a product by the policy by which it is prepared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import rfc8785
from django.db import transaction

from marketplace.catalog.version.selectors import versions_visible_to
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.release.selectors import run_that_made
from marketplace.trading.listings.product import rules
from marketplace.trading.listings.product.events import ProductRegistered
from marketplace.trading.listings.product.models import Product, Treatment

# Which policy makes a product: what people decided, and not the values that they found.


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


@transaction.atomic
def register_product(version_id: UUID, *, by: Actor) -> Product:
    """Return the product that a desensitized version belongs to, locked; made the first time.

    Of two at once, the second waits and finds what the first has made.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of the organization that holds the data.
        Invalid: the version is not desensitized (`not-desensitized`).
    """
    version = locked(versions_visible_to(by), pk=version_id)
    rules.check_register_product(version, by)
    policy = run_that_made(version).followed
    product, is_new = Product.objects.get_or_create(
        dataset_id=version.dataset_id,
        policy_sha256=digest_of(policy),
        defaults={
            "organization_id": version.dataset.organization_id,
            "treatment": treatment_of(policy),
        },
    )
    if is_new:
        record(
            ProductRegistered(
                subject=f"product:{product.pk}",
                about=product.concerns,
                policy_sha256=product.policy_sha256,
            ),
            by=by,
        )
        return product
    return locked(Product.objects.all(), pk=product.pk)
