"""Who else asks at an address: another tenant, a low role, a suspended organization, nobody."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.http import HttpResponseBase

from marketplace.accounts.member.changes import change_roles
from marketplace.accounts.organization.services import suspend_organization
from marketplace.accounts.roles import Role
from marketplace.core.actor import Actor, Door
from tests.given.world import PEOPLE, World

LOWER = {
    Role.OFFICER: Role.BUYER,
    Role.FINANCE: Role.BUYER,
    Role.BUYER: Role.FINANCE,
    Role.REVIEWER: Role.FINANCE,
    Role.ANNOTATOR: Role.BUYER,
}
"""The role that a person is left with; an auditor's organization has no other."""

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|nonce=|"instance": ?)"[^"]*"')
MOVING = {"date", "expires", "x-request-id"}


def lowered(world: World, person: str) -> str:
    """Leave a person with a role that cannot do what they could; answer who now asks.

    An administrator cannot be set lower by anybody: the treasurer of the centre asks instead. An
    auditor's organization has one role alone: "" says that nobody asks.
    """
    held = set(world.person(person).role_grants.values_list("role", flat=True)) - {Role.OWNER}
    if Role.ADMINISTRATOR in held:
        return "treasurer"
    if held == {Role.AUDITOR}:
        return ""
    keeps_money = person in ("treasurer", "second_treasurer")
    lower = Role.REVIEWER if keeps_money else LOWER[Role(min(held, key=_rank))]
    change_roles(world.person(person), frozenset({lower.value}), by=Actor.system(Door.COMMAND))
    return person


def put_out(world: World, person: str) -> str:
    """Suspend a person's organization; answer the person, or "" for the centre's own people."""
    if PEOPLE.get(person) in ("centre", "pending"):
        return ""
    suspend_organization(
        world.organization(person).pk, reason="Fees unpaid.", by=world.actor("administrator")
    )
    return person


def is_broken(status: int, path: str) -> bool:
    """Tell a server error; that the tests' centre has no worker is what its health answers."""
    return status >= 500 and not (status == 503 and path.startswith("/health/"))


def elsewhere(path: str) -> str:
    """Return the same address of things that do not exist."""
    return UUID.sub(lambda found: str(uuid4()), path)


def names_a_thing(path: str) -> bool:
    """Return whether the address names a thing by an id that nobody can guess."""
    return UUID.search(path) is not None


def told(answer: HttpResponseBase, path: str) -> tuple[int, dict[str, str], bytes]:
    """Return all that an answer tells: status, headers and bytes, but for ids and tokens.

    The ids of the address are blotted out, since whoever asks knows them.
    """
    body = b"".join(answer) if answer.streaming else getattr(answer, "content", b"")
    body, headers = TOKEN.sub(b"", body), dict(answer.headers)
    for found in set(UUID.findall(path)):
        body = body.replace(found.encode(), b"ID").replace(found.replace("-", "").encode(), b"ID")
        headers = {name: value.replace(found, "ID") for name, value in headers.items()}
    kept = {name.lower(): value for name, value in headers.items() if name.lower() not in MOVING}
    return answer.status_code, kept, body


def sent(client: Any, method: str, path: str, data: Any = None, *, form: str = "json") -> Any:
    """Send by a method; pages take forms, the API takes `form`."""
    call = getattr(client, method)
    if method in ("get", "head", "options"):
        return call(path)
    if path.startswith("/api/"):
        return call(path, data or {}, format=form)
    return call(path, data or {}) if method == "post" else call(path)


def _rank(role: str) -> int:
    ranks = [Role.OFFICER, Role.BUYER, Role.REVIEWER, Role.FINANCE, Role.ANNOTATOR]
    return ranks.index(Role(role))
