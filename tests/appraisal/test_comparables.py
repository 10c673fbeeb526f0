"""Settled trades become rows to compare with, without a word on who traded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

import pytest

from marketplace.appraisal.appraisal.models import Comparable
from marketplace.appraisal.appraisal.services import (
    SettledTrade,
    correct_comparable,
    note_comparable,
)
from marketplace.appraisal.appraisal.suggestions import comparables_for
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.selectors import latest_deliverable_version
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotAllowed
from marketplace.ledger.models import Entry
from tests.given import appraisal as given
from tests.given import disputes, money
from tests.given.pipeline import catch_up
from tests.given.trading import completed
from tests.given.world import World

REACTION = Actor.system(Door.REACTION)
TRADE = SettledTrade("one", Decimal("26800.00"), "CNY", False, date(2026, 11, 1))


def test_a_settled_trade_is_noted_once_and_names_nobody(world: World) -> None:
    """What it was, how much of it, at which price."""
    order = completed(world)
    catch_up()
    [row] = Comparable.objects.all()
    version = order.listing.revision.version
    assert (row.price, row.currency, row.rows) == (order.price, order.currency, version.rows)
    assert (row.theme, row.asset_kind) == (version.dataset.theme, version.dataset.asset_kind)
    assert row.settled_on == clock.today()
    told = {str(value) for value in vars(row).values()}
    hidden = (order.pk, order.buyer_id, order.listing.organization_id, version.dataset_id)
    assert not told & {str(secret) for secret in hidden}
    entry = Entry.objects.get(kind="appraisal.comparable_noted")
    assert list(entry.about) == []
    again = SettledTrade(str(order.pk), Decimal(1), "CNY", False, clock.today())
    note_comparable(version.pk, trade=again, by=REACTION)
    assert Comparable.objects.get().price == order.price


def test_what_went_back_was_not_paid(world: World) -> None:
    """A third is refunded in a dispute: the trade compares at what the seller could keep."""
    order = disputes.settled(world, refund="4000.00").order
    catch_up()
    assert order.price == Decimal("12000.00")
    assert Comparable.objects.get().price == Decimal("8000.00")


def test_what_goes_back_later_was_not_paid_either(world: World) -> None:
    """A refund after the end corrects the noted trade, once, and what is suggested from then on."""
    order = completed(world)
    catch_up()
    assert Comparable.objects.get().price == Decimal("12000.00")
    offered = _past_trades(order.listing.revision.version)
    money.approved(world, money.proposed_refund(world, order, amount="2000.00"))
    catch_up()
    assert Comparable.objects.get().price == Decimal("10000.00")
    assert _past_trades(order.listing.revision.version) == [Decimal("10000.00")] != offered
    [entry] = Entry.objects.filter(kind="appraisal.comparable_corrected")
    assert (list(entry.about), entry.payload) == ([], {})
    correct_comparable(str(order.pk), price=Decimal("10000.00"), by=REACTION)
    assert Entry.objects.filter(kind="appraisal.comparable_corrected").count() == 1


def test_a_trade_of_which_nothing_is_left_compares_with_nothing(world: World) -> None:
    """It stays on record, and is suggested no more."""
    order = completed(world)
    catch_up()
    correct_comparable(str(order.pk), price=Decimal("0.00"), by=REACTION)
    assert Comparable.objects.get().price == 0
    assert _past_trades(order.listing.revision.version) == []


def test_a_trade_that_was_not_noted_is_not_corrected(world: World) -> None:
    """And nobody corrects one by hand."""
    assert correct_comparable("unknown", price=Decimal(1), by=REACTION) is None
    with pytest.raises(NotAllowed):
        correct_comparable("unknown", price=Decimal(1), by=world.actor("reviewer"))


def _past_trades(version: DatasetVersion) -> list[Decimal]:
    return [one.price for one in comparables_for(version, on=clock.today())]


def test_only_the_centre_notes_trades(world: World) -> None:
    """Nobody puts prices there by hand."""
    version = latest_deliverable_version(given.valuable(world))
    assert version is not None
    for person in ("officer", "reviewer", "administrator"):
        with pytest.raises(NotAllowed):
            note_comparable(version.pk, trade=TRADE, by=world.actor(person))
    assert not Comparable.objects.exists()


def test_the_nearest_trades_come_first(world: World) -> None:
    """Same theme and kind, then the theme, then the kind; nothing old, nothing foreign."""
    dataset = given.valuable(world)
    version = latest_deliverable_version(dataset)
    assert version is not None
    today = clock.today()
    noted = note_comparable(version.pk, trade=replace(TRADE, settled_on=today), by=REACTION)

    def other(name: str, **changes: object) -> Comparable:
        row = Comparable.objects.get(pk=noted.pk)
        row.pk, row.trade_digest = uuid4(), sha256(name.encode()).hexdigest()
        row.settled_on = today - timedelta(days=1)
        for field, value in changes.items():
            setattr(row, field, value)
        row.save(force_insert=True)
        return row

    kind = "government" if dataset.asset_kind != "government" else "market"
    theme = "health" if dataset.theme != "health" else "transport"
    of_kind = other("kind", theme=theme)
    of_theme = other("theme", asset_kind=kind)
    older = other("older", settled_on=today - timedelta(days=90))
    other("neither", theme=theme, asset_kind=kind)
    other("old", settled_on=today - timedelta(days=5 * 366))
    other("foreign", currency="EUR")
    other("future", settled_on=today + timedelta(days=1))
    found = comparables_for(version, on=today)
    assert [row.pk for row in found] == [noted.pk, older.pk, of_theme.pk, of_kind.pk]
    assert [row.pk for row in comparables_for(version, on=today, most=2)] == [noted.pk, older.pk]
