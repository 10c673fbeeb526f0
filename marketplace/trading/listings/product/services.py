"""A dataset becomes a product by the policy by which it is prepared."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from marketplace.catalog.selectors import versions_visible_to
from marketplace.core.actor import Actor
from marketplace.core.locking import locked
from marketplace.ledger.services.recording import record
from marketplace.preparation.selectors import run_that_made
from marketplace.trading.listings.product import rules
from marketplace.trading.listings.product.events import ProductRegistered
from marketplace.trading.listings.product.models import Product
from marketplace.trading.listings.product.policy import digest_of, treatment_of


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
