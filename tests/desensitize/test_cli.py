"""The command line answers as documented."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desensitize.cli import main
from desensitize.risk import measure
from desensitize.tables import sha256_of

HIERARCHIES = Path(__file__).parent / "vectors" / "adult_hierarchies"


def answer(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_scan_names_each_column(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    columns = answer(capsys, "scan", people)["columns"]
    assert [set(column) for column in columns] == [
        {"name", "role", "kind", "confidence", "evidence"}
    ] * 6
    assert {column["name"]: column["kind"] for column in columns}["id_number"] == "CN_ID"
    assert main(["scan", str(people)]) == 0
    assert "id_number\tdirect\tCN_ID" in capsys.readouterr().out


def test_a_proposed_policy_masks_the_table(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policy", "init", str(people)]) == 0
    policy, key = tmp_path / "policy.toml", tmp_path / "key"
    policy.write_text(capsys.readouterr().out, encoding="utf-8")
    key.write_bytes(bytes(range(32)))
    target = tmp_path / "masked.csv"
    result = answer(
        capsys, "mask", people, target, "--policy", policy, "--key-file", key, "--recipient", "bank"
    )
    masked = pl.read_csv(target)
    assert masked.height == result["rows_written"]
    assert set(masked["name"]) == {"***"}
    assert key.read_bytes().hex() not in json.dumps(result) + policy.read_text(encoding="utf-8")


def test_anonymize_and_risk_agree_on_the_written_file(
    adult: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.parquet"
    quasi = "sex,age,race,education"
    made = answer(
        capsys, "anonymize", adult, target, "--qi", quasi, "--hierarchies", HIERARCHIES, "--k", 10
    )
    assert set(made) == {
        "method", "k", "loss", "classes", "smallest_class", "suppressed_rows", "seconds",
    }  # fmt: skip
    risk = answer(capsys, "risk", target, "--qi", quasi, "--sensitive", "salary-class")
    assert (risk["classes"], risk["smallest_class"]) == (made["classes"], made["smallest_class"])
    assert risk["smallest_class"] >= 10
    assert risk["rows"] + made["suppressed_rows"] == 30162
    figures = measure(target, quasi_identifiers=quasi.split(","), sensitive=["salary-class"])
    assert risk == figures.as_dict()


def test_the_digest_is_of_the_given_file(adult: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "risk", adult, "--qi", "age")["sha256"] == sha256_of(adult)


@pytest.mark.parametrize(
    "arguments",
    [
        ["risk", "missing.csv"],
        ["scan", "missing.parquet"],
        ["policy", "init", "{people}", "--template", "none"],
        ["risk", "{people}", "--qi", "nothing"],
        ["anonymize", "{people}", "out.csv", "--qi", "age", "--k", "61"],
        ["anonymize", "{people}", "out.csv", "--qi", "agee"],
        ["anonymize", "{people}", "out.csv", "--qi", ","],
    ],
)
def test_a_refusal_is_one_sentence_and_exit_1(
    arguments: list[str],
    people: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([argument.format(people=people) for argument in arguments]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == [people.name]


def test_wrong_usage_is_exit_2() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desensitize", "risk"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage" in done.stderr
