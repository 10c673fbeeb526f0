"""The past of the story: this process does all the work itself, with the clock held at a day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from queue import Empty
from typing import Final

from celery import current_app
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.demo.story.stage import Glimpse, StoryBroken
from marketplace.ledger.services.sealing import seal_round
from marketplace.pipeline.services import react_to_all

DAYS: Final = 35
"""So many days before today the feed begins."""
FOUNDED: Final = 351
"""So many days before today the centre is founded."""
MORNING: Final = timedelta(hours=9)


class OwnHands:
    """Seals, reacts, and does what waits for a worker, in this process and by its clock.

    The broker takes the tasks; no worker and no loop may run beside it.
    """

    def work_until(self, look: Callable[[], Glimpse]) -> None:
        """Work until nothing is left to do, and what is looked at is over with it.

        Raises:
            StoryBroken: it is not.
        """
        while self.turn():
            pass
        glimpse = look()
        if not glimpse.is_over:
            raise StoryBroken(
                _("Nothing is left to do while the story waited: %(doing)s. Start over.")
                % {"doing": glimpse.doing}
            )

    def turn(self) -> int:
        """Seal and react, and do each task that waits; return how much there was."""
        moved = seal_round() + react_to_all()
        name = current_app.conf.task_default_queue
        with current_app.connection_for_read() as connection, connection.SimpleQueue(name) as queue:
            while True:
                try:
                    message = queue.get(block=False)
                except Empty:
                    return moved
                arguments, named, _how = message.payload
                current_app.tasks[message.headers["task"]](*arguments, **named)
                message.ack()
                moved += 1


@contextmanager
def at(days_ago: int, *, minutes: int = 0) -> Iterator[None]:
    """Hold the clock at the morning of a day of the past, some minutes on."""
    today = timezone.localdate()
    morning = timezone.make_aware(datetime.combine(today, time())) + MORNING
    with clock.stopped_at(morning - timedelta(days=days_ago) + timedelta(minutes=minutes)):
        yield
