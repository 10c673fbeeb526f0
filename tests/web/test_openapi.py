"""The description of the API costs whoever asks again nothing."""

from __future__ import annotations

import json

from django.test import Client
from django.urls import reverse

from marketplace.web.openapi import written
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
