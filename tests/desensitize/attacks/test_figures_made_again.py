"""Figures of attackers against copies made again without some of the people, counted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from desensitize.attacks import Release
from desensitize.attacks.guessing import guess_by_nearest
from desensitize.attacks.linkage import linkage
from desensitize.attacks.membership import membership
from tests.desensitize.attacks.drawing import few_values, shuffled
from tests.desensitize.attacks.test_figures_of_copies import (
    LIMIT,
    Rows,
    bits_of,
    drawn_copy,
    fifths,
    lost,
    only,
)


def made_of(people: pl.DataFrame) -> pl.DataFrame:
    """Return a copy that holds half of its people's own rows."""
    half = people.height // 2
    return pl.concat([people.head(half), shuffled(people, 3).tail(people.height - half)])


def made_again_of(people: Rows, kept: Sequence[int]) -> Rows:
    """Return the rows of a copy that is made of some of the people."""
    rows = [people[place] for place in kept]
    return made_of(pl.DataFrame(rows, schema=list("abcd"), orient="row")).rows()


def make(source: Path, target: Path) -> None:
    """Make a copy that tells more of its own people than of others."""
    made_of(pl.read_parquet(source)).write_parquet(target)


def test_guesses_by_a_copy_without_them_are_right_as_often_as_by_hand(tmp_path: Path) -> None:
    """Asked of a copy made again: of people who are in it, and of those who are not."""
    release, people, _copy = drawn_copy(tmp_path)
    _asked, again = guess_by_nearest(replace(release, make=make), "d", "abc", limit=LIMIT)
    told = bits_of(pl.read_parquet(release.source).select("a", "b", "c"))

    def right(place: int, others: Rows) -> bool:
        apart = lost(told, *only(range(3), people[place], others))
        return people[place][3] == others[apart.index(min(apart))][3]

    hits = guesses = trials = controls = 0
    for fold in fifths(120, 100, 4, ("others", "drawn", "held", "made", "members")):
        rows = made_again_of(people, fold["kept"])
        made = [rows[place] for place in fold["made"]]
        hits += sum(right(place, made) for place in fold["members"])
        guesses += sum(right(place, made) for place in fold["held"])
        trials, controls = trials + len(fold["members"]), controls + len(fold["held"])
        if trials == again.attack.trials:
            break
    assert (again.attack.right, again.attack.trials) == (hits, trials)
    assert (again.control.right, again.control.trials) == (guesses, controls)
    assert hits / trials > guesses / controls + LIMIT


def area_and_trials(inside: list[int], outside: list[int]) -> tuple[float, int]:
    """Compare all pairs, ties by half; the trials leave the same error (DeLong 1988)."""
    ahead = np.array([[(one < other) + (one == other) / 2 for other in outside] for one in inside])
    area = float(ahead.mean())
    error = sum(ahead.mean(axis=axis).var(ddof=1) / ahead.shape[1 - axis] for axis in (0, 1))
    return area, int(area * (1 - area) / error)


def test_who_was_in_is_told_from_who_was_not_as_often_as_by_hand(tmp_path: Path) -> None:
    """By copies that are made without a fifth of the people, of whom another fifth was in."""
    release, people, _copy = drawn_copy(tmp_path)
    found = membership(replace(release, make=make), limit=LIMIT)
    assert found.excess is not None
    told = bits_of(pl.read_parquet(release.source))
    ahead = trials = members = 0.0
    copies = [0, 0]
    for fold in fifths(120, 100, 4, ("held", "drawn", "others", "members")):
        made = made_again_of(people, fold["kept"])
        inside, outside = (
            [min(lost(told, people[place], made)) for place in fold[name]]
            for name in ("members", "held")
        )
        area, weight = area_and_trials(inside, outside)
        ahead, trials, members = ahead + area * weight, trials + weight, members + len(inside)
        copies = [copies[0] + inside.count(0), copies[1] + outside.count(0)]
        if found.excess.trials in (trials, members):
            break
    shares = {
        "nearer than who is not in it": (ahead / trials, 0.5),
        "copied, more than who is not in it": (copies[0] / members, copies[1] / members),
    }
    wanted = shares[found.worst["said to be in it"]]
    assert (found.excess.rate, found.excess.control) == pytest.approx(wanted)
    assert found.failed


def test_who_is_repeated_is_held_against_each_copy_without_them(tmp_path: Path) -> None:
    """Through the whole attack: everybody by the release, each fifth by the copy without it."""
    source, released = tmp_path / "s.parquet", tmp_path / "r.parquet"
    table = few_values(300, 1).with_columns(e=pl.int_range(0, 300) // 2 % 40)
    table.write_parquet(source)
    made_of(table).write_parquet(released)
    made: list[Rows] = []

    def made_and_kept(people: Path, target: Path) -> None:
        make(people, target)
        made.append(pl.read_parquet(target).rows())

    release = Release(source, released, is_synthetic=True, seed=3, make=made_and_kept)
    found = linkage(release, limit=LIMIT)
    people, rows = table.rows(), pl.read_parquet(released).rows()
    alone = [people.count(person) == 1 for person in people]
    assert sum(alone) >= 150, "most are alone, so that everybody counts"
    expected = controls = 0.0
    for fold, others in zip(fifths(300, 300, 3, ("others", "drawn")), made, strict=False):
        expected += sum(
            1 - (1 - len(rows) / len(others)) ** others.count(people[place])
            for place in fold["aside"]
        )
        controls += len(fold["aside"])
    assert found.excess is not None
    assert found.excess.trials == 300
    assert (found.excess.rate, found.excess.control) == pytest.approx(
        (sum(person in rows for person in people) / 300, expected / controls)
    )
    assert found.failed
