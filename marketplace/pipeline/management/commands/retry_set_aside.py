"""`manage.py retry_set_aside`: try again what the pipeline put aside."""

from argparse import ArgumentTypeError
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.pipeline.selectors import waiting_set_asides
from marketplace.pipeline.services import retry_set_aside
from marketplace.pipeline.states import SetAsideState


class Command(BaseCommand):
    """Retry the named reactions, or all."""

    help = "Try reactions again that were put aside; exit 1 where one fails again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ids, none for all."""
        parser.add_argument(
            "ids", nargs="*", type=_uuid, metavar="ID", help="which ones; all when none is named"
        )
        parser.add_argument("--dry-run", action="store_true", help="only list what would be tried")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Actor.system(Door.COMMAND)
        waiting = {row.pk: row for row in waiting_set_asides(by)}
        failed = 0
        for pk in options["ids"] or list(waiting):
            if options["dry_run"]:
                self.stdout.write(f"{pk} {waiting[pk].reaction if pk in waiting else 'unknown'}")
                continue
            try:
                set_aside = retry_set_aside(pk, by=by)
            except Refusal as refusal:
                failed += 1
                self.stderr.write(f"{pk}: {refusal.sentence}")
                continue
            if set_aside.state != SetAsideState.DONE:
                failed += 1
                self.stderr.write(f"{pk} {set_aside.reaction}: {set_aside.worded_error}")
            else:
                self.stdout.write(f"{pk} {set_aside.reaction}: done")
        if failed:
            raise CommandError(f"{failed} failed again.")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no id of a reaction that was put aside") from None
