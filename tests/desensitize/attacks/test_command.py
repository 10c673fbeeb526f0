"""`attack` from the command line: a verdict, its reasons, and an exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desensitize.cli import main
from tests.desensitize.attacks.drawing import drawn_by_chain

HIERARCHIES = Path(__file__).parents[1] / "vectors" / "adult_hierarchies"
QUASI = "sex,age,race,marital-status,education,native-country"


def attacked(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any]:
    code = main(["attack", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_todays_census_release_is_still_personal(
    adult: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The source has numbers where the release has labels, as text."""
    target, source = tmp_path / "out.csv", tmp_path / "some.csv"
    pl.read_csv(adult, separator=";")[::4].write_csv(source)
    given = ["--hierarchies", str(HIERARCHIES)]
    assert main(["anonymize", str(source), str(target), "--qi", QUASI, "--k", "5", *given]) == 0
    capsys.readouterr()
    code, found = attacked(
        capsys, source, target, "--qi", QUASI, "--sensitive", "salary-class", *given
    )
    assert (code, found["verdict"]) == (3, "de-identified")
    [singled] = [one for one in found["attackers"] if one["name"] == "singling out"]
    assert (singled["tried"], singled["passed"]) == (True, False)
    assert "small_sets" in {reason["code"] for reason in found["reasons"]}
    assert main(["attack", str(source), str(target), "--qi", QUASI, *given]) == 3
    text = capsys.readouterr().out
    assert text.startswith("de-identified: each row was taken for a person.")
    assert "Whoever knows" in text


def test_roles_come_from_detectors_where_none_are_given(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Relabelled in the policy, the columns are what they are."""
    policy, released = tmp_path / "p.toml", tmp_path / "released.csv"
    kept = ["age", "sex", "income"]
    rules = [
        f'[[columns]]\nname = "{name}"\nrole = "other"\n'
        f'mask = "{"keep" if name in kept else "drop"}"\n'
        for name in pl.read_parquet_schema(people)
    ]
    policy.write_text("\n".join(rules), encoding="utf-8")
    assert main(["mask", str(people), str(released), "--policy", str(policy)]) == 0
    capsys.readouterr()
    code, found = attacked(capsys, people, released, "--policy", policy)
    assert (code, found["verdict"]) == (3, "de-identified")
    quasi = [one for one in found["reasons"] if one["code"] == "small_classes"]
    assert "“age”" in quasi[0]["sentence"]


def test_an_overfitted_copy_is_caught_by_whom_it_concerns(
    adult_table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody says that it is a copy: its rows do. Both games find the true ones among them."""
    source, copy = tmp_path / "source.csv", tmp_path / "copy.parquet"
    people = pl.read_parquet(adult_table).head(2000)
    people.write_csv(source)
    pl.concat([people.head(1200), drawn_by_chain(people, noise=20).tail(800)]).write_parquet(copy)
    for game in ([], ["--game", "anonymeter"]):
        code, found = attacked(capsys, source, copy, "--qi", "age,sex", "--sensitive", "", *game)
        assert (code, found["verdict"]) == (3, "de-identified")
        [singled] = [one for one in found["attackers"] if one["name"] == "singling out"]
        assert singled["excess"] > 0.1
        assert singled["low"] > 0.05
    assert (
        singled["figures"]["multivariate_right"] > 0.15 * singled["figures"]["multivariate_guesses"]
    )


def test_machines_are_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "machines.csv"
    pl.DataFrame(
        {"pressure": [row % 7 / 4 for row in range(50)], "state": ["on", "off"] * 25}
    ).write_csv(path)
    code, found = attacked(capsys, path, path)
    assert (code, found["verdict"], found["attackers"]) == (0, "no-personal-information", [])
    assert found["share_below_k_all_columns"] == 1.0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--qi", "nothing"],
        ["--sensitive", "nothing"],
        ["--person", "nothing"],
        ["--known", "0"],
        ["--with", "missing.csv"],
        ["--policy", "missing.toml"],
        ["--game", "anonymeter", "--guesses", "missing.json"],
    ],
)
def test_a_refusal_is_one_sentence(
    arguments: list[str], people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["attack", str(people), str(people), *arguments]) == 1
    output = capsys.readouterr()
    assert (output.out, output.err.count("\n")) == ("", 1)
