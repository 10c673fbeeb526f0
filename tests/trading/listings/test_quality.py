"""The quality on a sheet counts what the bytes say, and nothing that a mask has put there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from marketplace.catalog.version.selectors import columns_of
from marketplace.core.errors import WrongState
from marketplace.notices.models import Notice
from marketplace.preparation.release.selectors import policy_that_made
from marketplace.trading.listings import gate
from marketplace.trading.listings.revision.measured import measured_quality
from marketplace.vault.services import open_stored
from tests.given import copies, quality
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World


def test_cells_that_say_nothing_are_not_filled(world: World, tmp_path: Path) -> None:
    """A database counts the same in the bytes, column by column."""
    version, file = copies.about_people(world), tmp_path / "version.parquet"
    with open_stored(version.file) as stored:
        file.write_bytes(stored.read())
    columns, policy = list(columns_of(version)), policy_that_made(version)
    counted_quality, filled = measured_quality(version, columns)
    assert policy is not None
    assert set(filled) == {column.name for column in columns}
    total = 0
    for name, share in filled.items():
        text = f"""lower(trim(CAST("{name}" AS VARCHAR)))"""
        counted = duckdb.execute(
            f"""SELECT count(*), count(*) FILTER (WHERE "{name}" IS NOT NULL
            AND {text} NOT IN ('', '?', '-', 'n/a', 'na', '未知', '不详')
            AND NOT regexp_full_match({text}, '[*]+')) FROM '{file}'"""
        ).fetchone()
        assert counted is not None
        rows, says = counted
        expected = 0 if name in policy.one_value else says
        assert share == pytest.approx(expected / rows), name
        total += expected
    dimension = counted_quality["dimensions"][0]
    assert (dimension["code"], dimension["passed"]) == ("completeness", total)


def test_what_a_rule_holds_leaves_the_market_and_comes_back(world: World) -> None:
    """By the reactions alone; what was bought stays bought, and officers are told."""
    order = given.delivered(world)
    listing, officer = order.listing, world.person("officer")
    version, dataset = listing.revision.version, listing.product.dataset
    quality.set_rules(world, dataset, quality.FAILED)
    quality.measured(version.source)
    catch_up()
    listing.refresh_from_db()
    assert (listing.state, listing.suspension) == ("suspended", "gate")
    assert Notice.objects.filter(person=officer, kind="quality_held").count() == 2
    with pytest.raises(WrongState):
        gate.refuse_unless_on_market(listing)
    gate.refuse_unless_standing(listing)
    quality.set_rules(world, dataset, quality.KEPT, reason=quality.WHY)
    quality.measured(version.source)
    catch_up()
    listing.refresh_from_db()
    assert listing.state == "published"
