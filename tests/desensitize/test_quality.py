"""Rules of quality: what each kind fails, counted as a database counts it."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desensitize.errors import DesensitizeError, TableError
from desensitize.quality import (
    Circumstances,
    Described,
    Finding,
    Measured,
    Outcome,
    Reason,
    Rule,
    Tolerance,
    digest_of,
    measure,
    reference_keys,
    rules_from,
)
from desensitize.quality import measuring as measuring_module

ARRIVED = date(2026, 3, 31)
GOOD: dict[str, list[Any]] = {
    "id": ["a1", "a2", "a3", "a4"],
    "day": [date(2026, 3, 29), date(2026, 3, 30), date(2026, 3, 31), date(2026, 3, 31)],
    "city": ["1", "2", "1", "2"],
    "price": ["2.5", "3", "10", "0.5"],
    "count": [1, 2, 3, 4],
    "start": [date(2026, 1, 1)] * 4,
    "end": [date(2026, 1, 2)] * 4,
    "a": [Decimal("0.1"), Decimal("0.2"), Decimal("1.0"), Decimal("2.0")],
    "b": [Decimal("0.2"), Decimal("0.2"), Decimal("1.5"), Decimal("2.0")],
    "both": [0.1 + 0.2, 0.4, 2.5, 4.0],
}


def rule(kind: str, *columns: str, tolerance: Any = None, **parameters: Any) -> Rule:
    """Return a rule that blocks."""
    said = {"kind": kind, "columns": list(columns), "parameters": parameters}
    return Rule.from_dict(said | ({"tolerance": tolerance} if tolerance else {}))


RULES = {
    "present": rule("present", "city"),
    "unique": rule("unique", "id"),
    "type": rule("type", "price", type="number"),
    "range": rule("range", "count", at_least="0", at_most="100"),
    "pattern": rule("pattern", "id", pattern="[a-z][0-9]+"),
    "codes": rule("codes", "city", codes=["1", "2"]),
    "compare": rule("compare", left=["start"], operator="<=", right=["end"]),
    "sums": rule("compare", left=["a", "b"], operator="=", right=["both"]),
    "exists": rule("exists", "id", dataset="others", column="key"),
    "fresh": rule("fresh", "day", days=2),
    "volume": rule("volume", tolerance={"share": "0.25"}),
}
MUTATED: dict[str, dict[str, Any]] = {
    "present": {"city": "?"},
    "unique": {"id": "a1"},
    "type": {"price": "3,5"},
    "range": {"count": 101},
    "pattern": {"id": "4a"},
    "codes": {"city": "3"},
    "compare": {"end": date(2025, 12, 31)},
    "sums": {"both": 4.01},
    "exists": {"id": "zz"},
}


def stored(folder: Path, columns: dict[str, list[Any]], name: str = "t") -> Path:
    path = folder / f"{name}.parquet"
    pl.DataFrame(columns).write_parquet(path, row_group_size=3)
    return path


def asked(path: Path, *rules: Rule, **given: Any) -> Measured:
    return measure(path, rules, Circumstances(**{"arrived": ARRIVED, **given}))


def looking_up(folder: Path, values: list[Any]) -> dict[str, Any]:
    keys = reference_keys(stored(folder, {"key": values}, "others"), "key", Described())
    return {"reference": lambda dataset, column: keys if dataset == "others" else None}


def one(path: Path, asked_rule: Rule, **given: Any) -> Finding:
    [finding] = asked(path, asked_rule, **given).findings
    return finding


def test_a_good_table_keeps_every_rule(tmp_path: Path) -> None:
    given = looking_up(tmp_path, [*GOOD["id"], "a5"])
    found = asked(stored(tmp_path, GOOD), *RULES.values(), past=(4, 5, 4), **given)
    assert [finding.outcome for finding in found.findings] == [Outcome.PASSED] * len(RULES)
    assert (found.rows, found.cells, found.filled) == (4, 40, 40)
    assert not found.holds


@pytest.mark.parametrize("kind", sorted(MUTATED))
def test_a_mutated_row_fails_its_rule(tmp_path: Path, kind: str) -> None:
    """One row is changed, and the rule names it; every other rule asks of what it asks."""
    columns = {name: [*cells] for name, cells in GOOD.items()}
    for name, cell in MUTATED[kind].items():
        columns[name][3] = cell
    finding = one(stored(tmp_path, columns), RULES[kind], **looking_up(tmp_path, GOOD["id"]))
    assert (finding.outcome, finding.failing) == (Outcome.FAILED, 1)
    assert finding.examples == (4,)
    assert finding.checked == 4
    assert finding.holds


def test_old_data_is_not_fresh(tmp_path: Path) -> None:
    """By the newest day on arrival; a day still to come makes nothing fresh."""
    old = {"day": [date(2026, 3, 28), date(2099, 1, 1), None]}
    assert one(stored(tmp_path, old), RULES["fresh"]).outcome == Outcome.FAILED
    assert one(stored(tmp_path, old), RULES["fresh"], arrived=date(2026, 3, 30)).outcome == "passed"
    nothing = {"day": pl.Series([None, None], dtype=pl.Date).to_list()}
    path = tmp_path / "n.parquet"
    pl.DataFrame(nothing, schema={"day": pl.Date}).write_parquet(path)
    assert one(path, RULES["fresh"]).outcome == Outcome.FAILED


def test_few_or_many_rows_fail_the_volume(tmp_path: Path) -> None:
    """Against the median of the past; without one nothing is asked, and nothing passes."""
    path = stored(tmp_path, GOOD)
    assert one(path, RULES["volume"], past=(8, 9, 7)).outcome == Outcome.FAILED
    assert one(path, RULES["volume"], past=(1, 2, 2)).outcome == Outcome.FAILED
    kept = one(path, RULES["volume"], past=(5, 4, 90))
    assert (kept.outcome, kept.checked, kept.failing) == (Outcome.PASSED, 5, 1)
    unasked = one(path, RULES["volume"])
    assert (unasked.outcome, unasked.reason) == (Outcome.NOT_APPLICABLE, Reason.NO_PAST)


def test_what_a_mask_changed_is_asked_nothing(tmp_path: Path) -> None:
    """It is said to be not applicable, and never passed; nor does it count as filled."""
    given = {"altered": {"city"}, "dropped": {"name"}}
    path = stored(tmp_path, GOOD)
    for asked_rule, reason in (
        (RULES["present"], Reason.MASKED),
        (RULES["codes"], Reason.MASKED),
        (rule("present", "name"), Reason.NOT_DELIVERED),
        (rule("unique", "id", "city"), Reason.MASKED),
    ):
        finding = one(path, asked_rule, **given)
        assert (finding.outcome, finding.reason) == (Outcome.NOT_APPLICABLE, reason)
        assert not finding.holds
    assert asked(path, **given).cells == 36


def test_a_column_that_is_gone_fails_whole(tmp_path: Path) -> None:
    """So does what cannot be looked up: what was not asked must not pass."""
    path = stored(tmp_path, GOOD)
    lost = one(path, rule("present", "weather"))
    assert (lost.outcome, lost.reason, lost.failing) == ("failed", Reason.COLUMN_MISSING, 4)
    unknown = one(path, RULES["exists"])
    assert (unknown.outcome, unknown.reason) == ("failed", Reason.REFERENCE_MISSING)
    other = one(path, rule("exists", "id", dataset="others", column="gone"))
    assert other.outcome == Outcome.FAILED
    assert reference_keys(path, "gone", Described()) is None


def test_tolerance_is_a_share_of_what_is_checked_or_so_many_rows(tmp_path: Path) -> None:
    path = stored(tmp_path, {"n": [1, 2, None, -1, -2]})
    for tolerance, outcome in (
        ({"share": "0.5"}, "passed"),
        ({"share": "0.49"}, "failed"),
        ({"count": 2}, "passed"),
        ({"count": 1}, "failed"),
    ):
        finding = one(path, rule("range", "n", at_least="0", tolerance=tolerance))
        assert (finding.checked, finding.failing, finding.outcome) == (4, 2, outcome)


def test_a_warning_holds_nothing(tmp_path: Path) -> None:
    said = {"kind": "range", "columns": ["n"], "parameters": {"at_most": "0"}, "severity": "warns"}
    found = asked(stored(tmp_path, {"n": [1]}), Rule.from_dict(said))
    assert found.findings[0].outcome == Outcome.FAILED
    assert not found.holds


def test_missing_codes_are_missing_and_known_ones_are_not(tmp_path: Path) -> None:
    path = stored(tmp_path, {"c": ["NA", "9", "CN", "-"], "f": [9.0, 1.5, math.nan, None]})
    described = {"c": Described(("9",), ("NA", "CN")), "f": Described(("9",))}
    assert one(path, rule("present", "c"), described=described).examples == (2, 4)
    assert one(path, rule("present", "f"), described=described).examples == (1, 3, 4)


@pytest.mark.parametrize(
    ("cells", "named", "failing"),
    [
        (["1", "-2.5", "1e3", ".5", "x", "1,000", "1e999", " 3"], "number", 4),
        (["1", "+2", "-3", "1.0", "１"], "integer", 2),
        ([1.0, 2.5, 3.0], "integer", 1),
        (["2026-02-28", "2026-02-30", "2026-2-3", "28.02.2026"], "date", 3),
        (
            ["2026-02-28T10:00", "2026-02-28 10:00:00Z", "2026-02-28", "2026-02-28T25:00"],
            "datetime",
            2,
        ),
        (["true", "No", "0", "maybe"], "boolean", 1),
        ([True, False], "boolean", 0),
        ([datetime(2026, 1, 1)], "date", 1),  # noqa: DTZ001
        ([datetime(2026, 1, 1)], "datetime", 0),  # noqa: DTZ001
        ([date(2026, 1, 1)], "number", 1),
    ],
)
def test_what_a_type_takes(tmp_path: Path, cells: list[Any], named: str, failing: int) -> None:
    assert one(stored(tmp_path, {"c": cells}), rule("type", "c", type=named)).failing == failing


def test_a_pattern_is_of_the_whole_value_and_takes_no_time(tmp_path: Path) -> None:
    """Alternatives do not open the ends, and what breaks other engines is decided at once."""
    path = stored(tmp_path, {"c": ["ab", "a", "b", "xa", "a" * 5000 + "!"]})
    assert one(path, rule("pattern", "c", pattern="a|b")).examples == (1, 4, 5)
    assert one(path, rule("pattern", "c", pattern="(a|a?)+")).failing == 4


@pytest.mark.parametrize(
    "pattern", ["", "(", "a)|(b", "(?=a)", r"(a)\1", "(?x)a #", "x{1000}{1000}{1000}", "a" * 201]
)
def test_patterns_that_are_not_read(pattern: str) -> None:
    with pytest.raises(DesensitizeError) as refused:
        rule("pattern", "c", pattern=pattern)
    assert refused.value.code == "quality-pattern-wrong"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("present", "quality-rule-unread"),
        ({"kind": "present", "columns": ["a"], "more": 1}, "quality-rule-unread"),
        ({"kind": "present", "columns": ["a"], "parameters": 1}, "quality-rule-unread"),
        ({"kind": "presence", "columns": ["a"]}, "quality-kind-unknown"),
        ({"kind": "present", "columns": []}, "quality-columns-wrong"),
        ({"kind": "present", "columns": ["a", "b"]}, "quality-columns-wrong"),
        ({"kind": "unique", "columns": ["a", "a"]}, "quality-columns-wrong"),
        ({"kind": "present", "columns": ["a"], "parameters": {"x": 1}}, "quality-part-unknown"),
        ({"kind": "type", "columns": ["a"], "parameters": {"type": "x"}}, "quality-type-unknown"),
        ({"kind": "range", "columns": ["a"]}, "quality-bounds-wrong"),
        (
            {"kind": "range", "columns": ["a"], "parameters": {"at_least": 2, "at_most": 1}},
            "quality-bounds-wrong",
        ),
        (
            {
                "kind": "range",
                "columns": ["a"],
                "parameters": {"at_least": "2026-01-01", "at_most": 1},
            },
            "quality-bounds-wrong",
        ),
        (
            {"kind": "range", "columns": ["a"], "parameters": {"at_least": "1e999"}},
            "quality-bounds-wrong",
        ),
        ({"kind": "codes", "columns": ["a"], "parameters": {"codes": []}}, "quality-codes-wrong"),
        (
            {"kind": "codes", "columns": ["a"], "parameters": {"codes": ["1", "1"]}},
            "quality-codes-wrong",
        ),
        (
            {"kind": "compare", "parameters": {"left": ["a"], "operator": "!", "right": ["b"]}},
            "quality-comparison-wrong",
        ),
        (
            {"kind": "compare", "parameters": {"left": ["a"], "operator": "<", "right": ["a"]}},
            "quality-comparison-wrong",
        ),
        (
            {
                "kind": "compare",
                "parameters": {"left": ["a"], "operator": "<", "right": ["b"], "within": 1},
            },
            "quality-comparison-wrong",
        ),
        (
            {
                "kind": "compare",
                "columns": ["c"],
                "parameters": {"left": ["a"], "operator": "<", "right": ["b"]},
            },
            "quality-comparison-wrong",
        ),
        ({"kind": "exists", "columns": ["a"]}, "quality-reference-wrong"),
        ({"kind": "fresh", "columns": ["a"], "parameters": {"days": -1}}, "quality-days-wrong"),
        ({"kind": "fresh", "columns": ["a"], "parameters": {"days": True}}, "quality-days-wrong"),
        (
            {
                "kind": "fresh",
                "columns": ["a"],
                "parameters": {"days": 1},
                "tolerance": {"count": 1},
            },
            "quality-tolerance-wrong",
        ),
        (
            {"kind": "present", "columns": ["a"], "tolerance": {"share": "1.1"}},
            "quality-tolerance-wrong",
        ),
        (
            {"kind": "present", "columns": ["a"], "tolerance": {"share": "nan"}},
            "quality-tolerance-wrong",
        ),
        (
            {"kind": "present", "columns": ["a"], "tolerance": {"count": -1}},
            "quality-tolerance-wrong",
        ),
        (
            {"kind": "present", "columns": ["a"], "severity": "kills"},
            "quality-severity-unknown",
        ),
    ],
)
def test_what_is_no_rule(said: Any, code: str) -> None:
    with pytest.raises(DesensitizeError) as refused:
        Rule.from_dict(said)
    assert refused.value.code == code


def test_rules_are_read_as_they_were_written() -> None:
    rules = tuple(RULES.values())
    assert rules_from([one.as_dict() for one in rules]) == rules
    assert digest_of(rules) == digest_of(rules_from([one.as_dict() for one in rules]))
    assert digest_of(rules) != digest_of(rules[1:])


def test_a_rule_is_the_same_whatever_it_tolerates() -> None:
    strict, lax = rule("range", "n", at_least=0), rule("range", "n", at_least="0.0")
    lax = Rule(lax.kind, lax.columns, lax.parameters, Tolerance(count=5))
    assert strict.key == lax.key
    with pytest.raises(DesensitizeError) as refused:
        rules_from([strict.as_dict(), lax.as_dict()])
    assert refused.value.code == "quality-repeated"
    with pytest.raises(DesensitizeError) as refused:
        rules_from([strict.as_dict()] * 201)
    assert refused.value.code == "quality-too-many"
    with pytest.raises(DesensitizeError) as refused:
        rules_from("range")
    assert refused.value.code == "quality-rule-unread"


def test_what_is_no_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"no table")
    with pytest.raises(TableError) as refused:
        asked(path)
    assert refused.value.code == "unreadable-table"
    with pytest.raises(TableError):
        reference_keys(path, "c", Described())


def test_a_preview_looks_at_the_first_rows(tmp_path: Path) -> None:
    path = stored(tmp_path, {"n": [1, 2, -3, -4]})
    found = measure(path, [rule("range", "n", at_least=0)], Circumstances(ARRIVED), most_rows=3)
    assert (found.rows, found.findings[0].failing) == (3, 1)


# A database counts the same, whatever stands in the table.

CELLS = st.sampled_from(["a", "b", "A1", "A22", "12", "-3", "4.5", "?", "", " na ", "x y", None])
NUMBERS = st.one_of(st.none(), st.integers(-5, 5))
FRACTIONS = st.one_of(st.none(), st.sampled_from([0.1, 0.2, 0.3, -1.5, 2.0]))
DAYS = st.one_of(st.none(), st.dates(date(2026, 3, 1), date(2026, 4, 5)))
TABLES = st.lists(
    st.tuples(CELLS, CELLS, NUMBERS, NUMBERS, FRACTIONS, FRACTIONS, DAYS, DAYS),
    min_size=1,
    max_size=40,
)
SCHEMA = {
    "t": pl.String,
    "u": pl.String,
    "n": pl.Int64,
    "m": pl.Int64,
    "f": pl.Float64,
    "g": pl.Float64,
    "d": pl.Date,
    "e": pl.Date,
}
SAYS = "({0} IS NOT NULL AND lower(trim({0})) NOT IN ('', '?', 'na'))"
T, U = SAYS.format("t"), SAYS.format("u")
NUMERIC = "regexp_full_match(t, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)')"
ORACLE: list[tuple[Rule, str, str]] = [
    (rule("present", "t"), "TRUE", f"NOT {T}"),
    (rule("present", "f"), "TRUE", "f IS NULL"),
    (rule("type", "t", type="number"), T, f"NOT {NUMERIC}"),
    (rule("type", "t", type="integer"), T, "NOT regexp_full_match(t, '[+-]?[0-9]+')"),
    (rule("type", "f", type="integer"), "f IS NOT NULL", "f <> floor(f)"),
    (rule("range", "n", at_least=-2, at_most=3), "n IS NOT NULL", "n < -2 OR n > 3"),
    (rule("range", "f", at_most="0.2"), "f IS NOT NULL", "f > 0.2::DOUBLE"),
    (
        rule("range", "t", at_least=0),
        T,
        f"NOT {NUMERIC} OR coalesce(TRY_CAST(t AS DOUBLE), -1) < 0",
    ),
    (
        rule("range", "d", at_least="2026-03-10", at_most="2026-03-20"),
        "d IS NOT NULL",
        "d < DATE '2026-03-10' OR d > DATE '2026-03-20'",
    ),
    (rule("pattern", "t", pattern="[A-Z][0-9]+|a"), T, "NOT regexp_full_match(t, '[A-Z][0-9]+|a')"),
    (rule("codes", "t", codes=["a", "12"]), T, "t NOT IN ('a', '12')"),
    (rule("codes", "n", codes=["1", "-2"]), "n IS NOT NULL", "n NOT IN (1, -2)"),
    (
        rule("compare", left=["n", "m"], operator="<", right=["n"]),
        "n IS NOT NULL AND m IS NOT NULL",
        "NOT (n + m < n)",
    ),
    (
        rule("compare", left=["f"], operator=">=", right=["g"]),
        "f IS NOT NULL AND g IS NOT NULL",
        "f < g",
    ),
    (
        rule("compare", left=["f", "g"], operator="=", right=["n"], within="0.25"),
        "f IS NOT NULL AND g IS NOT NULL AND n IS NOT NULL",
        "abs(f + g - n) > 0.25 + 1e-9",
    ),
    (
        rule("compare", left=["d"], operator="<=", right=["e"]),
        "d IS NOT NULL AND e IS NOT NULL",
        "d > e",
    ),
]


@given(rows=TABLES)
def test_a_database_counts_the_same(tmp_path_factory: pytest.TempPathFactory, rows: Any) -> None:
    folder = tmp_path_factory.mktemp("quality")
    path = folder / "t.parquet"
    pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(path, row_group_size=7)
    keys = reference_keys(path, "u", Described())
    more = [
        rule("unique", "t"),
        rule("unique", "n", "t"),
        rule("exists", "t", dataset="x", column="u"),
    ]
    given = Circumstances(ARRIVED, reference=lambda dataset, column: keys)
    found = measure(path, [*(one for one, _, _ in ORACLE), *more], given).findings
    with duckdb.connect() as connection:
        counted = [
            connection.execute(
                f"SELECT count(*) FILTER (WHERE {checked}), "
                f"count(*) FILTER (WHERE ({checked}) AND ({failing})) FROM '{path}'"
            ).fetchone()
            for _, checked, failing in ORACLE
        ]
        counted += [
            connection.execute(
                f"SELECT count(t), count(t) - count(DISTINCT t) FROM '{path}' WHERE {T}"
            ).fetchone(),
            connection.execute(
                f"SELECT count(*), count(*) - count(DISTINCT (n, t)) FROM '{path}' "
                f"WHERE {T} AND n IS NOT NULL"
            ).fetchone(),
            connection.execute(
                f"SELECT count(*), count(*) FILTER (WHERE t NOT IN (SELECT u FROM '{path}' "
                f"WHERE {U})) FROM '{path}' WHERE {T}"
            ).fetchone(),
        ]
    for finding, expected in zip(found, counted, strict=True):
        assert (finding.checked, finding.failing) == expected, finding.rule


def test_batches_count_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a table is cut changes nothing: not the keys seen before, not the row numbers."""
    columns: dict[str, list[Any]] = {
        "c": [str(row % 7) for row in range(50)],
        "n": list(range(50)),
    }
    path = stored(tmp_path, columns)
    rules = (rule("unique", "c"), rule("range", "n", at_most=40), rule("present", "c"))
    whole = asked(path, *rules)
    monkeypatch.setattr(measuring_module, "BATCH_ROWS", 4)
    assert asked(path, *rules) == whole
    assert whole.findings[0].failing == 43
    assert whole.findings[0].examples[0] == 8
    assert len(whole.findings[0].examples) == 20
    assert whole.findings[1].examples[:2] == (42, 43)
