"""`manage.py erase_ledger_salt`: close the commitment of an entry for good."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.ledger.services.keys import erase_salt


class Command(BaseCommand):
    help = (
        "Erase the salt of a sealed entry: nobody can show any more what its public leaf commits "
        "to. Copies in backups and receipts that were given away are not reached."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", type=UUID, help="the entry's reference")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seal = erase_salt(options["reference"], by=Actor.system(Door.COMMAND))
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(f"The salt of leaf {seal.leaf_index} is erased.")
