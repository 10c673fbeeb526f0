"""`manage.py ledger_keys`: list and rotate the keys that sign the heads of the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace.core import Actor, Door
from marketplace.ledger.selectors import signing_keys
from marketplace.ledger.services.keys import rotate_log_key, verifier_of


class Command(BaseCommand):
    help = (
        "List the verifier keys of the log, or put another key in the place of the one in use "
        "(rotate). What a retired key signed stays verifiable."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("list", "rotate"))
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "rotate" and options["dry_run"]:
            self.stdout.write("Would rotate the signing key. Nothing is changed.")
        elif options["action"] == "rotate":
            rotate_log_key(by=Actor.system(Door.COMMAND))
        for key in signing_keys():
            state = "retired" if key.retired_at else "in use"
            self.stdout.write(f"{verifier_of(key.public_key)}  {state}")
