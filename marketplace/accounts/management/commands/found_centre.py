"""`manage.py found_centre`: register the centre and its first administrator."""

from __future__ import annotations

import getpass
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.accounts.services import Applicant, found_centre
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Refusal


class Command(BaseCommand):
    """Set a new centre up, once."""

    help = "Register the centre and its first administrator; exit 1 where it cannot be."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for all but the password: CENTRE_ADMINISTRATOR_PASSWORD, or the terminal."""
        parser.add_argument("--name", required=True, help="the centre's registered name")
        parser.add_argument("--uscc", required=True, help="its unified social credit code")
        parser.add_argument("--contact", required=True, help="its office address")
        parser.add_argument("--administrator", required=True, help="the administrator's name")
        parser.add_argument("--email", required=True, help="the administrator's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Found the centre."""
        password = os.environ.get("CENTRE_ADMINISTRATOR_PASSWORD") or getpass.getpass()
        try:
            centre = found_centre(
                name=options["name"],
                uscc=options["uscc"],
                contact=options["contact"],
                administrator=Applicant(options["administrator"], options["email"], password),
                by=Actor.system(Door.COMMAND),
            )
        except Refusal as refusal:
            details = " ".join(
                sentence
                for sentences in getattr(refusal, "fields", {}).values()
                for sentence in sentences
            )
            raise CommandError(f"{refusal} {details}".strip()) from None
        self.stdout.write(f"The centre {centre.name} is founded: {options['email']} can sign in.")
