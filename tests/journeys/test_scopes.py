"""Every address of the API as every scope of a token; an address without a scope fails.

Of an act its `DoorCase` says by hand what its address needs, of others that are not just read
`SCOPES` of each `tests/<app>/access.py`, apart from the views that declare it.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from marketplace.accounts.token.services import create_token
from marketplace.core.errors import NotAllowed
from marketplace.core.scopes import EVERY, Scope, refuse_outside_scope
from marketplace.ledger.models import Entry
from marketplace.web.scopes import opened_by
from tests.accounts.test_second_factor_everywhere import ROUTES
from tests.given.access import handled, views_by_route
from tests.given.client import Program
from tests.given.gathered import CASES, ROWS, modules
from tests.given.state import changed_tables, kept_rows
from tests.given.world import World

MISSING = "token-scope-missing"
VIEWS = views_by_route()
BY_TOKEN: dict[str, Any] = {
    name: of_class
    for name, view in VIEWS.items()
    if (of_class := getattr(view, "cls", None))
    and "TokenAuthentication" in str(of_class.authentication_classes)
}
"""The views that a token of a person may open, by the name of their address."""


def _named() -> list[tuple[str, str]]:
    """Return the addresses of which a scope is named, each with its scope."""
    of_acts = [(case.api.route, case.scope) for case in CASES if case.api and case.scope]
    of_others = [
        (route, scope)
        for module in modules("access")
        for scope, routes in getattr(module, "SCOPES", {}).items()
        for route in routes
    ]
    return [*of_acts, *of_others]


NAMED = _named()
TABLES = {row.route: "read" for row in ROWS if row.route in BY_TOKEN} | dict(NAMED)


def wanted(route: str) -> frozenset[str]:
    """Return the scopes that open an address, as the tables of tests say."""
    if getattr(BY_TOKEN[route], "is_public", False):
        return EVERY
    return EVERY if TABLES[route] == "any" else frozenset({TABLES[route]})


def test_every_address_has_a_scope() -> None:
    """A new one needs a decision; what changes something is never just read in silence."""
    ours = {name for name in BY_TOKEN if name != "openapi"}
    assert ours - set(TABLES) == set(), (
        "give each a DoorCase in tests/<app>/doors.py, or an Access row in tests/<app>/access.py"
    )
    assert set(TABLES) - ours == set()
    named = {route for route, _scope in NAMED}
    assert len(named) == len(NAMED), "name each once: what has a DoorCase is not in SCOPES"
    acts = {name for name in ours if "post" in handled(VIEWS[name])}
    public = {name for name in ours if getattr(BY_TOKEN[name], "is_public", False)}
    assert acts - public - named == set(), (
        "give each a scope in its DoorCase, or in SCOPES of tests/<app>/access.py"
    )
    assert {name: opened_by(BY_TOKEN[name]) for name in ours} == {
        name: wanted(name) for name in ours
    }


def test_a_case_without_a_scope_says_why() -> None:
    """It has no address of the API, or one that is open to whoever comes."""
    public = {
        name
        for name, view in VIEWS.items()
        if getattr(getattr(view, "cls", None), "is_public", False)
    }
    for case in CASES:
        assert bool(case.scope) == (case.api is not None and case.api.route not in public), case
        assert case.scope or case.only, case


@pytest.mark.parametrize("scope", sorted(Scope))
def test_a_token_opens_its_scope_and_nothing_else(
    scope: Scope, world: World, chance: Random
) -> None:
    """At each address, by each method that it takes, of things that are not there.

    What is outside of the scope is refused before anything is looked for, and nothing is kept of
    it but the day of the token's use.
    """
    person = chance.choice(("officer", "buyer", "reviewer", "treasurer", "administrator"))
    secret = create_token(
        name="one scope", days=1, scopes=frozenset({scope.value}), by=world.actor(person)
    ).secret
    client = Program(headers={"Authorization": f"Bearer {secret}"})
    before, recorded = kept_rows(), Entry.objects.count()
    wrong: dict[str, Any] = {}
    for route, address in ROUTES:
        if route not in BY_TOKEN or route == "openapi":
            continue
        is_open = scope.value in wanted(route)
        methods = handled(VIEWS[route])
        if is_open:
            # What a GET within the scope is answered, `test_access.py` asks of each person.
            methods = ("options",)
        for method in methods:
            answer = getattr(client, method)(address)
            refused = answer.status_code == 403 and answer.json().get("code") == MISSING
            if refused == is_open:
                wrong[f"{method} {route}"] = answer.status_code
    assert wrong == {}
    assert Entry.objects.count() == recorded
    assert set(changed_tables(before)) <= {"accounts_token"}


def test_a_view_without_a_scope_opens_to_no_token(world: World) -> None:
    """However it lets people in, and whatever the token has."""
    assert opened_by(object()) == frozenset()
    by = replace(world.actor("administrator"), scopes=EVERY)
    with pytest.raises(NotAllowed) as refused:
        refuse_outside_scope(by, opened_by(object()))
    assert refused.value.code == MISSING
