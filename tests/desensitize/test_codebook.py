"""Programs find numbers in a release, and in its own bytes what they mean."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from desensitize.cli import main
from desensitize.crypto import KeyRing
from desensitize.engines import run_policy
from desensitize.engines.codebook import Annotation, Explained, read_codebook
from desensitize.errors import DesensitizeError
from desensitize.masks import make_mask
from desensitize.masks.generalize import Generalize
from desensitize.policy import ColumnRule, Policy, dump_policy
from desensitize.tables.parquet_file import check_parquet

KEYS = KeyRing(bytes(range(32)), release="1")
LEVELS = [["Fuzhou", "Fujian", "*"], ["Xiamen", "Fujian", "*"], ["Wenzhou", "Zhejiang", "*"]]
RULES = (
    ColumnRule("price", "sensitive", "keep"),
    ColumnRule("pay", "sensitive", "add_noise", {"scale": 5}),
    ColumnRule("gain", "sensitive", "top_bottom_code", {"top": 60}),
    ColumnRule("hours", "sensitive", "keep"),
    ColumnRule("city", "quasi", "generalize", {"hierarchy": LEVELS}),
    ColumnRule("street", "quasi", "redact"),
    ColumnRule("day", "other", "keep"),
)
NUMBERS = ("price", "pay", "gain", "hours")
EXPLAINED = Explained(
    {"hours": Annotation("Hours", "hours a week", "Usual time", {"99": "not stated"}, ("99",))}
)


def table(rows: int) -> pl.DataFrame:
    cities = [row[0] for row in LEVELS]
    return pl.DataFrame(
        {
            "price": [Decimal(row) / 10 for row in range(rows)],
            "pay": [Decimal(row) / 4 for row in range(rows)],
            "gain": [Decimal(row) / 2 for row in range(rows)],
            "hours": [row % 60 for row in range(rows)],
            "city": [cities[min(row, 2) if row < 3 else row % 2] for row in range(rows)],
            "street": [f"street {row}" for row in range(rows)],
            "day": [pl.Series([row]).cast(pl.Date).item() for row in range(rows)],
        },
        schema_overrides={"price": pl.Decimal(38, 1), "pay": pl.Decimal(38, 2)},
    )


def released(folder: Path, rows: int = 200) -> Path:
    source, target = folder / f"source-{rows}.parquet", folder / f"out-{rows}.parquet"
    table(rows).write_parquet(source)
    run_policy(source, target, Policy(RULES, 2), keys=KEYS, work=folder, explained=EXPLAINED)
    return target


def test_programs_describe_numbers(tmp_path: Path) -> None:
    """Each by its own reader, and each finds the same mean."""
    target = released(tmp_path)
    summary = duckdb.execute(f"SELECT column_name, avg FROM (SUMMARIZE FROM '{target}')")
    means = {name: mean for name, mean in summary.fetchall() if name in NUMBERS}
    polars = pl.read_parquet(target).describe().filter(pl.col("statistic") == "mean")
    arrow = pq.read_table(target)
    for name in NUMBERS:
        # What pandas takes for numbers: neither decimals nor texts.
        assert pa.types.is_floating(arrow[name].type) or pa.types.is_integer(arrow[name].type)
        assert float(means[name]) == pytest.approx(pc.mean(arrow[name]).as_py())
        assert float(polars[name].item()) == pytest.approx(float(means[name]))
    assert pa.types.is_date(arrow["day"].type)
    # Older readers know no views, and this library is one of them.
    assert pa.types.is_large_string(arrow["street"].type)
    check_parquet(target)
    # Kept and capped numbers are the source's own.
    rows = duckdb.execute(f"SELECT sum(price), max(gain) FROM '{target}'").fetchone()
    assert rows == (pytest.approx(float(table(200)["price"].sum()), abs=20), 60.0)


def test_types_do_not_follow_the_rows_of_one_cut(tmp_path: Path) -> None:
    """A cut from which the search suppresses values, and one from which it need not."""
    small, large = (pq.read_schema(released(tmp_path, rows)) for rows in (13, 200))
    assert small.equals(large, check_metadata=True)


def test_fields_say_what_columns_mean(tmp_path: Path) -> None:
    schema = pq.read_schema(released(tmp_path))
    hours = schema.field("hours").metadata
    assert hours[b"label"] == b"Hours"
    assert hours[b"unit"] == b"hours a week"
    assert json.loads(hours[b"codes"]) == {"99": "not stated"}
    assert json.loads(hours[b"missing_codes"]) == ["99"]
    city = json.loads(schema.field("city").metadata[b"levels"])
    assert [level["level"] for level in city] == [0, 1, 2]
    assert city[1]["labels"] == {"Fujian": ["Fuzhou", "Xiamen"], "Zhejiang": ["Wenzhou"]}
    assert json.loads(schema.field("city").metadata[b"missing_codes"]) == ["*"]
    assert json.loads(schema.field("street").metadata[b"missing_codes"]) == ["***"]
    assert json.loads(schema.field("gain").metadata[b"treatment_options"]) == {"top": 60}


def test_a_hierarchy_made_from_the_data_is_not_told(tmp_path: Path) -> None:
    """It would tell the values that were generalized away."""
    source, target = tmp_path / "source.parquet", tmp_path / "out.parquet"
    values = ["unheard-of", *["common"] * 20]
    pl.DataFrame({"job": values}).write_parquet(source)
    policy = Policy((ColumnRule("job", "quasi", "generalize"),))
    made = run_policy(source, target, policy, keys=None, work=tmp_path)
    assert "unheard" not in json.dumps(made.codebook)
    assert b"unheard" not in target.read_bytes()


def test_the_command_writes_the_codebook_that_the_bytes_carry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target, book = (tmp_path / name for name in ("s.parquet", "o.parquet", "book.json"))
    policy, key = tmp_path / "policy.toml", tmp_path / "key"
    table(60).write_parquet(source)
    policy.write_text(dump_policy(Policy(RULES, 2)), encoding="utf-8")
    key.write_bytes(bytes(32))
    asked = ["--policy", str(policy), "--key-file", str(key), "--codebook", str(book)]
    assert main(["mask", str(source), str(target), *asked]) == 0
    written = json.loads(book.read_text(encoding="utf-8"))
    assert written == read_codebook(pq.read_schema(target))
    assert [column["name"] for column in written["columns"]] == [rule.name for rule in RULES]
    capsys.readouterr()


BANDS = [[str(age), "24" if age < 30 else "44", "*"] for age in range(17, 60)]
BIRTHS = [
    [f"1990-{month:02}-01", f"1990-{1 if month < 7 else 7:02}-01", "*"] for month in range(1, 13)
]
HEIGHTS = [[f"1.{step}", "1.25" if step < 5 else "1.75", "*"] for step in range(10)]


def test_one_level_of_numbers_is_a_column_of_numbers(tmp_path: Path) -> None:
    """What is hidden is empty, nothing finer than the level is shown, the codebook says what."""
    rules = (
        ColumnRule("age", "quasi", "generalize", {"hierarchy": BANDS, "finest": 1}),
        ColumnRule("height", "quasi", "generalize", {"hierarchy": HEIGHTS, "finest": 1}),
        ColumnRule("city", "quasi", "generalize", {"hierarchy": LEVELS, "finest": 1}),
        ColumnRule("born", "quasi", "generalize", {"hierarchy": BIRTHS, "finest": 1}),
        ColumnRule("died", "other", "hierarchy", {"hierarchy": BIRTHS, "level": 1}),
        ColumnRule("floor", "other", "hierarchy", {"hierarchy": BANDS, "level": 1}),
        ColumnRule("town", "other", "hierarchy", {"hierarchy": LEVELS, "level": 1}),
    )
    source, target = tmp_path / "source.parquet", tmp_path / "out.parquet"
    rows = [(20 + row % 5, 1.1, "Fuzhou", 1) for row in range(40)]
    # Too few of either, but for what both have in common.
    rows += [(50, 1.9, "Wenzhou", 9)] * 3 + [(50, 1.1, "Xiamen", 1)] * 3
    people = pl.DataFrame(rows, schema=["age", "height", "city", "born"], orient="row")
    people.with_columns(born=pl.date(1990, "born", 1)).with_columns(
        died=pl.col("born"), floor=pl.col("age"), town=pl.lit("Xiamen")
    ).write_parquet(source)
    run = run_policy(source, target, Policy(rules, 5, 0), keys=KEYS, work=tmp_path)
    assert run.levels["age"] == {1: 46, 2: 0}
    assert {name: run.levels[name] for name in ("height", "city", "born")} == {
        name: {1: 40, 2: 6} for name in ("height", "city", "born")
    }
    table = pq.read_table(target)
    assert (table["age"].type, table["height"].type) == (pa.int64(), pa.float64())
    cells = {name: Counter(table[name].to_pylist()) for name in table.column_names}
    spring, autumn = date(1990, 1, 1), date(1990, 7, 1)
    assert cells == {
        "age": {24: 40, 44: 6},
        "height": {1.25: 40, None: 6},
        "city": {"Fujian": 40, "*": 6},
        "born": {spring: 40, None: 6},
        "died": {spring: 43, autumn: 3},
        "floor": {24: 40, 44: 6},
        "town": {"Fujian": 46},
    }
    book = {entry["name"]: entry for entry in run.codebook["columns"]}
    assert [level["level"] for level in book["age"]["levels"]] == [1, 2]
    assert book["age"]["levels"][0]["labels"]["24"] == [str(age) for age in range(17, 30)]
    coded = [name for name, entry in book.items() if entry["missing_codes"]]
    assert (coded, book["city"]["missing_codes"]) == (["city"], ["*"])


@pytest.mark.parametrize(("labels", "kind"), [(["7", "8.5"], pl.String), (["007", "8"], pl.String)])
def test_what_would_not_be_found_in_the_codebook_stays_text(
    labels: list[str], kind: type[pl.DataType]
) -> None:
    """A number that would be written otherwise than its label could not be looked up."""
    mask = make_mask("generalize", {"hierarchy": [["1", labels[0]], ["2", labels[1]]], "finest": 1})
    assert isinstance(mask, Generalize)
    assert mask.published_type(pl.Int64()) == kind


@pytest.mark.parametrize("finest", [2, 9])
def test_there_is_no_level_beyond_the_last(finest: int) -> None:
    """The levels are 0, 1 with a hierarchy of two that ends in “*”."""
    with pytest.raises(DesensitizeError, match="below 2"):
        make_mask("generalize", {"hierarchy": [["a", "*"], ["b", "*"]], "finest": finest})
