"""A valuation takes the quality that was measured, and no other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import Appraisal, Method, Purpose
from marketplace.appraisal.appraisal.quality import (
    MeasuredQuality,
    measured_quality,
    with_measured,
)
from marketplace.appraisal.appraisal.services import draft_appraisal
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.selectors import latest_deliverable_version, latest_source_version
from marketplace.core.errors import Invalid
from marketplace.preparation.column.models import ColumnFinding
from tests.given import appraisal as given
from tests.given import quality
from tests.given.catalog import approved_dataset
from tests.given.quality import rule
from tests.given.world import World

HOLES = "day,line,boardings\n2026-03-01,1,1204\n2026-03-01,,980\n2026-03-02,1,\n2026-03-02,2,5\n"


def coefficient_of(appraisal: Appraisal) -> Decimal:
    return Decimal(str(appraisal.inputs["quality_coefficient"]))


def asked(dataset: Dataset, *rules: dict[str, Any], world: World) -> None:
    """Set rules and ask them of the source and of what was masked of it."""
    quality.set_rules(world, dataset, rules)
    newest = latest_source_version(dataset)
    assert newest is not None
    quality.measured(newest)


def test_without_rules_completeness_was_measured(world: World) -> None:
    """By the profile, rounded down: nothing counts for more than was measured."""
    dataset = given.valuable(world, dataset=approved_dataset(world, table=HOLES))
    appraisal = given.drafted(world, dataset)
    assert coefficient_of(appraisal) == Decimal("0.8333")
    assert appraisal.inputs["sources"]["quality_coefficient"] == "GB/T 36344 · v1"
    assert appraisal.amount < Decimal(given.VALUE)


@pytest.mark.parametrize("typed", ["0.99", "0.5", "1e9", "much"])
@pytest.mark.parametrize("name", ["quality_coefficient", "quality"])
def test_no_other_coefficient_is_taken(world: World, name: str, typed: str) -> None:
    """Neither better nor worse, under none of its names; nothing is kept."""
    dataset = given.valuable(world)
    with pytest.raises(Invalid) as refused:
        draft_appraisal(
            dataset.pk,
            approaches=[GivenApproach(Method.COST, given.inputs(**{name: typed}))],
            purpose=Purpose.TRADE,
            by=world.actor("officer"),
        )
    assert refused.value.code == "quality-typed"
    assert not Appraisal.objects.exists()


def test_the_worst_characteristic_counts(world: World) -> None:
    """A rule that the data fails lowers the value; one that it keeps does not raise it."""
    dataset = given.valuable(world)
    failing = rule("range", "boardings", at_most="1250", severity="warns")
    asked(dataset, failing, rule("present", "line"), rule("unique", "day", "line"), world=world)
    version = latest_deliverable_version(dataset)
    assert version is not None
    found = measured_quality(version)
    assert found is not None
    assert (found.share, found.characteristic) == (Decimal("0.7500"), "accuracy")
    appraisal = given.drafted(world, dataset)
    assert appraisal.amount == Decimal("156250.31")
    again = given.revised(world, appraisal, quality_coefficient="0.75")
    assert again.result_digest == appraisal.result_digest


def test_what_was_never_measured_counts_for_nothing(world: World) -> None:
    dataset = given.valuable(world)
    ColumnFinding.objects.all().delete()
    with pytest.raises(Invalid) as refused:
        given.drafted(world, dataset)
    assert refused.value.code == "quality-unmeasured"


def test_income_may_leave_quality_out_and_types_none() -> None:
    found = with_measured(Method.INCOME, {"income": ["1"]}, None)
    assert found == {"income": ["1"]}
    for name in ("quality_coefficient", "delta", "quality_factor"):
        with pytest.raises(Invalid):
            with_measured(Method.INCOME, {name: "1"}, None)


SOUND = MeasuredQuality(Decimal("0.8"), "accuracy", 2)


@pytest.mark.parametrize(
    ("trade", "quality"),
    [
        ({}, ("0.8", "1")),
        ({"quality": {"comparable": "0.5"}}, ("0.8", "0.5")),
        ({"quality": {"subject": "0.80", "comparable": "1"}}, ("0.8", "1")),
    ],
)
def test_a_trade_compares_by_what_was_measured(
    trade: dict[str, Any], quality: tuple[str, str]
) -> None:
    """One whose quality nobody tells counts as faultless: silence is no gain."""
    expected = dict(zip(("subject", "comparable"), quality, strict=True))
    given = {"comparables": [{"price": "5", **trade}], "sources": {"comparables[1].price": "Sale"}}
    found: Any = with_measured(Method.MARKET, given, SOUND)
    assert found["comparables"] == [{"price": "5", "quality": expected}]
    assert found["sources"]["comparables[1].quality.subject"] == "GB/T 36344 · v2"
    assert found["sources"]["comparables[1].quality.comparable"] == "Sale"
    held = with_measured(Method.MARKET, {"Q": "5", "coefficients": trade}, SOUND)
    assert held["coefficients"] == {"quality": expected}


@pytest.mark.parametrize("within", ["comparables", "coefficients", "alone"])
@pytest.mark.parametrize(
    ("quality", "code"),
    [
        ("1.4", "quality-typed"),
        ("much", "quality-typed"),
        ({"subject": "1"}, "quality-typed"),
        ({"comparable": "0"}, "quality-share"),
        ({"comparable": "1.01"}, "quality-share"),
        ({"comparable": "NaN"}, "quality-share"),
        ({"comparable": []}, "quality-share"),
    ],
)
def test_no_trade_is_made_worse_or_this_data_better(within: str, quality: Any, code: str) -> None:
    """By no way in which the library takes the coefficient."""
    trade = {"price": "5", "quality": quality}
    given: dict[str, dict[str, object]] = {
        "comparables": {"comparables": [{"price": "5"}, trade]},
        "coefficients": {"Q": "5", "coefficients": {"quality": quality}},
        "alone": trade,
    }
    with pytest.raises(Invalid) as refused:
        with_measured(Method.MARKET, given[within], SOUND)
    assert refused.value.code == code
    with pytest.raises(Invalid) as refused:
        with_measured(Method.MARKET, {"price": "5"}, None)
    assert refused.value.code == "quality-unmeasured"
