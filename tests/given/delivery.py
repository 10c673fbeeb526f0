"""Grants in each state, reached by acts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import issue_grant, revoke_grant
from marketplace.delivery.use.models import QuotaPart
from marketplace.delivery.use.services import IssuedKey, make_grant_key
from marketplace.trading.listings.plans import Band, Metered, Unit
from marketplace.trading.orders.order.models import Order
from tests.given.shelf import kept
from tests.given.trading import OFFER, SYSTEM, paid, placed, published, signed
from tests.given.world import World


@kept
def granted(world: World, order: Order | None = None) -> Grant:
    """Open the data of a paid order to its buyer."""
    return issue_grant((order or paid(world)).pk, by=SYSTEM)


@kept
def for_programs(world: World, mode: str = "api", **terms: Any) -> Grant:
    """Open the data of a paid order to its buyer's programs, under changed terms."""
    listing = published(world, delivery_mode=mode, terms=replace(OFFER.terms, **terms))
    return granted(world, paid(world, placed(world, listing)))


@kept
def by_use(world: World) -> Grant:
    """Open data whose rows cost 2.00 each, up to 100.00 a month."""
    plan = Metered(unit=Unit.ROW.value, bands=(Band(0, Decimal("2.00")),), cap=Decimal("100.00"))
    listing = published(world, plan=plan, delivery_mode="api")
    return granted(world, signed(world, placed(world, listing)))


@kept
def keyed(world: World, mode: str = "api", grant: Grant | None = None) -> IssuedKey:
    """Make the key of a grant for programs."""
    grant = grant or for_programs(world, mode)
    return make_grant_key(grant.pk, days=30, by=world.actor("buyer"))


@kept
def revoked(world: World) -> Grant:
    """Let the centre take a grant back."""
    return revoke_grant(
        granted(world).pk, reason="Used against the contract.", by=world.actor("reviewer")
    )


def left_in_parts(grant: Grant) -> int:
    """Return what the parts of a quota say is left of it; none have a quota that none drew on."""
    return sum(QuotaPart.objects.filter(grant=grant).values_list("left", flat=True))


def rows_of(issued: IssuedKey, *, accept: str = "*/*", **query: Any) -> Any:
    """Ask with a key, as a program does."""
    return APIClient().get(
        reverse("api_get_grant_rows", args=[issued.key.grant_id]),
        query,
        headers={"Authorization": f"Bearer {issued.secret}", "Accept": accept},
    )
