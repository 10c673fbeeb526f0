"""Clear what crashes left behind in the vault."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace.vault.services import sweep_vault


class Command(BaseCommand):
    """`manage.py sweep_vault [--dry-run]`; run it before the centre's processes start."""

    help = "Remove work folders of dead processes, half-received files and unregistered bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep_vault(dry_run=options["dry_run"])
        self.stdout.write(
            f"{swept.work_folders} work folders, {swept.incoming_files} half-received files, "
            f"{swept.unregistered_files} unregistered files"
        )
