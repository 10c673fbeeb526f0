"""Commands read standard input and write to standard output, and refuse what is no file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desensitize.cli import main
from tests.given.workbooks import sheet, workbook

ROOT = Path(__file__).parents[2]
CSV = "age,city\n" + "30,A\n31,B\n" * 5


def run(*arguments: object, given: str = CSV) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "desensitize", *map(str, arguments)],
        cwd=ROOT,
        input=given.encode(),
        capture_output=True,
        check=False,
    )


def test_a_table_flows_through(tmp_path: Path) -> None:
    done = run("anonymize", "-", "-", "--qi", "city", "--k", 2, "--json")
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "age,city"
    assert len(lines) == 11
    # What is said of it goes the other way.
    assert json.loads(done.stderr)["k"] == 2


def test_the_digest_is_of_what_came_in(tmp_path: Path) -> None:
    same = tmp_path / "same.csv"
    same.write_text(CSV, encoding="utf-8")
    piped = json.loads(run("risk", "-", "--qi", "age", "--json").stdout)
    assert piped == json.loads(run("risk", same, "--qi", "age", "--json").stdout)


def test_a_bad_stream_leaves_nothing_on_the_output() -> None:
    done = run("anonymize", "-", "-", "--qi", "city", given=CSV + "1,2,3\n")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith("Line 12 has 3 fields")


def test_a_workbook_goes_into_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook(sheet(("age",), (1,)), sheet(("city", "n"), ("A", 1), ("A", 2))))
    assert main(["scan", str(book)]) == 0
    assert capsys.readouterr().out.startswith("age\t")
    assert main(["scan", str(book), "--sheet", "S2"]) == 0
    assert capsys.readouterr().out.startswith("city\t")
    target = tmp_path / "out.csv"
    arguments = ["anonymize", str(book), str(target), "--sheet", "S2", "--qi", "city", "--k", "2"]
    arguments += ["--order", "source"]
    assert main(arguments) == 0
    assert target.read_text(encoding="utf-8") == "city,n\nA,1\nA,2\n"
    capsys.readouterr()
    assert main(["compare", str(book), str(book), "--sheet", "S2"]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()[1:]] == [
        "city",
        "n",
    ]
    arguments = ["private-count", str(book), "--sheet", "S2", "--by", "city", "--values", "city=A"]
    arguments += ["--epsilon", "1", "--budget", "1", "--ledger", str(tmp_path / "ledger")]
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("city\t")


def test_what_is_no_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.parquet").mkdir()
    for name in ("pipe.csv", "folder.parquet"):
        assert main(["scan", str(tmp_path / name)]) == 1
        assert "not a file" in capsys.readouterr().err
    table = tmp_path / "t.csv"
    table.write_text(CSV, encoding="utf-8")
    arguments = ["anonymize", str(table), str(tmp_path / "folder.parquet"), "--qi", "city"]
    assert main(arguments) == 1
    assert "not a file" in capsys.readouterr().err


def test_a_link_to_a_file_is_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "t.csv")
    assert main(["scan", str(tmp_path / "link.csv")]) == 0
    assert capsys.readouterr().out.startswith("age\t")
