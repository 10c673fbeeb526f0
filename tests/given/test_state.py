"""What the database holds is seen as it is, though what nobody wrote is not read again."""

from __future__ import annotations

from django.db import transaction

from marketplace.trading.listings.listing.models import Listing
from tests.given import trading
from tests.given.state import all_columns, all_rows, read_anew
from tests.given.world import World


def test_what_is_seen_is_what_is_there(world: World) -> None:
    """After acts, what triggers wrote, what was taken back, and what was written once more."""
    for _again in range(2):
        before = all_rows()
        with transaction.atomic():
            trading.paid(world, trading.placed(world))
            assert all_rows() == read_anew(all_columns()) != before
            transaction.set_rollback(True)
        assert all_rows() == read_anew(all_columns()) == before
    trading.placed(world)
    assert all_rows() == read_anew(all_columns()) != before
    Listing.objects.update(title="Another")
    assert all_rows() == read_anew(all_columns())
