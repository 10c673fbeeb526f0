"""The pipeline's loop, which dies at a named point and is started again.

`python -m tests.campaigns.loop ARM DEATHS`: whatever the file ARM names is where the next turn
dies; DEATHS grows by a line each time.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from django.core.management import call_command

from tests.campaigns import crashing
from tests.campaigns.living import live_again_and_again


def main() -> int:
    """Run the loop again and again, until it ends by itself."""
    arm, deaths = Path(sys.argv[1]), Path(sys.argv[2])

    def live() -> None:
        # Its module imports models, which are there only now.
        crashing.arm_from(arm, import_module("marketplace.pipeline.loop").Loop, "turn")
        call_command("run_pipeline")

    return live_again_and_again(live, deaths=deaths)


if __name__ == "__main__":
    sys.exit(main())
