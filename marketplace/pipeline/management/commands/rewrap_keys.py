"""`manage.py rewrap_keys`: wrap every key anew under the key-encryption key in use."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door
from marketplace.pipeline.services import rewrap_keys


class Command(BaseCommand):
    help = (
        "Wrap every key anew under KEY_ENCRYPTION_KEY, after opening it with that key or with "
        "KEY_ENCRYPTION_KEY_BEFORE. Stop the centre first, make a backup, and take the old key "
        "away afterwards."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="open every key, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counted = rewrap_keys(is_trial=options["dry_run"], by=Actor.system(Door.COMMAND))
        except ImproperlyConfigured as error:
            raise CommandError(f"{error} Nothing was changed.") from None
        for kind, count in counted.items():
            self.stdout.write(f"{kind}: {count}")
        if options["dry_run"]:
            self.stdout.write("Every key opens. Nothing was changed.")
