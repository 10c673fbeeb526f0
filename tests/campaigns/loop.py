"""The pipeline's loop, which dies at a named point and is started again.

`python -m tests.campaigns.loop ARM DEATHS`: whatever the file ARM names is where the next turn
dies; DEATHS grows by a line each time. A new process is a fork of one that is loaded already.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from tests.campaigns import crashing


def main() -> int:
    """Run the loop again and again, until it ends by itself."""
    arm, deaths = Path(sys.argv[1]), Path(sys.argv[2])
    django.setup()
    crashing.install()
    deaths.touch()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    while True:
        child = os.fork()
        if child == 0:
            # Its module imports models, which are there only now.
            crashing.arm_from(arm, import_module("marketplace.pipeline.loop").Loop)
            call_command("run_pipeline")
            return 0
        _pid, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        with deaths.open("a", encoding="ascii") as lines:
            lines.write(f"{os.WTERMSIG(status)}\n")


if __name__ == "__main__":
    sys.exit(main())
