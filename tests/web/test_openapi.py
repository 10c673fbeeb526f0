"""The description of the API costs whoever asks again nothing."""

from __future__ import annotations

import json
import re

from django.test import Client
from django.urls import reverse

from marketplace.web.openapi import written
from tests.conftest import ApiClients
from tests.given import described
from tests.given.access import views_by_route


def test_the_description_is_written_once(client: Client, db: None) -> None:
    """A language and form each, whatever else a stranger sends."""
    address = reverse("openapi")
    written.cache_clear()
    first = client.get(address)
    for query in ({}, {"lang": "en"}, {"lang": "xx"}, {"version": "9"}, {"other": "1"}):
        answer = client.get(address, query)
        assert (answer.status_code, answer.content) == (200, first.content)
    assert written.cache_info().misses == 1
    kind = "application/vnd.oai.openapi+json"
    chinese = client.get(address, {"lang": "zh-hans"}, headers={"Accept": kind})
    assert json.loads(chinese.content)["openapi"].startswith("3.")
    assert written.cache_info().misses == 2


def test_what_makes_something_says_where_it_is() -> None:
    """By an address that another operation reads; `test_doors.py` reads it as who made it."""
    reads = {
        operation["operationId"]
        for (method, _path), operation in described.operations().items()
        if method == "GET"
    }
    lost: dict[str, str] = {}
    for name, view in views_by_route().items():
        made_at = getattr(getattr(view, "cls", None), "made_at", "")
        if getattr(getattr(view, "cls", None), "creates", False) and made_at not in reads:
            lost[name] = made_at
    assert lost == {}
    for operation in described.operations().values():
        made = operation["responses"].get("201")
        assert made is None or made["headers"]["Location"]["required"], operation["operationId"]


def test_each_operation_declares_how_it_is_refused() -> None:
    """With problem details; the tests' programs compare each refusal with it."""
    for operation in described.operations().values():
        refused = {status for status in operation["responses"] if status >= "400"}
        assert refused, operation["operationId"]
        for status in refused:
            said = described.declared(operation, int(status))
            assert said is not None
            assert set(said["content"]) == {described.PROBLEM}, operation["operationId"]
            example = said["content"][described.PROBLEM]["example"]
            described.validator_of("/components/schemas/Problem").validate(example)
            assert example["status"] == int(status)


def test_an_act_says_for_what_reasons_it_is_refused() -> None:
    """As its docstring does, so that a program knows the codes."""
    accept = described.operations()["POST", "/api/v1/orders/{}/accept/"]
    assert "`offer-outdated`" in accept["responses"]["409"]["description"]
    assert accept["responses"]["403"]["$ref"].endswith("/NotAllowed")


def test_an_undeclared_answer_is_found(client: Client, db: None) -> None:
    """By whoever compares: a status that is not said, and a refusal that is no problem."""
    answer = client.get("/api/v1/orders/")
    assert answer.status_code == 401
    assert described.undeclared("GET", answer) == ""
    answer.status_code = 418
    assert "418" in described.undeclared("GET", answer)
    answer.status_code = 403
    assert "it says 401" in described.undeclared("GET", answer)
    answer.headers["Content-Type"] = "application/json"
    assert "refuses as" in described.undeclared("GET", answer)


SINGLE = {"calendar", "debt-ratio", "ledger", "market", "pipeline", "review"}
"""What there is once at a centre."""
WITHOUT_S = {"evidence", "people"}
OF_PROTOCOLS = ("sharing_", "create_upload")
"""Their addresses are those of Delta Sharing and tus."""


def test_addresses_are_of_one_style() -> None:
    """Nouns in the plural, then an id; what is posted ends in the verb of its operation."""
    wrong = []
    for (method, address), operation in described.operations().items():
        name = operation["operationId"]
        if name.startswith(OF_PROTOCOLS):
            continue
        parts = address.removeprefix("/api/v1/").strip("/").split("/")
        is_noun = parts[0].endswith("s") or parts[0] in SINGLE | WITHOUT_S
        is_act = method != "POST" or parts[-1].split("-")[0] == name.split("_")[0]
        is_kebab = all(re.fullmatch(r"\{\}|[a-z]+(-[a-z]+)*(\.[a-z]+)?", part) for part in parts)
        if not (is_noun and is_act and is_kebab):
            wrong.append(f"{method} {address} {name}")
    assert wrong == []


def test_what_was_made_is_read_where_the_answer_says(api_of: ApiClients) -> None:
    """Also where the same request is repeated; a stranger finds nothing there."""
    sent = {"name": "export", "days": 30, "scopes": ["read"]}
    made = api_of("officer").post(reverse("api_create_token"), sent)
    assert made.status_code == 201
    read = api_of("officer").get(made.headers["Location"])
    assert (read.status_code, read.json()["id"]) == (200, made.json()["id"])
    assert "secret" not in read.json()
    assert api_of("stranger").get(made.headers["Location"]).status_code == 404
