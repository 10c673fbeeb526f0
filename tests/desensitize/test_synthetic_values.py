"""The values and types of synthetic copies, and what is refused of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from desensitize.cli import main
from desensitize.errors import DesensitizeError
from desensitize.privacy.differential import Budget, Contribution
from desensitize.privacy.synthetic import (
    Domain,
    Levels,
    SyntheticCopy,
    drawn_copy,
    read_domains,
    synthesize,
)

PAIR: dict[str, Domain] = {
    "u": Levels(("a", "b"), missing=False),
    "v": Levels(("x", "y"), missing=False),
}
BUDGET = Budget.of(1, "1e-9")
ALL_BUT_NO_NOISE = Budget.of(10_000, "1e-9")
FEW = 4_000
"""Particles enough for tables of a few cells."""


def mixed() -> pl.DataFrame:
    """Return a table with a column of each type."""
    rng = np.random.default_rng(8)
    number = 2_000
    return pl.DataFrame(
        {
            "who": [f"p{place}" for place in range(number)],
            "sex": rng.choice(["f", "m", "?"], number, p=[0.5, 0.4, 0.1]),
            "age": pl.Series(rng.integers(0, 90, number), dtype=pl.Int16),
            "wage": np.round(rng.lognormal(8, 1, number), 2),
            "born": [date(1950 + int(year), 1, 1) for year in rng.integers(0, 50, number)],
            "text_day": [f"20{year:02}-03-04" for year in rng.integers(10, 20, number)],
            "is_member": rng.random(number) < 0.3,
            "amount": pl.Series(rng.integers(0, 5, number)).cast(pl.Decimal(12, 2)),
        }
    ).with_columns(pl.when(pl.col("age") < 80).then(pl.col("age")))


DECLARED = {
    "sex": {"values": ["f", "m"]},
    "age": {"low": 0, "high": 79, "bins": 20},
    "wage": {"edges": [0, 1000, "3000.5", 1e5], "decimals": 2, "missing": False},
    "born": {"low": "1950-01-01", "high": "1999-12-31", "bins": 10, "missing": False},
    "text_day": {"edges": ["2010-01-01", "2015-01-01", "2019-12-31"], "missing": False},
    "is_member": {"values": ["true", "false"], "missing": False},
    "amount": {"low": 0, "high": 5, "decimals": 1, "missing": False},
}


def mixed_copy(**asked: Any) -> tuple[pl.DataFrame, SyntheticCopy]:
    given: dict[str, Any] = {
        "domains": read_domains(DECLARED),
        "budget": ALL_BUT_NO_NOISE,
        "left_out": ["who"],
        "particles": FEW,
        "seed": 9,
    }
    return drawn_copy(mixed().lazy(), **(given | asked))


def test_columns_have_their_types_and_values_their_domain() -> None:
    table = mixed()
    copy, made = mixed_copy(rows=1_900)
    assert made.rows == len(copy) == 1_900
    assert copy.schema == table.drop("who").schema
    assert copy["age"].drop_nulls().is_between(0, 79).all()
    assert copy["wage"].is_between(0, 1e5).all()
    assert ((copy["wage"] * 100 - (copy["wage"] * 100).round()).abs() < 1e-6).all()
    assert copy["born"].is_between(date(1950, 1, 1), date(1999, 12, 31)).all()
    assert copy["text_day"].str.to_date().is_between(date(2010, 1, 1), date(2019, 12, 31)).all()
    # As often as in the source; what is not declared counts as missing.
    for name, share in (("age", table["age"].null_count()), ("sex", (table["sex"] == "?").sum())):
        assert copy[name].null_count() / 1_900 == pytest.approx(share / 2_000, abs=0.02)
    members = [each.filter("is_member").height / each.height for each in (table, copy)]
    assert members[1] == pytest.approx(members[0], abs=0.02)
    below = [each.filter(pl.col("wage") < 1000).height / each.height for each in (table, copy)]
    assert below[1] == pytest.approx(below[0], abs=0.02)
    assert copy["wage"].null_count() == copy["born"].null_count() == 0


def test_rows_without_a_level_are_left_out_where_no_cell_may_be_empty() -> None:
    only = {"sex": Levels(("f", "m"), missing=False)}
    others = [name for name in mixed().columns if name != "sex"]
    copy, _ = mixed_copy(domains=only, left_out=others)
    assert len(copy) == pytest.approx((mixed()["sex"] != "?").sum(), abs=5)
    assert copy["sex"].null_count() == 0


def test_an_empty_table_has_a_copy() -> None:
    """Else its refusal would tell that nobody is in it."""
    copy, _ = drawn_copy(
        pl.DataFrame(schema={"u": pl.String, "v": pl.String}).lazy(),
        domains=PAIR,
        budget=BUDGET,
        particles=FEW,
    )
    assert len(copy) >= 1


def refused(**asked: Any) -> DesensitizeError:
    charged: list[Budget] = []
    with pytest.raises(DesensitizeError) as refusal:
        mixed_copy(charge=charged.append, **asked)
    assert charged == []
    return refusal.value


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("domain-needed", {"left_out": []}),
        ("unknown-column", {"left_out": ["who", "whom"]}),
        ("unknown-column", {"contribution": Contribution("whom")}),
        ("unit-declared", {"contribution": Contribution("sex")}),
        ("copy-needs-delta", {"budget": Budget.of(1)}),
        ("bad-privacy-budget", {"budget": Budget.of("1e9", "1e-300")}),
        ("bad-copy-rows", {"rows": 0}),
        ("bad-copy-rows", {"rows": 10**9}),
        ("too-many-domains", {"domains": {}, "left_out": list(mixed().columns)}),
    ],
)
def test_what_is_refused_costs_nothing(code: str, asked: dict[str, Any]) -> None:
    assert refused(**asked).code == code


@pytest.mark.parametrize(
    "declared",
    [
        {"sex": {"values": ["f", "f"]}},
        {"sex": {"values": [str(place) for place in range(600)]}},
        {"sex": {"low": 0, "high": 1, "bins": 10**9}},
        {"age": {"low": 0, "high": 99, "decimals": 1}},
        {"age": {"low": 0, "high": 10**6}},
        {"age": {"values": ["young"]}},
        {"is_member": {"values": ["yes", "no"]}},
        {"is_member": {"low": 0, "high": 1}},
        {"born": {"low": 0, "high": 1}},
        {"wage": {"low": "2020-01-01", "high": "2021-01-01"}},
        {"wage": {"edges": [0, float("inf")]}},
        {"wage": {"edges": [0, 5, 5]}},
        {"wage": {"edges": [0, "0.005"], "decimals": 2}},
        {"wage": {"edges": [3]}},
        {"wage": {"low": 0}},
        {"wage": {"low": 0, "high": 1, "decimals": 99}},
        {"wage": {"values": [], "missing": "no"}},
        {"wage": "any"},
    ],
)
def test_a_domain_that_cannot_be_is_refused(declared: dict[str, Any]) -> None:
    with pytest.raises(DesensitizeError) as refusal:
        mixed_copy(domains=read_domains(DECLARED | declared))
    assert refusal.value.code == "bad-domain"
    assert next(iter(declared)) in str(refusal.value)


def test_domains_are_one_object_of_at_most_forty() -> None:
    for given, code in (
        ([], "bad-domains"),
        ({}, "bad-domains"),
        ({str(name): {"values": ["a"]} for name in range(41)}, "too-many-domains"),
    ):
        with pytest.raises(DesensitizeError) as refusal:
            read_domains(given)
        assert refusal.value.code == code


def test_nothing_is_written_when_too_little_is_left(tmp_path: Path) -> None:
    source, target = tmp_path / "s.parquet", tmp_path / "t.parquet"
    mixed().write_parquet(source)

    def charge(_: Budget) -> None:
        raise DesensitizeError("privacy-budget-spent", epsilon="0", delta="0")

    with pytest.raises(DesensitizeError):
        synthesize(
            source,
            target,
            domains=read_domains(DECLARED),
            budget=BUDGET,
            left_out=["who"],
            charge=charge,
        )
    assert not target.exists()


def test_the_command_takes_leaves_and_remembers_what_it_spent(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    domains, ledger, copy = tmp_path / "d.json", tmp_path / "ledger", tmp_path / "copy.csv"
    domains.write_text(json.dumps({"age": {"low": 0, "high": 99}}), encoding="utf-8")
    (tmp_path / "h_hierarchy_sex.csv").write_text("男;*\n女;*\n", encoding="utf-8")
    arguments = ["synthesize", str(people), str(copy), "--epsilon", "1", "--delta", "0.001"]
    arguments += ["--domains", str(domains), "--hierarchies", str(tmp_path), "--rows", "50"]
    arguments += ["--person", "name", "--drop", "id_number,mobile,income"]
    arguments += ["--ledger", str(ledger), "--delta-budget", "0.01"]
    assert main(arguments) == 1
    assert "whole budget is not given" in capsys.readouterr().err
    assert main([*arguments, "--budget", "1.5"]) == 0
    assert "50 rows" in capsys.readouterr().out
    rows = pl.read_csv(copy)
    assert rows.columns == ["age", "sex"]
    assert set(rows["sex"].drop_nulls()) <= {"男", "女"}
    copy.unlink()
    assert main([*arguments, "--budget", "1.5"]) == 1
    assert "ε 0.5" in capsys.readouterr().err
    assert not copy.exists()
    domains.write_text("{", encoding="utf-8")
    assert main(arguments[:-4]) == 1
    assert "no JSON" in capsys.readouterr().err
