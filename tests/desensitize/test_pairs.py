"""A recoded number or date comes as two columns, where its interval begins and where it ends."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

from desensitize.cli import main
from desensitize.crypto import KeyRing
from desensitize.engines import column_losses, run_policy
from desensitize.engines.codebook import Annotation, Explained, read_codebook
from desensitize.errors import DesensitizeError
from desensitize.masks.ends import read_ends
from desensitize.policy import ColumnRule, Policy, dump_policy, load_policy
from desensitize.privacy.pairs import label_of
from desensitize.risk import compare_tables

KEYS = KeyRing(bytes(range(32)), release="1")
WHOLE, FINE, DAYS = pl.Int64(), pl.Float64(), pl.Date()
BANDS = [
    [str(age), f"{age // 20 * 20}-{age // 20 * 20 + 19}", "≥ 40" if age >= 40 else "< 40"]
    for age in range(20, 60)
]


@pytest.mark.parametrize(
    ("label", "kind", "ends"),
    [
        ("20-39", WHOLE, (20, 39)),
        ("[20, 40)", WHOLE, (20, 39)),
        ("(20, 40]", WHOLE, (21, 40)),
        ("[17.5, 25)", WHOLE, (18, 24)),
        ("[-20, 0)", WHOLE, (-20, -1)),
        ("-5--1", WHOLE, (-5, -1)),
        ("≥ 90", WHOLE, (90, None)),
        ("90+", WHOLE, (90, None)),
        ("> 90", WHOLE, (91, None)),
        ("< 18", WHOLE, (None, 17)),
        ("18岁以下", WHOLE, None),
        ("18及以下", WHOLE, (None, 18)),
        ("37", WHOLE, (37, 37)),
        ("3500**", WHOLE, (350000, 350099)),
        ("*", WHOLE, (None, None)),
        ("young", WHOLE, None),
        ("40-20", WHOLE, None),
        ("(, )", WHOLE, None),
        ("37.5", WHOLE, None),
        ("9" * 30, WHOLE, None),
        ("[20, 40)", FINE, (20.0, 40.0)),
        ("20-39", FINE, (20.0, 40.0)),
        ("2.5-2.9", FINE, (2.5, 3.0)),
        ("37.25", FINE, (37.25, 37.25)),
        ("[20, 40]", FINE, None),
        ("(20, 40)", FINE, None),
        ("≤ 18", FINE, None),
        ("< 18", FINE, (None, 18.0)),
        ("1e400", FINE, None),
        ("1990-05-17", DAYS, (date(1990, 5, 17), date(1990, 5, 17))),
        ("1990-02", DAYS, (date(1990, 2, 1), date(1990, 2, 28))),
        ("1990", DAYS, (date(1990, 1, 1), date(1990, 12, 31))),
        ("1990s", DAYS, (date(1990, 1, 1), date(1999, 12, 31))),
        ("1990-Q2", DAYS, (date(1990, 4, 1), date(1990, 6, 30))),
        ("1990-1994", DAYS, (date(1990, 1, 1), date(1994, 12, 31))),
        ("[1990-01-01, 1990-07-01)", DAYS, (date(1990, 1, 1), date(1990, 6, 30))),
        ("1990-13", DAYS, None),
        ("spring", DAYS, None),
    ],
)
def test_a_label_says_where_its_interval_begins_and_ends(
    label: str, kind: pl.DataType, ends: object
) -> None:
    assert read_ends(label, kind) == ends


def people(rows: int) -> pl.DataFrame:
    ages = [20 + number * 7 % 40 for number in range(rows)]
    return pl.DataFrame(
        {
            "age": ages,
            "weight": [Decimal(500 + number * 13 % 400) / 10 for number in range(rows)],
            "born": [date(1950 + number * 11 % 50, 1 + number % 12, 3) for number in range(rows)],
            "pay": [None if number % 50 == 0 else 1000 + number for number in range(rows)],
            "town": [f"town {number % 3}" for number in range(rows)],
        },
        schema_overrides={"weight": pl.Decimal(10, 1)},
    )


RULES = (
    ColumnRule("age", "quasi", "generalize", {"hierarchy": BANDS, "finest": 1}, from_to=True),
    ColumnRule("weight", "quasi", "generalize", from_to=True),
    ColumnRule("born", "quasi", "generalize", from_to=True),
    ColumnRule("pay", "sensitive", "generalize_bins", {"width": 100}, from_to=True),
    ColumnRule("town", "other", "keep"),
)
NAMES = [*(f"{one.name}_{end}" for one in RULES[:-1] for end in ("from", "to")), "town"]


def as_labels(rules: tuple[ColumnRule, ...]) -> tuple[ColumnRule, ...]:
    return tuple(ColumnRule(one.name, one.role, one.mask, one.options) for one in rules)


@pytest.mark.parametrize("order", ["source", "shuffled"])
def test_both_columns_say_what_the_label_says(tmp_path: Path, order: str) -> None:
    """In the order of the source, and through the runs of a shuffle."""
    source = tmp_path / "source.parquet"
    people(600).write_parquet(source)
    made = {}
    for name, rules in (("pair", RULES), ("label", as_labels(RULES))):
        policy = Policy(rules, 10, order=order)
        target = tmp_path / f"{name}.parquet"
        result = run_policy(source, target, policy, keys=KEYS, work=tmp_path)
        made[name] = pl.read_parquet(target), result, column_losses(source, target, policy)
    (pair, result, losses), (label, other, expected) = made["pair"], made["label"]
    assert pair.columns == list(result.columns) == NAMES
    assert pair.height == label.height
    kinds = {"age": WHOLE, "weight": FINE, "born": DAYS, "pay": WHOLE}
    for name, kind in kinds.items():
        ends = [read_ends(one, kind) if one is not None else (None, None) for one in label[name]]
        assert list(zip(pair[f"{name}_from"], pair[f"{name}_to"], strict=True)) == ends
        assert pair[f"{name}_from"].dtype == kind
    # What a mask could not handle is counted once, by the column of the source.
    assert result.suppressed_cells == other.suppressed_cells
    assert losses == expected
    assert max(losses.values()) > 0
    assert made["pair"][1].loss == other.loss


def test_programs_describe_both_as_numbers(tmp_path: Path) -> None:
    source, target = tmp_path / "source.parquet", tmp_path / "out.parquet"
    people(600).write_parquet(source)
    run_policy(source, target, Policy(RULES, 10), keys=KEYS, work=tmp_path)
    summary = duckdb.execute(f"SELECT column_name, avg FROM (SUMMARIZE FROM '{target}')")
    means = dict(summary.fetchall())
    described = pl.read_parquet(target).describe().filter(pl.col("statistic") == "mean")
    for name in ("age_from", "age_to", "weight_from", "weight_to", "pay_from", "pay_to"):
        assert float(means[name]) == pytest.approx(float(described[name].item()))
    assert pq.read_schema(target).field("born_to").type == "date32"


def test_fields_say_of_what_they_are_the_ends(tmp_path: Path) -> None:
    source, target = tmp_path / "source.parquet", tmp_path / "out.parquet"
    people(600).write_parquet(source)
    told = Explained({"age": Annotation("Age", "years", "Age", {"99": "not stated"}, ("99",))})
    run_policy(source, target, Policy(RULES, 10), keys=KEYS, work=tmp_path, explained=told)
    book = {one["name"]: one for one in read_codebook(pq.read_schema(target))["columns"]}
    assert list(book) == NAMES
    age, weight = book["age_to"], book["weight_to"]
    assert (age["bound_of"], age["bound"], age["bound_edge"]) == ("age", "to", "included")
    assert (weight["bound_of"], weight["bound_edge"]) == ("weight", "excluded")
    assert book["weight_from"]["bound_edge"] == "included"
    assert (age["label"], age["unit"]) == ("Age, to", "years")
    # A copy keeps what is said of its own columns.
    told = Explained({"age_to": Annotation("Oldest")}, Policy(RULES, 10))
    [copied] = told(Policy(()), {"age_to": WHOLE})["columns"]
    assert copied["label"] == "Oldest"
    # A code of single values says nothing of the end of an interval, where it is a number as any.
    assert age["missing_codes"] == []
    assert "codes" not in age
    assert "empty where nothing is told" in age["bound_meaning"]
    assert age["levels"][0]["bounds"] == {"20-39": [20, 39], "40-59": [40, 59]}
    assert age["levels"][1]["bounds"] == {"< 40": [None, 39], "≥ 40": [40, None]}
    assert age["levels"][0]["labels"]["20-39"] == [str(one) for one in range(20, 40)]
    # A hierarchy made from the data would tell its values.
    assert "levels" not in weight
    assert "bound_of" not in book["town"]


@pytest.mark.parametrize(
    ("label", "released", "expected"),
    [
        ("Age", "age_from", "Age, from"),
        ("Age", "age_to", "Age, to"),
        ("年龄", "age_from", "年龄（起）"),
        ("Age 年龄", "age_to", "Age 年龄（止）"),
        ("", "age_to", ""),
        ("Age", "age", "Age"),
        ("Age", "age_low", "Age"),
    ],
)
def test_labels_tell_both_ends_apart(label: str, released: str, expected: str) -> None:
    assert label_of("age", label, released) == expected


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("from-to-mask", {"mask": "keep"}),
        ("from-to-mask", {"mask": "top_bottom_code", "options": {"top": 50}}),
        ("from-to-name", {"mask": "generalize_bins", "options": {"width": 5}, "beside": "n_to"}),
        ("from-to-name", {"mask": "generalize_bins", "options": {"width": 5}, "beside": "N_From"}),
        ("from-to-long", {"name": "n" * 196}),
        ("from-to-label", {"options": {"hierarchy": [["1", "few"], ["2", "few"]]}}),
        ("from-to-label", {"options": {"hierarchy": [["1", "0-5"], ["7", "0-5"]]}}),
        ("from-to-label", {"options": {"hierarchy": [["1", "4"], ["7", "4"]]}}),
        ("from-to-type", {"values": ["a", "b"]}),
        ("bad-policy", {"from_to": "yes"}),
    ],
)
def test_what_cannot_come_as_two_is_refused(
    tmp_path: Path, code: str, rule: dict[str, Any]
) -> None:
    source = tmp_path / "source.parquet"
    name, beside = rule.get("name", "n"), rule.get("beside", "other")
    pl.DataFrame({name: rule.get("values", [1, 7]), beside: [1, 2]}).write_parquet(source)

    def run() -> None:
        asked: dict[str, Any] = {"mask": "generalize", "from_to": True, **rule}
        chosen = {key: one for key, one in asked.items() if key not in ("name", "beside", "values")}
        rules = (ColumnRule(name, "quasi", **chosen), ColumnRule(beside, "other", "keep"))
        run_policy(source, tmp_path / "out.parquet", Policy(rules, 1), keys=KEYS, work=tmp_path)

    with pytest.raises(DesensitizeError) as refused:
        run()
    assert refused.value.code == code
    assert not (tmp_path / "out.parquet").exists()


def test_the_policy_says_so_in_toml(tmp_path: Path) -> None:
    policy, path = Policy(RULES, 10), tmp_path / "policy.toml"
    path.write_text(dump_policy(policy), encoding="utf-8")
    assert load_policy(path) == policy
    assert "from_to = true" in path.read_text(encoding="utf-8")
    # Older policies read, and digest, as before.
    assert "from_to" not in dump_policy(Policy(as_labels(RULES), 10))
    assert policy.released_quasi_identifiers == tuple(NAMES[:6])
    assert policy.released_sensitive == ("pay_from", "pay_to")
    assert policy.released_rule("pay_to") == policy.released_rule("pay") == RULES[3]


def test_commands_write_both_and_measure_by_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "source.csv", tmp_path / "out.csv"
    people(600).select("age", "town").write_csv(source)
    asked = ["--qi", "age,town", "--k", "10", "--from-to", "age", "--json"]
    assert main(["anonymize", str(source), str(target), *asked]) == 0
    told = json.loads(capsys.readouterr().out)
    table = pl.read_csv(target)
    assert table.columns == ["age_from", "age_to", "town"]
    assert table["age_to"].dtype == pl.Int64
    sizes = table.group_by(table.columns).len()["len"]
    assert told["smallest_class"] == min(sizes.to_list()) >= 10
    assert told["classes"] == len(sizes)
    assert main(["anonymize", str(source), str(target), *asked[:-2], "town"]) == 1
    assert "from and to" in capsys.readouterr().err


def test_a_comparison_takes_both_for_the_column_that_they_are(tmp_path: Path) -> None:
    source = tmp_path / "source.parquet"
    people(600).write_parquet(source)
    compared = []
    for name, rules in (("pair", RULES), ("label", as_labels(RULES))):
        target = tmp_path / f"{name}.parquet"
        run_policy(source, target, Policy(rules, 10), keys=KEYS, work=tmp_path)
        found = compare_tables(source, target, quasi_identifiers=["age", "weight", "born"])
        compared.append({one.name: (one.change, one.loss) for one in found.columns})
    assert compared[0] == compared[1]
    assert compared[0]["weight"][0] == "kept"
    assert (compared[0]["weight"][1] or 0) > 0
