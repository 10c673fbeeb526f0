"""What is examined of a table once is what later tables are held against: years of honest ones,
and what is not.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from django.db import connection

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.feed import form as forms
from marketplace.catalog.feed.presentation import form_lines
from marketplace.catalog.new_version.services import receive_upload
from marketplace.catalog.version.differing import SENTENCES, WORDS, differing_lines
from marketplace.catalog.version.examined import Why, as_kept, differing, examined, joined
from tests.given import arrivals
from tests.given.catalog import NEXT_MONTH, approved_dataset
from tests.given.vault import upload
from tests.given.world import World

BEGIN = date(2026, 1, 1)
DISTRICTS = ["Siming", "Huli", "Jimei", "Haicang", "Tong'an", "Xiang'an"]
KINDS = ["pothole", "noise", "street light", "rubbish", "parking", "flooding", "graffiti"]
RARE = ["fallen tree", "stray animal"]
STREETS = ["Lotus", "Harbour", "Temple", "Market", "Garden", "Bamboo", "Hill", "Station"]
SAYING = [
    "Please send somebody soon",
    "It has been like this for three weeks, and nobody came",
    "The light by the school is out",
    "Water stands on the road after each rain; children cannot cross",
    "Thank you for the quick repair!",
]


def boardings(month: int, seed: int) -> pl.DataFrame:
    """Return a month of a bus company: season, growth, weekends, a rare closure."""
    draw = random.Random(f"boardings {seed} {month}")
    first = BEGIN + timedelta(days=30 * month)
    rows = []
    for day in range(30):
        at = first + timedelta(days=day)
        for line in range(1, 13):
            season = 1 + 0.25 * ((at.month in (7, 8)) - (at.month == 2))
            level = 400 * (1 + line % 4) * season * (1 + 0.005 * month)
            level *= 0.7 if at.weekday() > 4 else 1
            count = 0 if draw.random() < 0.004 else round(draw.gauss(level, level / 10))
            rows.append((at, line, max(count, 0), round(draw.expovariate(1 / 3), 1)))
    return pl.DataFrame(rows, ["day", "line", "boardings", "delay"], orient="row")


def complaints(month: int, seed: int) -> pl.DataFrame:
    """Return a month of a hotline: numbers that grow, codes of which two are rare, free texts."""
    draw = random.Random(f"complaints {seed} {month}")
    first = BEGIN + timedelta(days=30 * month)
    base = 10_000 + 320 * month
    rows = []
    for at in range(draw.randint(240, 320)):
        kind = draw.choice(RARE) if draw.random() < 0.01 else draw.choice(KINDS)
        if draw.random() < 0.0002:
            kind = "sinkhole"
        said = None if draw.random() < 0.2 else " ".join(draw.sample(SAYING, draw.randint(1, 2)))
        street = f"{draw.choice(STREETS)} Road {draw.randint(1, 240)}"
        day = first + timedelta(days=draw.randint(0, 29))
        closed = None if draw.random() < 0.1 else day + timedelta(days=draw.randint(0, 40))
        rows.append((f"H-{base + at}", day, draw.choice(DISTRICTS), street, kind, said, closed))
    names = ["number", "day", "district", "address", "kind", "message", "closed"]
    return pl.DataFrame(rows, names, orient="row")


def meters(month: int, seed: int) -> pl.DataFrame:
    """Return a month of 80 meters: winter three times the summer, corrections, gaps."""
    draw = random.Random(f"meters {seed} {month}")
    winter = [3.0, 2.8, 2.1, 1.5, 1.1, 1, 1, 1, 1.2, 1.6, 2.2, 2.8][month % 12]
    rows = []
    for meter in range(80):
        used = (20 + meter) * winter * draw.uniform(0.7, 1.3)
        if draw.random() < 0.01:
            used = -used / 10
        code = f"M{1000 + meter}"
        shown = None if draw.random() < 0.03 else round(used, 2)
        rows.append((code, "AB"[meter % 2], shown, draw.randint(0, 3)))
    return pl.DataFrame(rows, ["meter", "tariff", "kilowatt_hours", "outages"], orient="row")


def ferries(week: int, seed: int) -> pl.DataFrame:
    """Return the last fourteen days of eight lines: few rows, counts that seldom come twice."""
    rows = []
    for back in range(14):
        at = BEGIN + timedelta(days=7 * week - back)
        for line in ("Z1", "Z2", "Z3", "S1", "S2", "N1", "N2", "W1"):
            draw = random.Random(f"ferries {seed} {at} {line}")
            sailings = draw.randint(18, 44)
            passengers = sailings * draw.randint(40, 160) + draw.randint(-20, 20)
            rows.append((at, line, sailings, passengers, draw.randint(0, 90) / 10))
    names = ["day", "line", "sailings", "passengers", "delay"]
    return pl.DataFrame(rows, names, orient="row")


KINDS_OF_TABLES = {
    "boardings": boardings,
    "complaints": complaints,
    "meters": meters,
    "ferries": ferries,
}
HISTORY = 3
"""So many tables were examined before the feed goes on by itself."""


def stored(table: pl.DataFrame) -> BytesIO:
    file = BytesIO()
    table.write_parquet(file)
    file.seek(0)
    return file


def seen(table: pl.DataFrame) -> dict[str, Any]:
    return examined(stored(table), salt="one dataset")


def form_of(make: Callable[[int, int], pl.DataFrame], seed: int) -> dict[str, Any]:
    form: dict[str, Any] = {}
    for month in range(HISTORY):
        form = joined(seen(make(month, seed)), form)
    return form


def faults_of(form: dict[str, Any], table: pl.DataFrame, *, month: int = HISTORY) -> list[Why]:
    today = BEGIN + timedelta(days=30 * (month + 1))
    found = differing(form, seen(table), rows_before=form["rows"][1], today=today)
    return [one.why for one in found]


def test_of_twelve_honest_years_few_arrivals_are_held() -> None:
    """Season, growth, corrections, closures and rare codes; what is approved joins the form."""
    held, came = 0, 0
    for seed in range(12):
        make = list(KINDS_OF_TABLES.values())[seed % 4]
        form = form_of(make, seed)
        for month in range(HISTORY, HISTORY + 12):
            table = make(month, seed)
            came += 1
            if faults_of(form, table, month=month):
                held += 1
                form = joined(seen(table), form)
    assert came == 144
    # The code that nobody had seen is held, and little else.
    assert 1 <= held * 50 <= came, f"{held} of {came} were held"


def attacks(name: str, honest: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield arrivals that are not the data that was approved, with a word for each."""
    number = next(iter(honest.select(pl.selectors.numeric()).columns), None)
    for text in honest.select(pl.col(pl.String)).columns:
        here = pl.int_range(pl.len()) == 5
        other = pl.when(here).then(pl.lit("请联系我们")).otherwise(text)
        yield f"another language in {text}", honest.with_columns(other.alias(text))
        # What people write freely may say anything of its length: the reviewer is told so.
        if text != "message":
            offer = pl.when(here).then(pl.lit("contact us off-market")).otherwise(text)
            yield f"an offer in {text}", honest.with_columns(offer.alias(text))
    for code in ("kind", "district", "tariff", "line"):
        if honest.schema.get(code) == pl.String:
            first = pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("secret"))
            yield f"one code of {code}", honest.with_columns(first.otherwise(code).alias(code))
            other = pl.lit("Secret ") + pl.col(code)
            yield f"other codes of {code}", honest.with_columns(other.alias(code))
    if number is not None:
        yield "negative", honest.with_columns(-pl.col(number).abs() - 1)
        yield "a thousand times", honest.with_columns(pl.col(number) * 1000)
        if honest[number].n_unique() < len(honest):
            phone = pl.lit(13_812_345_678)
            yield "a telephone in numbers", honest.with_columns(phone.alias(number))
    yield "ten times the rows", pl.concat([honest] * 10)
    yield "each row twice", pl.concat([honest, honest])
    yield "empty", honest.clear()
    yield (
        "empty cells",
        honest.with_columns(pl.lit(None, honest.dtypes[-1]).alias(honest.columns[-1])),
    )
    kinds: dict[Any, list[str]] = {}
    for column, kind in honest.schema.items():
        kinds.setdefault(kind, []).append(column)
    pair = next((names[:2] for names in kinds.values() if len(names) > 1), None)
    if pair is not None:
        swapped = honest.rename({pair[0]: pair[1], pair[1]: pair[0]}).select(honest.columns)
        yield "shuffled columns", swapped
    if "day" in honest.columns:
        years = pl.col("day").dt.offset_by("40y")
        yield "another time", honest.with_columns(years)
    counted = {"boardings": "boardings", "ferries": "passengers"}.get(name)
    if counted is not None:
        again = honest.filter(pl.col("day") == honest["day"][0])
        again = again.with_columns(pl.col(counted) + 1)
        yield "a day twice with other figures", pl.concat([honest, again])


@pytest.mark.parametrize("name", KINDS_OF_TABLES)
def test_what_differs_from_the_form_is_held(name: str) -> None:
    make = KINDS_OF_TABLES[name]
    let_out = []
    for seed in range(4):
        form, honest = form_of(make, seed), make(HISTORY, seed)
        for what, table in attacks(name, honest):
            if not faults_of(form, table):
                let_out.append(what)
    assert let_out == []


def test_texts_of_codes_that_are_many_are_codes() -> None:
    """Five hundred stations are codes: no other text goes out among them."""
    stations = [f"Station {'abcdefghij'[at % 10] * (1 + at // 50)}" for at in range(500)]
    table = pl.DataFrame({"station": stations * 3, "passengers": list(range(1500))})
    form = seen(table)
    more = table.with_columns(
        pl.when(pl.int_range(pl.len()) == 7).then(pl.lit("Station of ours")).otherwise("station")
    )
    assert faults_of(form, table) == []
    changed = more.drop("station").rename({"literal": "station"}).select(table.columns)
    assert faults_of(form, changed) == [Why.CODES]


def test_no_value_stands_in_a_form() -> None:
    """It is kept with the approval for good, and the table may be deleted."""
    table = complaints(0, 1)
    said = str(seen(table))
    for column in ("number", "district", "address", "kind", "message"):
        assert not any(value in said for value in table[column].drop_nulls().to_list())


def test_each_reason_has_a_sentence_and_words() -> None:
    assert SENTENCES.keys() == WORDS.keys() == set(Why)


@pytest.mark.parametrize("name", KINDS_OF_TABLES)
def test_what_differs_is_told_beside_what_was_approved(name: str) -> None:
    """Of each attack, in words for both, and in no value of a text."""
    make = KINDS_OF_TABLES[name]
    form, honest = form_of(make, 0), make(HISTORY, 0)
    for what, table in attacks(name, honest):
        today = BEGIN + timedelta(days=400)
        kept = as_kept(differing(form, seen(table), rows_before=0, today=today))
        lines = differing_lines(json.loads(json.dumps(kept)))
        assert len(lines) == kept["beyond_count"] > 0, what
        for line in lines:
            assert line.approved != line.came, (what, line)
            assert line.approved
            assert line.came
        assert not any(value in str(lines) for value in ("off-market", "secret", "请联系我们")), (
            what
        )
        assert "13,812,345,678" not in str(lines), what


def test_what_differs_is_told_in_figures() -> None:
    """Rows, ranges, shares, keys and forms, each as it was approved and as it came."""
    days = [BEGIN + timedelta(days=at) for at in range(40)]
    base = pl.DataFrame({"day": days, "count": list(range(40)), "at": ["Road 7", "Lane 12"] * 20})
    again = pl.concat([base.head(39), base.head(1)])
    other = base.with_columns(
        pl.when(pl.col("count") < 30).then("count").alias("count"), at=pl.lit("Road 7 (a)")
    )
    form = seen(base)
    form["columns"]["at"]["is_code"] = False

    def shown_of(table: pl.DataFrame) -> dict[Why, tuple[str, str]]:
        kept = as_kept(differing(form, seen(table), rows_before=0, today=BEGIN))
        return {one.why: (one.approved, one.came) for one in differing_lines(kept)}

    assert shown_of(base) == {}
    assert shown_of(pl.concat([base] * 4))[Why.ROWS] == ("40", "160")
    assert shown_of(again)[Why.KEY][1] == "1 row stands again"
    assert shown_of(other) == {
        Why.EMPTY: ("0 % of the cells are empty", "25 % of the cells are empty"),
        Why.FORMS: ("“a 9”", "new: “a 9 (a)”"),
    }
    far = shown_of(base.with_columns(pl.col("count") * 1000))
    assert far[Why.RANGE] == ("0 to 39", "0 to 39,000")


def test_the_ends_of_a_range_are_shown_to_nobody() -> None:
    """The highest of many numbers may be one person's: approved or not, it is rounded."""
    paid = pl.DataFrame({"paid": [2_013 + 317 * at for at in range(40)]})
    form, far = seen(paid), seen(paid * 1_000)
    kept = as_kept(differing(form, far, rows_before=0, today=BEGIN))
    (shown,) = differing_lines(kept)
    assert (shown.approved, shown.came) == ("2,010 to 14,400", "2,010,000 to 14,400,000")
    assert "14376" not in str(kept)
    lines = form_lines(Dataset(form={"data": form, "every": "day"}))
    assert dict(lines)["paid"].startswith("2,010 to 14,400,")


def test_a_table_is_examined_before_anything_is_locked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large one takes a minute, for which nobody else may wait."""
    depths: list[int] = []

    def examined_and_noted(*table: Any, **how: Any) -> dict[str, Any]:
        depths.append(len(connection.savepoint_ids))
        return examined(*table, **how)

    dataset = approved_dataset(world)
    arrivals.fed(world, dataset)
    monkeypatch.setattr(forms, "examined", examined_and_noted)
    receive_upload(dataset.pk, upload=upload(NEXT_MONTH), by=world.actor("officer"))
    assert depths == [len(connection.savepoint_ids)], "in no transaction of the act"
