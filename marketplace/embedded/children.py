"""A child process: what it runs, when it is ready, how it stops."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

TETHER = Path(__file__).with_name("tether.py")
READY_SECONDS = 300.0
"""How long a child may take to come up: a few seconds, but on a busy machine."""


class NotReady(Exception):
    """A child ended, or took too long, before it was ready."""


@dataclass(frozen=True)
class Child:
    """What a child process is.

    `command` begins with an absolute path. `environment` is added to the parent's. `patience` is
    how many seconds it has to stop before it is killed. Where `log` is given its output goes to
    the end of that file. `user` is a number to run as.
    """

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    is_ready: Callable[[], bool] = lambda: True
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 1.0
    log: Path | None = None
    user: int | None = None


class RunningChild:
    """A child that was started, in a session of its own and tied to the life of this process.

    Start it from a thread that lives as long as the child shall: the tie is to the thread.
    """

    def __init__(self, child: Child) -> None:
        self.child = child
        self._asked: float | None = None
        log = child.log.open("ab") if child.log is not None else None
        try:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-I", "-S", str(TETHER), str(os.getpid())),
                    "" if child.user is None else str(child.user),
                    *child.command,
                ],
                cwd=child.folder,
                env={**os.environ, **child.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT if log is not None else None,
                start_new_session=True,
            )
        finally:
            if log is not None:
                log.close()

    @property
    def pid(self) -> int:
        """The process id, which is that of its group too."""
        return self.process.pid

    def wait_until_ready(self, seconds: float = READY_SECONDS) -> None:
        """Block until the child is ready.

        Raises:
            NotReady: it ended before, or the seconds are over.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.child.is_ready():
                return
            try:
                code = self.process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                continue
            raise NotReady(f"{self.child.name} ended with exit code {code} before it was ready.")
        raise NotReady(f"{self.child.name} was not ready after {seconds:.0f} seconds.")

    def ask_to_stop(self) -> None:
        """Send the signal to stop, once; its patience counts from now."""
        if self._asked is None and self.process.poll() is None:
            self.process.send_signal(self.child.stop_signal)
            self._asked = time.monotonic()

    def stop(self) -> None:
        """Ask it to stop, and kill what is left of its group when its patience is over."""
        self.ask_to_stop()
        if self._asked is not None:
            left = self._asked + self.child.patience - time.monotonic()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=max(0.0, left))
        self.kill()

    def kill(self) -> None:
        """Kill the whole group, which may have outlived its leader, and reap the leader."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()
