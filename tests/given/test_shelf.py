"""What the shelf gives is what the acts wrote."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import transaction

from marketplace.appraisal.appraisal.models import Appraisal
from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.negotiation.services import cancel_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.treasury.closing.models import DayClosing
from marketplace.vault.models import StoredFile
from marketplace.vault.places import vault_folder
from tests.given import amendments, appraisal, money, shared_shelf, shelf, trading
from tests.given.shelf import built
from tests.given.state import Rows, all_rows
from tests.given.world import World
from tests.plugins.databases import FOLDER, shared_folder


def undone(build: Callable[[World], Any], world: World) -> tuple[Any, Rows]:
    """Build, and take it all back; answer the result, and every row there was."""
    with transaction.atomic():
        answer, rows = build(world), all_rows()
        transaction.set_rollback(True)
    return answer, rows


@pytest.mark.drawn(1)
@pytest.mark.parametrize(
    "build", [trading.published, trading.completed, money.closed, amendments.in_force]
)
def test_the_same_rows_come_back(build: Callable[[World], Any], world: World) -> None:
    """Those of money among them, which triggers move."""
    first, rows = undone(build, world)
    second, rows_again = undone(build, world)
    assert rows_again == rows
    assert second == first
    assert second is not first
    assert Entry.objects.count() < len(rows["ledger_entry"])


def test_lost_and_altered_files_come_back(world: World) -> None:
    """As a test may leave them that destroys a file, or tampers with it."""
    with transaction.atomic():
        trading.published(world)
        kept = StoredFile.objects.filter(removed_at=None)
        paths = [vault_folder() / file.path for file in kept]
        transaction.set_rollback(True)
    contents = {path: path.read_bytes() for path in paths}
    paths[0].unlink()
    paths[1].write_bytes(b"altered")
    undone(trading.published, world)
    assert {path: path.read_bytes() for path in contents} == contents


def test_nothing_is_taken_where_something_has_happened(world: World) -> None:
    """The acts run again, and answer another thing."""
    first = trading.published(world)
    second = trading.published(world)
    assert {first, second} == set(Listing.objects.all())


def test_another_day_is_another_result(world: World) -> None:
    """As is whatever else a builder depends on and is told."""
    assert undone(trading.published, world) == undone(trading.published, world)
    with clock.stopped_at(clock.now().replace(year=2031)):
        later, _rows = undone(trading.published, world)
    assert later.created_at.year == 2031
    cheaper, _rows = undone(lambda world: trading.published(world, price=Decimal(9000)), world)
    assert cheaper.price == 9000


def paid_after_placed(world: World) -> Order:
    """Pay what was ordered before."""
    return trading.paid(world, trading.placed(world))


def sold_twice(world: World) -> list[Order]:
    """Move money on accounts on which some was moved before."""
    return [trading.completed(world), trading.completed(world)]


def closed_after_a_sale(world: World) -> DayClosing:
    """Close the books in which there is something."""
    trading.completed(world)
    return money.closed(world)


def valued_twice(world: World) -> Appraisal:
    """Let a valuation supersede another, of which one is in force at a time."""
    return appraisal.in_force(world, appraisal.in_force(world).dataset)


@pytest.mark.drawn(2)
@pytest.mark.parametrize(
    "build", [paid_after_placed, sold_twice, closed_after_a_sale, valued_twice]
)
def test_one_after_the_other(build: Callable[[World], Any], world: World) -> None:
    """What is built upon a result comes back with it, with the rows that it changed."""
    first, rows = undone(build, world)
    second, rows_again = undone(build, world)
    assert rows_again == rows
    assert second == first


def test_what_another_process_built_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its rows come back here, with what is built upon them, and its files in the own vault."""
    shared = tmp_path / "shelf"
    shared.mkdir()
    monkeypatch.setattr(shared_shelf, "_folder", [shared])
    monkeypatch.setattr(shelf, "_shelf", {})
    first, rows = undone(paid_after_placed, world)
    files = {path.name: path.read_bytes() for path in vault_folder().glob("??/*")}
    assert list(shared.iterdir())
    monkeypatch.setattr(shelf, "_shelf", {})
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path / "var")
    second, rows_again = undone(paid_after_placed, world)
    assert second == first
    assert rows_again == rows
    taken = {path.name: path.read_bytes() for path in vault_folder().glob("??/*")}
    assert taken
    assert taken.items() <= files.items()


def test_workers_of_a_session_have_one_folder(pytestconfig: pytest.Config) -> None:
    """That of their controller; whoever works alone has his own."""
    told = getattr(pytestconfig, "workerinput", None)
    assert shared_folder(pytestconfig).is_dir()
    assert (shared_folder(pytestconfig) == pytestconfig.stash[FOLDER]) == (told is None)


def test_what_is_built_on_other_keys_is_not_taken(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two processes may have built the same at one time; what one has built on it stands there."""
    monkeypatch.setattr(shared_shelf, "_folder", [tmp_path])
    monkeypatch.setattr(shelf, "_shelf", {})
    first, _rows = undone(closed_after_a_sale, world)
    monkeypatch.setattr(shelf, "_shelf", {})
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "fetched", lambda name: None)
        sold, _rows = undone(trading.completed, world)
    second, rows = undone(closed_after_a_sale, world)
    assert second != first
    assert [UUID(row[0]) for row in rows["orders_order"]] == [sold.pk]


def test_things_of_one_title_are_told_apart(world: World) -> None:
    """An order of the first listing is not one of the second."""
    for _time in range(2):
        with transaction.atomic():
            first, second = trading.published(world), trading.published(world)
            chosen = second if _time else first
            assert trading.placed(world, chosen).listing_id == chosen.pk
            transaction.set_rollback(True)


def write(world: World, patch: pytest.MonkeyPatch) -> None:
    """Change a row, and leave no fact."""
    Order.objects.update(reason="Another.")


def tamper(world: World, patch: pytest.MonkeyPatch) -> None:
    """Change a file of the vault."""
    file = StoredFile.objects.filter(removed_at=None).latest("pk")
    with (vault_folder() / file.path).open("ab") as content:
        content.write(b"more")


def patch_code(world: World, patch: pytest.MonkeyPatch) -> None:
    """Let code do something else."""
    patch.setattr(clock, "today", lambda: None)


def patch_settings(world: World, patch: pytest.MonkeyPatch) -> None:
    """Let the centre be another."""
    patch.setitem(settings.CENTRE, "FEE_PERCENT", "1")


def act(world: World, patch: pytest.MonkeyPatch) -> None:
    """Do something that no builder did."""
    cancel_order(Order.objects.latest("pk").pk, by=world.actor("buyer"))


@pytest.mark.drawn(2)
@pytest.mark.parametrize("meddle", [write, tamper, patch_code, patch_settings, act])
def test_what_was_meddled_with_is_no_result(
    meddle: Callable[[World, pytest.MonkeyPatch], None], world: World
) -> None:
    """The next builder acts."""
    trading.placed(world)
    assert built()
    with pytest.MonkeyPatch.context() as patch:
        meddle(world, patch)
        assert built() is None
