"""Hand a task to the workers, or say why that cannot be."""

from collections.abc import Mapping

from celery.app.task import Task
from celery.exceptions import OperationalError
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from marketplace.core import WrongState

SILENT = "broker-silent"
"""The code of a broker that may answer later."""

SENTENCES: Mapping[str, str | Promise] = {
    "broker-missing": gettext_lazy(
        "No worker can be asked: set BROKER_URL, start a worker, and try again."
    ),
    SILENT: gettext_lazy("The broker does not answer. Start it, and try again."),
}
"""Why a task was not handed over, by code."""


def start(task: Task, *arguments: str) -> None:  # type: ignore[type-arg]
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
        task.apply_async(arguments, retry=False)
    except OperationalError:
        raise _refusal(SILENT) from None


def _refusal(code: str) -> WrongState:
    return WrongState(str(SENTENCES[code]), code=code)
