"""`ff1` answers as the standard does, or refuses without a word on standard output."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desensitize.cli import main

KEY = "2b7e151628aed2a6abf7158809cf4f3c"


def test_published_cases_come_out_one_a_line(
    vectors: Callable[[str], Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for case in vectors("nist_sp800_38g_ff1.json")["vectors"]:
        options = ["--key", case["key"], "--tweak", case["tweak"], "--radix", str(case["radix"])]
        assert main(["ff1", "encrypt", *options, case["pt"], case["pt"]]) == 0
        assert capsys.readouterr().out == f"{case['ct']}\n{case['ct']}\n"
        assert main(["ff1", "decrypt", *options, case["ct"], "--json"]) == 0
        assert json.loads(capsys.readouterr().out) == {"results": [case["pt"]]}


def test_the_key_can_come_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "key"
    path.write_text(KEY + "\n", encoding="ascii")
    assert main(["ff1", "encrypt", "--key-file", str(path), "0123456789"]) == 0
    assert capsys.readouterr().out == "2433477484\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--key", KEY[:-2], "0123456789"],
        ["--key", KEY[:-1], "0123456789"],
        ["--key", "g" * 32, "0123456789"],
        ["--key", KEY, "--tweak", "xyz", "0123456789"],
        ["--key", KEY, "--radix", "9", "0123456789"],
        ["--key", KEY, "--radix", "63", "0123456789"],
        ["--key", KEY, "0123456789", "01234"],
        ["--key", KEY, "0123456789", "012345678a"],
        ["--key", KEY, "0123456789", ""],
        ["--key", KEY, "1" * 257],
        ["--key-file", "missing", "0123456789"],
    ],
)
@pytest.mark.parametrize("action", ["encrypt", "decrypt"])
def test_a_refusal_is_one_sentence_without_key_or_value(
    action: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ff1", action, *arguments]) == 1
    output = capsys.readouterr()
    assert (output.out, output.err.count("\n")) == ("", 1)
    assert KEY[:8] not in output.err
    assert "012345" not in output.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["ff1", "encrypt", "0123456789"],
        ["ff1", "encrypt", "--key", KEY],
        ["ff1", "hide", "--key", KEY, "0123456789"],
        ["ff1", "encrypt", "--key", KEY, "--key-file", "k", "0123456789"],
        ["ff1", "encrypt", "--key", KEY, "--radix", "ten", "0123456789"],
    ],
)
def test_wrong_usage_is_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().out == ""
