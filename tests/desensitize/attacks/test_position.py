"""Position: whatever order links rows is found, and a shuffled release passes."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from statistics import NormalDist

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from desensitize.attacks import Attack, Earlier, Release, neighbours
from desensitize.attacks import position as position_module
from desensitize.attacks.excess import Share, weigh
from desensitize.attacks.meaning import read_release
from desensitize.attacks.orders import Order, orders_of, visible
from desensitize.attacks.pages import page_findings
from desensitize.attacks.pairing import Pairing
from desensitize.attacks.position import LUCK, _is_beyond, position
from desensitize.attacks.position_games import Nearby
from desensitize.attacks.progressions import Progression
from desensitize.attacks.segments import Segments
from desensitize.errors import TableError

ROWS = 1_600
Shape = Callable[[pl.DataFrame], pl.DataFrame]


@pytest.fixture(autouse=True)
def few_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play with fewer pairs of rows than of a large table."""
    thirds = slice(None, 300), slice(300, 600), slice(600, None)
    monkeypatch.setattr(position_module, "FIRST", 40_000)
    monkeypatch.setattr(position_module, "LATER", ((150_000, 3), (600_000, 1)))
    monkeypatch.setattr(position_module, "PARTS_OF_PAIRS", thirds)
    monkeypatch.setattr(neighbours, "PAIRS", 1_200)


def invented(rows: int = ROWS) -> pl.DataFrame:
    random = np.random.default_rng(11)
    return pl.DataFrame(
        {
            "age": random.integers(18, 90, rows),
            "town": random.choice([f"town {n}" for n in range(12)], rows),
            "sex": random.choice(["f", "m"], rows),
            "wage": random.integers(3_000, 60_000, rows),
            "illness": random.choice(["cold", "asthma", "none"], rows),
            "hired": random.permutation(rows),
        }
    )


def recoded(source: pl.DataFrame) -> pl.DataFrame:
    """Recode as an anonymizing run does: intervals and “*”, in the order of the source."""
    low, step = pl.col("age") // 10 * 10, pl.col("wage") // 10_000 * 10_000
    return source.select(
        pl.format("[{}, {})", low, low + 10).alias("age"),
        pl.when(pl.col("wage") % 4 == 0).then(pl.lit("*")).otherwise(pl.col("town")).alias("town"),
        "sex",
        pl.format("{}-{}", step, step + 9_999).alias("wage"),
        "illness",
    )


def shuffled(table: pl.DataFrame, seed: int = 1) -> pl.DataFrame:
    return table.sample(fraction=1, shuffle=True, seed=seed)


def thinned(table: pl.DataFrame, share: float = 0.9) -> pl.DataFrame:
    return table.filter(pl.Series(np.random.default_rng(2).random(table.height) < share))


def blocks(table: pl.DataFrame, size: int) -> list[pl.DataFrame]:
    return [table[start : start + size] for start in range(0, table.height, size)]


def permuted(parts: list[pl.DataFrame]) -> list[pl.DataFrame]:
    return [parts[number] for number in np.random.default_rng(3).permutation(len(parts))]


def interleaved(table: pl.DataFrame) -> pl.DataFrame:
    places = np.arange(table.height)
    places[1::2] = places[1::2][::-1].copy()
    return table[places]


LINKED: dict[str, Shape] = {
    "in the order of the source": recoded,
    "with rows left out": lambda source: thinned(recoded(source)),
    "with many rows left out at the start": lambda source: pl.concat(
        [thinned(recoded(source)[:600], 0.4), recoded(source)[600:]]
    ),
    "reversed": lambda source: recoded(source).reverse(),
    "every second row reversed": lambda source: interleaved(recoded(source)),
    "blocks shuffled inside": lambda source: pl.concat(
        [shuffled(one) for one in blocks(recoded(source), 40)]
    ),
    "blocks in another order": lambda source: pl.concat(permuted(blocks(recoded(source), 50))),
    "sorted by a column that is not released": lambda source: recoded(
        shuffled(source).sort("hired")
    ),
    "sorted by a value under its label": lambda source: recoded(shuffled(source).sort("wage")),
    "openly sorted, inside by a hidden column": lambda source: recoded(
        shuffled(source).sort("sex", "hired")
    ),
    "the order in a column of its own": lambda source: shuffled(
        recoded(source).with_columns(token=pl.int_range(pl.len()) * 3 + 17)
    ),
    "one coarse column in order": lambda source: source.select("town"),
    "changed numbers in order": lambda source: source.select(
        (pl.col("wage") + 0.37).alias("wage"), "town"
    ),
}
HARMLESS: dict[str, Shape] = {
    "shuffled": lambda source: shuffled(recoded(source)),
    "shuffled, rows left out": lambda source: shuffled(thinned(recoded(source))),
    "many equal rows, shuffled": lambda source: shuffled(source.select("town", "sex")),
    "shuffled and then openly sorted": lambda source: shuffled(recoded(source)).sort(
        "sex", "illness", "town", "age", "wage"
    ),
}


def played(folder: Path, source: pl.DataFrame, released: pl.DataFrame, **known: object) -> Attack:
    source.write_parquet(folder / "source.parquet")
    if not (folder / "released.parquet").exists():
        released.write_parquet(folder / "released.parquet")
    release = Release(folder / "source.parquet", folder / "released.parquet", **known)  # type: ignore[arg-type]
    return position(release, limit=0.05)


@pytest.mark.parametrize("case", list(LINKED))
def test_an_order_that_links_is_found(case: str, tmp_path: Path) -> None:
    source = invented()
    attack = played(tmp_path, source, LINKED[case](source))
    assert attack.failed
    assert attack.excess is not None
    assert attack.excess.low > 0.05
    assert attack.worst["against"] == "the source"


def coarse(source: pl.DataFrame) -> pl.DataFrame:
    """Leave so few labels that dozens of rows fit each row."""
    low = pl.col("age") // 20 * 20
    return source.select(pl.format("[{}, {})", low, low + 20).alias("age"), "sex", "illness")


def stepped(table: pl.DataFrame, step: int) -> pl.DataFrame:
    """Read every so many rows, and again from the next one on."""
    places = np.arange(table.height)
    return table[np.concatenate([places[first::step] for first in range(step)])]


MOVED: dict[str, Shape] = {
    "moved around": lambda table: pl.concat([table[700:], table[:700]]),
    "moved around and reversed": lambda table: pl.concat([table[700:], table[:700]]).reverse(),
    "by every third row": lambda table: stepped(table, 3),
    "there by odd rows, back by even ones": lambda table: table[
        np.r_[0 : table.height : 2, table.height - 1 : 0 : -2]
    ],
    "shuffled inside its sixths": lambda table: pl.concat(
        [shuffled(one) for one in blocks(table, table.height // 6 + 1)]
    ),
    "shuffled inside its halves": lambda table: pl.concat(
        [shuffled(one) for one in blocks(table, table.height // 2)]
    ),
}


@pytest.mark.parametrize("case", list(MOVED))
def test_rows_that_dozens_fit_are_found_together(case: str, tmp_path: Path) -> None:
    """No row of a coarse table tells where it comes from; a run of rows does, or a part."""
    source = invented(3_000)
    attack = played(tmp_path, source, MOVED[case](coarse(source)))
    assert attack.failed
    assert attack.worst["against"] == "the source"
    assert attack.excess is not None
    assert attack.excess.value > 0.8


@pytest.mark.parametrize("seed", range(3))
def test_a_shuffled_coarse_release_passes(seed: int, tmp_path: Path) -> None:
    source = invented(3_000).sort("age")
    attack = played(tmp_path, source, shuffled(coarse(source), seed))
    assert not attack.failed, attack


def test_two_coarse_releases_join_by_a_run_of_rows(tmp_path: Path) -> None:
    source = invented(3_000)
    first = shuffled(coarse(source))
    first.write_parquet(tmp_path / "earlier.parquet")
    moved = pl.concat([first[1_100:], first[:1_100]])
    attack = played(tmp_path, source, moved, earlier=(Earlier(tmp_path / "earlier.parquet"),))
    assert attack.failed
    assert attack.worst["against"] == "earlier release 1"


def test_parts_are_counted_as_by_sql(tmp_path: Path) -> None:
    """What two tables share in each fourth is what DuckDB counts."""
    source = invented(1_000)
    table = pl.concat([shuffled(coarse(source)[:500]), shuffled(coarse(source)[500:], 2)])
    played(tmp_path, source, table)
    release = Release(tmp_path / "source.parquet", tmp_path / "released.parquet")
    readable = read_release(release)
    meanings = list(readable.meanings.values())
    pairing = Pairing(meanings, meanings, 1_000, 1_000, 1_000)
    plan = next(orders_of(readable, visible(readable)))
    found = Segments(pairing, 0, 4).play(plan.make(), 1, np.random.default_rng(1))
    coarse(source).write_parquet(tmp_path / "aligned.parquet")
    [(shared,)] = duckdb.execute(
        f"""
        WITH one AS (SELECT (file_row_number * 4) // 1000 part, age, sex, illness, count(*) n
                     FROM read_parquet('{tmp_path / "aligned.parquet"}', file_row_number = true)
                     GROUP BY ALL),
        other AS (SELECT (file_row_number * 4) // 1000 part, age, sex, illness, count(*) n
                  FROM read_parquet('{tmp_path / "released.parquet"}', file_row_number = true)
                  GROUP BY ALL)
        SELECT sum(least(one.n, other.n)) FROM one JOIN other USING (part, age, sex, illness)
        """
    ).fetchall()
    assert found is not None
    assert found.rate == pytest.approx(shared / 1_000)


def test_few_labels_in_no_order_are_no_finding(tmp_path: Path) -> None:
    """Of two labels each half often holds just as many, however many rows there are."""
    random = np.random.default_rng(1)
    source = pl.DataFrame({"sex": random.choice(["f", "m"], 4_000), "age": random.random(4_000)})
    source.write_parquet(tmp_path / "source.parquet")
    luck = NormalDist().inv_cdf(1 - LUCK / 100)
    found = []
    for seed in range(60):
        table = source.select("sex").sample(fraction=1, shuffle=True, seed=seed)
        table.write_parquet(tmp_path / "released.parquet")
        release = Release(tmp_path / "source.parquet", tmp_path / "released.parquet")
        readable = read_release(release)
        meanings = list(readable.meanings.values())
        pairing = Pairing(meanings, meanings, 4_000, 4_000, 4_000)
        plan = next(orders_of(readable, visible(readable)))
        excess = Segments(pairing, 0, 2).play(plan.make(), 1, np.random.default_rng(seed))
        assert excess is not None
        found.append(_is_beyond(excess, luck))
    assert not any(found)


def test_runs_are_found_in_the_half_that_was_moved(tmp_path: Path) -> None:
    """And not in the one that was shuffled, where a run fits as well as any other."""
    source = invented(3_000)
    table = pl.concat([coarse(source)[1_500:], shuffled(coarse(source)[:1_500])])
    played(tmp_path, source, table)
    readable = read_release(Release(tmp_path / "source.parquet", tmp_path / "released.parquet"))
    meanings = list(readable.meanings.values())
    pairing = Pairing(meanings, meanings, 3_000, 3_000, 3_000)
    made = next(orders_of(readable, visible(readable))).make()
    moved, shuffled_half = (
        Progression(pairing, 0).play(
            Order(made.first, made.second[part], made.groups), 1, np.random.default_rng(2)
        )
        for part in (slice(0, 1_500), slice(1_500, None))
    )
    assert moved is not None
    assert shuffled_half is not None
    assert moved.rate > 0.8
    assert abs(shuffled_half.rate - shuffled_half.control) < 0.08


SMALL = (
    "reversed",
    "blocks shuffled inside",
    "blocks in another order",
    "sorted by a value under its label",
    "openly sorted, inside by a hidden column",
)


@pytest.mark.parametrize("case", SMALL)
def test_three_hundred_rows_are_enough_to_find_it(case: str, tmp_path: Path) -> None:
    source = invented(300)
    assert played(tmp_path, source, LINKED[case](source)).failed


@pytest.mark.parametrize("seed", range(4))
def test_three_hundred_shuffled_rows_pass(seed: int, tmp_path: Path) -> None:
    """No luck of a hundred games is taken for an order, and the bound is narrow."""
    source = invented(300)
    attack = played(tmp_path, source, shuffled(recoded(source), seed))
    assert attack.passed, attack


def test_too_few_rows_are_not_measured(tmp_path: Path) -> None:
    source = invented(30)
    attack = played(tmp_path, source, shuffled(recoded(source)))
    assert (attack.passed, attack.failed) == (False, False)


@pytest.mark.parametrize("case", list(HARMLESS))
def test_a_shuffled_release_passes(case: str, tmp_path: Path) -> None:
    source = invented()
    attack = played(tmp_path, source, HARMLESS[case](source))
    assert not attack.failed, attack
    assert attack.excess is not None
    assert attack.excess.low == pytest.approx(0, abs=0.03)


def test_enough_rows_pass_for_sure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = invented(6_000)
    monkeypatch.setattr(position_module, "LATER", ((600_000, 3), (4_000_000, 1)))
    assert played(tmp_path, source, shuffled(recoded(source))).passed


def test_row_groups_that_hold_parts_of_the_source_are_found(tmp_path: Path) -> None:
    """Rows are shuffled within each group, and the groups among each other."""
    source = invented()
    groups = permuted([shuffled(one, 5) for one in blocks(source.drop("hired"), 120)])
    pl.concat(groups).write_parquet(tmp_path / "released.parquet", row_group_size=120)
    attack = played(tmp_path, source, source)
    assert attack.failed
    assert "row" in attack.worst["looks_for"]


@pytest.mark.parametrize("same", [True, False])
def test_two_releases_with_other_names_join_by_position(tmp_path: Path, same: bool) -> None:
    source = invented().with_columns(person=pl.int_range(pl.len()) % 500)
    random = np.random.default_rng(8)
    order = random.permutation(ROWS)
    names = [random.permutation(500), random.permutation(500)]
    orders = [order, order if same else random.permutation(ROWS)]
    for file, rename, places in zip(("earlier", "released"), names, orders, strict=True):
        rows = source[places]
        rows.select(
            pl.Series("person", [f"{file[0]}{rename[one]}" for one in rows["person"]])
        ).write_parquet(tmp_path / f"{file}.parquet")
    attack = played(tmp_path, source, source, earlier=(Earlier(tmp_path / "earlier.parquet"),))
    assert attack.failed == same
    if same:
        assert attack.worst["against"] == "earlier release 1"


def test_two_recodings_in_one_order_join_by_position(tmp_path: Path) -> None:
    source = shuffled(invented())
    recoded(source).write_parquet(tmp_path / "earlier.parquet")
    low = pl.col("age") // 15 * 15
    other = source.select(pl.format("[{}, {})", low, low + 15).alias("age"), "sex", "town")
    attack = played(tmp_path, invented(), other, earlier=(Earlier(tmp_path / "earlier.parquet"),))
    assert attack.failed
    assert attack.worst["against"] == "earlier release 1"


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"note": "/srv/officer/people.csv"}, "path"),
        ({"note": "C:\\data\\people.csv"}, "path"),
        ({"made_of": "source.parquet"}, "name of the source"),
        ({"pandas": '{"columns": ["age", "hired"]}'}, "hired"),
        ({"rows": ",".join(map(str, range(900)))}, "would place the rows"),
        ({"state": "9f" * 600}, "would place the rows"),
        ({"levels": str(list(range(1900, 2020)))}, None),
        ({"unit": "km/h", "meaning": "https://example.org/a/b/c"}, None),
    ],
)
def test_metadata_that_tells(tmp_path: Path, entries: dict[str, str], told: str | None) -> None:
    source = invented(900)
    table = shuffled(recoded(source)).to_arrow().replace_schema_metadata(entries)
    pq.write_table(table, tmp_path / "released.parquet")
    attack = played(tmp_path, source, source)
    sentences = [reason.sentence for reason in attack.breaks]
    assert attack.failed == (told is not None)
    assert (told is None and not sentences) or (told is not None and told in sentences[0])


def test_a_file_that_holds_more_than_its_rows(tmp_path: Path) -> None:
    """Values of no row stay in a dictionary where a writer does not clear it; bytes at its end."""
    source = invented(900)
    table = shuffled(recoded(source)).to_arrow()
    sex = table.column("sex").to_pylist()
    held = ["f", "m", *(f"1380387{one:04d}" for one in range(50))]
    codes = pa.array([held.index(one) for one in sex], pa.int32())
    column = pa.DictionaryArray.from_arrays(codes, pa.array(held))
    told = table.set_column(table.column_names.index("sex"), "s.x", column)
    pq.write_table(told, tmp_path / "released.parquet")
    attack = played(tmp_path, source.rename({"sex": "s.x"}), source)
    assert attack.failed
    assert [one.parameters for one in attack.breaks] == [
        {"what": "the dictionary of the column “s.x” holds values that no row has"}
    ]
    clean = pl.DataFrame(told).with_columns(pl.col("s.x").cast(pl.String))
    clean.write_parquet(tmp_path / "clean.parquet")
    assert page_findings(tmp_path / "clean.parquet") == []
    pq.write_table(clean.to_arrow(), tmp_path / "clean.parquet", row_group_size=100)
    assert page_findings(tmp_path / "clean.parquet") == []
    whole = (tmp_path / "clean.parquet").read_bytes()
    (tmp_path / "longer.parquet").write_bytes(whole[:4] + b"13803876301" + whole[4:])
    with pytest.raises(TableError):
        page_findings(tmp_path / "longer.parquet")
    footer = int.from_bytes(whole[-8:-4], "little") + 8
    (tmp_path / "longer.parquet").write_bytes(whole[:-footer] + b"13803876301" + whole[-footer:])
    assert page_findings(tmp_path / "longer.parquet") == [
        "it holds bytes that belong to none of its columns"
    ]


def test_places_are_counted_as_by_sql(tmp_path: Path) -> None:
    """The rows that fit at their place, and among random ones, are those that DuckDB counts."""
    source = invented(900)
    half = pl.concat([recoded(source)[:450], shuffled(recoded(source)[450:])])
    source.write_parquet(tmp_path / "s.parquet")
    half.write_parquet(tmp_path / "r.parquet")
    fits = """
        split_part(trim(r.age, '[)'), ', ', 1)::int <= s.age
        and s.age < split_part(trim(r.age, '[)'), ', ', 2)::int
        and s.wage between split_part(r.wage, '-', 1)::int and split_part(r.wage, '-', 2)::int
        and (r.town = '*' or r.town = s.town) and r.sex = s.sex and r.illness = s.illness
    """
    with duckdb.connect() as connection:
        here, anywhere = connection.execute(f"""
            with s as (select *, row_number() over () as n from '{tmp_path}/s.parquet'),
            r as (select *, row_number() over () as n from '{tmp_path}/r.parquet')
            select count(*) filter (s.n = r.n), count(*) from s, r where {fits}
        """).fetchone() or (0, 0)  # fmt: skip
    readable = read_release(Release(tmp_path / "s.parquet", tmp_path / "r.parquet"))
    meanings = list(readable.meanings.values())
    order = next(orders_of(readable, visible(readable))).make()
    game = Nearby(Pairing(meanings, meanings, 900, 900, 900), 0)
    excess = game.play(order, 10**7, np.random.default_rng(1))
    assert excess is not None
    assert excess.rate == here / 900
    assert excess.control == pytest.approx(anywhere / 900**2, abs=0.01)


def orders_alive() -> int:
    """Count the orders in memory; a proxy among the objects may have lost what it stands for."""
    return sum(type(one) is Order for one in gc.get_objects())


def test_orders_are_made_when_they_are_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large table they take 20 MB each: one is kept, and the one of a part is made of it."""
    alive: list[int] = []

    def play(game: Nearby, order: Order, most: int, random: np.random.Generator) -> None:
        alive.append(orders_alive())

    monkeypatch.setattr(Nearby, "play", play)
    gc.collect()
    table, source, released = invented(), tmp_path / "s.parquet", tmp_path / "r.parquet"
    table.write_parquet(source)
    recoded(shuffled(table).sort("sex")).write_parquet(released)
    position(Release(source, released, earlier=(Earlier(released),)), limit=0.05)
    assert len(alive) > 50
    assert max(alive) == 2
    assert orders_alive() == 0


def test_where_guessing_is_mostly_right_luck_is_no_finding() -> None:
    """Of a hundred games with 600 rows one is some rows ahead by chance."""
    ahead = weigh(Share(599, 600), Share(595, 600))
    assert ahead.value > 0.5
    assert not _is_beyond(ahead, 3.3)
    assert _is_beyond(weigh(Share(60_000, 60_000), Share(59_500, 60_000)), 3.3)
