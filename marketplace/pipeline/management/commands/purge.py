"""`manage.py purge`: delete what was kept for a while alone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace.core import Actor, Door
from marketplace.pipeline.services import overdue, purge


class Command(BaseCommand):
    help = (
        "Delete answers kept for repeated requests, ended sessions, sign-in attempts and "
        "invitations that nobody accepted, each when its time is over; the pipeline does so every "
        "hour. Nothing of the ledger goes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge batch after batch, and say what went."""
        counted = overdue()
        while not options["dry_run"] and any(purge(by=Actor.system(Door.COMMAND)).values()):
            pass
        for kind, count in counted.items():
            self.stdout.write(f"{kind}: {count}")
