"""The command line of the valuation library, as a person calls it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from valuation.cli import main

VECTORS = Path(__file__).parent / "vectors"
CASES = json.loads((VECTORS / "cost_approach.json").read_text(encoding="utf-8"))["cases"]
TOML = """
currency = "CNY"
cost_basis = "replacement"
delta = 0.5
[components]
direct = 100.10
"""


def written(folder: Path, name: str, content: str) -> str:
    """Write an input file and give its path as an argument."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_worked_case_as_json(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Input files take the keys of the cases; the answer has the keys of their figures."""
    path = written(tmp_path, "input.json", json.dumps(case["inputs"]))
    code = main(["cost_approach", path, "--json"])
    answer = json.loads(capsys.readouterr().out)
    if "error" in case["expected"]:
        assert (code, answer["error"]) == (1, case["expected"]["error"])
        return
    assert code == 0
    assert answer["outputs"].keys() >= case["expected"].keys()
    for name, figure in case["expected"].items():
        assert answer[name] == pytest.approx(figure, abs=0.005)
    assert float(answer["outputs"]["P"]) == pytest.approx(case["expected"]["P"], abs=0.005)


def test_toml_and_explanation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A TOML file is read without binary numbers, and --explain shows the way."""
    assert main(["cost", written(tmp_path, "input.toml", TOML), "--explain"]) == 0
    text = capsys.readouterr().out
    assert "Cost approach: 50.05 CNY" in text
    assert "components.direct: 100.10 CNY" in text
    assert "A reference value, no appraisal report." in text


def test_distribution_is_drawn_sideways(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each bin has a line; the fullest has the longest bar, and all draws are accounted for."""
    cases = json.loads((VECTORS / "monte_carlo.json").read_text(encoding="utf-8"))["cases"]
    given = written(tmp_path, "input.json", json.dumps(cases[0]["inputs"]))
    assert main(["simulate", given]) == 0
    lines = capsys.readouterr().out.splitlines()
    first = lines.index("  histogram (from, draws)") + 1
    last = next(place for place in range(first, len(lines)) if "below and" in lines[place])
    bins = [line.split() for line in lines[first:last]]
    drawn = {int(parts[1]): len(parts[2]) if len(parts) > 2 else 0 for parts in bins}
    assert drawn[max(drawn)] == max(drawn.values())
    beyond = [int(word) for word in lines[last].split() if word.isdigit()]
    assert sum(int(parts[1]) for parts in bins) + sum(beyond) == 100_000


def test_replay_of_a_written_result(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What --json prints can be replayed; a changed cent ends in exit 1."""
    main(["cost", written(tmp_path, "input.toml", TOML), "--json"])
    stored = json.loads(capsys.readouterr().out)
    assert main(["replay", written(tmp_path, "stored.json", json.dumps(stored))]) == 0
    assert "Reproduced to the cent: 50.05" in capsys.readouterr().out
    stored["amount"] = "50.06"
    path = written(tmp_path, "changed.json", json.dumps(stored))
    assert main(["replay", path, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["differences"] == ["amount"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"a": 1, "a": 2}', "stands twice"),
        ('{"delta": NaN}', "NaN is not a number"),
        ("[1]", "holds no object"),
        ("{", "cannot be read as JSON"),
        ("[" * 200_000, "cannot be read as JSON"),
    ],
)
def test_unreadable_file(
    content: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken file ends in a sentence and exit 1."""
    assert main(["cost", written(tmp_path, "input.json", content)]) == 1
    assert sentence in capsys.readouterr().err


def test_called_wrongly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong calls end in exit 2 and say what to give."""
    assert main(["cots", "input.json"]) == 2
    assert "Did you mean cost?" in capsys.readouterr().err
    assert main(["cost", str(tmp_path / "nothing.json")]) == 2
    assert "cannot be opened" in capsys.readouterr().err
    with pytest.raises(SystemExit) as left:
        main(["cost"])
    assert left.value.code == 2


def test_module_runs_without_django() -> None:
    """`python -m valuation methods` lists the methods, and nothing of the site is imported."""
    probe = (
        "import sys, valuation.__main__;"
        "sys.exit(any(name.split('.')[0] in ('django', 'marketplace') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
    listed = subprocess.run(
        [sys.executable, "-m", "valuation", "methods"], check=True, capture_output=True
    )
    assert b"cost: Cost approach." in listed.stdout
