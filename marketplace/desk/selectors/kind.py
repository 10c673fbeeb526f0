"""A kind of thing that waits for a person, and one thing that does."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from marketplace.accounts.models import Person
from marketplace.accounts.roles import Role
from marketplace.core import Actor, Rule, is_open

MOST = 20
LOOKED_AT = 3 * MOST
"""How many of what a selector narrows to are looked at, of which a rule may refuse some."""

Thing = TypeVar("Thing", bound=Model)


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, of which, where it is done, and by when.

    `reason` is why it is to be done again, `count` how many more read the same, with this one.
    """

    what: str | Promise
    name: str
    url: str
    icon: str
    due_on: date | None = None
    reason: str = ""
    count: int = 1


def merged(tasks: Iterable[Task]) -> list[Task]:
    """Count tasks that read the same as one, which leads to the first of them."""
    found: dict[tuple[str, str, date | None, str], Task] = {}
    for task in tasks:
        read = (str(task.what), task.name, task.due_on, task.reason)
        first = found.get(read)
        found[read] = task if first is None else replace(first, count=first.count + task.count)
    return list(found.values())


@dataclass(frozen=True)
class Waiting(Generic[Thing]):
    """A kind of thing that waits for a person.

    whom: whether the person has anything to do with it at all, by their roles; asks nothing.
    narrow: the rows among which it is, what has waited longest first.
    rules: by one of them the person can do something with a row; the acts ask the same. None where
        what is to be done is no act of the centre's, such as to pay.
    due_on: the last day to do it.
    reasons: why some of the rows are to be done again.
    """

    what: str | Promise
    icon: str
    page: str
    whom: Callable[[Actor], bool]
    narrow: Callable[[Actor], QuerySet[Thing]]
    name: Callable[[Thing], str]
    rules: tuple[Rule[Thing], ...] = ()
    due_on: Callable[[Thing], date | None] = lambda thing: None
    at: Callable[[Thing], UUID] = lambda thing: thing.pk
    reasons: Callable[[Sequence[Thing], Actor], Mapping[UUID, str]] = lambda things, by: {}

    def tasks(self, rows: QuerySet[Thing], by: Actor) -> Iterator[Task]:
        """Yield which of the rows wait for the person, at most 20."""
        looked_at = rows[:LOOKED_AT]
        waiting = list(islice((each for each in looked_at if self._is_open(each, by)), MOST))
        reasons = self.reasons(waiting, by)
        for row in waiting:
            address = reverse(self.page, args=[self.at(row)])
            reason = reasons.get(row.pk, "")
            yield Task(self.what, self.name(row), address, self.icon, self.due_on(row), reason)

    def _is_open(self, row: Thing, by: Actor) -> bool:
        return not self.rules or any(is_open(rule, row, by) for rule in self.rules)


def waiting_for(by: Actor, kinds: Iterable[Waiting[Any]]) -> Iterator[Task]:
    """Yield what waits for a person, of each kind at most 20.

    One query asks of all kinds which has a row: of most nothing waits, and a row comes with all
    that its rules read.
    """
    narrowed = [(kind, kind.narrow(by)) for kind in kinds if kind.whom(by)]
    if by.person_id is None or not narrowed:
        return
    of_person = Person.objects.filter(pk=by.person_id)
    found = of_person.values_list(*(Exists(rows) for _kind, rows in narrowed)).get()
    for (kind, rows), is_there in zip(narrowed, found, strict=True):
        if is_there:
            yield from kind.tasks(rows, by)


def has(*roles: Role) -> Callable[[Actor], bool]:
    """Return a question for one of the roles."""
    return lambda by: by.has(*roles)
