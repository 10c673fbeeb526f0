"""Worked cases of valuation, run as a person runs them: through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from valuation.cli import main

VECTORS = Path(__file__).parent.parent / "valuation" / "vectors"


def cases(name: str) -> list[dict[str, Any]]:
    """Give the cases of one file of vectors."""
    loaded = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = loaded["cases"]
    return found


def answered(
    method: str, inputs: object, folder: Path, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    """Give what `python -m valuation METHOD INPUT --json` prints for these inputs."""
    path = folder / "input.json"
    path.write_text(json.dumps(inputs), encoding="utf-8")
    code = main([method, str(path), "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == (1 if "error" in answer else 0)
    return answer


def assert_like(answer: object, expected: object, within: float) -> None:
    """Compare every figure, list and name that is expected, figures within a tolerance."""
    if isinstance(expected, dict):
        assert isinstance(answer, dict)
        for name, part in expected.items():
            assert_like(answer[name], part, within)
    elif isinstance(expected, list):
        assert isinstance(answer, list)
        assert len(answer) == len(expected)
        for ours, theirs in zip(answer, expected, strict=True):
            assert_like(ours, theirs, within)
    elif isinstance(expected, bool | str) or expected is None:
        assert answer == expected
    else:
        assert answer == pytest.approx(expected, abs=within, rel=0)
