"""`manage.py reference`: write the reference pages that follow from the code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.desk.reference import FOLDER, pages


class Command(BaseCommand):
    help = (
        "Write the reference pages on states, money, commands, facts, errors, menu and masks; "
        "--check compares."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare and exit 1 on a difference"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in pages().items():
            path = FOLDER / name
            if options["check"]:
                if not path.exists() or path.read_text(encoding="utf-8") != text:
                    raise CommandError(f"docs/reference/{name} is old: run manage.py reference.")
            else:
                path.write_text(text, encoding="utf-8")
                self.stdout.write(f"docs/reference/{name}")
