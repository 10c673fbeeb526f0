"""One row an address: what nobody, a stranger, a party and a reviewer are answered to a GET.

`tests/<app>/access.py` holds the rows as `ROWS`; `tests/journeys/test_access.py` asks, and fails
for an address without a row. An address that takes only POST needs none where a `DoorCase` sends to
it, which says the same: see `tests/given/doors.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.given.world import World

SIGN_IN = 302
"""Pages send whoever is not signed in to the sign-in page; the API answers 401."""

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
"""Every method but TRACE, which no server of ours answers, and CONNECT, which is a proxy's."""


@dataclass(frozen=True)
class Access:
    """An address and its four answers.

    route: the url name.
    given: reaches a state and answers the keyword arguments of the address.
    nobody, stranger, party, reviewer: the expected status of a GET. An address that takes only POST
        answers 405 to all who are signed in.
    is_page: True for a page of ours that axe looks at.
    as_party: who the party is.
    path_of: makes the address of what `given` answers, where that tells more than its arguments.
    joined: the answer to a reviewer who has an account with the seller and the buyer, too, where it
        is another than the reviewer's.
    """

    route: str
    nobody: int
    stranger: int
    party: int
    reviewer: int
    given: Callable[[World], dict[str, Any]] | None = None
    is_page: bool = False
    as_party: str = "officer"
    stranger_is: str = "stranger"
    path_of: Callable[[dict[str, Any]], str] | None = None
    joined: int | None = None

    def path(self, things: dict[str, Any]) -> str:
        """Return the address of what `given` answered."""
        return self.path_of(things) if self.path_of else reverse(self.route, kwargs=things)

    def __str__(self) -> str:
        return self.route


def by_state(rows: list[Access], *, at_once: int) -> list[Any]:
    """Return the rows of each state together, as parameters named by their first address.

    at_once: the most of one parameter, so that the workers of a run end at about the same time.
    """
    ordered = sorted(enumerate(rows), key=lambda numbered: (id(numbered[1].given), numbered[0]))
    groups = [
        [row for _number, row in group]
        for _state, group in groupby(ordered, key=lambda numbered: id(numbered[1].given))
    ]
    groups.sort(key=lambda group: rows.index(group[0]))
    parts = [
        group[first : first + at_once]
        for group in groups
        for first in range(0, len(group), at_once)
    ]
    return [pytest.param(part, id=f"{part[0].route}-{len(part)}") for part in parts]


def views_by_route() -> dict[str, Callable[..., Any]]:
    """Return the view of each named address of ours."""
    return dict(_named(get_resolver()))


def _named(resolver: URLResolver) -> Iterator[tuple[str, Callable[..., Any]]]:
    for route in resolver.url_patterns:
        if isinstance(route, URLPattern):
            if route.name:
                yield route.name, route.callback
        elif not (route.namespace or route.app_name):
            yield from _named(route)


def decides_on_methods(view: Callable[..., Any]) -> Hashable:
    """Return what decides how a view answers each method: equal for views that decide alike.

    Of a class of the API that is which methods it has and who is let in, as its bases say. Of a
    page it is its decorators, with the methods that they name; one without any decides itself.
    """
    of_class = getattr(view, "cls", None)
    if of_class is not None:
        deciding = ("dispatch", "initial", "options", "get_permissions", "permission_classes")
        return (
            tuple(method for method in METHODS if hasattr(of_class, method)),
            tuple(str(getattr(of_class, name)) for name in deciding),
            getattr(of_class, "is_public", None),
        )
    decorators: list[Hashable] = []
    while hasattr(view, "__wrapped__"):
        decorators.append((view.__code__, *_named_by(view)))
        view = view.__wrapped__
    return tuple(decorators) or view


def _named_by(decorated: Callable[..., Any]) -> list[tuple[Any, ...]]:
    """Return the lists that a decorator holds, such as of the methods that it lets through."""
    cells = [cell.cell_contents for cell in getattr(decorated, "__closure__", None) or ()]
    return [tuple(cell) for cell in cells if isinstance(cell, list | tuple)]


def handled(view: Callable[..., Any]) -> tuple[str, ...]:
    """Return which of GET and POST a view takes: the methods that can tell or change something."""
    of_class = getattr(view, "cls", None)
    if of_class is not None:
        return tuple(method for method in ("get", "post") if hasattr(of_class, method))
    taken = {"get", "post"}
    while hasattr(view, "__wrapped__"):
        for named in _named_by(view):
            if {str(name).lower() for name in named} & taken:
                taken &= {str(name).lower() for name in named}
        view = view.__wrapped__
    return tuple(method for method in ("get", "post") if method in taken)
