"""`manage.py demo`: play the story of the centre, then open it."""

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from marketplace.core import Refusal
from marketplace.demo.story.cast import ADMINISTRATOR
from marketplace.demo.story.ending import verify
from marketplace.demo.story.findings import person_of
from marketplace.demo.story.hands import ProcessHands
from marketplace.demo.story.letters import letter_to
from marketplace.demo.story.past import OwnHands
from marketplace.demo.story.programme import PAST, STORY
from marketplace.demo.story.showing import TerminalTeller
from marketplace.demo.story.sign_ins import sign_ins
from marketplace.demo.story.stage import Stage, StoryBroken
from marketplace.demo.story.telling import tell
from marketplace.demo.story.tour import TOUR
from marketplace.embedded import serving
from marketplace.embedded.address import address_of, keep_address, port_of
from marketplace.embedded.children import NotReady
from marketplace.embedded.tree import ProcessTree
from marketplace.vault.services import clear_abandoned_work_folders

FEWEST_ROWS = 600
# With fewer rows attackers have so few trials that nobody could say that they reach less than .05.
# A synthetic copy needs most: each guess of a value that is mostly guessed right tells little.
MEASURABLE_ROWS = 30_000
WIDE_EXCESS = "1"


class Command(BaseCommand):
    """Prepare the database, play what of the story was not played yet, and serve the site."""

    help = (
        "Play the demo story through the centre's own acts, from the founding to an accepted "
        "delivery, then serve the site until Ctrl-C. Run again, it goes on where it was."
    )

    # Checked when the database is prepared, and with it.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to end after the story, another port, and a smaller survey."""
        parser.add_argument("--no-serve", action="store_true", help="end after the story")
        parser.add_argument(
            "--port", type=int, help="port of the site, for good (8000, or that of a kept demo)"
        )
        parser.add_argument(
            "--rows", type=int, help="rows of the survey to use, from 600 on (all 48,842)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rows: int | None = options["rows"]
        if rows is not None and rows < FEWEST_ROWS:
            raise CommandError(
                _("Use at least %(fewest)d rows: fewer cannot be desensitized well.")
                % {"fewest": FEWEST_ROWS}
            )
        if not settings.MAY_PLAY_DEMO:
            raise CommandError(_("The demo is not played in a real centre. Nothing was done."))
        try:
            address = _address(options["port"])
            port: int = options["port"] or port_of(address)
            if not options["no_serve"]:
                serving.require_free_port(port)
            with serving.alone():
                _settle(address)
                if rows is not None and rows < MEASURABLE_ROWS:
                    self._widen()
                self._prepare()
                passwords = _passwords()
                with ProcessTree(say=self._say) as tree:
                    serving.start_broker(tree)
                    self._play(tree, passwords, rows)
                    self._print_sign_ins(passwords)
                    if not options["no_serve"]:
                        self._serve(tree, port)
        except (Refusal, StoryBroken) as reason:
            raise CommandError(str(reason)) from None
        except NotReady as problem:
            raise CommandError(f"{problem} See {serving.log_folder()}.") from None
        except KeyboardInterrupt:
            raise CommandError(
                _("Interrupted. Start the story again; it goes on where it was."), returncode=130
            ) from None

    def _widen(self) -> None:
        """Let attackers reach more in this demo, and say so: the processes read it when begun."""
        if os.environ.setdefault("CENTRE_ATTACK_EXCESS", WIDE_EXCESS) == WIDE_EXCESS:
            self._say(
                _(
                    "With fewer than %(rows)d rows attackers have too few trials for the usual "
                    "limit. In this demo it is %(limit)s beyond guessing, and the verdict proves "
                    "nothing."
                )
                % {"rows": MEASURABLE_ROWS, "limit": WIDE_EXCESS}
            )

    def _prepare(self) -> None:
        self._say(_("Preparing the database …"))
        call_command("migrate", verbosity=0, interactive=False)
        call_command("check", databases=["default"], stdout=StringIO())
        # Elsewhere the files come straight from the apps and packages.
        if not getattr(settings, "WHITENOISE_USE_FINDERS", False):
            call_command("collectstatic", verbosity=0, interactive=False)
        clear_abandoned_work_folders()

    def _play(self, tree: ProcessTree, passwords: Mapping[str, str], rows: int | None) -> None:
        began = time.monotonic()
        teller = TerminalTeller(self.stdout)
        folder = settings.VAR_DIR / "demo"
        past = Stage(
            hands=OwnHands(),
            passwords=passwords,
            folder=folder,
            letter_to=partial(letter_to, folder=Path(settings.EMAIL_FILE_PATH)),
            rows=rows,
        )
        number = tell(PAST, past, teller)
        # They come up while this process reads the first table of today.
        hands = ProcessHands(tree, show=teller.show, ready=serving.begin_background(tree))
        hands.offer_waiting_runs()
        stage = replace(past, hands=hands)
        tell(STORY[len(PAST) :], stage, teller, after=number)
        found = verify(stage)
        self.stdout.write("")
        self._say(
            _("The ledger is whole: %(entries)d entries under the signed root %(root)s.")
            % {"entries": found.sealed, "root": found.root_hash}
        )
        self._say(_("The story took %(seconds).1f s.") % {"seconds": time.monotonic() - began})

    def _print_sign_ins(self, passwords: Mapping[str, str]) -> None:
        self.stdout.write("")
        self._say(
            _("What to open first: the market, without a sign-in. Then sign in, and see My desk:")
        )
        for part, seen in TOUR:
            self._say(f"  {part.role.label!s:<22} {part.email:<28} {passwords[part.email]}")
            self._say(f"      {seen}")
        self._say(_("All sign-ins are in %(path)s.") % {"path": _sign_ins_path()})

    def _serve(self, tree: ProcessTree, port: int) -> None:
        serving.start_site(tree, port=port)
        self._say(
            _("The centre is open at http://%(address)s (Ctrl-C closes it).")
            % {"address": settings.CENTRE_DOMAIN}
        )
        tree.run()
        self._say(_("The centre is closed."))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        # Who keeps the output in a file reads there where the site is while it is served.
        self.stdout.flush()


def _address(port: int | None) -> str:
    """Return the address that the demo goes by: `CENTRE_DOMAIN`, else the port of this machine.

    Raises:
        CommandError: the demo in the folder was made for another one, which its papers name.
    """
    named = os.environ.get("CENTRE_DOMAIN")
    address = named or (f"localhost:{port}" if port else address_of(settings.VAR_DIR))
    kept = address_of(settings.VAR_DIR)
    if _sign_ins_path().exists() and address != kept:
        raise CommandError(
            _(
                "The demo in %(folder)s was made for http://%(kept)s: its certificates, QR codes "
                "and passkeys name that address, and work there alone. Open it there, with "
                "--port %(port)d, or start over: make clean-demo, then make demo PORT=…."
            )
            % {"folder": settings.VAR_DIR, "kept": kept, "port": port_of(kept)}
        )
    return address


def _settle(address: str) -> None:
    """Go by an address, in this process and in all that it starts, before anything names one."""
    keep_address(settings.VAR_DIR, address)
    os.environ["CENTRE_DOMAIN"] = settings.CENTRE_DOMAIN = address


def _passwords() -> dict[str, str]:
    path = _sign_ins_path()
    if not path.exists() and person_of(ADMINISTRATOR) is not None:
        raise StoryBroken(
            _(
                "%(path)s is gone, so nobody knows the passwords any more. Start over: "
                "make clean-demo, then make demo."
            )
            % {"path": path}
        )
    return sign_ins(path)


def _sign_ins_path() -> Path:
    path: Path = settings.VAR_DIR / "demo-sign-ins.json"
    return path
