"""Watch children: start them in order, start again what dies, stop them in reverse order."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from types import FrameType, TracebackType
from typing import Self

from marketplace.embedded.children import Child, RunningChild

FIRST_DELAY = 0.2
LONGEST_DELAY = 10.0
STEADY_SECONDS = 10.0
"""A child that ran this long before it died is started again without delay."""


@dataclass
class _Place:
    child: Child
    running: RunningChild
    started: float
    wave: int
    deaths: int = 0
    due: float | None = None


class ProcessTree:
    """The running children; leaving its `with` block stops them all.

    `say` is called with one line for each thing that happens.
    """

    def __init__(self, *, say: Callable[[str], None]) -> None:
        self._say = say
        self._places: list[_Place] = []
        self._ended: SimpleQueue[RunningChild | None] = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def pids(self) -> dict[str, int]:
        return {place.child.name: place.running.pid for place in self._places}

    def start(self, children: Sequence[Child]) -> None:
        """Start children at once, and return when all are ready. Main thread only.

        Raises:
            NotReady: a child did not come up; the others may run.
        """
        self.begin(children)()

    def begin(self, children: Sequence[Child]) -> Callable[[], None]:
        """Start children at once; what is returned waits until all are ready. Main thread only.

        Waiting raises NotReady where a child did not come up; the others may run.
        """
        began = time.monotonic()
        wave = self._places[-1].wave + 1 if self._places else 0
        places = [_Place(child, RunningChild(child), began, wave) for child in children]
        self._places += places

        def wait() -> None:
            while places:
                place = places.pop(0)
                place.running.wait_until_ready()
                self._watch(place.running)
                self._say(
                    f"{place.child.name}: started in {time.monotonic() - began:.1f} s,"
                    f" process {place.running.pid}"
                )

        return wait

    def run(self) -> None:
        """Start again what dies, until SIGINT, SIGTERM or SIGHUP arrives. Main thread only."""
        with self._ended_by_signals():
            while True:
                try:
                    ended = self._ended.get(timeout=self._seconds_to_next_start())
                except Empty:
                    self._start_what_is_due()
                    continue
                if ended is None:
                    return
                self._plan_restart(ended)

    def mend(self) -> None:
        """Start again what has died by now, for callers that wait elsewhere than in `run`."""
        with suppress(Empty):
            while (ended := self._ended.get_nowait()) is not None:
                self._plan_restart(ended)
        self._start_what_is_due()

    def stop(self) -> None:
        """Stop every child: those that were started together at once, the last ones first."""
        while self._places:
            last = self._places[-1].wave
            for place in self._places:
                if place.wave == last:
                    place.running.ask_to_stop()
            while self._places and self._places[-1].wave == last:
                self._places.pop().running.stop()

    def _watch(self, running: RunningChild) -> None:
        def wait() -> None:
            running.process.wait()
            self._ended.put(running)

        Thread(target=wait, daemon=True).start()

    @contextmanager
    def _ended_by_signals(self) -> Iterator[None]:
        def end(number: int, frame: FrameType | None) -> None:
            self._ended.put(None)

        before = {
            number: signal.signal(number, end)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _plan_restart(self, ended: RunningChild) -> None:
        for place in self._places:
            if place.running is not ended:
                continue
            # The group may have outlived its leader and still hold a port or a file.
            ended.kill()
            now = time.monotonic()
            steady = now - place.started >= STEADY_SECONDS
            place.deaths = 0 if steady else place.deaths + 1
            delay = min(FIRST_DELAY * 2 ** (place.deaths - 1), LONGEST_DELAY) * bool(place.deaths)
            place.due = now + delay
            where = f"; see {place.child.log}" if place.child.log else ""
            self._say(
                f"{place.child.name}: ended with exit code {ended.process.returncode},"
                f" starts again in {delay:.1f} s{where}"
            )

    def _seconds_to_next_start(self) -> float | None:
        due = [place.due for place in self._places if place.due is not None]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _start_what_is_due(self) -> None:
        for place in self._places:
            if place.due is None or place.due > time.monotonic():
                continue
            place.due = None
            place.started = time.monotonic()
            place.running = RunningChild(place.child)
            self._watch(place.running)
            # Not waited for: it may need another child that has to be started again, too.
            self._say(f"{place.child.name}: started again, process {place.running.pid}")
