"""Functions are short enough to be read at once."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.test_house import ONE_FILE_VERIFIER, PACKAGES, ROOT, sources

pytestmark = pytest.mark.house
LONGEST_FUNCTION = 60
LONG_FUNCTIONS = {
    # One look from above on what an act, a page or a report is made of, step by step.
    "marketplace.credentials.services.issue_credential",
    "marketplace.web.charts.curves.curves",
    "desensitize.risk.report.risk_report",
}


def test_functions_are_short() -> None:
    """Split what reads better in parts; the list of longer ones only becomes shorter."""
    long = {
        f"{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}.{node.name}"
        for path in sources(*PACKAGES)
        if path != ONE_FILE_VERIFIER
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert long == LONG_FUNCTIONS
