"""What the shelf gives is what the acts wrote."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.trading.models import Listing
from marketplace.vault.models import StoredFile
from marketplace.vault.places import vault_folder
from tests.given import amendments, money, trading
from tests.given.state import Rows, all_rows
from tests.given.world import World


def undone(build: Callable[[World], Any], world: World) -> tuple[Any, Rows]:
    """Build, and take it all back; answer the result, and every row there was."""
    with transaction.atomic():
        answer, rows = build(world), all_rows()
        transaction.set_rollback(True)
    return answer, rows


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
        paths = [vault_folder() / file.path for file in StoredFile.objects.all()]
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
