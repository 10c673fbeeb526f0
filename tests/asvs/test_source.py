"""What can be read off the source: nothing is evaluated, unpickled, or given to a shell."""

from __future__ import annotations

import ast
import re
import re._constants as words  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.test_house import PACKAGES, ROOT, module_name, sources, tree
from tests.asvs.absent import ABSENT

OURS = [path for path in sources(*PACKAGES) if "tests" not in path.parts]


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the modules that a file imports."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


@cache
def calls() -> tuple[tuple[str, str, ast.Call], ...]:
    """Return each call of ours: where it stands, what is called, and the call."""
    return tuple(
        (f"{module_name(path)}:{node.lineno}", ast.unparse(node.func), node)
        for path in OURS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    )


WRITES_XML = {
    "marketplace.trading.treasury.batch.files",
    "marketplace.annotation.formats.label_studio",
}
"""Modules that make a file of XML, and read none."""
OF_WRITING = {
    "xml.etree",
    "xml.etree.ElementTree",
    *(f"xml.etree.ElementTree.{name}" for name in ("Element", "SubElement", "indent", "tostring")),
}


READS_XML = {"marketplace.trading.treasury.bank.camt"}
"""Modules that read XML, by paths that stand in them."""
OF_READING = {
    "xml.etree",
    "xml.etree.ElementTree",
    *(
        f"xml.etree.ElementTree.{name}"
        for name in ("Element", "ParseError", "TreeBuilder", "XMLParser")
    ),
}


@pytest.mark.parametrize("what", ABSENT)
def test_nothing_of_it_is_used(what: str) -> None:
    """No module of ours loads it, no app of the site is it, and no unmanaged source is ours."""
    modules = ABSENT[what]
    found = [
        f"{module_name(path)}: {name}"
        for path in OURS
        for name in imported(path)
        if any(name == module or name.startswith(f"{module}.") for module in modules)
        and not (module_name(path) in WRITES_XML and name in OF_WRITING)
        and not (module_name(path) in READS_XML and name in OF_READING)
    ]
    assert found == []
    assert [app for app in settings.INSTALLED_APPS if app.startswith(modules)] == []
    unmanaged = [path for folder in PACKAGES for path in (ROOT / folder).rglob("*.[ch]")]
    assert unmanaged == []


def test_nothing_is_evaluated() -> None:
    """No text becomes code."""
    of = {"eval", "exec", "compile", "__import__", "code.interact", "runpy.run_path"}
    found = {where.partition(":")[0] for where, name, _call in calls() if name in of}
    # Once everything is closed it runs the program of ours that is named.
    assert found == {"desensitize.confinement.child"}


def test_nothing_is_unpickled() -> None:
    """Neither here nor in a worker: what comes over a wire is JSON, and so are sessions."""
    of = {"pickle", "marshal", "shelve", "dill", "joblib", "yaml"}
    # YAML is written there, of plain values, and never read.
    writes = "marketplace/trading/listings/data_contract/document.py"
    assert [
        str(path)
        for path in OURS
        if of & {name.split(".")[0] for name in imported(path)} and not str(path).endswith(writes)
    ] == []
    [document] = [path for path in OURS if str(path).endswith(writes)]
    assert set(re.findall(r"yaml\.(\w+)", document.read_text(encoding="utf-8"))) == {"safe_dump"}
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_SERIALIZER == "json"
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


def test_programs_are_started_without_a_shell() -> None:
    """By a list of words, so that no word of somebody's becomes a command."""
    wrong = []
    for where, name, call in calls():
        if name in {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}:
            wrong.append(where)
        if name.startswith("subprocess."):
            keywords = {keyword.arg for keyword in call.keywords}
            is_list = call.args and isinstance(call.args[0], ast.List | ast.Tuple | ast.Name)
            if "shell" in keywords or not is_list:
                wrong.append(where)
    assert wrong == []


def test_templates_come_from_files() -> None:
    """Nobody's words are a template."""
    of = re.compile(r"(^|\.)(Template|from_string|template_from_string|render_inline)$")
    # There is a `Template` of policies, which is none of pages.
    ours = [(where, name) for where, name, _call in calls() if where.startswith("marketplace.")]
    assert [where for where, name in ours if of.search(name)] == []


OF_OUR_SENTENCES = {
    "sentence.format",
    "self.words.format",
    "self.why.sentence.format",
    "gettext(sentence.words).format",
    "pl.format",
}
"""Calls on a sentence of the code, by whatever name it goes there; polars has one of its own."""


def test_what_is_filled_in_is_written_by_us() -> None:
    """`format` is called on texts of the code alone: one of a stranger's would read objects."""
    wrong = [
        where
        for where, name, call in calls()
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in ("format", "format_map")
        and not isinstance(call.func.value, ast.Constant)
        and not re.match(r"sql\.SQL\(|[A-Z_]+\[", name)
        and name not in OF_OUR_SENTENCES
    ]
    assert wrong == []


OF_OUR_PATTERNS = {
    "marketplace.demo.story.annotators",
    "marketplace.trading.treasury.bank.statement_lines",
    "desensitize.attacks.workbook",
    "desensitize.detectors.cn_name_in_text",
    "desensitize.detectors.contract",
    "desensitize.tables.days",
    "marketplace.web.examples",
    "valuation.quality.formulas",
}
"""Modules that put a pattern together of others that stand in the code."""


def test_words_of_others_are_no_patterns() -> None:
    """A pattern is a text of the code; what comes from elsewhere is escaped in it."""
    of = {f"re.{name}" for name in ("compile", "match", "search", "fullmatch", "sub", "split")}
    wrong = set()
    for where, name, call in calls():
        if name not in of | {"re.findall", "re.finditer"}:
            continue
        holder = ast.unparse(call.args[0])
        for part in ast.walk(call.args[0]):
            if not isinstance(part, ast.Name) or part.id.isupper() or part.id == "re":
                continue
            if f"re.escape({part.id})" not in holder:
                wrong.add(where.partition(":")[0])
    assert wrong == OF_OUR_PATTERNS


def patterns() -> Iterator[tuple[str, str]]:
    """Yield the patterns that stand in the code for Python's `re`, with where."""
    for where, name, call in calls():
        if name.startswith("re.") and call.args and isinstance(call.args[0], ast.Constant):
            value = call.args[0].value
            if isinstance(value, str | bytes):
                yield where, value if isinstance(value, str) else value.decode("latin-1")


def repeats_without_end(parsed: object, *, within: bool = False) -> bool:
    """Return whether something that repeats without end holds another that does, and no more."""
    for kind, value in parsed:  # type: ignore[attr-defined]
        if kind in (words.MAX_REPEAT, words.MIN_REPEAT):
            _least, most, inner = value
            endless = most == words.MAXREPEAT
            # `(?:a+b)*` has one way to be read; `(?:a+)*` has as many as there are letters.
            only = len(inner) == 1 and inner[0][0] in (words.SUBPATTERN, words.MAX_REPEAT)
            if endless and within:
                return True
            if repeats_without_end(inner, within=endless and only):
                return True
        elif (
            kind == words.SUBPATTERN
            and repeats_without_end(value[-1], within=within and len(value[-1]) == 1)
        ) or (
            kind == words.BRANCH
            and any(
                repeats_without_end(each, within=within and len(each) == 1) for each in value[1]
            )
        ):
            return True
    return False


def test_no_pattern_repeats_what_repeats() -> None:
    """Such a one takes twice as long for each further letter that somebody sends."""
    found = list(patterns())
    assert len(found) > 40
    assert repeats_without_end(parser.parse(r"(?:(\w+)*)x"))
    assert not repeats_without_end(parser.parse(r"(?:\w+,)*x"))
    assert [where for where, text in found if repeats_without_end(parser.parse(text))] == []


def test_factors_are_apps_keys_and_recovery_codes() -> None:
    """No code comes by telephone, e-mail or push message."""
    assert settings.MFA_SUPPORTED_TYPES == ["totp", "webauthn", "recovery_codes"]
