"""What a kind of long work says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from marketplace.core import Actor
from marketplace.jobs.models import Job
from marketplace.ledger.facts import Fact

J = TypeVar("J", bound=Job)


class Priority(IntEnum):
    """What a worker that is free takes first: the lowest number, and of one number what came first.

    The numbers are those of Celery's queues on Redis.
    """

    AT_ONCE = 0
    """Letters, messages and signs of life."""
    WAITED_FOR = 3
    """Somebody looks at the page until it is done."""
    IN_TIME = 6
    """It is told of when it is done."""
    LAST = 9
    """It may take an hour, and nothing rests on it meanwhile."""


def do_nothing(*_given: object) -> None:
    """Do nothing."""


def _no_more(_job: Job) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, kw_only=True, eq=False)
class Queue(Generic[J]):
    """Long work of one kind, which workers take in its order.

    `name` is what the ledger calls a job, `priority` where it stands beside other work; an entry
    about one concerns what `about` returns. The four facts say what becomes of it: `requested` has
    `attempts_before` as a field, `started` has `attempt`, `failed` has `error`. `more` are further
    fields of all four, `asked` of `requested` alone. `begins` are the fields, beside `progress`, in
    which a worker says how far it is, with what they hold when it takes a job. `when_unfinished` is
    what else happens, in the same transaction, where a job failed or was cancelled.
    """

    name: str
    priority: Priority
    rows: Callable[[Actor], QuerySet[J]]
    about: Callable[[J], tuple[str, ...]]
    requested: type[Fact]
    started: type[Fact]
    failed: type[Fact]
    cancelled: type[Fact]
    more: Callable[[J], Mapping[str, Any]] = _no_more
    asked: Callable[[J], Mapping[str, Any]] = _no_more
    begins: Mapping[str, object] = field(default_factory=dict)
    when_unfinished: Callable[[J, Actor], None] = do_nothing

    def tell(self, fact: Callable[..., Fact], job: J, **said: Any) -> Fact:
        """Return a fact about a job."""
        return fact(
            subject=f"{self.name}:{job.pk}", about=self.about(job), **self.more(job), **said
        )
