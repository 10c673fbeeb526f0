"""Hand a task to the workers, or say why that cannot be; and how much waits for them."""

from collections.abc import Mapping
from typing import Any

from celery import current_app
from celery.app.task import Task
from celery.exceptions import OperationalError
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from redis.exceptions import RedisError

from marketplace.core import WrongState
from marketplace.jobs.queues import Priority

SILENT = "broker-silent"
"""The code of a broker that may answer later."""

SENTENCES: Mapping[str, str | Promise] = {
    "broker-missing": gettext_lazy(
        "No worker can be asked: set BROKER_URL, start a worker, and try again."
    ),
    SILENT: gettext_lazy("The broker does not answer. Start it, and try again."),
}
"""Why a task was not handed over, by code."""
QUEUE = "celery"
BROKER_SECONDS = 2.0
"""How long the broker may take to let somebody in, and to answer."""
SWEPT_MOST = 20
"""Where so many tasks wait, nothing is asked for that a later look would ask for too."""


def start(
    task: Task,  # type: ignore[type-arg]
    *arguments: str,
    priority: Priority = Priority.AT_ONCE,
) -> None:
    """Ask a worker to run a task.

    The entry that a reaction works on is committed, and so is what the task looks at. Where the
    reaction is rolled back after this, the task is started twice, and its second run finds nothing
    to do: rather that than a task that is lost.

    Raises:
        WrongState: there is no broker, or it does not answer.
    """
    if not settings.BROKER_URL:
        raise _refusal("broker-missing")
    try:
        # Trying for long here would keep every later entry waiting.
        task.apply_async(arguments, priority=priority, retry=False)
    except OperationalError:
        raise _refusal(SILENT) from None


def queue_length() -> int:
    """Return how many tasks wait for a worker.

    Raises:
        OperationalError, RedisError, OSError: the broker does not answer.
    """
    bounds = {
        "max_retries": 0,
        "socket_timeout": BROKER_SECONDS,
        "socket_connect_timeout": BROKER_SECONDS,
    }
    # A connection of its own: a pooled one waits as long as it takes.
    with current_app.connection_for_read(settings.BROKER_URL, transport_options=bounds) as broker:
        channel: Any = broker.default_channel
        return int(channel.queue_declare(QUEUE, passive=False).message_count)


def has_room() -> bool:
    """Return whether a task may be asked for that is asked for again and again until it ran.

    Else all that is asked for while the workers are away, or hold long work, would lie in the
    queue. Where the broker is away there is none.
    """
    if not settings.BROKER_URL:
        return False
    try:
        return queue_length() < SWEPT_MOST
    except (OperationalError, RedisError, OSError):
        return False


def _refusal(code: str) -> WrongState:
    return WrongState(str(SENTENCES[code]), code=code)
