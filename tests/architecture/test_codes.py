"""Codes of refusals are spelt alike, wherever a refusal comes from."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import desensitize.errors
import valuation.errors
from marketplace.trading.listings import gate

pytestmark = pytest.mark.house
ROOT = Path(__file__).parent.parent.parent
KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def _codes() -> Iterator[tuple[str, str]]:
    for library in (desensitize.errors, valuation.errors, gate):
        yield from ((code, library.__name__) for code in library.CODES)
    yield from ((code, valuation.errors.__name__) for code in valuation.errors.WARNING_CODES)
    for path in (ROOT / "marketplace").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield from ((code, where) for code in _named(node))


def _named(call: ast.Call) -> Iterator[str]:
    named = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    if isinstance(call.func, ast.Name) and call.func.id == "RuleRefused":
        named.extend(call.args[:1])
    for value in named:
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
            yield value.value


def test_codes_are_in_kebab_case() -> None:
    """Lower case, words joined by hyphens: `claim-running`, not `CLAIM_RUNNING`."""
    found = list(_codes())
    assert len(found) > 400
    assert sorted(one for one in found if not KEBAB.fullmatch(one[0])) == []
