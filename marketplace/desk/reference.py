"""The reference pages that follow from the code: states, money, commands, errors, facts, masks."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.core.management import load_command_class
from django.utils import translation

from marketplace.core.states import MACHINES
from marketplace.desk.mask_reference import masks_page
from marketplace.desk.money_reference import money_page
from marketplace.ledger.facts import KINDS
from marketplace.web.errors import STATUS, TITLES

REFUSALS = ("NotFound", "NotAllowed", "WrongState", "Invalid", "RuleRefused")
FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "reference"
RUN_AS = """\
On the host of a centre: `centre NAME`, as root or as the centre's own user. It reads the host's
file of settings and refuses without one ([how it is
installed](../how-to/run-in-production.md#4-settings-and-keys)). In a folder with the demo:
`.venv/bin/python manage.py NAME --settings=marketplace.settings.dev`. `manage.py` does not guess
which centre is meant: but for `demo`, which names its own, it refuses without settings."""
NOTE = "*Made by `manage.py reference`; a test compares it with the code.*"


def pages() -> dict[str, str]:
    """Return each page's text by its file name, in English whatever the language in force."""
    _load_events_and_states()
    with translation.override("en"):
        return {name: make() for name, make in PAGES.items()}


def _load_events_and_states() -> None:
    """Load what facts and states are known by, which nothing else may have done."""
    root = Path(__file__).resolve().parent.parent
    for path in sorted([*root.rglob("events.py"), *root.rglob("states.py")]):
        import_module(".".join(path.relative_to(root.parent).with_suffix("").parts))


def states_page() -> str:
    """Draw every state machine as a diagram and a table."""
    parts = ["# States", "", NOTE, ""]
    for name, machine in sorted(MACHINES.items()):
        parts += [f"## {name}", "", "```mermaid", "stateDiagram-v2"]
        first = next(iter(machine.moves))
        parts.append(f"    [*] --> {first.name}")
        for state, targets in machine.moves.items():
            parts += [f"    {state.name} --> {t.name}" for t in sorted(targets, key=str)]
        parts += ["```", "", "| state | shown as | may become |", "|---|---|---|"]
        for state, targets in machine.moves.items():
            follow = ", ".join(f"`{t.value}`" for t in sorted(targets, key=str)) or "— (final)"
            parts.append(f"| `{state.value}` | {state.label} | {follow} |")
        parts.append("")
    return "\n".join(parts)


def commands_page() -> str:
    """List our commands with their options."""
    parts = ["# Commands", "", NOTE, "", RUN_AS, ""]
    for name, app in sorted(_commands().items()):
        command = load_command_class(app, name)
        parser = command.create_parser("manage.py", name)
        parts += [f"## {name}", "", command.help, "", "| option | what |", "|---|---|"]
        for action in parser._actions:
            if action.dest not in DJANGO_OPTIONS:
                label = ", ".join(action.option_strings) or action.dest
                parts.append(f"| `{label}` | {action.help} |")
        parts.append("")
    return "\n".join(parts)


DJANGO_OPTIONS = {
    "help", "version", "verbosity", "settings", "pythonpath",
    "traceback", "no_color", "force_color", "skip_checks",
}  # fmt: skip


def _commands() -> dict[str, str]:
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("marketplace."):
            folder = Path(config.path) / "management" / "commands"
            found |= {
                path.stem: config.name
                for path in folder.glob("*.py")
                if not path.stem.startswith("_")
            }
    return found


def facts_page() -> str:
    """List every kind of ledger entry."""
    parts = ["# Facts", "", NOTE, "", "Each entry of the ledger is one of these.", ""]
    parts += ["| kind | says | fields |", "|---|---|---|"]
    for kind, fact in sorted(KINDS.items()):
        if fact.__module__.startswith("marketplace."):
            own = sorted({field.name for field in fields(fact)} - {"subject", "about"})
            words = ", ".join(f"`{name}`" for name in own) or "—"
            parts.append(f"| `{kind}` | {fact.label} | {words} |")
    return "\n".join([*parts, ""])


def errors_page() -> str:
    """List the kinds of refusal, and the codes of libraries, gate and acts."""
    parts = ["# Errors", "", NOTE, "", "Problem details (RFC 9457): `type` is", ""]
    parts += ["`urn:data-trading-centre:problem:` and the kind.", ""]
    parts += ["| kind | status | title |", "|---|---|---|"]
    statuses = {refusal.kind: status for refusal, status in STATUS.items()}
    for kind, title in sorted(TITLES.items()):
        parts.append(f"| `{kind}` | {statuses.get(kind, 'as HTTP says')} | {title} |")
    for library in ("desensitize", "valuation"):
        codes = import_module(f"{library}.errors").CODES
        parts += ["", f"## Codes of `{library}`", "", *(f"- `{code}`" for code in sorted(codes))]
    gate = import_module("marketplace.trading.listings.gate").CODES
    parts += ["", "## Codes of the gate", "", *(f"- `{code}`" for code in sorted(gate)), ""]
    parts += ["## Codes of acts", "", "Where no code is named, it is the kind.", ""]
    parts += [*(f"- `{code}`" for code in sorted(codes_of_acts())), ""]
    return "\n".join(parts)


def codes_of_acts() -> set[str]:
    """Return the codes that the centre's own refusals name, as they stand in the code."""
    root = FOLDER.parent.parent / "marketplace"
    texts = (path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    trees = (ast.parse(text) for text in texts if "code=" in text)
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (
        keyword.value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in REFUSALS
        for keyword in call.keywords
        if keyword.arg == "code"
    )
    return {str(value.value) for value in named if isinstance(value, ast.Constant)}


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states_page,
    "commands.md": commands_page,
    "facts.md": facts_page,
    "errors.md": errors_page,
    "masks.md": lambda: masks_page(NOTE),
    "money.md": lambda: money_page(NOTE),
}
"""What writes each page."""
