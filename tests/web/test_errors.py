"""Refusals as problem details, pages and fragments; never a 500 for bad input."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from marketplace.web.middleware import HeadMiddleware
from tests.conftest import ApiClients, PageClients
from tests.given.letters import proved
from tests.given.world import World, examined


def test_a_problem_says_what_to_do(api_of: ApiClients, world: World) -> None:
    """Type, title, status, detail, code."""
    answer = api_of("administrator").post(
        f"/api/v1/organizations/{world.organization('buyer').pk}/verify/"
    )
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == "urn:data-trading-centre:problem:wrong-state"
    assert body["status"] == 409
    assert "An administrator examines its documents first" in body["detail"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 422),
        (b'{"reason": NaN}', "application/json", 400),
        (b"<xml/>", "application/xml", 415),
        (b'{"reason": {"a": 1}}', "application/json", 422),
        (b'{"reason": "' + b"x" * 600 + b'"}', "application/json", 422),
        (b'{"reason": "\\u0000"}', "application/json", 400),
    ],
)
def test_bad_bodies_are_problems(
    api_of: ApiClients, world: World, body: bytes, content_type: str, status: int
) -> None:
    """Whatever is sent."""
    answer = api_of("administrator").generic(
        "POST",
        f"/api/v1/organizations/{world.organization('buyer').pk}/suspend/",
        body.decode(),
        content_type,
    )
    assert answer.status_code == status, answer.content
    assert answer.json()["type"].startswith("urn:data-trading-centre:problem:")


def test_who_signs_in_anew_on_a_form_reads_that_nothing_was_sent(
    page_of: PageClients, client: Client, world: World
) -> None:
    """The sign-in page leads back to the address of the button, with nothing to send."""
    expired = client.post("/money/close/", {"day": "2026-11-02"})
    assert expired["Location"] == "/account/login/?next=/money/close/"
    back = page_of("treasurer").get("/money/close/")
    assert (back.status_code, back["Allow"]) == (405, "POST")
    assert "nothing was done" in back.content.decode()
    assert client.put("/money/close/").content == b""


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_a_page_takes_the_methods_of_pages_alone(db: None, client: Client, method: str) -> None:
    """A view that only reads would take any other for a GET."""
    answer = client.generic(method.upper(), "/market/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/orders/1/", "/api/nothing"])
def test_a_program_hears_of_a_wrong_address_as_a_problem(client: Client, path: str) -> None:
    """No page for people."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["detail"] == "There is nothing at this address."


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_is_sent_without_the_last_slash_is_refused_as_a_problem(
    client: Client, db: None, method: str
) -> None:
    """With the address that is meant; a redirect would be followed by a GET."""
    answer = client.generic(method, "/api/v1/tokens/create", "{}", "application/json")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["instead"] == "/api/v1/tokens/create/"
    lost = client.generic(method, "/api/v1/orders/nowhere/place", "{}", "application/json")
    assert "instead" not in lost.json()
    read = client.get("/api/v1/market")
    assert (read.status_code, read["Location"]) == (301, "/api/v1/market/")
    assert client.post("/verify").status_code == 301


def test_a_person_hears_of_a_wrong_address_on_a_page(client: Client, db: None) -> None:
    """With a way on."""
    answer = client.get("/nothing/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "There is nothing at this address" in answer.content.decode()


def test_a_page_refuses_in_words(page_of: PageClients, world: World) -> None:
    """With the status, the sentence and a way back."""
    answer = page_of("officer").get(f"/organizations/{uuid4()}/")
    assert answer.status_code == 404
    assert "There is no such organization" in answer.content.decode()


def test_htmx_gets_a_fragment_into_the_messages(page_of: PageClients, world: World) -> None:
    """Not a page inside a page."""
    answer = page_of("reviewer").post(
        f"/organizations/{world.organization('pending').pk}/verify/", headers={"HX-Request": "true"}
    )
    assert answer.status_code == 403
    assert answer["HX-Retarget"] == "#messages"
    assert "<html" not in answer.content.decode()


def test_the_admin_shows_rows_to_the_centres_staff_alone(
    page_of: PageClients, world: World
) -> None:
    """The founder may look at everything and change nothing; others are sent to sign in."""
    address = "/admin/accounts/organization/"
    assert page_of("administrator").get("/admin/").status_code == 200
    rows = page_of("administrator").get(address).content.decode()
    assert "Transport Bureau" in rows
    pending = world.organization("pending")
    assert page_of("administrator").get(f"{address}{pending.pk}/change/").status_code == 200
    assert page_of("administrator").get(f"{address}add/").status_code == 403
    assert page_of("officer").get(address).status_code == 302


def test_an_admin_action_calls_the_act(page_of: PageClients, world: World) -> None:
    """And says what the act refuses."""
    pending = world.organization("pending")
    proved(world.person("pending"))
    examined(world.organization("pending").pk)
    sent = {"action": "verify", "_selected_action": [str(pending.pk)]}
    client = page_of("administrator")
    client.post("/admin/accounts/organization/", sent)
    pending.refresh_from_db()
    assert pending.state == "verified"
    again = client.post("/admin/accounts/organization/", sent, follow=True)
    assert "Waiting for verification" in again.content.decode()


def test_head_has_no_body_and_the_length_of_get(page_of: PageClients, world: World) -> None:
    """As the web server in front expects it."""
    request = RequestFactory().head("/legal/")
    answer = HeadMiddleware(lambda _request: HttpResponse(b"a page"))(request)
    assert (answer.content, answer["Content-Length"]) == (b"", "6")
    got = HeadMiddleware(lambda _request: HttpResponse(b"a page"))(RequestFactory().get("/legal/"))
    assert got.content == b"a page"
    assert page_of("").head("/legal/").status_code == 200
