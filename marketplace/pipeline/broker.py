"""Hand a task to the workers, or say why that cannot be."""

from __future__ import annotations

from celery.app.task import Task
from celery.exceptions import OperationalError
from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core.errors import WrongState


def start(task: Task, *arguments: str) -> None:  # type: ignore[type-arg]
    """Ask a worker to run a task.

    The entry that a reaction works on is committed, and so is what the task looks at. Where the
    reaction is rolled back after this, the task is started twice, and its second run finds nothing
    to do: rather that than a task that is lost.

    Raises:
        WrongState: there is no broker, or it does not answer.
    """
    if not settings.BROKER_URL:
        raise WrongState(
            _("No worker can be asked: set BROKER_URL, start a worker, and try again."),
            code="broker-missing",
        )
    try:
        # Trying for long here would keep every later entry waiting.
        task.apply_async(arguments, retry=False)
    except OperationalError:
        raise WrongState(
            _("The broker does not answer. Start it, and try again."), code="broker-silent"
        ) from None
