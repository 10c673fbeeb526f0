"""One row an act: how each door is asked for it, who may not, and what shows that it happened.

`tests/<app>/doors.py` holds the rows as `CASES`; `tests/journeys/test_doors.py` drives them. What a
GET of their addresses is answered, and which scope the API wants, is said by them too.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.urls import get_resolver, reverse

from tests.given.access import Access
from tests.given.client import quoted
from tests.given.world import World

if TYPE_CHECKING:
    from tests.conftest import ApiClients, PageClients

Things = dict[str, Any]


@dataclass(frozen=True)
class Send:
    """A POST: where to, and what."""

    path: str
    data: dict[str, Any] = field(default_factory=dict)


@functools.cache
def arguments_of(route: str) -> tuple[str, ...]:
    """Name the arguments of an address."""
    [(_text, names)], *_more = get_resolver().reverse_dict.getlist(route)[0]
    return tuple(names)


@dataclass(frozen=True, eq=False)
class To:
    """Makes what is sent to an address, of what a builder answered.

    route: the url name.
    data: what is sent, or what makes it of the things.
    query: what follows the address, with its question mark.
    at: arguments of the address that no thing of that name tells: values, or what makes them.
    """

    route: str
    data: Mapping[str, Any] | Callable[[Things], Mapping[str, Any]]
    query: str
    at: Mapping[str, Any]

    def path(self, things: Things) -> str:
        """Return the address of the things."""
        return reverse(self.route, kwargs={name: self._told(name, things) for name in self.names})

    def __call__(self, things: Things) -> Send:
        """Return the address and what it is sent."""
        data = self.data(things) if callable(self.data) else self.data
        return Send(self.path(things) + self.query, dict(data))

    @property
    def names(self) -> tuple[str, ...]:
        """Name the arguments of the address."""
        return arguments_of(self.route)

    def _told(self, name: str, things: Things) -> object:
        value = self.at[name] if name in self.at else things[name]
        return value(things) if callable(value) else value


def to(
    route: str,
    data: Mapping[str, Any] | Callable[[Things], Mapping[str, Any]] | None = None,
    *,
    query: str = "",
    **at: object,
) -> To:
    """Return a sender to the address of the things, whose names are those of its arguments."""
    return To(route, data or {}, query, at)


@dataclass(frozen=True)
class DoorCase:
    """An act and its doors.

    act: dotted name under `marketplace`, such as `rights.registration.services.draft_claim`.
    given: reaches the state before the act by calling acts; answers what `page`, `api` need.
    actor: who does it, a name of `tests.given.world.PEOPLE`, or "" for a visitor.
    page, api: what each door is sent. None only with `only` saying why. An address without an
        `Access` row takes only POST: see `rows`.
    fact: the kind of ledger entry that the act leaves exactly once.
    scope: what a token needs at the API, a value of `marketplace.core.scopes.Scope`; "" only where
        there is no such door, or no token is asked for.
    not_allowed: somebody who may see the thing and not do this (403); "" with a reason in `only`.
    not_visible: somebody who may not see the thing (404); "" where everybody may see it.
    wrong_state: reaches a state in which the act is refused (409), where there is one.
    again: what the same request sent a second time is: "already" (answered, changes nothing),
        "refused", "new" (a creation; the API answers it by its Idempotency-Key) or "told-once" (a
        creation whose answer holds a secret that is not kept, so a second one is another).
    admin: the changelist and the action by which the admin offers it, where it does.
    only: why a door or a refusal is missing.
    """

    act: str
    given: Callable[[World], Things]
    actor: str
    page: To | None
    api: To | None
    fact: str
    scope: str
    not_allowed: str = ""
    not_visible: str = ""
    wrong_state: Callable[[World], Things] | None = None
    again: Literal["already", "refused", "new", "told-once"] = "refused"
    admin: tuple[str, str] | None = None
    only: str = ""
    api_format: Literal["json", "multipart"] = "json"

    def leads_through(self, door: str) -> bool:
        """Return whether the act has the door "page" or "api"; `only` says why one is missing."""
        has_door = (self.page if door == "page" else self.api) is not None
        assert has_door or self.only
        return has_door

    def rows(self) -> list[Access]:
        """Return what a GET of the act's addresses is answered, where they take only POST.

        A page says so before it asks who is there. The stranger is whoever may not see the thing.
        Of an address that takes a GET too, or asks nobody who they are, a row is written.
        """
        return [
            Access(
                door.route,
                nobody,
                *(405, 405, 405),
                given=self.given,
                as_party=self.actor or "officer",
                stranger_is=self.not_visible or "stranger",
                path_of=door.path,
            )
            for door, nobody in ((self.page, 405), (self.api, 401))
            if door
        ]

    def __str__(self) -> str:
        return self.act


class Doors:
    """Sends a case through a door."""

    def __init__(self, page_of: PageClients, api_of: ApiClients) -> None:
        self.page_of = page_of
        self.api_of = api_of

    def send(
        self,
        case: DoorCase,
        door: str,
        things: Things,
        person: str,
        key: str = "",
        address: str = "",
        match: str = "",
    ) -> Any:
        """Return the response of the door, or of another address."""
        make = case.page if door == "page" else case.api
        assert make is not None
        sent = make(things)
        path = address or sent.path
        if door == "page":
            return self.page_of(person).post(path, sent.data)
        headers = {"Idempotency-Key": quoted(key)} if key else {}
        headers |= {"If-Match": match} if match else {}
        return self.api_of(person).post(path, sent.data, format=case.api_format, headers=headers)
