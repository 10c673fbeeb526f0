"""`check` asks a table the rules that a centre asks, without a centre."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desensitize.cli import main

TABLE = "day,line,boardings\n2026-03-01,1,1204\n2026-03-01,9,980\n2026-03-02,1,\n2026-03-02,2,5\n"
PRESENT = {"kind": "present", "columns": ["boardings"]}
LINES = {"kind": "exists", "columns": ["line"], "parameters": {"dataset": "lines", "column": "id"}}
FRESH = {"kind": "fresh", "columns": ["day"], "parameters": {"days": 3}}
VOLUME = {"kind": "volume", "columns": [], "tolerance": {"share": "0.1"}}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, encoding="utf-8")
    (tmp_path / "lines.csv").write_text("id\n1\n2\n", encoding="utf-8")
    return path


def checked(table: Path, rules: object, *more: str) -> int:
    path = table.with_name("rules.json")
    path.write_text(json.dumps(rules), encoding="utf-8")
    return main(["check", str(table), "--rules", str(path), *more])


def test_a_rule_that_blocks_holds_the_table(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the exit code too; one that warns, or that tolerates as much, does not."""
    assert checked(table, [PRESENT]) == 3
    told = capsys.readouterr().out
    assert "failed\tpresent boardings\t1 of 4 fail, such as rows 3\n" in told
    assert told.endswith("The table is held.\n")
    for lenient in ({"severity": "warns"}, {"tolerance": {"share": "0.25"}}):
        assert checked(table, {"rules": [PRESENT | lenient]}) == 0
        assert capsys.readouterr().out.endswith("Nothing holds the table.\n")


@pytest.mark.parametrize(
    ("rule", "more", "outcome", "failing"),
    [
        (LINES, ["--dataset", "lines={folder}/lines.csv"], "failed", 1),
        (LINES, ["--dataset", "others={folder}/lines.csv"], "failed", 4),
        (FRESH, ["--arrived", "2026-03-05"], "passed", 0),
        (FRESH, ["--arrived", "2026-03-06"], "failed", 1),
        (VOLUME, ["--past", "4,4,5"], "passed", 0),
        (VOLUME, ["--past", "9"], "failed", 5),
        (VOLUME, [], "not_applicable", 0),
    ],
)
def test_it_is_told_what_a_rule_needs(
    rule: dict[str, Any],
    more: list[str],
    outcome: str,
    failing: int,
    table: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Another table, the day of arrival, the rows of tables before."""
    given = [part.format(folder=table.parent) for part in more]
    assert checked(table, [rule], *given, "--json") == (3 if outcome == "failed" else 0)
    [found] = json.loads(capsys.readouterr().out)["findings"]
    assert (found["outcome"], found["failing"]) == (outcome, failing)


@pytest.mark.parametrize(
    ("rules", "more", "code", "sentence"),
    [
        ([{"kind": "presents"}], [], 1, "There is no kind of rule"),
        ({"rule": []}, [], 1, "cannot be read"),
        ([PRESENT, PRESENT], [], 1, "are the same"),
        ([], ["--past", "many"], 2, "whole numbers"),
        ([], ["--arrived", "tomorrow"], 2, "YYYY-MM-DD"),
        ([], ["--dataset", "lines"], 2, "NAME=FILE"),
        ([], ["--rules", "{folder}/none.json"], 2, "cannot be opened"),
        ([], ["--rules", "{folder}/table.csv"], 2, "holds no JSON"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    rules: object,
    more: list[str],
    code: int,
    sentence: str,
    table: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And nothing is asked."""
    given = [part.format(folder=table.parent) for part in more]
    try:
        ended = checked(table, rules, *given)
    except SystemExit as left:
        ended = int(str(left.code))
    assert ended == code
    told = capsys.readouterr()
    assert (told.out, sentence in told.err) == ("", True)
