"""Junk and wild values, and how they are sent: to an address, and through the doors of an act."""

from __future__ import annotations

import json
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from marketplace.ledger.models import Entry
from tests.given import wild
from tests.given.access import Access
from tests.given.doors import DoorCase, Things
from tests.given.tenancy import is_broken

if TYPE_CHECKING:
    from tests.conftest import ApiClients, PageClients

FIELDS = (
    "reason", "name", "email", "uscc", "contact", "person_name", "password", "roles", "days",
    "title", "abstract", "theme", "kind", "purpose", "price", "terms", "checklist", "digest",
    "reference", "request_key", "amount", "voucher", "incurred_on", "text", "rights", "term_years",
    "inputs", "method", "policy", "columns", "impacts", "negative_list", "annotations", "secret",
    "is_upheld", "missing", "restrictions", "language", "number", "document", "file", "upload",
)  # fmt: skip
TEXTS = ("", "\x00", "x" * 5000, "龘" * 600, "-1", "1e999", "NaN", "2026-99-99")
JSON_JUNK: tuple[Any, ...] = (*TEXTS, None, [], {}, [None], [{"a": {}}], -1, 1e30, True, [["x"]])


CALLERS = ("reviewer", "administrator", "treasurer", "buyer")
WILD = (*wild.WRITTEN, *wild.SHAPES)
PAGE_FIELDS = ["reason", "amount", "page"]
ROLES = ("", "stranger", "officer", "finance", *CALLERS, "auditor")
WORST: tuple[Any, ...] = ("龘" * 600, [{"a": {}}])
BODIES: tuple[Any, ...] = ([], "x", None, 5)
"""What is no set of fields."""

FEW, MANY, HALF = 1, 0.25, 0.5
"""Requests in the reduced search; how often several fields are wild at once; and how often an
address that answers questions is asked one, and is sent no junk."""


def send_junk(
    address: str,
    callers: set[str],
    page_of: PageClients,
    api_of: ApiClients,
    junk: Sequence[Any],
    bodies: Sequence[Any],
) -> None:
    """Post each piece of junk in every field, as each caller; what is refused changes nothing."""
    is_api = address.startswith("/api/")
    for person in sorted(callers):
        client = (api_of if is_api else page_of)(person)
        for piece in junk:
            if not is_api and not isinstance(piece, str):
                continue
            before = Entry.objects.count()
            answer = client.post(address, dict.fromkeys(FIELDS, piece))
            broken = is_broken(answer.status_code, address)
            assert not broken, (person, piece, answer.content[:500])
            assert answer.status_code < 400 or Entry.objects.count() == before, (person, piece)
        for body in bodies if is_api else ():
            answer = client.post(address, body, format="json")
            assert not is_broken(answer.status_code, address), (person, body)


class Wild:
    """Sends wild values and keeps what broke; what an act changed is taken back."""

    def __init__(self, page_of: PageClients, api_of: ApiClients) -> None:
        self.page_of = page_of
        self.api_of = api_of
        self.faults: list[str] = []

    def client(self, person: str, address: str) -> Any:
        """Return somebody's client of the door that an address belongs to."""
        return (self.api_of if address.startswith("/api/") else self.page_of)(person)

    def send(self, method: str, person: str, address: str, data: Any, **options: Any) -> Any:
        """Send once; a server error, raised or answered, is a fault."""
        for value in data.values() if isinstance(data, dict) else ():
            if hasattr(value, "seek"):
                value.seek(0)
        answer, broken = None, ""
        with transaction.atomic():
            try:
                client = self.client(person, address)
                answer = getattr(client, method)(address, data, **options)
                broken = f"{answer.status_code}" if is_broken(answer.status_code, address) else ""
            except Exception as error:
                where = traceback.extract_tb(error.__traceback__)[-1]
                broken = f"{error!r:.300} in {where.filename}:{where.lineno}"
            transaction.set_rollback(True)
        if broken:
            self.faults.append(f"{method} {address} as {person}: {broken}\n    {data!r:.600}")
        return answer

    def check(self) -> None:
        """Fail with all that broke."""
        assert not self.faults, f"WILD_SEED={wild.SEED}\n" + "\n".join(self.faults)


def send_wild_bodies(case: DoorCase, door: str, things: Things, wildly: Wild, most: int) -> None:
    """Put wild values, one or several at a time, into what the door really takes."""
    make = case.page if door == "page" else case.api
    if make is None:
        return
    draw, sent = wild.lot(case, door), make(things)
    data = dict(sent.data)
    names = wild.declared(sent.path) if door == "api" else PAGE_FIELDS
    if door == "page" and most > FEW:
        names = [*names, *wild.shown(wildly.send("get", case.actor, sent.path, {}))]
    spots = [*wild.places(data), *((name,) for name in names if name not in data)]
    strange = wild.WRITTEN if door == "page" or case.api_format == "multipart" else WILD
    tried = [(spot, value) for spot in spots for value in strange]
    is_json = door == "api" and case.api_format == "json"
    options: dict[str, str] = {"content_type": "application/json"} if is_json else {}
    if door == "api" and not is_json:
        options = {"format": case.api_format}
    for spot, value in draw.sample(tried, min(most, len(tried))):
        person = draw.choice((case.actor, case.actor, case.actor, draw.choice(ROLES)))
        body = wild.put(data, spot, value)
        if draw.random() < MANY and len(spots) > 1:
            body = wild.put(body, (draw.choice(spots)[0],), draw.choice(strange))
        wildly.send(
            "post", person, sent.path, json.dumps(body, default=str) if is_json else body, **options
        )


def send_wild_questions(row: Access, address: str, wildly: Wild, most: int) -> None:
    """Ask with wild parameters: those that the API declares, or that the page shows and reads."""
    draw = wild.lot(row.route)
    if address.startswith("/api/"):
        names = wild.asked_of(address)
    else:
        page = wildly.send("get", row.as_party, address, {})
        names = [*wild.shown(page), *wild.PAGED] if page is not None else []
    for _time in range(most if names else 0):
        name = draw.choice(names)
        asked = {name: draw.choice(wild.CURSORS if name == "cursor" else wild.WRITTEN)}
        if draw.random() < MANY:
            asked |= {one: draw.choice(wild.WRITTEN) for one in names if one != "cursor"}
        wildly.send("get", draw.choice((row.as_party, draw.choice(ROLES))), address, asked)


def check_junk(row: Access, address: str, wildly: Wild) -> None:
    """Send one piece of the worst junk from the party that may call, or ask a wild question."""
    draw = wild.lot(row.route)
    if row.party != 405 and draw.random() < HALF:
        send_wild_questions(row, address, wildly, FEW)
        return
    # A page takes texts alone.
    junk = [draw.choice(WORST) if address.startswith("/api/") else WORST[0]]
    with transaction.atomic():
        send_junk(
            address, {row.as_party}, wildly.page_of, wildly.api_of, junk, [draw.choice(BODIES)]
        )
        transaction.set_rollback(True)
