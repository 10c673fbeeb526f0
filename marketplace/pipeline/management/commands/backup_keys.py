"""`manage.py backup_keys FILE`: keep the keys in a file under a passphrase."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core import Actor, Door, Refusal
from marketplace.pipeline.passphrases import asked_passphrase
from marketplace.pipeline.services import backup_keys


class Command(BaseCommand):
    help = (
        "Write the signing keys and the key-encryption key into an encrypted file. The passphrase "
        "is asked for, or taken from KEYS_PASSPHRASE. The file must not exist yet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if path.exists():
            raise CommandError(f"{path} exists already. Nothing was written.")
        try:
            data = backup_keys(
                passphrase=asked_passphrase(twice=True), by=Actor.system(Door.COMMAND)
            )
        except (Refusal, ImproperlyConfigured) as error:
            raise CommandError(f"{getattr(error, 'sentence', error)}") from None
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        self.stdout.write(
            f"The keys are in {path}. Keep it and its passphrase apart from each other, and from "
            "the backups of the database."
        )
