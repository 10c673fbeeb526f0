"""Whose hands do the long work of the story: the centre's own processes."""

import time
from collections.abc import Callable
from threading import Event
from typing import Final

from django.utils.translation import gettext as _

from marketplace.demo.story.stage import CLOCKWORK, Glimpse, StoryBroken
from marketplace.embedded.tree import ProcessTree
from marketplace.jobs.states import JobState
from marketplace.pipeline.broker import start
from marketplace.preparation.run.selectors import runs_visible_to
from marketplace.preparation.tasks import execute_run

LOOK_SECONDS: Final = 0.1
PATIENCE_SECONDS: Final = 300.0
"""How long nothing may move before the story is given up.

A busy machine takes minutes over what shows no progress, such as one attack or the day of a feed.
"""


class ProcessHands:
    """Lets a tree of processes work, shows how far they are, and starts again what dies.

    `ready` waits until all of them have come up; it is asked when there is something to wait for.
    """

    def __init__(
        self,
        tree: ProcessTree,
        *,
        show: Callable[[float, str], None],
        ready: Callable[[], None] = lambda: None,
    ) -> None:
        self._tree = tree
        self._show = show
        self._ready = ready

    def offer_waiting_runs(self) -> None:
        """Ask a worker for the runs that wait: the story before may have broken off in between.

        A task that comes twice does nothing.
        """
        for run in runs_visible_to(CLOCKWORK).filter(state=JobState.QUEUED):
            start(execute_run, str(run.pk))

    def work_until(self, look: Callable[[], Glimpse]) -> None:
        """Wait until what is looked at is over.

        Raises:
            StoryBroken: nothing has moved for so long that nothing will.
            NotReady: one of the processes did not come up.
        """
        self._ready()
        pause = Event()
        seen, moved_at = None, time.monotonic()
        while not (glimpse := look()).is_over:
            if glimpse != seen:
                seen, moved_at = glimpse, time.monotonic()
                self._show(glimpse.share, glimpse.doing)
            elif time.monotonic() - moved_at > PATIENCE_SECONDS:
                raise StoryBroken(
                    _(
                        "Nothing has moved for %(minutes)d minutes while the story waited: "
                        "%(doing)s. Look into var/log, then start the story again; it goes on "
                        "where it was."
                    )
                    % {"minutes": PATIENCE_SECONDS // 60, "doing": glimpse.doing}
                )
            self._tree.mend()
            pause.wait(LOOK_SECONDS)
