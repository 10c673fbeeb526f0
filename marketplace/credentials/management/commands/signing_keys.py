"""`manage.py signing_keys`: make, rotate, retire and list the keys that sign credentials."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.credentials.data_integrity import multikey
from marketplace.credentials.selectors import key_in_use, public_keys
from marketplace.credentials.services import current_key, retire_signing_key, rotate_signing_key

ACTIONS = ("list", "create", "rotate", "retire")


class Command(BaseCommand):
    help = (
        "List the keys that sign credentials, make the first one, put another in the place of the "
        "one in use (rotate), or only retire it. What a retired key signed stays verifiable."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=ACTIONS)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            self._act(options["action"])
        elif options["action"] != "list":
            self.stdout.write(f"Would {options['action']} a signing key. Nothing is changed.")
        in_use = key_in_use()
        for key in public_keys():
            state = "in use" if in_use and in_use.public_key == key else "retired"
            self.stdout.write(f"{multikey(key)}  {state}")

    def _act(self, action: str) -> None:
        by = Actor.system(Door.COMMAND)
        try:
            if action == "create":
                current_key(by=by)
            elif action == "rotate":
                rotate_signing_key(by=by)
            elif action == "retire" and retire_signing_key(by=by) is None:
                raise CommandError("There is no signing key in use. Make one by: create.")
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
