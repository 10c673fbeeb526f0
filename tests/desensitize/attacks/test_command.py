"""`attack` from the command line: a verdict, its reasons, and an exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
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
    pl.read_csv(adult, separator=";")[::10].write_csv(source)
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
        ["--synthetic", "much"],
        ["--changed", "nothing"],
        ["--with", "missing.csv", "--with-source", "missing.csv"],
        ["--with", "missing.csv"],
        ["--policy", "missing.toml"],
        ["--hierarchies", "missing"],
        ["--game", "anonymeter", "--guesses", "missing.json"],
    ],
)
def test_a_refusal_is_one_sentence(
    arguments: list[str], people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["attack", str(people), str(people), *arguments]) == 1
    output = capsys.readouterr()
    assert (output.out, output.err.count("\n")) == ("", 1)


def test_the_source_of_an_earlier_release_follows_it(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["attack", str(people), str(people), "--with-source", str(people)])
    assert ended.value.code == 2
    assert "--with that it belongs to" in capsys.readouterr().err


def test_two_releases_of_sources_that_are_not_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same people were sent again in another order, with other names for the columns."""
    random = np.random.default_rng(3)
    people = pl.DataFrame(
        {
            "number": random.permutation(100_000)[:900],
            "decade": random.integers(2, 7, 900),
            "town": random.choice(list("abcde"), 900),
        }
    ).with_columns(illness=pl.col("decade").cast(pl.String) + pl.col("town"))
    other = people.sample(fraction=1, shuffle=True, seed=5).rename({"illness": "diagnosis"})
    for name, table in {
        "source": people,
        "other": other,
        "by_age": people.select("decade", "illness").sample(fraction=1, shuffle=True, seed=6),
        "by_town": other.select("town", "diagnosis").sample(fraction=1, shuffle=True, seed=7),
    }.items():
        table.write_parquet(tmp_path / f"{name}.parquet")
    paths = {name: tmp_path / f"{name}.parquet" for name in ("source", "other", "by_age")}
    given = [paths["source"], paths["by_age"], "--qi", "decade,town", "--sensitive", "illness"]
    beside = [*given, "--with", tmp_path / "by_town.parquet", "--with-source", paths["other"]]
    for arguments, beyond in ((given, False), (beside, True)):
        _code, found = attacked(capsys, *arguments)
        [composed] = [one for one in found["attackers"] if one["name"] == "composition"]
        assert (composed["excess"] > 0.05) is beyond


def test_a_copy_that_is_named_one_is_drawn_again(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At its ε, with some of the people held out; without that membership stays unmeasured."""
    copy = tmp_path / "copy.parquet"
    table = pl.read_parquet(people).select("age", "sex", "income")
    drawn = {name: table[name].sample(fraction=1, shuffle=True) for name in table.columns}
    pl.DataFrame(drawn).write_parquet(copy)
    for named in ([], ["--synthetic", "1"]):
        _code, found = attacked(capsys, people, copy, "--sensitive", "income", *named)
        [told] = [one for one in found["attackers"] if one["name"] == "membership"]
        assert bool(told["not_tried"]) != bool(named)


def test_changed_columns_are_not_counted(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of values that were exchanged a row that stands alone says nothing; persons are guessed."""
    released = tmp_path / "released.parquet"
    table = pl.read_parquet(people).select("age", "sex", "income")
    ages = table["age"].sample(fraction=1, shuffle=True, seed=1)
    table.with_columns(age=ages).sample(fraction=1, shuffle=True, seed=2).write_parquet(released)
    asked = [people, released, "--qi", "age,sex", "--sensitive", "income"]
    counted, changed = (
        {one["code"] for one in attacked(capsys, *asked, *more)[1]["reasons"]}
        for more in ([], ["--changed", "age,income"])
    )
    assert "small_sets" in counted
    assert "small_sets" not in changed
