"""`manage.py found_centre`: register the centre and invite its two first administrators."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.accounts.founding.services import found_centre
from marketplace.accounts.invitation.selectors import waiting_administrators
from marketplace.accounts.invitation.services import resend_invitation
from marketplace.core import Actor, Door, Refusal

OPERATOR = Actor.system(Door.COMMAND)


class Command(BaseCommand):
    help = (
        "Register the centre and invite its two first administrators by e-mail; exit 1 where it "
        "cannot be. Nothing that decides opens until both have signed in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default="", help="the centre's registered name")
        parser.add_argument("--uscc", default="", help="its unified social credit code")
        parser.add_argument("--contact", default="", help="its office address")
        parser.add_argument(
            "--administrators",
            nargs=2,
            metavar="EMAIL",
            default=("", ""),
            help="the e-mail addresses of two people, who decide together",
        )
        parser.add_argument(
            "--resend",
            action="store_true",
            help="send the links again to whoever has not joined, and do nothing else",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Found the centre, or send the links again."""
        try:
            if options["resend"]:
                sent = [resend_invitation(pk, by=OPERATOR) for pk in waiting_administrators()]
                self.stdout.write(f"{len(sent)} invitations go out again.")
                return
            centre = found_centre(
                name=options["name"],
                uscc=options["uscc"],
                contact=options["contact"],
                administrators=tuple(options["administrators"]),
                by=OPERATOR,
            )
        except Refusal as refusal:
            details = " ".join(
                sentence
                for sentences in getattr(refusal, "fields", {}).values()
                for sentence in sentences
            )
            raise CommandError(f"{refusal} {details}".strip()) from None
        self.stdout.write(
            f"The centre {centre.name} is founded. Its administrators get their links by e-mail; "
            "it opens when both have signed in."
        )
