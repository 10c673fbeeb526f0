"""`manage.py run_pipeline`: seal, react, and do what is due."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from marketplace.core import Actor, Door
from marketplace.core.patience import Kind, bound_connections
from marketplace.pipeline.bell import Bell
from marketplace.pipeline.loop import Loop
from marketplace.pipeline.selectors import pipeline_state


class Command(BaseCommand):
    help = (
        "Seal new ledger entries, start what follows from them, and do what is due. Runs until it "
        "is stopped by SIGTERM or Ctrl-C; with --once it ends when nothing is left to do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")

    def handle(self, *args: Any, **options: Any) -> None:
        bell = Bell()
        loop = Loop(bell)
        try:
            if options["once"]:
                loop.turn()
                self._tell()
            else:
                for number in (signal.SIGTERM, signal.SIGINT):
                    signal.signal(number, bell.stop)
                bound_connections(Kind.WORK)
                loop.run()
        finally:
            bell.close()

    def _tell(self) -> None:
        state = pipeline_state(Actor.system(Door.COMMAND))
        self.stdout.write(
            f"{state.sealed} entries sealed, {state.behind} without a reaction yet, "
            f"{state.put_aside} reactions put aside."
        )
