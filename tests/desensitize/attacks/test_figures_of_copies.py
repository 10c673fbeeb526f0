"""Figures of attackers on rows drawn anew, counted by SQL or cell by cell in plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log2
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Release
from desensitize.attacks.drawn_anew import repeated_again
from desensitize.attacks.inference import inference
from desensitize.attacks.linkage import linkage
from desensitize.attacks.membership import membership
from desensitize.attacks.nearest import UNIT, Scale
from tests.desensitize.attacks.drawing import few_values

LIMIT = 0.05
Rows = list[tuple[object, ...]]


def bits_of(source: pl.DataFrame) -> list[dict[object, float]]:
    """Return for each column what a cell tells: the rarer its value, the more bits."""
    columns = [source[name].to_list() for name in source.columns]
    return [{value: log2(len(cells) / cells.count(value)) for value in cells} for cells in columns]


def lost(told: list[dict[object, float]], one: tuple, others: Rows) -> list[int]:
    """Return what of a row's bits is lost in each other row, in units."""
    return [
        sum(
            round(bits[mine] / UNIT)
            for bits, mine, its in zip(told, one, other, strict=True)
            if mine != its
        )
        for other in others
    ]


def test_the_nearest_row_is_that_of_all_rows() -> None:
    """By what is lost of the bits that equal cells tell; compared with every row of the table."""
    source, table = few_values(80, 7), few_values(60, 8)
    scale = Scale.of(source, source.columns)
    distances, places = scale.nearest(scale.placed(source), scale.placed(table))
    told = bits_of(source)
    for row, distance, place in zip(source.rows(), distances, places, strict=True):
        apart = lost(told, row, table.rows())
        assert (distance, place) == (min(apart), apart.index(min(apart)))


def fifths(
    rows: int, released: int, seed: int, order: Sequence[str]
) -> Iterator[dict[str, list[int]]]:
    """Hand out who is set aside, who of the others is asked, and which rows of the copy are."""
    random = np.random.default_rng(seed)
    group = random.permutation(rows) % 5
    for number in range(5):
        kept, held = np.flatnonzero(group != number), np.flatnonzero(group == number)
        size = min(len(kept), released)
        among: dict[str, tuple[Any, int]] = {
            "held": (held, rows),
            "others": (kept, size),
            "drawn": (released, size),
            "made": (len(kept), rows),
            "members": (np.flatnonzero(group == (number + 1) % 5), rows),
        }
        yield {
            name: random.permutation(among[name][0])[: among[name][1]].tolist() for name in order
        } | {"aside": held.tolist(), "kept": kept.tolist()}


def drawn_copy(folder: Path) -> tuple[Release, Rows, Rows]:
    """Write a source and a copy, a tenth of it people's own rows."""
    source, released = folder / "s.parquet", folder / "r.parquet"
    table, copy = few_values(120, 11), pl.concat([few_values(90, 12), few_values(120, 11)[:10]])
    table.write_parquet(source)
    copy.write_parquet(released)
    release = Release(source, released, ("a", "b", "c"), ("d",), is_synthetic=True, seed=4)
    return release, table.rows(), copy.rows()


def test_guesses_by_the_nearest_row_are_right_as_often_as_by_hand(tmp_path: Path) -> None:
    release, people, copy = drawn_copy(tmp_path)
    found = inference(release, limit=LIMIT)
    assert found.excess is not None
    known = ["abcd".index(name) for name in found.worst["known"]]
    told = bits_of(pl.read_parquet(release.source).select(found.worst["known"]))

    def right(person: tuple, others: Rows) -> bool:
        apart = lost(told, *only(known, person, others))
        return person[3] == others[apart.index(min(apart))][3]

    hits = guesses = trials = 0
    for fold in fifths(120, 100, 4, ("others", "drawn", "held")):
        for person in (people[place] for place in fold["held"]):
            hits += right(person, [copy[place] for place in fold["drawn"]])
            guesses += right(person, [people[place] for place in fold["others"]])
            trials += 1
        if trials == found.excess.trials:
            break
    assert (found.excess.rate, found.excess.control) == pytest.approx(
        (hits / trials, guesses / trials)
    )


def only(columns: Sequence[int], person: tuple, others: Rows) -> tuple[tuple, Rows]:
    """Return some cells of a person, and those of other rows."""
    return tuple(person[one] for one in columns), [
        tuple(other[one] for one in columns) for other in others
    ]


def test_members_are_nearer_or_copied_as_often_as_by_hand(tmp_path: Path) -> None:
    release, people, copy = drawn_copy(tmp_path)
    found = membership(release, limit=LIMIT)
    assert found.excess is not None
    told = bits_of(pl.read_parquet(release.source))
    nearer = copied = doubles = trials = 0.0
    for fold in fifths(120, 100, 4, ("held", "drawn", "others")):
        for person in (people[place] for place in fold["held"]):
            here = min(lost(told, person, [copy[place] for place in fold["drawn"]]))
            there = min(lost(told, person, [people[place] for place in fold["others"]]))
            nearer += (here < there) + (here == there) / 2
            copied += here == 0
            doubles += there == 0
            trials += 1
        if trials == found.excess.trials:
            break
    shares = {
        "nearer than other people": (nearer / trials, 0.5),
        "copied, more than other people have doubles": (copied / trials, doubles / trials),
    }
    wanted = shares[found.worst["said to be in it"]]
    assert (found.excess.rate, found.excess.control) == pytest.approx(wanted)


def test_who_is_repeated_by_drawn_rows_is_whom_sql_finds(tmp_path: Path) -> None:
    """One in five is set aside; found is who is alone among them and stands in the copy."""
    source, released = tmp_path / "s.parquet", tmp_path / "r.parquet"
    table, copy = few_values(300, 1), few_values(200, 2)
    pl.concat([copy, table[:50]]).write_parquet(released)
    table.write_parquet(source)
    found = linkage(Release(source, released, ("a", "b"), is_synthetic=True, seed=3), limit=LIMIT)
    assert found.excess is not None
    columns = found.worst["columns"]
    named = ", ".join(columns)
    query = f"""
        with s as (select * from read_parquet('{source}', file_row_number = true)),
        r as (select * from read_parquet('{released}', file_row_number = true)),
        alone as (select {named} from s where list_contains(?, file_row_number)
            group by {named} having count(*) = 1)
        select
            (select count(*) from (from alone intersect
                select {named} from r where list_contains(?, file_row_number))),
            (select count(*) from (from alone intersect
                select {named} from s where list_contains(?, file_row_number)))"""
    hits = guesses = trials = 0
    for fold in fifths(300, 250, 3, ("others", "drawn")):
        [(more, by_chance)] = duckdb.execute(
            query, [fold["aside"], fold["drawn"], fold["others"]]
        ).fetchall()
        hits, guesses, trials = hits + more, guesses + by_chance, trials + len(fold["aside"])
        if trials == found.excess.trials:
            break
    assert found.worst["persons"] == trials
    assert found.worst["repeated"] == pytest.approx(hits)
    assert (found.excess.rate, found.excess.control) == pytest.approx(
        (hits / trials, guesses / trials)
    )


@pytest.mark.parametrize("seed", range(4))
def test_who_is_repeated_is_held_against_copies_without_them(seed: int) -> None:
    """Everybody's row is looked for; who was left out, in what was made, as if it had more rows."""
    table, made = few_values(300, seed), few_values(150, seed + 10)
    if seed % 2:
        table, made = (one.with_columns(e=pl.int_range(0, pl.len()) // 2) for one in (table, made))
    released = pl.concat([made.sample(120, seed=seed), table[:120]])
    held = np.arange(60, 120)
    attack, control = repeated_again(table, released, held, made)
    people, rows, others = table.rows(), released.rows(), made.rows()
    alone = [people.count(person) == 1 for person in people]
    counted = [True] * 300 if sum(alone) >= 150 else alone
    assert any(alone)
    hits = sum(is_one and person in rows for is_one, person in zip(counted, people, strict=True))
    assert (attack.successes, attack.trials) == (hits, 300)
    expected = sum(
        1 - (1 - 240 / 150) ** others.count(people[place]) for place in held if counted[place]
    )
    assert control.trials == 60
    assert control.successes == pytest.approx(expected)
