"""The command line: value an input file, list the methods, replay a stored result.

Exit codes: 0 done, 1 refused with a sentence (for `replay`: not the same cents), 2 called wrongly.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from valuation.errors import ValuationError
from valuation.inputs import load_inputs
from valuation.registry import METHODS, find_method, value
from valuation.replay import replay
from valuation.report import page_of
from valuation.result import Result, plain_outputs
from valuation.rounding import as_text

_REFUSED, _CALLED_WRONGLY = 1, 2
_WIDEST_BAR = 40


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, by default the process's own; return its exit code."""
    parser = build_parser()
    asked = parser.parse_args(arguments)
    if asked.method == "methods":
        for method in METHODS.values():
            print(f"{method.name}: {method.title}. {method.formula}")
        return 0
    try:
        if asked.method != "replay":
            find_method(asked.method)
    except ValuationError as refusal:
        print(refusal, file=sys.stderr)
        return _CALLED_WRONGLY
    if asked.input is None:
        parser.error(f"give an input file: python -m valuation {asked.method} INPUT")
    try:
        return _run(asked)
    except OSError as error:
        file = error.filename or asked.input
        print(f"The file {file} cannot be opened: {error.strerror}.", file=sys.stderr)
        return _CALLED_WRONGLY
    except ValuationError as refusal:
        if asked.json:
            _print_json(
                {
                    "error": refusal.code,
                    "sentence": str(refusal),
                    "parameters": refusal.parameters,
                }
            )
        else:
            print(refusal, file=sys.stderr)
        return _REFUSED


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m valuation",
        description="Value a data asset. The figures are reference values, no appraisal report.",
        epilog="Exit codes: 0 done, 1 refused with a sentence, 2 called wrongly.",
    )
    parser.add_argument(
        "method", metavar="METHOD", help="a method, or `methods` to list them, or `replay`"
    )
    parser.add_argument(
        "input", metavar="INPUT", nargs="?", type=Path, help="a JSON or TOML file (replay: JSON)"
    )
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    parser.add_argument("--explain", action="store_true", help="print the way to the figure")
    parser.add_argument(
        "--report", metavar="OUT.html", type=Path, help="write the result as a page to this file"
    )
    return parser


def _run(asked: argparse.Namespace) -> int:
    inputs = load_inputs(asked.input)
    if asked.method == "replay":
        return _replay(inputs, as_json=asked.json)
    result = value(asked.method, inputs)
    if asked.report is not None:
        method = METHODS[result.method]
        page = page_of(result, title=method.title, formula=method.formula)
        asked.report.write_text(page, encoding="utf-8")
    if asked.json:
        # Programs compare the plain numbers; `outputs` within holds them exactly, for a replay.
        _print_json({**plain_outputs(result.outputs), **result.to_dict()})
    else:
        print("\n".join(_lines(result, explain=asked.explain)))
    return 0


def _replay(stored: dict[str, object], *, as_json: bool) -> int:
    outcome = replay(stored)
    if as_json:
        _print_json(
            {
                "same": outcome.same,
                "amount_then": outcome.amount_then,
                "amount_now": outcome.amount_now,
                "version_then": outcome.version_then,
                "version_now": outcome.version_now,
                "differences": list(outcome.differences),
                "sentence": outcome.sentence,
            }
        )
    else:
        print(outcome.sentence)
    return 0 if outcome.same else _REFUSED


def _lines(result: Result, *, explain: bool) -> list[str]:
    money = "" if result.amount is None else f": {result.amount:,f} {result.currency}"
    lines = [f"{METHODS[result.method].title}{money}"]
    for name, figure in result.outputs.items():
        if name == "histogram" and isinstance(figure, Mapping):
            lines += _bars(figure)
        else:
            lines.append(f"  {name} = {_figure(figure)}")
    if explain:
        lines.append("How it comes about:")
        for depth, node in result.explanation.walk(1):
            way = f" = {node.formula}" if node.formula else ""
            source = f"  [{node.source}]" if node.source else ""
            lines.append(
                f"{'  ' * depth}{node.name}{way}: {as_text(node.value)} {node.unit}{source}"
            )
    lines += [f"Warning: {warning.sentence}" for warning in result.warnings]
    lines.append(f"A reference value, no appraisal report. Computed by valuation {result.version}.")
    return lines


def _bars(histogram: Mapping[str, Any]) -> list[str]:
    """Draw the distribution sideways: one line a bin, from its lower edge."""
    counts, edges = histogram["counts"], histogram["edges"]
    most = max(counts, default=0) or 1
    lines = ["  histogram (from, draws)"]
    for edge, count in zip(edges, counts, strict=False):
        lines.append(
            f"  {edge:>20,.2f} {count:>8} {'█' * round(_WIDEST_BAR * count / most)}".rstrip()
        )
    beyond = f"{histogram['below']} below and {histogram['above']} above these bins"
    return [*lines, f"  {beyond}"]


def _figure(figure: object) -> str:
    if isinstance(figure, Decimal):
        return as_text(figure)
    if isinstance(figure, dict):
        return ", ".join(f"{name} {_figure(part)}" for name, part in figure.items())
    if isinstance(figure, list | tuple):
        return "; ".join(_figure(part) for part in figure)
    return str(figure)


def _print_json(content: dict[str, object]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2))
