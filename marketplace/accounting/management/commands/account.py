"""`manage.py account`: answer what may be booked, from a file of inputs."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.accounting.standards.cases import answer, read_case
from marketplace.accounting.standards.profiles import DEFAULT, load_profile, profile_named
from marketplace.accounting.standards.refusals import RuleRefused


class Command(BaseCommand):
    help = (
        "Answer an accounting case from a JSON or TOML file: what may be booked, amortized, "
        "written down or disclosed, and what a move does to the debt ratio. Exit 1 where a rule "
        "refuses."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the form of the answer and the accounting standard."""
        parser.add_argument("input", type=Path, metavar="INPUT", help="a JSON or TOML file")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument(
            "--profile",
            default=DEFAULT,
            help="accounting standard: cas, ifrs, ipsas, or a TOML file of your own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refused: RuleRefused | None = None
        try:
            chosen: str = options["profile"]
            own = Path(chosen)
            profile = load_profile(own) if own.suffix == ".toml" else profile_named(chosen)
            figures = dict(answer(read_case(options["input"]), profile))
        except OSError as problem:
            raise CommandError(f"The file cannot be opened: {problem.strerror}.") from problem
        except RuleRefused as refusal:
            refused = refusal
            figures = {**refusal.figures, "error": refusal.code, "message": refusal.sentence}
        if options["json"]:
            self.stdout.write(json.dumps(_plain(figures), ensure_ascii=False, indent=1))
        else:
            for name, value in figures.items():
                if name not in ("error", "message"):
                    self.stdout.write(f"{name}: {_written(value)}")
        if refused is not None:
            raise CommandError(f"{refused.code}: {refused.sentence}")


def _plain(value: object) -> object:
    """Return what JSON writes as plain numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _written(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, list | tuple):
        return ", ".join(_written(each) for each in value) or "none"
    return str(value)
