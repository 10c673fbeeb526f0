"""The Celery worker, which dies at a named point of its work and is started again.

`python -m tests.campaigns.worker ARM DEATHS`, as `loop.py` has it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from marketplace.celery import application
from tests.campaigns import crashing
from tests.campaigns.living import live_again_and_again

OPTIONS = (
    *("--quiet", "worker", "--pool=solo", "--hostname=dying@localhost", "--loglevel=WARNING"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)


def main() -> int:
    """Run the worker again and again, until it ends by itself."""
    arm, deaths = Path(sys.argv[1]), Path(sys.argv[2])

    def live() -> None:
        # Their modules import models, which are there only now.
        execution = import_module("marketplace.preparation.execution")
        crashing.watch_masking(import_module("marketplace.preparation.release.life"))
        crashing.arm_from(arm, execution, "execute_run")
        drawing = import_module("marketplace.catalog.drawing.execution")
        crashing.arm_from(arm, drawing, "execute_drawing")
        crashing.arm_from(arm, import_module("marketplace.catalog.tasks"), "measure_version")
        application.worker_main(list(OPTIONS))

    return live_again_and_again(live, deaths=deaths)


if __name__ == "__main__":
    sys.exit(main())
