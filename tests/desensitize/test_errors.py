"""Every code has a sentence, every sentence gets its parameters."""

import ast
import string
from pathlib import Path

import desensitize
from desensitize.errors import CODES, SENTENCES, DesensitizeError, TableError, nearest

LIBRARY = Path(desensitize.__file__).parent


def raised() -> dict[str, list[set[str]]]:
    """Return for each code that the library makes an error of the parameters it gives."""
    found: dict[str, list[set[str]]] = {}
    for path in LIBRARY.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in {"DesensitizeError", "TableError"}:
                continue
            [code] = node.args[:1]
            if isinstance(code, ast.Constant):
                names = {keyword.arg for keyword in node.keywords if keyword.arg}
                found.setdefault(str(code.value), []).append(names)
    return found


def test_each_error_gives_what_its_sentence_needs() -> None:
    for code, calls in raised().items():
        needed = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name}
        for given in calls:
            assert given - {"nearest"} == needed, code


def test_every_code_can_happen() -> None:
    assert set(raised()) == CODES


def test_every_sentence_is_one() -> None:
    for sentence in SENTENCES.values():
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_an_error_carries_code_and_parameters() -> None:
    error = TableError("ragged-row", line=7, found=3, expected=2)
    assert isinstance(error, DesensitizeError)
    assert (error.code, error.parameters) == ("ragged-row", {"line": 7, "found": 3, "expected": 2})
    assert str(error).startswith("Line 7 has 3 fields")


def test_the_nearest_name_is_offered() -> None:
    assert nearest("pseudonim", ["partial", "pseudonym"]) == "pseudonym"
    assert nearest("zzz", ["partial"]) == ""
    assert str(DesensitizeError("unknown-mask", name="x", nearest="")).endswith("“x”.")
