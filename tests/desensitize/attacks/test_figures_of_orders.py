"""What the places of rows tell of two releases, counted by SQL."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Earlier, Release
from desensitize.attacks.excess import Excess
from desensitize.attacks.meaning import read_release
from desensitize.attacks.orders import orders_of_releases
from desensitize.attacks.pairing import Pairing, SameLabels, pair_releases
from desensitize.attacks.position import position
from desensitize.attacks.position_games import Game, Mapped, Nearby

LIMIT = 0.05
ROWS = 600
IN_BOTH = """
    split_part(trim({0}.age, '[)'), ', ', 1)::int <= s.age
    and s.age < split_part(trim({0}.age, '[)'), ', ', 2)::int"""


def interval(width: int) -> pl.Expr:
    """Write ages as intervals of one width."""
    low = pl.col("age") // width * width
    return pl.format("[{}, {})", low, low + width).alias("age")


def two_releases(folder: Path, in_order: int) -> Release:
    """Write two recodings of one source; the first rows of both stand in one order of their own.

    Towns are called by other names in each, and stand in as many rows.
    """
    random = np.random.default_rng(3)
    source = pl.DataFrame(
        {
            "age": random.integers(20, 80, ROWS),
            "town": random.choice([f"town {one}" for one in range(12)], ROWS),
        }
    )
    source.write_parquet(folder / "s.parquet")
    order = random.permutation(ROWS)
    orders = [order, np.r_[order[:in_order], random.permutation(order[in_order:])]]
    for file, width, places in zip(("e", "l"), (10, 15), orders, strict=True):
        names = random.permutation(12).tolist()
        town = source["town"].str.slice(5).cast(int).replace_strict(range(12), names)
        rows = source.select(interval(width), town=pl.format(file + "{}", town))[places]
        rows.write_parquet(folder / f"{file}.parquet")
    return Release(
        folder / "s.parquet",
        folder / "l.parquet",
        earlier=(Earlier(folder / "e.parquet"),),
    )


class Counted:
    """Count by SQL what two releases have in common, place by place."""

    def __init__(self, folder: Path) -> None:
        self.connection = duckdb.connect()
        for name in "sel":
            self.connection.execute(f"""
                create view {name} as select *, file_row_number as place
                from read_parquet('{folder}/{name}.parquet', file_row_number = true)""")
            self.connection.execute(f"""
                create table {name}t as select town, count(*) as rows from {name} group by town""")
        # Of one person can be two intervals with an age of the source in both, and two names that
        # stand in as many rows: whoever counts takes other names for what they stand for.
        self.connection.execute(f"""
            create table fits as select e.place as first, l.place as second from
            e join et using (town), l join lt using (town)
            where et.rows = lt.rows and exists (select 1 from s
                where {IN_BOTH.format("e")} and {IN_BOTH.format("l")})""")

    def near(self, radius: int) -> tuple[float, float]:
        """Return the shares of rows that one fits so near: at their places, and at any other's."""
        [(there, anywhere)] = self.connection.execute(f"""
            with windows as (
                select distinct middle.place, fits.second from l as middle
                join fits on abs(fits.first - middle.place) <= {radius})
            select count(*) filter (place = second), count(*) from windows""").fetchall()
        return there / ROWS, anywhere / ROWS**2

    def shared(self, parts: int) -> float:
        """Return the share of rows whose town both have in a part of so many.

        Each town stands in another number of rows, by which it is known again.
        """
        [(there,)] = self.connection.execute(f"""
            with one as (select place * {parts} // {ROWS} as part, rows, count(*) as times
                from e join et using (town) group by all),
            other as (select place * {parts} // {ROWS} as part, rows, count(*) as times
                from l join lt using (town) group by all)
            select sum(least(one.times, other.times)) from one join other using (part, rows)
        """).fetchall()
        return float(there) / ROWS

    def mapped(self, column: str) -> float:
        """Return the share of rows whose name goes where most rows of that name go."""
        [(kept,)] = self.connection.execute(f"""
            select sum(most) from (select max(times) as most from (
                select e.{column} as one, l.{column} as other, count(*) as times
                from e join l using (place) group by all) group by one)""").fetchall()
        return float(kept) / ROWS


def played(release: Release, game: type[Game], radius: int = 0, columns: str = "") -> Excess:
    """Play one game on the order in which both releases stand."""
    later = read_release(release)
    earlier = read_release(replace(release, released=release.earlier[0].released, earlier=()))
    shared = [
        SameLabels(earlier.released[name].codes, later.released[name].codes)
        for name in columns.split()
    ]
    known = pair_releases(earlier.meanings, later.meanings)
    pairing = Pairing(known, shared, ROWS, ROWS, ROWS)
    order = next(orders_of_releases(earlier, later)).make()
    found = game(pairing, radius).play(order, 10**6, np.random.default_rng(5))
    assert found is not None
    return found


@pytest.mark.parametrize("in_order", [0, ROWS // 2, ROWS])
def test_places_of_two_releases_are_counted_as_by_sql(in_order: int, tmp_path: Path) -> None:
    """Rows in no order, half of them in one, and all: each game, and what the attacker says."""
    release, counted = two_releases(tmp_path, in_order), Counted(tmp_path)
    for radius in (0, 2):
        rate, control = counted.near(radius)
        found = played(release, Nearby, radius)
        assert found.trials == ROWS
        assert found.rate == pytest.approx(rate)
        assert found.control == pytest.approx(control, abs=0.02)
    for column in ("age", "town"):
        found = played(release, Mapped, columns=column)
        assert found.rate == pytest.approx(counted.mapped(column))
    attack = position(release, limit=LIMIT)
    assert attack.excess is not None
    assert attack.failed == (in_order > 0)
    if attack.failed:
        assert attack.worst["against"] == "earlier release 1"
        window = re.search(r"at most (\d+) rows off", attack.worst["looks_for"])
        parts = re.search(r"in each of (\d+) parts", attack.worst["looks_for"])
        told = [*map(counted.mapped, ("age", "town"))]
        told += [counted.near(int(window[1]))[0]] if window else []
        told += [counted.shared(int(parts[1]))] if parts else []
        assert any(attack.excess.rate == pytest.approx(rate) for rate in told)
