"""`manage.py verify_ledger`: check every entry, head and trigger."""

import json
import time
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door
from marketplace.ledger.services.verification import keep_audit, verify_ledger


class Command(BaseCommand):
    """Recompute the whole tree and name what was tampered with."""

    help = (
        "Check every ledger entry, signed head, trigger and closed day, and keep on record that it "
        "was done; "
        "exit 1 when something is wrong."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer JSON, the state, and a look that leaves no trace."""
        parser.add_argument("--json", action="store_true", help="print the result as JSON")
        parser.add_argument(
            "--state",
            action="store_true",
            help="compare each row of money and rights, too, with what the last act left",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only check, and keep no record of it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        found = verify_ledger(with_state=options["state"])
        seconds = time.monotonic() - began
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False))
        else:
            self.stdout.write(
                f"{found.entries} entries, {found.sealed} sealed, {found.heads} signed heads, "
                f"root {found.root_hash}"
            )
            for fault in found.faults:
                self.stderr.write(fault)
        if not options["dry_run"]:
            # After it was told: a database that takes no row any more must not hide what was found.
            keep_audit(found, seconds=seconds, by=Actor.system(Door.COMMAND))
        if found.faults:
            raise CommandError(f"The ledger has {len(found.faults)} faults.")
        if not options["json"]:
            self.stdout.write("The ledger is whole.")
