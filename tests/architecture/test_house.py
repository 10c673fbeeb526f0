"""The rules of the house that can be read off the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.plugins.databases import ON_SQLITE

pytestmark = pytest.mark.house
ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("marketplace", "desensitize", "valuation")
ONE_FILE_VERIFIER = ROOT / "marketplace" / "ledger" / "verifier" / "verify.py"
"""Whoever checks without the centre takes this file away, and reads it whole."""
MARK_OF_BROWSER = "mark." + "browser"
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py"}
DOOR_FILES = ("urls", "views", "api", "admin", "tasks", "commands")
NO_TRANSACTION = {
    # Long work: each step is an act of its own, so that no lock is held while an engine runs.
    "marketplace.catalog.new_version.services.receive_upload",
    "marketplace.catalog.intake.services.hand_in_file",
    "marketplace.annotation.labelled_set.services.make_labelled_set",
    "marketplace.catalog.intake.services.mend_reading",
    "marketplace.catalog.intake.services.take_file",
    "marketplace.catalog.source.services.check_source",
    "marketplace.delivery.changes.services.look_at_changes",
    "marketplace.delivery.sharing.services.query_changes",
    "marketplace.ledger.services.verification.audit_by_parts",
    # Part of the act that calls it, in that act's transaction.
    "marketplace.ledger.services.recording.record",
    # Watches over many things: each is a transaction of its own, so that no lock is held across
    # all, and what was done stays done.
    "marketplace.catalog.feed.services.keep_feeds",
    "marketplace.outbound.lineage.services.send_due_lineage",
    "marketplace.outbound.message.services.send_due_messages",
    "marketplace.catalog.push.services.send_rows",
    "marketplace.catalog.push.services.commit_push",
    "marketplace.catalog.push.services.expire_pushes",
    "marketplace.catalog.intake.services.expire_files",
    "marketplace.trading.listings.publication.services.suspend_broken_listings",
    "marketplace.trading.listings.publication.services.resume_mended_listings",
    "marketplace.trading.orders.delivery.services.complete_silent_orders",
    "marketplace.trading.listings.demand.services.expire_demands",
    "marketplace.trading.orders.dispute.services.close_due_disputes",
    "marketplace.trading.treasury.payment.services.confirm_statement",
    "marketplace.trading.treasury.payment.services.book_confirmed_statements",
    "marketplace.trading.orders.settlement.services.remind_of_overdue_charges",
    "marketplace.trading.orders.promise.services.keep_promises",
    "marketplace.trading.orders.deletion.services.remind_of_overdue_deletions",
    "marketplace.trading.orders.person_request.services.remind_of_person_requests",
    "marketplace.trading.orders.negotiation.services.expire_offers",
    "marketplace.trading.orders.last_day.services.settle_trading_terms",
    "marketplace.rights.due.services.settle_register_terms",
    "marketplace.trading.orders.amendment.services.expire_amendments",
    "marketplace.trading.orders.termination.services.end_terminated_contracts",
    "marketplace.delivery.grant.services.advance_grants",
    "marketplace.delivery.grant.services.expire_grants",
    "marketplace.delivery.grant.services.remind_of_licence_ends",
    "marketplace.delivery.use.services.sum_uses",
    "marketplace.delivery.use.services.bill_uses",
    "marketplace.preparation.raw_data.services.destroy_due_raw_data",
    "marketplace.learning.model.services.settle_models",
    "marketplace.annotation.batch.services.return_idle_batches",
}


def sources(*folders: str) -> list[Path]:
    """List our Python files, without migrations."""
    found: list[Path] = []
    for folder in folders:
        found += [
            path
            for path in sorted((ROOT / folder).rglob("*.py"))
            if "migrations" not in path.parts and "node_modules" not in path.parts
        ]
    return found


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file once."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def module_name(path: Path) -> str:
    """Return the dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def in_part(path: Path, *parts: str) -> bool:
    """Return whether a file is, or lies in, one of the parts of an app."""
    return any(part in (*path.relative_to(ROOT).parts, path.stem) for part in parts)


APP_SOURCES = [path for path in sources("marketplace") if len(path.relative_to(ROOT).parts) > 2]
SERVICE_FILES = [path for path in APP_SOURCES if in_part(path, "services")]
DOORS = [path for path in APP_SOURCES if in_part(path, *DOOR_FILES)]


def acts() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield every act: a public function of a services module that takes `by`."""
    for path in SERVICE_FILES:
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = [argument.arg for argument in node.args.args + node.args.kwonlyargs]
                if "by" in names:
                    yield f"{module_name(path)}.{node.name}", node


ACTS = dict(acts())


def test_there_are_acts() -> None:
    """The rules below look at something."""
    assert len(ACTS) > 8
    assert DOORS
    assert SERVICE_FILES


def test_no_file_is_named_after_nothing() -> None:
    """A file says what it holds."""
    assert [path for path in sources(*PACKAGES, "tests") if path.name in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("name", sorted(ACTS))
def test_act_has_the_anatomy(name: str) -> None:
    """`by: Actor` by keyword, atomic, documented; at most one argument without a keyword."""
    act = ACTS[name]
    keywords = {argument.arg: argument for argument in act.args.kwonlyargs}
    assert "by" in keywords, "by is taken by keyword"
    annotation = keywords["by"].annotation
    assert annotation is not None
    assert ast.unparse(annotation) == "Actor"
    assert len(act.args.args) <= 1, "what it needs is taken by keyword"
    assert ast.get_docstring(act), "an act says what it does"
    decorators = {ast.unparse(decorator) for decorator in act.decorator_list}
    atomic = {"transaction.atomic", "transaction.atomic(savepoint=False)"}
    assert atomic & decorators or name in NO_TRANSACTION
    taken = {ast.unparse(a.annotation) for a in act.args.kwonlyargs if a.annotation}
    assert not taken & {"HttpRequest", "Request", "dict[str, Any]", "dict[str, object]"}


def test_doors_do_not_query() -> None:
    """A door parses, calls, presents: no manager, no transaction."""
    wrong = []
    for path in DOORS:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
                wrong.append(f"{module_name(path)}:{node.lineno} queries")
            if isinstance(node, ast.ImportFrom) and node.module == "django.db":
                names = {alias.name for alias in node.names}
                if "transaction" in names:
                    wrong.append(f"{module_name(path)}:{node.lineno} opens a transaction")
    assert wrong == []


def test_services_start_no_tasks() -> None:
    """A reaction or a door starts them."""
    wrong = [
        f"{module_name(path)}:{node.lineno}"
        for path in SERVICE_FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module
        and (node.module.endswith(".tasks") or node.module.startswith("celery"))
    ]
    assert wrong == []


def assigned_states(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what is given a state in this node without `move`."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            is_state = isinstance(target, ast.Attribute) and target.attr == "state"
            if is_state and not ast.unparse(target).startswith("self."):
                yield target
    elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "update":
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "state")


def test_only_move_assigns_a_state() -> None:
    """A state follows from a table."""
    wrong = [
        f"{module_name(path)}:{place.lineno}"
        for path in APP_SOURCES
        if path.parts[-2:] != ("core", "states.py")
        for node in ast.walk(tree(path))
        for place in assigned_states(node)
    ]
    assert wrong == []


def test_nothing_happens_behind_the_acts() -> None:
    """No signals, no save() with effects, no generic foreign keys."""
    wrong = []
    for path in APP_SOURCES:
        text = path.read_text(encoding="utf-8")
        if re.search(
            r"django\.(db\.models|core|dispatch)\.?signals|@receiver|GenericForeignKey", text
        ):
            wrong.append(module_name(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and in_part(path, "models"):
                methods = {f.name for f in node.body if isinstance(f, ast.FunctionDef)}
                wrong += [f"{module_name(path)}.{node.name}.save"] if "save" in methods else []
    assert wrong == []


def test_who_is_from_outside_is_asked_of_all_accounts() -> None:
    """`and not by.acts_for(…)` knows the account in use alone; `belongs_to` knows the person.

    A rule that asks it for its own sentence asks the other besides.
    """
    whole = {"belongs_to", "check_independent", "check_one_side", "is_second"}
    wrong = []
    for path in sources("marketplace"):
        for function in ast.walk(tree(path)):
            if not isinstance(function, ast.FunctionDef):
                continue
            apart = any(
                isinstance(part, ast.BoolOp)
                and isinstance(part.op, ast.And)
                and any("acts_for" in called(value) for value in part.values if is_not(value))
                for part in ast.walk(function)
            )
            if apart and not whole & called(function):
                wrong.append(f"{module_name(path)}.{function.name}")
    assert wrong == []


def is_not(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)


def called(node: ast.AST) -> set[str]:
    """Return the names of what is called in a node."""
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {getattr(each, "attr", getattr(each, "id", "")) for each in calls}


def test_imports_stand_at_the_top() -> None:
    """But for an optional extra in its one adapter, and the registration in `AppConfig.ready`."""
    wrong = []
    for path in sources(*PACKAGES):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                if inner and not (path.name == "apps.py" and node.name == "ready"):
                    wrong.append(f"{module_name(path)}:{node.lineno}")
    assert wrong == []


def test_migrations_are_named() -> None:
    """A migration says what it does."""
    names = [path.stem for path in (ROOT / "marketplace").rglob("migrations/0*.py")]
    assert names
    assert [name for name in names if "_auto_" in name] == []


def test_templates_keep_the_policy() -> None:
    """No inline script or style, nothing marked safe, no foreign host."""
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        whole = path.read_text(encoding="utf-8")
        text = re.sub(r"\{%.*?%\}", "", whole)
        name = str(path.relative_to(ROOT))
        if re.search(r"<script(?![^>]*\bsrc=)", text) or re.search(r"<style\b", text):
            wrong.append(f"{name}: inline script or style element")
        if re.search(r"\sstyle=\"", text) or re.search(r"\son[a-z]+=\"", text):
            wrong.append(f"{name}: inline style or handler")
        if re.search(r"\|\s*safe\b|\bautoescape off\b|\bmark_safe\b", whole):
            wrong.append(f"{name}: marked safe")
        if re.search(r"(src|href)=\"https?://", text):
            wrong.append(f"{name}: foreign host")
    assert wrong == []


def test_what_drives_a_browser_lies_where_it_is_run() -> None:
    """`make tests-browser` collects one folder."""
    marked = [path for path in sources("tests") if MARK_OF_BROWSER in path.read_text("utf-8")]
    assert marked
    assert {path.parent.name for path in marked} == {"browser"}


def test_no_machine_paths() -> None:
    """The project runs anywhere."""
    # Written in pieces, so that this file does not find itself.
    pattern = re.compile("/" + r"(root|work|farm|home/\w+)/")
    wrong = [
        str(path.relative_to(ROOT))
        for folder in (*PACKAGES, "tests", "templates", "docs", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html", ".md", ".toml", ".txt", ".yaml"}
        and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


OWN_JSON = {
    "marketplace/accounting/standards/cases.py",
    "marketplace/appraisal/ceiling/profile.py",
    "marketplace/core/bounds.py",
    "marketplace/core/workdays.py",
    "marketplace/demo/story/sign_ins.py",
    "marketplace/ledger/binding.py",
    "marketplace/ledger/verifier/verify.py",
    "marketplace/pipeline/key_files.py",
    "marketplace/rights/procedure/profile.py",
    "marketplace/trading/listings/report/api.py",
    # What the centre itself wrote into the vault.
    "marketplace/catalog/intake/seeing.py",
    "marketplace/trading/orders/person_request/services.py",
    "marketplace/web/api.py",
    "marketplace/web/charts/drawing.py",
    # What the centre and its child that trains say to each other.
    "marketplace/learning/training/answering.py",
    "marketplace/learning/training/supervision.py",
    "marketplace/learning/training/declaration.py",
    "marketplace/web/manual/__init__.py",
    "marketplace/web/manual/reading.py",
}
"""What reads JSON that the centre or its operator wrote, and the verifier, which stands alone."""


def test_what_others_send_is_read_within_bounds() -> None:
    """Fields come from `web.bounded`, JSON from `core.bounds`: nothing can be forgotten."""
    bounded = ROOT / "marketplace" / "web" / "bounded"
    unbounded = []
    for path in sources("marketplace"):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        plain = re.search(
            r"^from (django import .*forms|rest_framework import .*serial)", text, re.M
        )
        if (plain and bounded not in path.parents) or (
            "json.load" in text and name not in OWN_JSON
        ):
            unbounded.append(name)
    assert unbounded == []


def test_what_is_shown_on_sqlite_is_there() -> None:
    """A file that was moved would no longer be run on it."""
    assert [path for path in ON_SQLITE if not (ROOT / path).exists()] == []
