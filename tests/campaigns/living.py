"""Live, die, and live again: what a process does that shall be killed many times."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import django

from tests.campaigns import crashing


def live_again_and_again(live: Callable[[], None], *, deaths: Path) -> int:
    """Run something in forks of this process until it ends by itself; count its deaths in a file.

    A new process is a fork of one that is loaded already, and so is there at once.
    """
    django.setup()
    crashing.install()
    deaths.touch()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: os._exit(0))
    while True:
        child = os.fork()
        if child == 0:
            live()
            return 0
        _pid, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)
        with deaths.open("a", encoding="ascii") as lines:
            lines.write(f"{os.WTERMSIG(status)}\n")
