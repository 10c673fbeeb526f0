"""`manage.py accept_log_key`: go on witnessing a log whose key was changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.ledger import notes
from marketplace.ledger.services.witnessing import accept_log_key
from marketplace.ledger.verifier import verify


class Command(BaseCommand):
    """Take another key of a witnessed log for the one that was seen."""

    help = (
        "Go on witnessing a log whose key was changed. The notes by which the log's keys name each "
        "other are fetched from its address, and must lead from the old key to the new one. Where "
        "there is no such note, because the old key was lost or stolen, ask the log's operator by "
        "another way, and decide by --without-handover."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", nargs="?", help="where the log's files lie: https://…/log")
        parser.add_argument("--old", required=True, help="the verifier key that was seen so far")
        parser.add_argument("--new", required=True, help="the verifier key that signs now")
        parser.add_argument(
            "--without-handover",
            action="store_true",
            help="decide without a note of the old key; the log's operator has confirmed the new",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fetch the notes, and take the key."""
        if bool(options["address"]) == options["without_handover"]:
            raise CommandError("Name the log's address, or decide by --without-handover: one.")
        try:
            new = notes.Verifier.parse(options["new"])
            seen = accept_log_key(
                new.name,
                old=notes.Verifier.parse(options["old"]),
                new=new,
                handovers=self._handovers(options["address"]),
                by=Actor.system(Door.COMMAND),
            )
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        except (notes.BrokenNote, verify.Refused) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{seen.origin} is witnessed by the key {seen.verifier_key} from now on.")

    @staticmethod
    def _handovers(address: str | None) -> bytes | None:
        return verify.fetch_from(address)("keys") if address else None
