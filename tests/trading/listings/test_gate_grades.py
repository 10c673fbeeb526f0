"""The gate and the grade: what the page of a grade says is what happens."""

from __future__ import annotations

from itertools import product

import pytest

from marketplace.catalog.dataset.grading import Grade, HarmDegree, HarmedObject, Impact
from marketplace.catalog.dataset.presentation import grade_consequence
from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.trading.listings import gate
from marketplace.trading.listings.mode.modes import MODES
from marketplace.trading.listings.publication.services import submit_listing
from tests.given import trading as given
from tests.given.catalog import approved_dataset
from tests.given.world import World


def test_what_the_grade_keeps_inside_is_offered_without_its_rows(world: World) -> None:
    """Each grade in each way of delivery: what the page of the grade says is what the gate does."""
    listing = given.submitted(world)
    proofs = gate.proofs_of(listing)
    found: dict[str, set[str]] = {}
    for grade, mode in product(Grade.values, MODES):
        listing.delivery_mode, proofs.described.grade = mode, grade
        if {"grade-mode", "grade-core"} & {
            finding.code for finding in gate.findings_of(listing, proofs, on=clock.today())
        }:
            found.setdefault(grade, set()).add(mode)
    rows_leave = {*MODES} - {"sandbox", "report"}
    assert found == {"general-4": rows_leave, "important": rows_leave, "core": {*MODES}}
    assert "no row of it may leave" in grade_consequence("general-4", ())


@pytest.mark.parametrize("degree", [HarmDegree.GENERAL, HarmDegree.SERIOUS])
def test_graded_by_acts(world: World, degree: HarmDegree) -> None:
    """General data of the strictest level, and important data, are stopped after their review."""
    harm = (Impact(HarmedObject.ECONOMY, degree),)
    dataset = approved_dataset(world, impacts=harm)
    listing = given.drafted(world, given.masked(world, dataset))
    with pytest.raises(Invalid) as refused:
        submit_listing(listing.pk, by=world.actor("officer"))
    assert "grade-mode" in refused.value.fields
