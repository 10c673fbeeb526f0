"""The Celery application: long engine runs, one call to an act a task."""

import gc
import os
from contextlib import suppress
from pathlib import Path

from celery import Celery, Task
from celery.signals import worker_init, worker_ready
from django.conf import settings

from marketplace.core.faults import DATABASE_AWAY
from marketplace.core.patience import Kind, bound_connections
from marketplace.vault.places import clear_abandoned, work_root

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.production")

USUAL = gc.get_threshold()
AUTOGROUP = Path("/proc/self/autogroup")


class LastingTask(Task):  # type: ignore[type-arg]
    """Any task of the centre: a database that is away for a moment loses none.

    Every task may come twice. The pauses stay below the time after which the broker hands a task
    out anew.
    """

    autoretry_for = DATABASE_AWAY
    retry_backoff = True
    retry_backoff_max = 15
    max_retries = 480


application = Celery("marketplace", task_cls=LastingTask)
application.config_from_object("django.conf:settings", namespace="CELERY")
application.autodiscover_tasks()


@worker_init.connect
def clear_what_a_crash_left(**_details: object) -> None:
    """Remove the plaintext of a run that ended without its end, before the next one begins."""
    clear_abandoned(work_root())


@worker_init.connect
def bound_waiting(**_details: object) -> None:
    """Wait for no lock and no statement of the database for ever."""
    bound_connections(Kind.WORK)


@worker_init.connect
def give_way(**_details: object) -> None:
    """Let pages and answers have the processors first: runs take minutes, and nobody watches."""
    niceness = settings.CENTRE["WORKER_NICENESS"]
    os.nice(niceness)
    # Linux shares the processors between sessions alike, whatever niceness their processes have,
    # and a worker that leads a session of its own may lower that one's share too (sched(7)).
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            AUTOGROUP.write_text(str(niceness), encoding="ascii")


@worker_ready.connect
def look_for_garbage_as_usual(**_details: object) -> None:
    """Collect as Python does once all is loaded, and leave that out: tables wait in few objects."""
    gc.freeze()
    gc.set_threshold(*USUAL)
