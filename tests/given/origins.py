"""Datasets with what they were made from."""

from __future__ import annotations

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.services import declare_origin, withdraw_origin
from marketplace.rights.certificate.models import Certificate
from tests.given.catalog import draft_dataset
from tests.given.rights import certified
from tests.given.shelf import kept
from tests.given.world import World


def made_from(world: World, dataset: Dataset, upstream: Dataset, *, by: str = "officer") -> Origin:
    """Say that a dataset was made from another one."""
    return declare_origin(dataset.pk, upstream_id=upstream.pk, by=world.actor(by))


@kept
def declared_origin(world: World) -> Origin:
    """Say that a dataset was made from another one of the same organization."""
    return made_from(
        world, draft_dataset(world, title="Made"), draft_dataset(world, title="Source")
    )


@kept
def withdrawn_origin(world: World) -> Origin:
    """Withdraw an origin."""
    return withdraw_origin(
        declared_origin(world).pk, reason="Another table.", by=world.actor("reviewer")
    )


def certified_three_levels_up(world: World, dataset: Dataset) -> Certificate:
    """Return the certificate of what was made from what a dataset was made from."""
    certificate = certified(world)
    middle = draft_dataset(world, title="Middle")
    near = draft_dataset(world, title="Near")
    made_from(world, dataset, near)
    made_from(world, near, middle)
    made_from(world, middle, certificate.dataset)
    return certificate
