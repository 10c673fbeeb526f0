"""One row an act: how each door is asked for it, who may not, and what shows that it happened.

`tests/<app>/doors.py` holds the rows as `CASES`; `tests/journeys/test_doors.py` drives them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

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


@dataclass(frozen=True)
class DoorCase:
    """An act and its doors.

    act: dotted name under `marketplace`, such as `rights.claim.services.draft_claim`.
    given: reaches the state before the act by calling acts; answers what `page`, `api` need.
    actor: who does it, a name of `tests.given.world.PEOPLE`, or "" for a visitor.
    page, api: what each door is sent. None only with `only` saying why.
    fact: the kind of ledger entry that the act leaves exactly once.
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
    page: Callable[[Things], Send] | None
    api: Callable[[Things], Send] | None
    fact: str
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
        sent: Send = make(things)
        path = address or sent.path
        if door == "page":
            return self.page_of(person).post(path, sent.data)
        headers = {"Idempotency-Key": quoted(key)} if key else {}
        headers |= {"If-Match": match} if match else {}
        return self.api_of(person).post(path, sent.data, format=case.api_format, headers=headers)
