"""The command line answers as documented."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desensitize.cli import main
from desensitize.risk import measure
from desensitize.risk.report import risk_report
from desensitize.tables import sha256_of
from tests.desensitize import checker

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


def test_l_and_t_hold_in_the_written_file(
    adult: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.csv"
    quasi = ["sex", "age", "race", "education"]
    made = answer(
        capsys, "anonymize", adult, target, "--qi", ",".join(quasi), "--hierarchies", HIERARCHIES,
        "--k", 5, "--l", "occupation:3:entropy", "--l", "salary-class:2", "--t",
        "salary-class:0.3", "--suppression", 0.02, "--method", "mondrian",
    )  # fmt: skip
    rows = checker.rows_of(target)
    whole = checker.values_of(rows, "salary-class")
    classes = checker.classes_of(rows, quasi)
    assert (len(classes), made["method"]) == (made["classes"], "mondrian")
    for members in classes.values():
        assert len(members) >= made["smallest_class"] >= 5
        assert checker.entropy(checker.values_of(members, "occupation")) >= 3 - 1e-9
        salaries = checker.values_of(members, "salary-class")
        assert len(salaries) >= 2
        assert checker.equal_distance(salaries, whole) <= 0.3 + 1e-9


def test_a_comparison_and_a_report_are_bound_to_the_written_bytes(
    adult: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, quasi = tmp_path / "out.csv", "sex,age,race,education"
    made = answer(
        capsys, "anonymize", adult, target, "--qi", quasi, "--hierarchies", HIERARCHIES, "--k", 10
    )
    compared = answer(capsys, "compare", adult, target, "--qi", quasi, "--hierarchies", HIERARCHIES)
    assert compared["loss"] == pytest.approx(made["loss"])
    assert compared["suppressed_rows"] == made["suppressed_rows"]
    assert (compared["sha256_before"], compared["sha256_after"]) == (
        sha256_of(adult),
        sha256_of(target),
    )
    assert main(["compare", str(adult), str(target), "--qi", quasi]) == 0
    assert "occupation\tkept\tloss -\tmoved" in capsys.readouterr().out
    told: list[str] = [
        "risk", str(target), "--qi", quasi, "--sensitive", "salary-class", "--before", str(adult),
        "--population", str(adult), "--reference", str(adult), "--hierarchies", str(HIERARCHIES),
        "--sampling-fraction", "0.5", "--report",
    ]  # fmt: skip
    page, plain = tmp_path / "report.html", tmp_path / "report.json"
    figures = answer(capsys, *told, page)
    assert answer(capsys, *told, plain) == figures
    report = json.loads(plain.read_text(encoding="utf-8"))
    assert report["sha256"] == report["risk"]["sha256"] == sha256_of(target)
    assert report["risk"] == {name: figures[name] for name in report["risk"]}
    assert report["linkage"] == figures["linkage"]
    assert report["utility"]["loss"] == compared["loss"]
    assert (report["grade"]["level"], report["direct_identifiers"]) == (3, [])
    # Everybody in the file fits it, and nobody fits fewer than ten rows.
    assert figures["k_map"] >= 10
    assert figures["linkage"]["unique_rows"] == 0
    text = page.read_text(encoding="utf-8")
    assert sha256_of(target) in text
    assert "<svg" in text
    assert not re.search(r"<script|<link|src=|href=|url\(", text)


def test_what_a_report_says_is_escaped(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    name = "<script>alert(1)</script>"
    pl.DataFrame({name: ["a", "b"], "q": ["x", "x"]}).write_parquet(path)
    text = risk_report(path, quasi_identifiers=["q"], sensitive=[name], before=path).as_html()
    assert "<script" not in text
    assert "&lt;script&gt;" in text


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
        ["anonymize", "{people}", "out.csv", "--qi", "age", "--l", "income"],
        ["anonymize", "{people}", "out.csv", "--qi", "age", "--l", "age:2"],
        ["anonymize", "{people}", "out.csv", "--qi", "age", "--l", "income:2:most"],
        ["anonymize", "{people}", "out.csv", "--qi", "age", "--t", "sex:0.1:ordered"],
        ["anonymize", "{people}", "out.csv", "--qi", "age", "--t", "income:1.1"],
        ["compare", "{people}", "missing.csv"],
        ["risk", "{people}", "--report", "report.pdf"],
        ["risk", "{people}", "--qi", "age", "--population", "missing.csv"],
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
