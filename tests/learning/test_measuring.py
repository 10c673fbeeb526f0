"""What is counted to measure data on offer, and how little one person can move it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from marketplace.learning.measurement.figures import (
    Noise,
    lift_of,
    values_of,
    values_sensitivity,
)
from marketplace.learning.training import measuring
from marketplace.learning.training.declaration import Declaration, Family, Feature, Kind
from marketplace.learning.training.errors import TrainingError
from marketplace.learning.training.measuring import measure
from marketplace.learning.training.offered import NEIGHBOURS, Offered
from tests.learning.tables import messages, numbers, of_messages
from valuation.shapley import exact_shapley, knn_utility

SOURCES = ("north", "south", "east")
COUNT = 1000
OFFERED = Offered(COUNT, person="group", rows=2, source="district", sources=SOURCES)
DECLARED = Declaration(
    target="label",
    features=(Feature("first", Kind.NUMBER), Feature("second", Kind.NUMBER)),
    family=Family.LINEAR,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a buyer's rows."""
    numbers(200, seed=21).write_csv(tmp_path / "held.csv")
    numbers(60, seed=22).write_parquet(tmp_path / "own.parquet")
    return tmp_path


def counted(
    folder: Path, on_offer: pl.DataFrame | None, offered: Offered = OFFERED
) -> dict[str, Any]:
    """Count for the buyer's rows with others."""
    path = None
    if on_offer is not None:
        path = folder / "offered.parquet"
        on_offer.write_parquet(path)
    return measure(folder / "held.csv", folder / "own.parquet", path, DECLARED, offered)


def moved(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[int, int, Fraction]:
    """Return how many parts differ, by how much together, and how far all values lie apart."""
    apart = [abs(a - b) for a, b in zip(one["parts"], other["parts"], strict=True)]
    unit = math.factorial(len(SOURCES))
    values = [exact_shapley(list(map(Fraction, each["coalitions"])), len(SOURCES))
              for each in (one, other)]  # fmt: skip
    together = sum((abs(a - b) for a, b in zip(*values, strict=True)), Fraction(0))
    return sum(map(bool, apart)), sum(apart), together * unit


@pytest.mark.parametrize("nearest", [1, 3])
def test_one_person_moves_the_figures_by_no_more_than_the_noise_hides(
    nearest: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attacker puts persons in and takes them out, some with rows as near as can be."""
    monkeypatch.setattr(measuring, "NEIGHBOURS", nearest)
    random, most = np.random.default_rng(nearest), Fraction(0)
    held = numbers(200, seed=21)
    table = numbers(90, seed=23)
    bound = values_sensitivity(200, len(SOURCES), OFFERED.rows)
    for person in range(8):
        # The rows of the person lie where those held out lie, with the label of most of them.
        rows = held.sample(12, seed=person).with_columns(
            group=pl.lit(1000 + person, dtype=table["group"].dtype),
            label=pl.lit(str(random.choice(["yes", "no"]))),
            first=pl.lit(0.1),
            day=pl.lit(0, dtype=table["day"].dtype),
        )
        without, with_them = counted(folder, table), counted(folder, pl.concat([table, rows]))
        parts, apart, values = moved(without, with_them)
        assert parts <= 1
        assert apart <= 200
        assert values <= bound
        most = max(most, values)
        table = pl.concat([table, rows])
    assert most > 0, "The bound was tried."


@pytest.mark.parametrize(("rows", "nearest"), [(1, 1), (2, 5)])
def test_the_bound_of_the_values_is_reached(
    rows: int, nearest: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a person whose rows are the nearest to all held out; more rows than count move no more."""
    monkeypatch.setattr(measuring, "NEIGHBOURS", nearest)
    held = pl.DataFrame({"first": [0.0] * 200, "second": [0.0] * 200, "label": ["yes"] * 200})
    away = [float(5 + place) for place in range(60)]
    own = pl.DataFrame({"first": away, "second": away, "label": ["no"] * 50 + ["yes"] * 10})
    person = pl.DataFrame(
        {"first": [0.0] * 5, "second": [0.0] * 5, "label": ["yes"] * 5, "who": ["a"] * 5}
    )
    other = person.head(1).with_columns(first=1e6, who=pl.lit("b"))
    held.write_csv(tmp_path / "held.csv")
    own.write_parquet(tmp_path / "own.parquet")
    offered = Offered(COUNT, person="who", rows=rows)
    with_them = counted(tmp_path, pl.concat([other, person]), offered)["coalitions"]
    without = counted(tmp_path, other, offered)["coalitions"]
    assert (with_them, without) == ([0, 200 * rows], [0, 0])
    assert values_sensitivity(200, 1, rows) == 200 * rows


def test_coalitions_are_worth_their_right_neighbours(folder: Path) -> None:
    """As the library of valuation counts them, row by row."""
    offered = Offered(COUNT, source="district", sources=SOURCES)
    table, own, held = (
        numbers(count, seed=seed) for count, seed in ((120, 3), (60, 22), (200, 21))
    )
    found = counted(folder, table, offered)["coalitions"]
    filled = own["first"].fill_null(own["first"].median())
    scale = np.array([filled.std(ddof=0), own["second"].std(ddof=0)])
    middle = own["first"].median()

    def places(rows: pl.DataFrame) -> Any:
        return np.column_stack([rows["first"].fill_null(middle), rows["second"]]) / scale

    for coalition, right in enumerate(found):
        members = [one for place, one in enumerate(SOURCES) if coalition >> place & 1]
        rows = pl.concat([own, table.filter(pl.col("district").is_in(members))])
        total = Fraction(0)
        for at, label in zip(places(held), held["label"], strict=True):
            far = ((places(rows) - at) ** 2).sum(axis=1)
            ordered = rows["label"].gather(np.argsort(far, kind="stable")).to_list()
            total += knn_utility(ordered, label, NEIGHBOURS)
        assert total * NEIGHBOURS == right


def noise(epsilon: Decimal, *, rows_of_person: int = 1) -> Noise:
    """Draw the noise for 200 rows held out."""
    return Noise.draw(200, sources=len(SOURCES), rows_of_person=rows_of_person, epsilon=epsilon)


def test_noise_hides_a_person_and_no_more(folder: Path) -> None:
    """A lift tells the two worst tables apart by a factor of e^(ε/2) at most, and nearly."""
    counts = {"held_out": 200, "own": 60, "right": 100, "parts": [100] * 10}
    other = {**counts, "parts": [100] * 9 + [300]}
    said = {
        name: sum(
            lift_of(one, noise(Decimal(2)), Decimal(2)).value >= Decimal("0.05")
            for _ in range(1500)
        )
        / 1500
        for name, one in (("without", counts), ("with", other))
    }
    assert 1.8 < said["with"] / said["without"] < math.e * 1.2


def test_figures_say_what_was_counted(folder: Path) -> None:
    """Under an ε that hides nothing."""
    counts = counted(folder, numbers(1000, seed=3))
    epsilon = Decimal(1_000_000)
    added = noise(epsilon, rows_of_person=2)
    lift = lift_of(counts, added, epsilon)
    mean = sum(counts["parts"]) / (200 * len(counts["parts"]))
    assert float(lift.value) == pytest.approx(mean - counts["right"] / 200, abs=1e-3)
    assert lift.low <= lift.value <= lift.high
    values = values_of(counts, added, neighbours=NEIGHBOURS, rows_of_person=2, epsilon=epsilon)
    gained = counts["coalitions"][-1] - counts["coalitions"][0]
    whole = gained / (200 * NEIGHBOURS)
    assert float(sum(one.value for one in values)) == pytest.approx(whole, abs=2e-3)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("held.csv", b"first,second,label\n" + b"1,2,yes\n" * 199, "hold-out-rows"),
        ("held.csv", b"PAR1 and no more", "hold-out-unreadable"),
        ("held.csv", b"", "hold-out-unreadable"),
        ("held.csv", b"second,label\n" + b"2,yes\n" * 300, "column-missing"),
        ("held.csv", b"first,second,label\n" + b"a,2,yes\n" * 300, "not-a-number"),
        ("own.parquet", b"first,second,label\n" + b"1,2,yes\n" * 80, "one-class"),
        ("own.parquet", b"first,second,label\n1,2,yes\n3,4,no\n", "own-rows"),
        ("own.parquet", b'first,second,label\n"1,2\n', "own-unreadable"),
    ],
)
def test_what_is_wrong_with_a_buyers_rows_is_said_without_a_look_at_others(
    name: str, content: bytes, code: str, folder: Path
) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(TrainingError) as refused:
        counted(folder, None)
    assert refused.value.code == code


def test_texts_are_measured_too(tmp_path: Path) -> None:
    """By their characters; a part that cannot be learnt from adds nothing."""
    held, own, offered = (of_text(count, seed) for count, seed in ((200, 1), (60, 2), (600, 3)))
    held.write_csv(tmp_path / "held.csv")
    own.write_csv(tmp_path / "own.csv")
    offered.write_parquet(tmp_path / "offered.parquet")
    counts = measure(
        tmp_path / "held.csv",
        tmp_path / "own.csv",
        tmp_path / "offered.parquet",
        of_messages(),
        Offered(600),
    )
    assert len(counts["parts"]) == 10
    assert counts["coalitions"][1] > counts["coalitions"][0]


def of_text(rows: int, seed: int) -> pl.DataFrame:
    """Return invented messages, in an order of their own."""
    return messages(900).sample(rows, seed=seed)
