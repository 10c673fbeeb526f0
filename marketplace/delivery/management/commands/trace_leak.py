"""Tell whose copy a leaked file is."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Refusal
from marketplace.delivery.grant.tracing import trace


class Command(BaseCommand):
    """Names the buyer of a leaked copy by its digest, or by the pseudonyms in it."""

    help = (
        "Tell whose copy a leaked file (XLSX, CSV or Parquet) is, by its digest or its pseudonyms. "
        "Exit code 1 says that it is nobody's."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the leaked file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = trace(options["file"])
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from refusal
        if not found:
            raise CommandError("This file is no copy that was delivered here.")
        for one in found:
            how = "the very bytes" if one.by_digest else f"{one.share:.0%} of the pseudonyms"
            self.stdout.write(f"{one.recipient} ({one.recipient_id}), {one.asked_for}: {how}")
