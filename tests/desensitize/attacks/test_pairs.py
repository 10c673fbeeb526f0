"""Attackers read two columns, from and to, as the one column of intervals that they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest

from desensitize.attacks import Earlier, Release
from desensitize.attacks.linkage import linkage
from desensitize.attacks.made import made_hierarchies
from desensitize.attacks.meaning import read_release
from desensitize.attacks.pairs import as_labels
from desensitize.attacks.verdict import Verdict, judge, judge_together
from desensitize.cli import main
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.policy import ColumnRule, Policy, dump_policy

KEYS = KeyRing(bytes(range(32)), release="1")
ROWS = 3_000
KNOWN, SECRET = ("age", "height", "born"), ("pay",)


def people(seed: int = 1, rows: int = ROWS) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    return pl.DataFrame(
        {
            "age": random.integers(20, 60, rows),
            "height": random.integers(1500, 1900, rows) / 10,
            "born": pl.Series(random.integers(0, 9_000, rows), dtype=pl.Int32).cast(pl.Date),
            "pay": random.integers(1, 60, rows) * 100,
            "town": random.choice(["Xiamen", "Fuzhou"], rows),
        }
    )


def policy(*, from_to: bool, k: int = 25, width: float = 2_000) -> Policy:
    return Policy(
        (
            *(ColumnRule(name, "quasi", "generalize", from_to=from_to) for name in KNOWN),
            ColumnRule("pay", "sensitive", "generalize_bins", {"width": width}, from_to=from_to),
            ColumnRule("town", "other", "keep"),
        ),
        k,
    )


def release_of(folder: Path, rules: Policy, name: str, table: pl.DataFrame) -> Release:
    source, released = folder / "source.parquet", folder / name / "released.parquet"
    released.parent.mkdir()
    table.write_parquet(source)
    run_policy(source, released, rules, keys=KEYS, work=folder)
    return Release(
        source, released, KNOWN, SECRET, hierarchies=made_hierarchies(rules, source), policy=rules
    )


@pytest.mark.parametrize(
    ("told", "k", "width", "verdict"),
    [
        ("policy", 25, 6_000, Verdict.ANONYMOUS),
        ("nothing", 25, 2_000, Verdict.DE_IDENTIFIED),
        ("nothing", 2, 100, Verdict.DE_IDENTIFIED),
    ],
)
def test_verdict_and_figures_are_those_of_the_labels(
    tmp_path: Path, told: str, k: int, width: float, verdict: Verdict
) -> None:
    """Of the same rows, released as labels or as pairs, whether they pass or fail."""
    found = []
    for name, from_to in (("label", False), ("pair", True)):
        rules = policy(from_to=from_to, k=k, width=width)
        release = release_of(tmp_path, rules, name, people())
        if told == "nothing":
            release = replace(release, policy=None, hierarchies={})
        found.append(judge(release))
    assert found[1].as_dict() == found[0].as_dict()
    assert found[0].verdict == verdict
    figures = {one.name: one for one in found[1].attacks}
    # A pair is one released column among those that somebody may know, not two.
    assert figures["singling out"].figures["sets"] <= 2**5
    assert figures["linkage"].excess is not None


def test_an_earlier_release_is_read_so_too(tmp_path: Path) -> None:
    """One of both in one form, one in the other: what they tell together is the same."""
    found = []
    for name, forms in {
        "labels": (False, False),
        "pairs": (True, True),
        "both": (True, False),
    }.items():
        folder = tmp_path / name
        folder.mkdir()
        now = release_of(folder, policy(from_to=forms[0]), "now", people())
        then = release_of(folder, policy(from_to=forms[1], k=40), "then", people())
        together = replace(now, earlier=(Earlier(then.released, then.source),))
        found.append([one.as_dict() for one in judge_together(together)])
    assert found[0] == found[1] == found[2]
    assert found[0][0]["tried"]


def test_the_command_says_the_same_of_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = []
    for name, from_to in (("label", False), ("pair", True)):
        release = release_of(tmp_path, policy(from_to=from_to, k=2), name, people(rows=600))
        path = tmp_path / f"{name}.toml"
        assert release.policy is not None
        path.write_text(dump_policy(release.policy), encoding="utf-8")
        asked = ["attack", str(release.source), str(release.released), "--policy", str(path)]
        assert main([*asked, "--json"]) == 3
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]


AGES = [20 + number * 7 % 800 for number in range(800)]


def lied(
    folder: Path, low: Sequence[int | None], high: Sequence[int | None], **beside: object
) -> Release:
    """Write two columns that are called the ends of an age, and whose fields say so too."""
    source, released = folder / "source.parquet", folder / "released.parquet"
    town = ["Xiamen", "Fuzhou"] * (len(AGES) // 2)
    known = {"age": AGES, "town": town, "number": range(len(AGES))}
    pl.DataFrame(known).write_parquet(source)
    table = pl.DataFrame({"age_from": low, "age_to": high, "town": town, **beside})
    arrow = table.sample(fraction=1, shuffle=True, seed=3).to_arrow()
    for place, (name, which) in enumerate((("age_from", b"from"), ("age_to", b"to"))):
        said = {b"bound_of": b"age", b"bound": which, b"bound_edge": b"included"}
        field = arrow.schema.field(name).with_metadata(said)
        arrow = arrow.set_column(place, field, arrow[name])
    pq.write_table(arrow, released)
    return Release(source, released, ("age",), policy=None)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (lambda age: age, lambda age: age),
        (lambda age: age, lambda _: 1900),
        (lambda age: age, lambda _: None),
        (lambda _: 0, lambda age: age),
        (lambda age: age, lambda age: age + age % 7),
    ],
    ids=["both", "to is far", "to is open", "from is far", "to is near"],
)
def test_exact_values_beside_another_column_are_exact(
    tmp_path: Path, low: Callable[[int], int | None], high: Callable[[int], int | None]
) -> None:
    """However wide the interval that the other end makes of them, and whatever fields say."""
    honest = lied(tmp_path, [age // 20 * 20 for age in AGES], [age // 20 * 20 + 19 for age in AGES])
    wide = linkage(honest, limit=0.05)
    ends = [[end(age) for age in AGES] for end in (low, high)]
    release = lied(tmp_path, *ends)
    exact = tmp_path / "exact.parquet"
    pl.DataFrame({"age": AGES, "town": pl.read_parquet(release.source)["town"]}).sample(
        fraction=1, shuffle=True, seed=3
    ).write_parquet(exact)
    alone = linkage(replace(release, released=exact), limit=0.05)
    with as_labels(release) as shown:
        found = linkage(shown, limit=0.05)
        names = pl.read_parquet_schema(shown.released)
        meant = read_release(shown).meanings
        assert set(shown.quasi_identifiers) <= set(names)
    assert found.excess is not None
    assert alone.excess is not None
    assert wide.excess is not None
    # The attacker finds as many as by the ages alone, and more than by honest intervals.
    assert found.excess.rate == pytest.approx(alone.excess.rate)
    assert found.excess.rate > 2 * wide.excess.rate
    exact_columns = [one for name, one in meant.items() if name != "town" and not one.unread]
    assert any(float(one.shares().max()) <= 1 / 800 + 1e-9 for one in exact_columns)
    judged = judge(release)
    assert judged.verdict != Verdict.ANONYMOUS


LIES: dict[str, Callable[[int], tuple[int | None, int | None]]] = {
    "elsewhere": lambda age: (age + 5_000, age + 5_002),
    "near": lambda age: (age // 3 * 3 + 3, age // 3 * 3 + 5),
    "crossed": lambda age: (age // 3 * 3 + 2, age // 3 * 3),
    "hidden": lambda _: (None, None),
    "wide": lambda _: (0, 1_000),
    "one value": lambda age: (age + 1, age + 1),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_pair_that_lies_in_some_rows_hides_nobody_of_the_others(tmp_path: Path, lie: str) -> None:
    """Who stands in a row that is true is found as if the others had not been released."""
    bins = [(age // 3 * 3, age // 3 * 3 + 2) for age in AGES]
    lying = [number % 10 == 3 for number in range(len(AGES))]
    told = [
        LIES[lie](age) if lies else true for age, true, lies in zip(AGES, bins, lying, strict=True)
    ]
    release = lied(tmp_path, [one for one, _ in told], [other for _, other in told])
    table, true = pl.read_parquet(release.released), tmp_path / "true.parquet"
    honest = lied(tmp_path, *zip(*bins, strict=True), lies=lying).released
    pl.read_parquet(honest).filter(~pl.col("lies")).drop("lies").write_parquet(true)
    table.write_parquet(release.released)
    found = []
    for path in (true, release.released):
        with as_labels(replace(release, released=path)) as shown:
            assert [*pl.read_parquet_schema(shown.released)] == ["age", "town"]
            found.append(linkage(shown, limit=0.05))
    alone, beside = found
    assert alone.excess is not None
    assert beside.excess is not None
    # A row that lies can look like somebody else's, as one in which noise was added can.
    assert beside.excess.rate >= 0.9 * alone.excess.rate > 0.3
    assert judge(release).verdict == Verdict.DE_IDENTIFIED


def test_a_row_that_ends_before_it_begins_is_read_by_nobody(tmp_path: Path) -> None:
    """However wide the others are: what could not be read is not passed over."""
    low, high = ([age // 200 * 200 + more for age in AGES] for more in (0, 199))
    for crossed in (False, True):
        low[0] = high[0] + 1 if crossed else low[0]
        release = lied(tmp_path, low, high)
        link = next(one for one in judge(release).attacks if one.name == "linkage")
        assert link.passed is not crossed
        assert [one.code for one in link.not_tried] == (["unread_cells"] if crossed else [])
        with as_labels(release) as shown:
            cells = pl.read_parquet(shown.released)["age"]
            assert (
                cells.n_unique()
                == pl.read_parquet(release.released).select("age_from", "age_to").n_unique()
            )


@pytest.mark.parametrize("form", ["crossed", "text", "beside"])
def test_what_is_no_pair_stays_two_columns(tmp_path: Path, form: str) -> None:
    """Of two columns that are no ends, both count; nothing of what they say is lost."""
    low = [age // 10 * 10 for age in AGES]
    high = [number % 797 for number in range(len(AGES))]
    release = lied(tmp_path, low, high)
    table = pl.read_parquet(release.released)
    if form == "text":
        table = table.with_columns(pl.format("about {}", "age_to").alias("age_to"))
    if form == "beside":
        table = table.with_columns(pl.col("age_from").alias("age"), age_to=pl.col("age_from") + 9)
    table.write_parquet(release.released)
    with as_labels(release) as shown:
        assert pl.read_parquet(shown.released).equals(table)
        assert shown.file == release.released
    known = judge(release).attacks
    sets = next(one.figures["sets"] for one in known if one.name == "singling out")
    assert sets >= 2**table.width - 2


def test_an_honest_pair_without_any_metadata_is_one_column(tmp_path: Path) -> None:
    """As in a file of another program, or in CSV; and under either name of a column."""
    release = lied(
        tmp_path, [age // 20 * 20 for age in AGES], [age // 20 * 20 + 19 for age in AGES]
    )
    pl.read_parquet(release.released).write_parquet(release.released)
    for named in (("age",), ("age_from", "age_to")):
        with as_labels(replace(release, quasi_identifiers=named)) as shown:
            table = pl.read_parquet(shown.released)
            assert table.columns == ["age", "town"]
            assert "[20, 40)" in set(table["age"])
            assert shown.quasi_identifiers == ("age",)
