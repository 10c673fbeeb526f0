"""Who is answered what at every address; one without a row, to which no case sends, fails.

What somebody may not see is answered, to the byte, as what does not exist. Addresses of the same
state are asked in one test; those whose row a `DoorCase` tells are asked in the state of the case,
in `test_doors.py`. The first of those whose views decide on methods alike is asked
everything: by every method, as everybody. Of another each run asks

- as nobody: by GET and POST, where the view takes them;
- as the stranger: by GET, and at one in `PART`, drawn, by what else the view takes. The acts behind
  POST are asked whole, by right requests of strangers, in `test_doors.py`;
- as party and reviewer: whoever is refused, and of those who are answered one, drawn;
- with junk or a wild question: half of all, drawn;
- one page in `PART`, drawn, in Chinese, as one who sees it.

A GET of what takes only POST is answered by the decorator, alike for all of its kind: that each row
says so is compared without asking. `make campaign` asks every address everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import ApiClients, PageClients
from tests.given.access import Access, by_state, decides_on_methods, handled
from tests.given.asked import (
    FOR_ALL,
    PART,
    SEEN_BY_ALL,
    VIEWS,
    check_address,
    check_chinese,
    check_joined_reviewer,
)
from tests.given.gathered import CASES, ROWS, WRITTEN
from tests.given.insiders import INSIDERS, faults_at, own_ids
from tests.given.joined import joined_reviewer
from tests.given.junk import Wild, check_junk
from tests.given.state import undone
from tests.given.world import World

FOREIGN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "openapi",
}
"""Addresses of libraries, one by one, so that a new one is looked at; admin is tested apart."""


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, namespace)
        elif pattern.name:
            yield prefix + pattern.name


def test_every_address_has_a_row() -> None:
    """A new address needs a decision on who may see it."""
    named = set(_names(get_resolver().url_patterns))
    ours = {name for name in named - FOREIGN if not name.startswith("admin:")}
    rows = {row.route for row in ROWS}
    assert ours - rows == set(), (
        "give each act a DoorCase in tests/<app>/doors.py; what takes a GET, or belongs to no act, "
        "an Access row in tests/<app>/access.py"
    )
    assert rows - named == set(), "no address is called so: mend or remove its Access row"
    assert FOREIGN - named == set()


def test_what_a_case_tells_is_written_nowhere_else() -> None:
    """A row is of what takes a GET too, or of what a case does not tell of its address.

    One may stand beside a case whose thing everybody sees, in a state in which they do not.
    """
    hidden = [case for case in CASES if case.not_visible]
    told = {(row.route, answers_of(row)) for case in hidden for row in case.rows()}
    twice = {row.route for row in WRITTEN if (row.route, answers_of(row)) in told}
    assert twice == set(), "remove each Access row: its DoorCase tells it"
    assert len({row.route for row in ROWS}) == len(ROWS)


HALF = 0.5
"""How often junk is sent."""

EVERY = pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.campaign)], ids=["drawn", "every"]
)


def answers_of(row: Access) -> tuple[int, int, int, int]:
    """Return the four answers of a row."""
    return (row.nobody, row.stranger, row.party, row.reviewer)


def test_what_takes_no_get_says_so_in_its_row() -> None:
    """And alike for all whose views decide on methods alike, of which the first is asked."""
    by_kind: dict[Any, set[tuple[int, ...]]] = {}
    shown = []
    for row in ROWS:
        view = VIEWS[row.route]
        if "get" not in handled(view):
            by_kind.setdefault(decides_on_methods(view), set()).add(answers_of(row))
        elif 405 in answers_of(row):
            shown.append(row.route)
    assert shown == [], "each takes a GET: write its Access row in tests/<app>/access.py"
    assert [answers for answers in by_kind.values() if len(answers) > 1] == []


@EVERY
@pytest.mark.parametrize("rows", by_state(WRITTEN, at_once=24))
def test_addresses_answer(
    rows: list[Access],
    every: bool,
    world: World,
    page_of: PageClients,
    api_of: ApiClients,
    wildly: Wild,
    chance: Random,
) -> None:
    """The four answers of each row; by no method more than they tell; and to junk an answer."""
    arguments = rows[0].given(world) if rows[0].given else {}
    wrong: list[str] = []
    joined_reviewer(world)
    for row in rows:
        address = row.path(arguments)
        clients = api_of if address.startswith("/api/") else page_of
        try:
            check_address(row, address, clients, chance, every=every)
            check_joined_reviewer(row, address, clients)
            if every or not chance.randrange(PART):
                check_chinese(row, address, clients)
        except AssertionError as fault:
            wrong.append(f"{row.route}: {fault}")
    for row in rows:
        if not every and chance.random() >= HALF:
            continue
        try:
            check_junk(row, row.path(arguments), wildly)
        except AssertionError as fault:
            wrong.append(f"{row.route}: {fault}")
    assert not wrong, "\n\n".join(wrong)
    wildly.check()


@pytest.mark.parametrize("rows", by_state(WRITTEN, at_once=24))
def test_who_acts_for_nobody_is_answered_nothing(
    rows: list[Access], world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """The party without a role, as an annotator alone, and suspended: each at every address.

    What was theirs a moment ago is closed, whichever role they had, and no list names it.
    """
    given = rows[0].given(world) if rows[0].given else {}
    wrong: list[str] = []
    for party in sorted({row.as_party for row in rows} - {""}):
        for insider in INSIDERS:
            with undone():
                person, ids = insider.become(world, party), own_ids()
                for row in rows if person else ():
                    address = row.path(given)
                    clients = api_of if address.startswith("/api/") else page_of
                    if row.as_party == party:
                        wrong += faults_at(row, address, clients(person), insider, ids)
    assert not wrong, "\n".join(wrong)


def test_exceptions_are_addresses() -> None:
    """What is listed here exists."""
    assert {row.route for row in ROWS} >= FOR_ALL | SEEN_BY_ALL
