"""`manage.py add_cosignature`: publish what a witness says of a checkpoint of this log."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.ledger import notes
from marketplace.ledger.services.witnessing import add_cosignature


class Command(BaseCommand):
    help = "Keep a witness's cosignature of a checkpoint of this log, and publish it with it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("note", type=Path, help="the cosigned checkpoint, a file")
        parser.add_argument("--key", required=True, help="the witness's verifier key")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            kept = add_cosignature(
                options["note"].read_text(encoding="utf-8"),
                witness_key=notes.Verifier.parse(options["key"]),
                by=Actor.system(Door.COMMAND),
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        except (notes.BrokenNote, OSError, UnicodeDecodeError) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{kept.witness} cosigned the tree of {kept.checkpoint_id} entries.")
