"""Releases of the same people, of which none tells who has what and both together do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import numpy as np
from django.conf import settings
from django.test import override_settings

from marketplace.catalog.version.models import DatasetVersion
from marketplace.trading.listings.listing.models import Listing
from tests.given import preparation, trading
from tests.given.shelf import kept
from tests.given.world import World

ROWS = 700
CITIES = ("Fuzhou", "Xiamen", "Quanzhou", "Putian", "Sanming")
BY_AGE: Mapping[str, Any] = {
    "age": {"mask": "generalize_bins", "options": {"width": 10}},
    "city": "drop",
}
BY_CITY: Mapping[str, Any] = {"age": "drop", "city": "generalize"}
KEPT: Mapping[str, Any] = {"diagnosis": {"role": "sensitive", "mask": "keep", "options": {}}}


@cache
def patients(*, changed: bool = False) -> str:
    """Make up patients as CSV: decade and city together tell the diagnosis, neither does alone.

    `changed` is the table as it is sent again, with one cell that is another.
    """
    random = np.random.default_rng(3)
    decades, cities = (random.choice(5, ROWS, p=[0.3, 0.2, 0.18, 0.17, 0.15]) for _ in range(2))
    years = random.integers(0, 10, ROWS)
    lines = ["age,city,diagnosis"]
    for decade, city, year in zip(decades, cities, years, strict=True):
        lines.append(f"{20 + 10 * decade + year},{CITIES[city]},J{10 + 5 * decade + city}")
    if changed:
        lines[1] = "69," + lines[1].split(",", 1)[1]
    return "\n".join(lines) + "\n"


@contextmanager
def few_will_do() -> Iterator[None]:
    """Let so few rows show that attackers fail, whose limit asks for thousands."""
    with override_settings(CENTRE={**settings.CENTRE, "ATTACK_EXCESS": 0.3}):
        yield


def masked(
    world: World, masks: Mapping[str, Any], *, title: str, changed: bool = False
) -> DatasetVersion:
    """Return a release of the patients, an anonymous version of a dataset of its own."""
    source = preparation.classified_version(
        world, table=patients(changed=changed), title=title, personal_basis="none"
    )
    return masked_again(world, source, masks)


def masked_again(
    world: World, source: DatasetVersion, masks: Mapping[str, Any], **changes: Any
) -> DatasetVersion:
    """Mask a source by other rules for some columns and other settings."""
    document = preparation.policy_document(source, **masks, **KEPT)
    with few_will_do():
        return preparation.masked(world, source, document=document | changes)


@kept
def both_masked(world: World) -> tuple[DatasetVersion, DatasetVersion]:
    """Return a release by age and one by city, both made before one of them is let out."""
    versions = (
        masked(world, BY_AGE, title="Patients by age"),
        masked(world, BY_CITY, title="Visits in Minjiang", changed=True),
    )
    for version in versions:
        trading.valued(world, version)
    return versions


def published(world: World, version: DatasetVersion, title: str) -> Listing:
    """Bring a version to the market."""
    return trading.published(world, version=version, title=title)
