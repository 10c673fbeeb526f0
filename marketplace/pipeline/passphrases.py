"""Ask for a passphrase on the terminal, or take it from the environment."""

import getpass
import os

from django.core.management.base import CommandError

VARIABLE = "KEYS_PASSPHRASE"


def asked_passphrase(*, twice: bool = False) -> str:
    """Return the passphrase that the environment holds, or that somebody types."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return given
    typed = getpass.getpass("Passphrase of the key backup: ")
    if twice and getpass.getpass("Once more: ") != typed:
        raise CommandError("The two differ. Nothing was written.")
    return typed
