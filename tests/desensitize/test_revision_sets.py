"""Sets kept as bits are those that a person would write down, wherever people move."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.revisions import sets as bits
from desensitize.revisions.candidates import ALL, Candidates, met
from desensitize.revisions.counting import Columns
from desensitize.revisions.told import Told, write_part

COLUMNS = Columns(("class",), ("ill", "paid"), ("class", "ill", "paid", "ward"))
Seen = tuple[int, int, tuple[int, int, int]]
"""A person, the class, and what the row shows beside it: illness, pay and ward."""


@dataclass
class Naive:
    """Keep for each person what may be carried, thing by thing."""

    held: dict[str, dict[int, set[object]]] = field(default_factory=dict)

    def bring(self, day: list[Seen], hidden: list[Seen]) -> dict[str, tuple[float, float]]:
        """Return mean chances by family over those who were there before, else over all."""
        shown = [*day, *hidden]
        here = {person: group for person, group, _rest in reversed(day)}
        before = here.keys() & self.held.get(ALL, {}).keys()
        found = {}
        for family, link in ((ALL, slice(None)), ("ill", 0), ("paid", 1)):
            carried: dict[int, Counter[object]] = defaultdict(Counter)
            for _person, group, rest in shown:
                carried[group][rest[link]] += 1
            held = self.held.setdefault(family, {})
            together, alone = {}, {}
            for person, group in here.items():
                there = carried[group]
                held[person] = held.get(person, set()) & there.keys() or set(there)
                together[person] = 1 / sum(there[one] for one in held[person])
                alone[person] = 1 / there.total()
            of = before or here.keys()
            found[family] = tuple(
                sum(one[person] for person in of) / len(of) for one in (together, alone)
            )
        return found  # type: ignore[return-value]


def digest(*values: object) -> int:
    """Return a number of 64 bits for some values."""
    return hash(("set", *values)) % 2**64


def brought(day: list[Seen], hidden: list[Seen]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return people and what is shown, as a revision has them."""
    kinds = dict.fromkeys(["class", "content", "rest", "value ill", "value paid"], pl.UInt64)
    rows = [
        (digest(group), digest(group, rest), digest(rest), digest("i", rest[0]), digest(rest[1]))
        for _person, group, rest in (*day, *hidden)
    ]
    table = pl.DataFrame(rows, schema=kinds, orient="row")
    shown = table.group_by(table.columns).agg(pl.len().cast(pl.Int64).alias("rows"))
    persons = pl.Series("person", [person for person, _group, _rest in day], dtype=pl.UInt64)
    return table[: len(day)].select("class", "content").with_columns(persons), shown


@st.composite
def days(draw: st.DrawFn) -> list[tuple[list[Seen], list[Seen]]]:
    """Draw days on which people come, stay away, move to another class and carry other things."""
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    things = draw(st.sampled_from([2, 9, 40]))
    found = []
    for _day in range(draw(st.integers(2, 6))):
        size = draw(st.integers(1, 120))

        def rows(count: int) -> list[Seen]:
            person = random.integers(1, 30, count)
            group = np.where(random.random(count) < 0.8, person % 3, random.integers(0, 3, count))
            rests = random.integers(0, [things, 4, 3], (count, 3))
            return [
                (int(one), int(of), (int(rest[0]), int(rest[1]), int(rest[2])))
                for one, of, rest in zip(person, group, rests, strict=True)
            ]

        found.append((rows(size), rows(size // 3)))
    return found


@given(history=days(), chunk=st.sampled_from([1, 7, 200_000]))
def test_sets_are_those_that_are_written_down(
    history: list[tuple[list[Seen], list[Seen]]],
    chunk: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """However many are opened at a time; and what is kept names each person's set."""
    folder, naive = tmp_path_factory.mktemp("sets"), Naive()
    told: Told | None = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bits, "CHUNK", chunk)
        for number, (day, hidden) in enumerate(history):
            chances = naive.bring(day, hidden)
            people, shown = brought(day, hidden)
            found, kept, sets = met(people, shown, COLUMNS, told)
            for family, (together, alone) in chances.items():
                tally = found.rows[family]
                assert (tally.together, tally.alone) == pytest.approx((together, alone))
            part = write_part(
                folder / str(number),
                revision=number + 1,
                recoding=None,
                tables={},
                persons=kept,
                sets=sets,
            )
            told = Told((*(told.parts if told else ()), part))
            assert sizes_kept(told, kept) == sizes_of(naive, kept)


def sizes_of(naive: Naive, kept: pl.DataFrame) -> dict[str, list[int]]:
    return {
        family: [len(held[person]) for person in kept["person"]]
        for family, held in naive.held.items()
    }


def sizes_kept(told: Told, kept: pl.DataFrame) -> dict[str, list[int]]:
    """Count what is in the set of each person, opened from its file."""
    sets = told.sets(len(told.parts) - 1)
    found = {}
    for family in (ALL, "ill", "paid"):
        counts: Counter[int] = Counter()
        wanted = kept[f"set {family}"].cast(pl.Int64).to_numpy()
        for _part, which, _links in sets.members(wanted):
            counts.update(which.tolist())
        found[family] = [counts[place] for place in range(kept.height)]
    return found


def test_who_comes_back_is_found_in_the_newest_revision_that_showed_them(tmp_path: Path) -> None:
    """Not in an older one, in which more was possible; and nobody is taken for a neighbour."""
    rests = [(one, one % 2, 0) for one in range(9)]
    told: Told | None = None
    found: list[Candidates] = []
    for number, (persons, width) in enumerate((([5, 9], 9), ([5], 3), ([7], 9), ([5, 6, 9], 9))):
        day = [(person, 0, rests[0]) for person in persons]
        people, shown = brought(day, [(0, 0, rest) for rest in rests[:width]])
        one, kept, sets = met(people, shown, COLUMNS, told)
        found.append(one)
        folder = tmp_path / str(number)
        part = write_part(
            folder, revision=number + 1, recoding=None, tables={}, persons=kept, sets=sets
        )
        told = Told((*(told.parts if told else ()), part))
    assert [one.before for one in found] == [0, 1, 0, 2]
    # Of 12 rows those of three things are 3 + 3 for the one, and all for the other.
    assert found[-1].rows["ill"].together == pytest.approx((1 / 6 + 1 / 12) / 2)
