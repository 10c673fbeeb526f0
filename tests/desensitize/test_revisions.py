"""What all revisions of a table tell together, counted by sets, is what reading them all tells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.attacks import Earlier, Release
from desensitize.attacks.composition import composition
from desensitize.attacks.made import made_hierarchies
from desensitize.attacks.over_time import Difference, difference, over_time, worse_of
from desensitize.attacks.registry import ATTACKERS
from desensitize.attacks.verdict import judge
from desensitize.engines import ROW
from desensitize.errors import DesensitizeError
from desensitize.policy import ColumnRule, Policy
from desensitize.revisions import Candidates, packed, unpacked
from desensitize.revisions.counting import counted
from tests.given.revisions import KNOWN, RULES, SENSITIVE, Line, months, patients

LIMIT = 0.05
Row = tuple[Any, ...]


def beyond(one: Path, other: Path) -> Difference:
    return difference(one, other, known=KNOWN, sensitive=SENSITIVE, k=5)


def attacked(line: Line) -> Any:
    """Let somebody who holds all revisions and knows all days try the newest."""
    came = left = None
    if line.goes_on and len(line.releases) > 1:
        now, then = line.releases[-1], line.releases[-2]
        came, left = beyond(now, then), beyond(then, now)
    candidates = line.made[-1].candidates
    return over_time(candidates, came=came, left=left, known=line.known, k=5, limit=LIMIT)


def shown_of(line: Line, number: int) -> Counter[Row]:
    return Counter(pl.read_parquet(line.releases[number]).select("age", "town", "illness").rows())


class Reread:
    """Keep nothing but the releases, and look through all of them for each person again."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.rows: list[dict[int, Row]] = []

    def candidates(self) -> tuple[dict[str, tuple[float, float]], tuple[float, float], int]:
        """Return mean chances by family, the share of sure values, and how many were there."""
        here = len(self.rows)
        source = pl.read_parquet(self.line.folder / f"source-{here + 1}.parquet")["number"]
        lined = pl.read_parquet(self.line.folder / f"lined-{here + 1}.parquet")
        shown = shown_of(self.line, here)
        lines = zip(lined[ROW], lined.select("age", "town", "illness").rows(), strict=True)
        self.rows.append({source[at]: row for at, row in lines if row in shown})
        earlier = {person for one in self.rows[:here] for person in one}
        before = earlier & self.rows[here].keys()
        together, alone, sure, sure_alone = 0.0, 0.0, 0, 0
        everything = [shown_of(self.line, number) for number in range(here + 1)]
        illnesses = [defaultdict[Row, set[str]](set) for _ in everything]
        for number, one in enumerate(everything):
            for row in one:
                illnesses[number][row[:2]].add(row[2])
        people = before or self.rows[here].keys()
        for person in people:
            row = self.rows[here][person]
            held: set[str] = set()
            was_sure = False
            for number in range(here + 1):
                if person not in self.rows[number]:
                    continue
                there = illnesses[number][self.rows[number][person][:2]]
                was_sure |= len(there) == 1
                held = held & there if held & there else there
            rows = {one: count for one, count in everything[here].items() if one[:2] == row[:2]}
            together += 1 / sum(count for one, count in rows.items() if one[2] in held)
            alone += 1 / sum(rows.values())
            sure += len(held) == 1 or was_sure
            sure_alone += was_sure
        size = len(people)
        shares = (together / size, alone / size)
        return {"all": shares, "illness": shares}, (sure / size, sure_alone / size), len(before)


def same(found: Candidates, reread: Reread) -> None:
    rows, sure, before = reread.candidates()
    assert found.before == before
    for family, shares in rows.items():
        tally = found.rows[family]
        assert (tally.together, tally.alone) == pytest.approx(shares)
        if (family, "illness") in found.sure:
            tally = found.sure[family, "illness"]
            assert (tally.together, tally.alone) == pytest.approx(sure)


@st.composite
def histories(draw: st.DrawFn) -> list[pl.DataFrame]:
    """Draw tables that follow each other: people go, come back, move, and fall ill otherwise."""
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    everybody = patients(random, draw(st.integers(150, 300)))
    tables = []
    for _ in range(draw(st.integers(2, 5))):
        there = random.random(everybody.height) < draw(st.sampled_from([0.5, 0.8, 1.0]))
        tables.append(everybody.filter(pl.Series(there)))
        if tables[-1].height < 20:
            tables[-1] = everybody
        others = patients(random, everybody.height)
        changes = pl.Series(random.random(everybody.height) < draw(st.sampled_from([0.0, 0.1])))
        everybody = everybody.with_columns(
            pl.when(changes).then(others[name]).otherwise(name).alias(name)
            for name in ("illness", "town")
        )
    return tables


@given(tables=histories(), goes_on=st.booleans(), least=st.sampled_from([1, 2]))
def test_counts_are_those_of_reading_everything_again(
    tables: list[pl.DataFrame], goes_on: bool, least: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever becomes of people; and what a revision shows is what its bytes show."""
    *rules, illness = RULES.columns
    policy = replace(RULES, columns=(*rules, replace(illness, diversity=None)))
    line = Line(
        tmp_path_factory.mktemp("line"), policy=RULES if least == 2 else policy, goes_on=goes_on
    )
    reread = Reread(line)
    for table in tables:
        try:
            made = line.bring(table)
        except DesensitizeError:
            # So few people reach nothing.
            return
        same(made.candidates, reread)
        told = line.told
        assert told is not None
        kept = told.shown().group_by("content").agg(pl.col("rows").sum()).sort("content")
        bytes_ = counted(line.releases[-1], line.columns()).group_by("content").len("rows")
        assert kept.equals(bytes_.sort("content").cast({"rows": pl.Int64}))


def days_of(line: Line) -> Iterator[tuple[int, Counter[Row], Counter[Row]]]:
    """Tell of each revision which rows are new and which are gone, from the bytes alone."""
    for number in range(1, len(line.releases)):
        now, then = shown_of(line, number), shown_of(line, number - 1)
        yield number, now - then, then - now


def test_nobody_comes_or_goes_alone_in_thirty_days(tmp_path: Path) -> None:
    """By whoever knows the day; what waits and what stays is told, and comes to its end."""
    line = Line(tmp_path)
    waited = 0
    for table in months(3, rows=1_500, days=30):
        made = line.bring(table)
        found = attacked(line)
        assert not found.breaks
        assert found.excess.high <= LIMIT
        release = pl.read_parquet(line.releases[-1])
        assert release.height == table.height - made.waiting + made.staying
        assert min(Counter(release.select(KNOWN).rows()).values()) >= 5
        waited = max(waited, made.waiting)
    assert 0 < waited < 0.2 * 1_500
    moved = 0
    for _number, *changes in days_of(line):
        for change in changes:
            sizes: Counter[Row] = Counter()
            values = defaultdict(set)
            for row, count in change.items():
                sizes[row[:2]] += count
                values[row[:2]].add(row[2])
            assert all(size >= 5 for size in sizes.values())
            assert all(len(one) >= 2 for one in values.values())
            moved += sum(sizes.values())
    assert moved > 100


def test_who_came_on_one_day_and_left_on_another_is_hidden_among_such(tmp_path: Path) -> None:
    """Each row shows a number of its own, so that the bytes alone tell what came and went when."""
    policy = replace(RULES, columns=(*RULES.columns, ColumnRule("visit", "other", "keep")))
    line = Line(tmp_path, policy=policy)
    came: dict[Any, Row] = {}
    for number, table in enumerate(months(5, rows=600, days=15)):
        visits = pl.struct("number", "town", "illness").hash(1).alias("visit")
        line.bring(table.with_columns(visits))
        release = pl.read_parquet(line.releases[-1])
        rows = {row[-1]: row for row in release.select(*KNOWN, *SENSITIVE, "visit").iter_rows()}
        cells = defaultdict(list)
        for visit in [one for one in came if one not in rows]:
            cells[came[visit][:2], came.pop(visit)[-1]].append(visit)
        assert all(len(one) >= 5 for one in cells.values())
        for visit, row in rows.items():
            came.setdefault(visit, (*row[:3], number))
        stay = Counter((row[:2], row[-1]) for row in came.values())
        assert min(stay.values()) >= 5


def test_a_lone_newcomer_is_found_where_nothing_waits(tmp_path: Path) -> None:
    """What a feed of changes would deliver; the same rows pass every look at one table."""
    random = np.random.default_rng(1)
    first = patients(random, 900)
    somebody = patients(random, 1, first=900).with_columns(illness=pl.lit("mumps"))
    second = pl.concat([first, somebody])
    without = Line(tmp_path / "without", goes_on=False)
    with_all = Line(tmp_path / "with")
    for line in (without, with_all):
        line.folder.mkdir()
        line.bring(first)
        line.bring(second)
    naive = [pl.read_parquet(path) for path in without.releases]
    assert min(Counter(naive[1].select(KNOWN).rows()).values()) >= 5
    told = beyond(without.releases[1], without.releases[0])
    assert (told.rows, told.small, told.alone) == (1, 1, 1)
    assert told.sure == {"illness": 1.0}
    found = over_time(
        without.made[1].candidates, came=told, left=None, known=KNOWN, k=5, limit=LIMIT
    )
    assert [one.code for one in found.breaks] == ["came_alone"]
    assert found.certain["illness"] == 1.0
    assert not found.passed
    assert with_all.made[1].waiting == 1
    assert attacked(with_all).passed
    assert shown_of(with_all, 1) == shown_of(with_all, 0)
    # Four more of the same class come, who are not all ill alike: they come in together.
    like = pl.concat([somebody] * 4).with_columns(
        number=pl.int_range(901, 905), illness=pl.Series(["flu", "cold", "gout", "none"])
    )
    with_all.bring(pl.concat([second, like]))
    assert with_all.made[2].waiting == 0
    assert attacked(with_all).passed


def test_one_who_left_alone_is_found_where_nothing_stays(tmp_path: Path) -> None:
    first = patients(np.random.default_rng(2), 900)
    line, naive = Line(tmp_path / "line"), Line(tmp_path / "naive", goes_on=False)
    for one in (line, naive):
        one.folder.mkdir()
        one.bring(first)
        one.bring(first[1:])
    told = beyond(naive.releases[0], naive.releases[1])
    found = over_time(naive.made[1].candidates, came=None, left=told, known=KNOWN, k=5, limit=LIMIT)
    assert [one.code for one in found.breaks] == ["left_alone"]
    assert line.made[1].staying == 1
    assert attacked(line).passed


def test_who_objects_leaves_at_once_and_is_told_where_alone(tmp_path: Path) -> None:
    """Others stay until enough are gone; the right to leave does not wait, and the line says so."""
    first = patients(np.random.default_rng(2), 900)
    line = Line(tmp_path)
    line.bring(first)
    made = line.bring(first[2:], objecting=first[:1])
    assert made.staying == 1
    (gone,) = (shown_of(line, 0) - shown_of(line, 1)).elements()
    assert gone[2] == first["illness"][0]
    assert [one.code for one in attacked(line).breaks] == ["left_alone"]
    assert line.bring(first[2:]).staying == 1


def test_days_of_other_rows_are_put_together(tmp_path: Path) -> None:
    """Some come every day with one illness, among others whose illnesses are drawn anew.

    Each day passes alone; all days together tell the illness, however many came on one day only.
    """
    random = np.random.default_rng(4)
    line, regulars = Line(tmp_path, goes_on=False), patients(np.random.default_rng(9), 20)
    shares = []
    for day in range(8):
        others = patients(random, 400, first=1_000 * (day + 1))
        line.bring(pl.concat([others, regulars]))
        shares.append(attacked(line).certain["illness"])
    assert shares[0] == 0
    assert shares[-1] > LIMIT
    assert not attacked(line).passed
    assert line.made[-1].candidates.before <= 20


def opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def test_what_was_told_can_be_packed(tmp_path: Path) -> None:
    line = Line(tmp_path)
    for table in months(6, rows=300, days=2):
        line.bring(table)
    files = [packed(one.part, tmp_path / f"{number}.zip") for number, one in enumerate(line.made)]
    told = line.told
    again = unpacked([partial(opened, path) for path in files], tmp_path / "again")
    assert told is not None
    assert again.last.revision == 2
    assert again.shown().equals(told.shown())
    assert again.left().sort("content").equals(told.left().sort("content"))
    wanted = pl.read_ipc(told.last.folder / "persons.arrow")["person"].to_numpy()
    assert again.persons(wanted).equals(told.persons(wanted))
    for number in (0, 1):
        sets, others = again.sets(number), told.sets(number)
        assert np.array_equal(sets.bits, others.bits)
        assert np.array_equal(sets.links, others.links)
    assert again.last.recoding is not None
    assert told.last.recoding is not None
    assert again.last.recoding.sha256 == told.last.recoding.sha256


def test_the_worse_of_two_attacks_counts(tmp_path: Path) -> None:
    line = Line(tmp_path)
    line.bring(patients(np.random.default_rng(1), 300))
    good = attacked(line)
    bad = replace(good, certain={"illness": 0.4}, breaks=(), not_tried=())
    for one, other in ((good, bad), (bad, good)):
        assert worse_of(one, other).certain["illness"] == 0.4


def test_noise_is_one_draw_for_a_person_in_thirty_revisions(tmp_path: Path) -> None:
    """Each table has another date, so that all rows differ: the mean of all tells no more.

    Without the column of persons the mean of ten comes near the truth.
    """
    random = np.random.default_rng(7)
    table = patients(random, 300).with_columns(pay=pl.Series(random.integers(1, 9, 300) * 1000.0))
    rules = (
        ColumnRule("number", "direct", "pseudonym"),
        *(ColumnRule(name, "other", "drop") for name in ("age", "town", "illness", "day")),
        ColumnRule("pay", "sensitive", "add_noise", {"scale": 200.0}),
        ColumnRule("born", "quasi", "shift_dates", {"subject": "number"}),
    )
    errors = {}
    for person in (None, "number"):
        policy = Policy(rules, person=person)
        line = Line(tmp_path / str(person), policy=policy, goes_on=False, known=(), sensitive=())
        line.folder.mkdir()
        for day in range(30 if person else 10):
            dated = table.with_columns(
                day=pl.lit(f"day {day}"), born=pl.date(1990, 1, 1) + pl.duration(days="age")
            )
            line.bring(dated)
        releases = pl.concat([pl.read_parquet(path) for path in line.releases])
        by_person = releases.group_by("number").agg(
            pl.col("pay").mean().alias("mean"),
            pl.col("pay").n_unique().alias("draws"),
            pl.col("born").n_unique().alias("shifts"),
        )
        assert by_person.height == 300, "a pseudonym is one for all revisions"
        assert by_person["shifts"].max() == 1
        # Ranks of means against the nearest thousand: how far the mean is from some true value.
        off = (by_person["mean"] - (by_person["mean"] / 1000).round() * 1000).abs()
        errors[person] = float(off.mean())  # type: ignore[arg-type]
        assert (by_person["draws"].max() == 1) is (person is not None)
    assert errors[None] < 90 < 120 < errors["number"]


def looked_for_everywhere(line: Line) -> dict[str, Any]:
    """Let every attacker try the newest revision, beside the first and the last but one."""
    last = len(line.releases)
    sources = [line.folder / f"source-{number}.parquet" for number in range(1, last + 1)]
    earlier = tuple(Earlier(line.releases[at], sources[at]) for at in {0, last - 2})
    release = Release(
        sources[-1],
        line.own(),
        KNOWN,
        SENSITIVE,
        person=line.policy.person,
        policy=line.policy,
        hierarchies=made_hierarchies(line.policy, sources[-1], line.recoding),
        earlier=earlier,
    )

    def over_all(_release: Release, /, *, limit: float) -> Any:
        return worse_of(composition(release, limit=limit), attacked(line))

    found = judge(release, attackers={**ATTACKERS, "composition": over_all})
    return {one.name: one for one in found.attacks}


@pytest.mark.parametrize("days", [6, pytest.param(30, marks=pytest.mark.campaign)])
def test_who_is_in_every_revision_is_no_easier_found(days: int, tmp_path: Path) -> None:
    """By any attacker: order, sets of columns, exact values, and whatever two revisions share."""
    line = Line(tmp_path, policy=replace(RULES, smallest_class=150))
    alone: dict[str, Any] = {}
    for table in months(8, rows=3_000, days=days):
        line.bring(table)
        alone = alone or looked_for_everywhere(line)
    found = looked_for_everywhere(line)
    for name, attack in found.items():
        assert attack.excess is not None, name
        assert not attack.excess.is_above(LIMIT), (name, attack.worst)
        assert attack.excess.value <= alone[name].excess.value + 0.02, name
        assert not attack.breaks, (name, attack.breaks)


def test_rows_wait_and_stay_by_both_columns_of_a_pair_as_by_its_label(tmp_path: Path) -> None:
    """The class of a row is what it shows in both columns that its age comes as."""
    rules = tuple(replace(one, from_to=one.name == "age") for one in RULES.columns)
    lines = []
    for name, policy in (("label", RULES), ("pair", replace(RULES, columns=rules))):
        (tmp_path / name).mkdir()
        lines.append(Line(tmp_path / name, policy=policy))
    changed = 0
    for table in months(3, rows=600, days=5):
        label, pair = (line.bring(table) for line in lines)
        assert (pair.waiting, pair.staying) == (label.waiting, label.staying)
        assert pair.candidates.rows["all"].alone == pytest.approx(
            label.candidates.rows["all"].alone
        )
        changed += pair.waiting + pair.staying
    assert changed
    assert lines[1].columns().known == ("age_from", "age_to", "town")
