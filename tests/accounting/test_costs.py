"""Costs stand as they were recorded, and nothing leads from a valuation to them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from marketplace.accounting.models import CAPITALIZED, CostEntry, CostKind
from marketplace.accounting.selectors import totals_of
from marketplace.accounting.services import record_cost, reverse_cost
from marketplace.accounting.standards.ratio import BalanceSheet, Operation, after, equity_needed
from marketplace.accounting.standards.refusals import RuleRefused
from marketplace.core import clock
from marketplace.core.errors import Invalid
from tests.given.catalog import draft_dataset
from tests.given.threads import at_once
from tests.given.world import World

REFERENCE = BalanceSheet(Decimal(1000), Decimal(620))


@pytest.mark.parametrize(
    ("operation", "amount", "capitalized", "ratio"),
    [
        (Operation.EXPENSED, 12, 0, "62.75"),
        (Operation.CAPITALIZED, 12, 9, "62.19"),
        (Operation.LOAN_FUNDED, 12, 9, "62.64"),
        (Operation.EQUITY, 50, 0, "59.05"),
        (Operation.PLEDGE_LOAN, 36, 0, "63.32"),
        (Operation.PROFIT, 9, 0, "61.45"),
    ],
)
def test_the_reference_case(
    operation: Operation, amount: int, capitalized: int, ratio: str
) -> None:
    """A = 1000, L = 620, as the domain rules state each figure."""
    then = after(REFERENCE, operation, Decimal(amount), Decimal(capitalized))
    assert round(then.ratio, 2) == Decimal(ratio)


def test_equity_for_a_target() -> None:
    """K = L/r* − A, and none where the target is reached."""
    assert round(equity_needed(REFERENCE, Decimal(60)), 4) == Decimal("33.3333")
    assert equity_needed(REFERENCE, Decimal(70)) == 0


@pytest.mark.parametrize(("amount", "capitalized"), [(-1, 0), (5, 6), (5, -1)])
def test_impossible_plans_are_refused(amount: int, capitalized: int) -> None:
    """Nothing negative, nothing capitalized that was not spent."""
    with pytest.raises(RuleRefused, match="not negative"):
        after(REFERENCE, Operation.CAPITALIZED, Decimal(amount), Decimal(capitalized))


def _record(world: World, dataset: object, kind: CostKind, amount: str, voucher: str) -> CostEntry:
    return record_cost(
        dataset.pk,  # type: ignore[attr-defined]
        kind=kind,
        incurred_on=date(2026, 10, 9),
        amount=Decimal(amount),
        voucher=voucher,
        by=world.actor("finance"),
    )


def test_totals_tell_assets_from_expenses(world: World) -> None:
    """The lines of 财会〔2023〕11号; a reversed one counts no more."""
    dataset = draft_dataset(world)
    amounts = {
        CostKind.RESEARCH: "800000",
        CostKind.DEVELOPMENT_UNQUALIFIED: "300000",
        CostKind.DEVELOPMENT_QUALIFIED: "1200000",
        CostKind.TRAINING: "50000",
        CostKind.PRICE: "600000",
        CostKind.TAX: "20000",
        CostKind.PROCESSING: "180000",
        CostKind.ATTESTATION: "40000",
        CostKind.QUALITY_EVALUATION: "30000",
        CostKind.REGISTRATION: "15000",
        CostKind.SECURITY: "25000",
        CostKind.MARKETING: "10000",
    }
    entries = {
        kind: _record(world, dataset, kind, amount, f"V-{kind}") for kind, amount in amounts.items()
    }
    totals = totals_of(dataset, by=world.actor("finance"))
    assert totals.expensed == 1_160_000
    assert totals.capitalized == 1_200_000 + 910_000
    assert totals.total == 3_270_000
    reverse_cost(entries[CostKind.PRICE].pk, by=world.actor("finance"))
    assert totals_of(dataset, by=world.actor("finance")).capitalized == 1_510_000
    assert set(amounts) - CAPITALIZED == {
        CostKind.RESEARCH,
        CostKind.DEVELOPMENT_UNQUALIFIED,
        CostKind.TRAINING,
        CostKind.MARKETING,
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal(-5)}, "amount"),
        ({"voucher": " "}, "voucher"),
        ({"incurred_on": date(2126, 1, 1)}, "incurred_on"),
    ],
)
def test_wrong_costs_are_told_by_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    """And nothing is kept."""
    sent: dict[str, object] = {
        "kind": CostKind.PRICE,
        "incurred_on": clock.today() - timedelta(days=1),
        "amount": Decimal(5),
        "voucher": "V-1",
    }
    with pytest.raises(Invalid) as refused:
        record_cost(
            draft_dataset(world).pk,
            **(sent | changes),  # type: ignore[arg-type]
            by=world.actor("finance"),
        )
    assert list(refused.value.fields) == [field]
    assert not CostEntry.objects.exists()


def test_a_voucher_is_booked_once(world: World) -> None:
    """With another amount it is refused."""
    dataset = draft_dataset(world)
    _record(world, dataset, CostKind.PRICE, "5", "V-1")
    with pytest.raises(Invalid, match="another amount"):
        _record(world, dataset, CostKind.PRICE, "6", "V-1")


def test_a_reversed_voucher_is_booked_anew(world: World) -> None:
    """With the right amount; a third time changes nothing."""
    dataset = draft_dataset(world)
    wrong = _record(world, dataset, CostKind.PRICE, "5", "V-1")
    reverse_cost(wrong.pk, by=world.actor("finance"))
    right = _record(world, dataset, CostKind.PRICE, "6", "V-1")
    assert _record(world, dataset, CostKind.PRICE, "6", "V-1") == right
    assert totals_of(dataset, by=world.actor("finance")).total == 6


@pytest.mark.postgres
def test_of_six_bookings_of_a_voucher_one_is_kept(committed_database: None) -> None:
    """However many send it at once."""
    world = World()
    dataset = draft_dataset(world)
    at_once(6, lambda number: _record(world, dataset, CostKind.PRICE, "5", "V-1"))
    assert CostEntry.objects.count() == 1


def test_the_database_keeps_costs_as_they_are(world: World) -> None:
    """No change, no deletion, nothing below zero."""
    entry = _record(world, draft_dataset(world), CostKind.PRICE, "5", "V-1")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        CostEntry.objects.filter(pk=entry.pk).update(amount=6)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        CostEntry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        CostEntry.objects.create(
            organization=entry.organization,
            dataset=entry.dataset,
            kind=CostKind.PRICE,
            incurred_on=entry.incurred_on,
            amount=-1,
            currency="CNY",
            voucher="V-2",
        )
