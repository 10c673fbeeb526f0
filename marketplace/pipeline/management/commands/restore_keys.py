"""`manage.py restore_keys FILE`: take keys back into an empty centre."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.pipeline.key_files import KEY_ENCRYPTION_KEY, content_of
from marketplace.pipeline.passphrases import asked_passphrase
from marketplace.pipeline.services import restore_keys


class Command(BaseCommand):
    help = (
        "Take the signing keys of a backup into a centre that has none. With --show-key it only "
        "prints the KEY_ENCRYPTION_KEY of the backup, to put it back into the settings."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--show-key", action="store_true", help="print the key-encryption key, change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}.") from None
        passphrase = asked_passphrase()
        try:
            if options["show_key"]:
                self.stdout.write(content_of(data, passphrase=passphrase)[KEY_ENCRYPTION_KEY])
                return
            counted = restore_keys(data, passphrase=passphrase, by=Actor.system(Door.COMMAND))
        except (Refusal, ImproperlyConfigured) as error:
            raise CommandError(f"{getattr(error, 'sentence', error)}") from None
        for kind, count in counted.items():
            self.stdout.write(f"{kind}: {count} keys restored")
