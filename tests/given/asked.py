"""How an address is asked what its row says."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from marketplace.ledger.models import Entry
from tests.given.access import METHODS, SIGN_IN, Access, decides_on_methods, handled, views_by_route
from tests.given.chinese import latin_words
from tests.given.gathered import ROWS
from tests.given.joined import JOINED
from tests.given.tenancy import elsewhere, is_broken, names_a_thing, sent, told

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
    *("renewal_approve", "api_renew_listing", "api_approve_renewal", "api_allow_measuring"),
    # Whoever reads an offer may ask about it.
    *("inquiry_make", "api_ask_seller"),
}
"""Addresses that take only POST, of things that the stranger of their row may see."""


VIEWS = views_by_route()
FIRST_OF_THEIR_KIND = {
    decides_on_methods(VIEWS[row.route]): row.route for row in reversed(ROWS) if row.route in VIEWS
}

PART = 4
"""One in so many addresses is asked by a stranger's POST, and as many pages are read in Chinese, in
every run."""

ANSWERED = range(200, 300)


def is_first(row: Access) -> bool:
    """Return whether an address is the first of those whose views decide on methods alike."""
    return FIRST_OF_THEIR_KIND[decides_on_methods(VIEWS[row.route])] == row.route


def check_address(
    row: Access, address: str, clients: Callable[[str], Any], chance: Random, *, every: bool
) -> None:
    """Ask an address everything, or what it alone decides and some of it by chance."""
    if every or is_first(row):
        check_whole_row(row, address, clients)
    else:
        check_row(row, address, clients, chance)


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


def check_joined_reviewer(row: Access, address: str, clients: Callable[[str], Any]) -> None:
    """Ask as somebody who has accounts on both sides: they read what a reviewer reads."""
    answer = clients(JOINED).get(address).status_code
    assert answer == (row.reviewer if row.joined is None else row.joined), (JOINED, answer)


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
