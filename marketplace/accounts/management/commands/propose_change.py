"""`manage.py propose_change`: propose a change of a person where administrators are missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.accounts.person.selectors import person_with_address
from marketplace.accounts.proposal.serializers import ON_PERSON
from marketplace.accounts.proposal.services import propose_change
from marketplace.core import Actor, Door, Refusal


class Command(BaseCommand):
    """Be the first of two, in place of an administrator who cannot sign in."""

    help = (
        "Propose a change of a person, such as to reset lost second factors; an administrator "
        "decides on it. For a centre of which one administrator alone can sign in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", required=True, help=f"one of {', '.join(ON_PERSON)}")
        parser.add_argument("--email", required=True, help="the address of whom it concerns")
        parser.add_argument("--reason", required=True, help="why, and what it rests on")
        parser.add_argument("--roles", nargs="*", default=(), help="with centre-roles: which")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = person_with_address(options["email"])
            proposal = propose_change(
                person.pk,
                kind=options["kind"],
                reason=options["reason"],
                roles=frozenset(options["roles"]),
                by=Actor.system(Door.COMMAND),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Proposed: {proposal}. An administrator decides on it.")
