"""Income returns to its period, and what is above the maximum goes into the next, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from marketplace.appraisal.ceiling.models import CeilingCarry, CeilingIncome, PriceCeiling
from marketplace.appraisal.ceiling.profile import ceiling_profile
from marketplace.appraisal.ceiling.rules import is_reproduced
from marketplace.appraisal.ceiling.selectors import Account, accounts_of, periods_of
from marketplace.appraisal.ceiling.services import approve_ceiling, book_income
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotAllowed, Refusal
from tests.given import ceilings as given
from tests.given.catalog import approved_dataset
from tests.given.state import changed_tables, kept_rows
from tests.given.threads import at_once
from tests.given.world import World

SYSTEM = Actor.system(Door.REACTION)


def refused(act: Callable[[], object], kind: type[Refusal], code: str = "") -> None:
    """Check that an act is refused and nothing changed."""
    before = kept_rows()
    with pytest.raises(kind) as found:
        act()
    assert not code or found.value.code == code
    assert changed_tables(before) == []


def book(ceiling: PriceCeiling, amount: str, *, source: UUID | None = None, day: int = 0) -> None:
    """Let a trade of the ceiling's data settle, some days after its period began."""
    book_income(
        ceiling.dataset_id,
        source=source or uuid4(),
        amount=Decimal(amount),
        currency="CNY",
        settled_on=ceiling.period_from + timedelta(days=day),
        by=SYSTEM,
    )


def accounts(ceiling: PriceCeiling) -> list[Account]:
    """Return the accounts of all periods of the ceiling's data."""
    return accounts_of(list(periods_of(ceiling.dataset_id)))


def next_period(world: World, ceiling: PriceCeiling, **changes: object) -> PriceCeiling:
    """Put the ceiling of the following period in force."""
    start = ceiling.period_until + timedelta(days=1)
    return given.in_force(world, ceiling.dataset, start=start, **changes)


def test_the_published_case(world: World) -> None:
    """Cost 6,000,000, profit 8 %, tax 420,000: 6,900,000; 7,200,000 earned; 6,700,000 is left.

    The case `pricing-07` of the shared cases, structure by 发改价格〔2025〕65号.
    """
    ceiling = given.in_force(world)
    assert ceiling.profit_rate == ceiling_profile().permitted_profit_rate == Decimal("0.08")
    assert ceiling.permitted_profit == Decimal("480000.00")
    assert ceiling.maximum_revenue == Decimal("6900000.00")
    assert ceiling.price == Decimal("23000.00")
    book(ceiling, "7200000.00")
    (account,) = accounts(ceiling)
    assert (account.excess, account.carried, account.waiting) == (
        *(Decimal("300000.00"), Decimal("0.00"), Decimal("300000.00")),
    )
    following = next_period(
        world, ceiling, operating_cost=Decimal("6000000"), tax=Decimal("520000")
    )
    assert following.maximum_revenue == Decimal("7000000.00")
    first, second = accounts(ceiling)
    assert (first.carried, first.waiting) == (Decimal("300000.00"), Decimal("0.00"))
    assert second.permitted == Decimal("6700000.00")
    assert following.price == Decimal("22333.33"), "rounded down, so that all of them keep under"
    assert is_reproduced(following)


def test_income_that_comes_late_is_carried_too(world: World) -> None:
    """Each cent of the excess once, whenever it comes, and through a period that is full."""
    ceiling = given.in_force(world)
    second = next_period(world, ceiling)
    third = next_period(world, second)
    book(ceiling, "6900000.00")
    assert not CeilingCarry.objects.exists()
    book(ceiling, "100.00")
    book(second, "6899950.00")
    book(ceiling, "0.01", day=200)
    one, two, three = accounts(ceiling)
    assert (one.excess, one.carried) == (Decimal("100.01"), Decimal("100.01"))
    assert (two.excess, two.carried) == (Decimal("50.01"), Decimal("50.01"))
    assert three.ceiling.deducted == Decimal("50.01")
    assert [carry.number for carry in CeilingCarry.objects.filter(from_ceiling=ceiling)] == [1, 2]
    third.refresh_from_db()
    assert third.price == Decimal("22999.83")


def test_a_deduction_larger_than_the_maximum_goes_on(world: World) -> None:
    """Nothing is forgotten: what the next period cannot bear is taken from the one after it."""
    ceiling = given.in_force(world)
    book(ceiling, "20700000.00")
    second = next_period(world, ceiling)
    assert (second.deducted, second.price) == (Decimal("13800000.00"), Decimal("0.00"))
    third = next_period(world, second)
    assert third.deducted == Decimal("6900000.00")


def test_the_same_trade_is_booked_once(world: World) -> None:
    """However often it is told."""
    ceiling = given.in_force(world)
    source = uuid4()
    book(ceiling, "7000000.00", source=source)
    before = kept_rows()
    book(ceiling, "7000000.00", source=source)
    assert changed_tables(before) == []


def test_income_finds_its_period(world: World) -> None:
    """By its day; between two periods the one that ended takes it, before all of them the first."""
    ceiling = given.in_force(world, days=30)
    later = given.in_force(
        world, ceiling.dataset, start=ceiling.period_from + timedelta(days=60), days=30
    )
    for day, taker in ((-1, ceiling), (0, ceiling), (29, ceiling), (45, ceiling), (60, later)):
        source = uuid4()
        book(ceiling, "1.00", source=source, day=day)
        assert CeilingIncome.objects.get(source=source).ceiling_id == taker.pk, day


def test_data_without_a_ceiling_keeps_no_account(world: World) -> None:
    """Market data, and what cost nothing."""
    dataset = approved_dataset(world)
    answered = book_income(
        dataset.pk,
        source=uuid4(),
        amount=Decimal("5.00"),
        currency="CNY",
        settled_on=clock.today(),
        by=SYSTEM,
    )
    assert answered is None
    book(given.in_force(world, dataset), "0.00")
    assert not CeilingIncome.objects.exists()


def test_only_the_centre_books_income(world: World) -> None:
    """Nobody writes into an account by hand."""
    ceiling = given.in_force(world)
    for name in ("officer", "reviewer", "administrator"):
        refused(
            lambda who=name: book_income(  # type: ignore[misc]
                ceiling.dataset_id,
                source=uuid4(),
                amount=Decimal("5.00"),
                currency="CNY",
                settled_on=clock.today(),
                by=world.actor(who),
            ),
            NotAllowed,
        )


@pytest.mark.parametrize("table", [CeilingIncome, CeilingCarry])
def test_accounts_only_grow(table: type[CeilingIncome] | type[CeilingCarry], world: World) -> None:
    """The database itself refuses to change or remove a row."""
    ceiling = given.in_force(world)
    next_period(world, ceiling)
    book(ceiling, "7000000.00")
    for change in (
        lambda: table._default_manager.update(amount=Decimal("1.00")),
        lambda: table._default_manager.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_settlements_at_once_carry_every_cent_once() -> None:
    """Six trades settle at the same moment: the account and the next period agree."""
    world = World()
    ceiling = given.in_force(world)
    next_period(world, ceiling)
    sources = [uuid4() for _number in range(3)]
    answers = at_once(6, lambda number: book(ceiling, "3000000.00", source=sources[number % 3]))
    assert answers == [None] * 6
    first, second = accounts(ceiling)
    assert first.income == Decimal("9000000.00"), "each trade once"
    assert first.excess == first.carried == second.ceiling.deducted == Decimal("2100000.00")


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_settling_while_the_next_period_is_approved() -> None:
    """Whoever comes second sees what the first did."""
    world = World()
    ceiling = given.in_force(world)
    start = ceiling.period_until + timedelta(days=1)
    following = given.submitted(world, ceiling.dataset, start=start)
    reviewer = world.actor("reviewer")

    def one(number: int) -> None:
        if number:
            book(ceiling, "7000000.00")
        else:
            approve_ceiling(following.pk, checklist=given.CHECKLIST, by=reviewer)

    assert at_once(3, one) == [None] * 3
    first, second = accounts(ceiling)
    assert first.excess == first.carried == second.ceiling.deducted == Decimal("7100000.00")
