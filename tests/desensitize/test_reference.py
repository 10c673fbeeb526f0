"""The reference page names the keys that the command line answers with."""

import json
import re
from pathlib import Path

import pytest

from desensitize.cli import build_parser, main

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "desensitize.md"
KEY = "2b7e151628aed2a6abf7158809cf4f3c"
COMMANDS = {
    "scan": ["scan", "{people}"],
    "policy init": ["policy", "init", "{people}"],
    "mask": [
        "mask", "{people}", "{folder}/m.parquet", "--policy", "{policy}", "--key-file", "{key}",
    ],
    "anonymize": ["anonymize", "{people}", "{folder}/a.parquet", "--qi", "age,sex"],
    "risk": ["risk", "{people}", "--qi", "age,sex", "--sensitive", "income"],
    "attack": ["attack", "{people}", "{people}", "--qi", "age,sex", "--sensitive", "income"],
    "treatments": ["treatments", "{people}"],
    "check": ["check", "{people}", "--rules", "{rules}"],
    "compare": ["compare", "{people}", "{people}", "--qi", "age,sex"],
    "private-count": [
        "private-count", "{people}", "--epsilon", "1", "--budget", "1", "--ledger", "{folder}/l",
    ],
    "synthesize": [
        "synthesize", "{people}", "{folder}/s.parquet", "--epsilon", "1", "--delta", "0.001",
        "--domains", "{domains}", "--drop", "id_number,mobile,age,income", "--rows", "9",
        "--person", "name",
    ],
    "ff1": ["ff1", "encrypt", "--key", KEY, "0123456789"],
}  # fmt: skip


def documented(command: str) -> set[str]:
    section = PAGE.read_text(encoding="utf-8").partition(f"### `{command}`\n")[2]
    rows = re.findall(r"^\| (`.+?) \|", re.split(r"^##", section, flags=re.M)[0], re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


def test_every_command_has_a_section() -> None:
    page = PAGE.read_text(encoding="utf-8")
    [commands] = [
        set(action.choices)
        for action in build_parser()._actions
        if isinstance(action.choices, dict)
    ]
    assert {command.split()[0] for command in COMMANDS} == commands
    for command in COMMANDS:
        assert f"### `{command}`" in page


def test_private_count_runs_as_the_page_prints_it(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a file, a column and its values in place of the letters that stand for them."""
    [row] = re.findall(r"^\| `(private-count .+?)` \|", PAGE.read_text(encoding="utf-8"), re.M)
    stand_for = {
        "FILE": str(people),
        "A": "sex",
        "A=V,W": "sex=男,女",
        "X": "0.5",
        "Y": "1",
        "L": str(tmp_path / "ledger.jsonl"),
    }
    assert main([stand_for.get(part, part) for part in row.split()]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == [
        *("sex", "男", "女")
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_documented_keys_are_the_answered_ones(
    command: str, people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy, key = tmp_path / "policy.toml", tmp_path / "key"
    assert main(["policy", "init", str(people)]) == 0
    policy.write_text(capsys.readouterr().out, encoding="utf-8")
    key.write_bytes(bytes(range(32)))
    domains = tmp_path / "domains.json"
    domains.write_text('{"sex": {"values": ["男", "女"]}}', encoding="utf-8")
    rules = tmp_path / "rules.json"
    rules.write_text('[{"kind": "present", "columns": ["age"]}]', encoding="utf-8")
    given = [
        part.format(
            people=people, folder=tmp_path, policy=policy, key=key, domains=domains, rules=rules
        )
        for part in COMMANDS[command]
    ]
    # A table is no anonymous release of itself.
    assert main([*given, "--json"]) == (3 if command == "attack" else 0)
    assert set(json.loads(capsys.readouterr().out)) == documented(command)
