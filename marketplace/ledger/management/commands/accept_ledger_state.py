"""`manage.py accept_ledger_state`: let the log go on from a database restored to an older state."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.ledger import last_head
from marketplace.ledger.services.keys import accept_ledger_state


class Command(BaseCommand):
    """Decide that what was signed beyond this database is given up."""

    help = (
        "Let the ledger seal again after its database was restored to an older state. What was "
        "signed beyond it is given up, and every witness will find a fork: tell them first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for a decision in so many words."""
        parser.add_argument("--give-up", action="store_true", help="decide so; else only look")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, or decide."""
        try:
            if not options["give_up"]:
                last_head.require_not_restored()
                self.stdout.write("The database holds the head that was signed last.")
                return
            entry = accept_ledger_state(by=Actor.system(Door.COMMAND))
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"The ledger goes on; entry {entry.reference} says so.")
