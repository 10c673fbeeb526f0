"""Junk and wild values at every address, from everybody: an answer that says so, never a fault.

In every run half of the addresses get a piece of the worst junk or a wild question, and one door
of half of the acts a wild value, where they are asked anyway: `test_access.py` and `test_doors.py`
send them. `--hypothesis-seed` draws who gets one, `WILD_SEED=… pytest …` what it is: with both the
same is sent again. The campaign sends all of it.
"""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import get_resolver

from tests.conftest import ApiClients, PageClients
from tests.given import wild
from tests.given.access import Access
from tests.given.doors import DoorCase
from tests.given.gathered import CASES, ROWS
from tests.given.junk import (
    BODIES,
    CALLERS,
    JSON_JUNK,
    ROLES,
    Wild,
    send_junk,
    send_wild_bodies,
    send_wild_questions,
)
from tests.given.world import World


@pytest.mark.campaign
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_all_junk_is_answered(
    row: Access, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """All of it, from everybody."""
    address = row.path(row.given(world) if row.given else {})
    send_junk(address, {row.as_party, *CALLERS}, page_of, api_of, JSON_JUNK, BODIES)


@pytest.mark.campaign
@pytest.mark.parametrize("case", CASES, ids=str)
def test_all_wild_values_are_answered(case: DoorCase, world: World, wildly: Wild) -> None:
    """Hundreds of them a door."""
    things = case.given(world)
    for door in ("page", "api"):
        send_wild_bodies(case, door, things, wildly, 400)
    wildly.check()


@pytest.mark.campaign
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_all_wild_questions_are_answered(row: Access, world: World, wildly: Wild) -> None:
    """At every address that can be asked."""
    arguments = row.given(world) if row.given else {}
    if row.party != 405:
        send_wild_questions(row, row.path(arguments), wildly, 200)
    wildly.check()


PARTS = ("9" * 24, "9" * 5000, "-1", "0", "1e9", "%00", "x" * 3000, "龘", "..%2f..", "9999-12-31")


def test_wild_parts_of_addresses_are_answered(wildly: Wild) -> None:
    """In every part of an address that is no UUID: mostly there is nothing there."""
    for route in sorted(wild.loose_routes(get_resolver())):
        draw = wild.lot(route)
        address = "/" + re.sub(r"<(?!uuid)[^>]*>", draw.choice(PARTS), route)
        address = re.sub(r"<uuid:[^>]*>", str(uuid4()), address)
        wildly.send("get", draw.choice(ROLES), address, {})
    wildly.check()
