"""`risk`: measure the risk of a table."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from desensitize.commands.answering import add_json, print_json
from desensitize.commands.files import FORMS, add_sheet, names, opened
from desensitize.commands.hierarchies import add_hierarchies, given_hierarchies
from desensitize.engines.publication import published
from desensitize.errors import DesensitizeError
from desensitize.risk import linkage_attack, measure
from desensitize.risk.figures import AT_RISK
from desensitize.risk.report import risk_report
from desensitize.tables import sha256_of

HELP = "measure the risk of a table"
REPORTS = (".html", ".json")


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, help=FORMS)
    add_sheet(parser)
    parser.add_argument("--qi", default="", help="quasi-identifiers, parted by commas")
    parser.add_argument("--sensitive", default="", help="sensitive columns, parted by commas")
    parser.add_argument("--population", type=Path, help="a table of everybody")
    parser.add_argument("--reference", type=Path, help="a table of known persons, to link")
    parser.add_argument("--identity", help="column of both tables that says who is who")
    parser.add_argument("--sampling-fraction", type=float, help="share of the population")
    parser.add_argument(
        "--at-risk", type=float, default=AT_RISK, help=f"risk not accepted for a row ({AT_RISK})"
    )
    parser.add_argument("--report", type=Path, help="write a report, as .html or .json")
    parser.add_argument("--before", type=Path, help="the table before, for the report's utility")
    parser.add_argument("--aggregate", action="store_true", help="rows are groups, not persons")
    add_hierarchies(parser)
    add_json(parser)


def run(given: Namespace) -> None:
    """Print the measured risk of a table; the digest is of the file that was given."""
    if given.report is not None and given.report.suffix.lower() not in REPORTS:
        raise DesensitizeError("unknown-report", ending=given.report.suffix)
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(opened(path, given.sheet if name == "file" else ""))[0]
            for name in ("file", "population", "reference", "before")
            if (path := getattr(given, name)) is not None
        }
        asked = _asked(given, tables)
        answer = _answer(given, tables, asked)
        if given.report is not None:
            report = risk_report(
                tables["file"],
                given=given.file,
                before=tables.get("before"),
                reference=tables.get("reference"),
                identity=given.identity,
                is_aggregate=given.aggregate,
                **asked,
            )
            text = report.written_as(given.report.suffix)
            with published(given.report) as temporary:
                temporary.write_text(text, encoding="utf-8")
    if given.json:
        print_json(answer)
        return
    for name, value in answer.items():
        print(f"{name}\t{value}")


def _asked(given: Namespace, tables: Mapping[str, Path]) -> dict[str, Any]:
    quasi_identifiers = names(given.qi)
    return {
        "quasi_identifiers": quasi_identifiers,
        "sensitive": names(given.sensitive),
        "population": tables.get("population"),
        "hierarchies": given_hierarchies(given.hierarchies, quasi_identifiers),
        "sampling_fraction": given.sampling_fraction,
        "at_risk_from": given.at_risk,
    }


def _answer(
    given: Namespace, tables: Mapping[str, Path], asked: Mapping[str, Any]
) -> dict[str, Any]:
    figures = measure(tables["file"], **asked)
    answer = replace(figures, sha256=sha256_of(given.file)).as_dict()
    if given.reference is not None:
        answer["linkage"] = linkage_attack(
            tables["file"],
            tables["reference"],
            quasi_identifiers=asked["quasi_identifiers"],
            hierarchies=asked["hierarchies"],
            identity=given.identity,
        ).as_dict()
    return answer
