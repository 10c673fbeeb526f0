"""Who is answered what at every address; an address without a row fails.

What somebody may not see is answered, to the byte, as what does not exist. Addresses of the same
state are asked in one test. The first of those whose views decide on methods alike is asked
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

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given.access import (
    METHODS,
    SIGN_IN,
    Access,
    by_state,
    decides_on_methods,
    handled,
    views_by_route,
)
from tests.given.chinese import latin_words
from tests.given.junk import Wild, check_junk
from tests.given.tenancy import elsewhere, is_broken, names_a_thing, sent, told
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

FOR_ALL = {
    "set_language",
    "api_apply_organization",
    "api_accept_invitation",
    "api_prove_address",
    "api_report_reidentification",
    *("api_ask_as_person", "api_pick_up_answer"),
    # Its message is signed; who sends it signs in nowhere.
    "api_receive_message",
}
"""What takes a POST from whoever comes, besides pages that nobody is kept from."""

SEEN_BY_ALL = {
    *("person_invite", "organization_token_policy", "api_set_token_policy"),
    # The board shows a request to every seller's officers, who are the strangers here.
    *("demand_answer", "demand_close", "api_answer_demand", "api_close_demand"),
    *("renewal_approve", "api_renew_listing"),
    # Whoever reads an offer may ask about it.
    *("inquiry_make", "api_ask_seller"),
}
"""Addresses that take only POST, of things that the stranger of their row may see."""


def _rows() -> list[Access]:
    rows: list[Access] = []
    for package in pkgutil.iter_modules(tests.__path__):
        name = f"tests.{package.name}.access"
        if package.ispkg and package.name != "given" and importlib.util.find_spec(name):
            rows.extend(importlib.import_module(name).ROWS)
    return rows


ROWS = _rows()


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
    assert ours - rows == set(), "give each an Access row in tests/<app>/access.py"
    assert rows - named == set(), "no address is called so: mend or remove its Access row"
    assert FOREIGN - named == set()


VIEWS = views_by_route()
FIRST_OF_THEIR_KIND = {
    decides_on_methods(VIEWS[row.route]): row.route for row in reversed(ROWS) if row.route in VIEWS
}


PART, HALF = 4, 0.5
"""One in so many addresses is asked by a stranger's POST, and as many pages are read in Chinese, in
every run; how often junk is sent."""

ANSWERED = range(200, 300)
EVERY = pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.campaign)], ids=["drawn", "every"]
)


def test_what_takes_no_get_says_so_in_its_row() -> None:
    """And alike for all whose views decide on methods alike, of which the first is asked."""
    answers_of: dict[Any, set[tuple[int, ...]]] = {}
    for row in ROWS:
        view = VIEWS[row.route]
        answers = (row.nobody, row.stranger, row.party, row.reviewer)
        assert (405 in answers) <= ("get" not in handled(view)), row.route
        if "get" not in handled(view):
            answers_of.setdefault(decides_on_methods(view), set()).add(answers)
    assert [answers for answers in answers_of.values() if len(answers) > 1] == []


def is_first(row: Access) -> bool:
    """Return whether an address is the first of those whose views decide on methods alike."""
    return FIRST_OF_THEIR_KIND[decides_on_methods(VIEWS[row.route])] == row.route


@EVERY
@pytest.mark.parametrize("rows", by_state(ROWS, at_once=24))
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
    for row in rows:
        address = reverse(row.route, kwargs=arguments)
        clients = api_of if address.startswith("/api/") else page_of
        try:
            if every or is_first(row):
                check_whole_row(row, address, clients)
            else:
                check_row(row, address, clients, chance)
            if every or not chance.randrange(PART):
                check_chinese(row, address, clients)
        except AssertionError as fault:
            wrong.append(f"{row.route}: {fault}")
    for row in rows:
        if not every and chance.random() >= HALF:
            continue
        try:
            check_junk(row, reverse(row.route, kwargs=arguments), wildly)
        except AssertionError as fault:
            wrong.append(f"{row.route}: {fault}")
    assert not wrong, "\n\n".join(wrong)
    wildly.check()


def check_whole_row(row: Access, address: str, clients: Callable[[str], Any]) -> None:
    """Ask an address as everybody of its row, by every method."""
    check_people(row, (row.as_party, "reviewer"), address, clients)
    check_strangers(row, METHODS, METHODS, address, clients)


def check_row(row: Access, address: str, clients: Callable[[str], Any], chance: Random) -> None:
    """Ask an address what it alone decides, and some of it by chance."""
    methods = handled(VIEWS[row.route])
    if "get" in methods:
        both = (row.as_party, "reviewer")
        is_open = row.party in ANSWERED and row.reviewer in ANSWERED
        check_people(row, (chance.choice(both),) if is_open else both, address, clients)
    of_stranger = methods if chance.randrange(PART) == 0 else methods[: methods.count("get")]
    check_strangers(row, methods, of_stranger, address, clients)


def check_people(
    row: Access, people: tuple[str, ...], address: str, clients: Callable[[str], Any]
) -> None:
    """Ask as the party, the reviewer or both."""
    all_of_row = {row.as_party: row.party, "reviewer": row.reviewer}
    asked = {person: all_of_row[person] for person in people}
    answers = {person: clients(person).get(address).status_code for person in asked}
    assert answers == asked, (answers, asked)


def check_chinese(row: Access, address: str, clients: Callable[[str], Any]) -> None:
    """Look at a page in Chinese: no word of it stands in Latin letters but names and data."""
    if not row.is_page:
        return
    viewers = {row.as_party: row.party, "": row.nobody, "reviewer": row.reviewer}
    viewer = next(person for person, status in viewers.items() if status == 200)
    answer = clients(viewer).get(address, headers={"accept-language": "zh-hans"})
    assert latin_words(answer.content.decode()) == []


def check_strangers(
    row: Access,
    of_nobody: tuple[str, ...],
    of_stranger: tuple[str, ...],
    address: str,
    clients: Callable[[str], Any],
) -> None:
    """Ask as nobody and as the stranger; nothing is recorded, as what a party is handed would."""
    recorded = Entry.objects.count()
    check_nobody(row, by_methods(of_nobody, clients(""), address), address)
    check_stranger(row, of_stranger, clients(row.stranger_is), address)
    assert Entry.objects.count() == recorded


def by_methods(methods: tuple[str, ...], client: Any, address: str) -> dict[str, Any]:
    """Return the answers by method, to requests without a body."""
    return {method: sent(client, method, address) for method in methods}


def check_nobody(row: Access, answers: dict[str, Any], address: str) -> None:
    """401 of the API, the sign-in page of a page; what is public may be looked at."""
    status = {method: answer.status_code for method, answer in answers.items()}
    assert status.get("get", row.nobody) == row.nobody, status
    assert status.get("head", row.nobody) == row.nobody, status
    assert not any(is_broken(code, address) for code in status.values()), status
    if row.nobody == 401:
        assert set(status.values()) == {401}, status
    elif row.nobody == SIGN_IN or (row.nobody == 405 and row.route not in FOR_ALL):
        assert set(status.values()) <= {SIGN_IN, 405}, status
        for method, answer in answers.items():
            assert status[method] == 405 or answer.url.startswith("/account/login/"), method


def check_stranger(row: Access, methods: tuple[str, ...], client: Any, address: str) -> None:
    """What another tenant may not see is, to the byte, what does not exist."""
    answers = by_methods(methods, client, address)
    status = {method: answer.status_code for method, answer in answers.items()}
    assert status.get("get", row.stranger) == row.stranger, status
    assert not any(is_broken(code, address) for code in status.values()), status
    if row.stranger not in (404, 405) or row.route in SEEN_BY_ALL or not names_a_thing(address):
        return
    missing = elsewhere(address)
    for method in methods:
        answer = sent(client, method, missing)
        assert told(answers[method], address) == told(answer, missing), method
        # Which version of tus is spoken is asked before anything is looked for.
        assert answer.status_code in (404, 405, 412, 415, 422) or method == "options", method


def test_exceptions_are_addresses() -> None:
    """What is listed here exists."""
    assert {row.route for row in ROWS} >= FOR_ALL | SEEN_BY_ALL
