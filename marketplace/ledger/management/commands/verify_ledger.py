"""`manage.py verify_ledger`: check every entry, head and trigger."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.ledger.services.verification import verify_ledger


class Command(BaseCommand):
    """Recompute the whole tree and name what was tampered with."""

    help = "Check every ledger entry, signed head and trigger; exit 1 when something is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer JSON."""
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and print."""
        found = verify_ledger()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(found), ensure_ascii=False))
        else:
            self.stdout.write(
                f"{found.entries} entries, {found.sealed} sealed, {found.heads} signed heads, "
                f"root {found.root_hash}"
            )
            for fault in found.faults:
                self.stderr.write(fault)
        if found.faults:
            raise CommandError(f"The ledger has {len(found.faults)} faults.")
        if not options["json"]:
            self.stdout.write("The ledger is whole.")
