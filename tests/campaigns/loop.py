"""The pipeline's loop, which dies at a named point and is started again.

`python -m tests.campaigns.loop ARM DEATHS`: whatever the file ARM names is where the next turn
dies; DEATHS grows by a line each time. Where a file `bill-at` lies beside ARM, a turn bills as of
the moment that it names, and removes it afterwards.
"""

from __future__ import annotations

import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from django.core.management import call_command

from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from tests.campaigns import crashing
from tests.campaigns.living import live_again_and_again

BILL_AT = "bill-at"


def bill_early(file: Path, loop: Any) -> None:
    """Let a turn bill what is due at the moment that a file names."""
    turn = loop.turn

    def billing(self: Any) -> None:
        if file.exists():
            moment = datetime.fromisoformat(file.read_text(encoding="ascii"))
            use = import_module("marketplace.delivery.use.services")
            with clock.stopped_at(moment):
                use.bill_uses(by=Actor.system(Door.TASK))
            file.unlink()
        turn(self)

    loop.turn = billing


def main() -> int:
    """Run the loop again and again, until it ends by itself."""
    arm, deaths = Path(sys.argv[1]), Path(sys.argv[2])

    def live() -> None:
        # Its module imports models, which are there only now.
        loop = import_module("marketplace.pipeline.loop").Loop
        bill_early(arm.with_name(BILL_AT), loop)
        crashing.arm_from(arm, loop, "turn")
        call_command("run_pipeline")

    return live_again_and_again(live, deaths=deaths)


if __name__ == "__main__":
    sys.exit(main())
