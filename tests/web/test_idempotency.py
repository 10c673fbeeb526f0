"""The same key with the same request is answered as the first time."""

from __future__ import annotations

from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import Token
from marketplace.ledger.models import Entry
from marketplace.vault.services import open_stored
from marketplace.web.api import ActView
from marketplace.web.errors import Problem
from marketplace.web.idempotency import Answer, fingerprint, key_of, once
from marketplace.web.models import IdempotencyKey
from tests.accounts.doors import application
from tests.conftest import ApiClients
from tests.given.access import views_by_route
from tests.given.letters import proved
from tests.given.rights import drafted_claim
from tests.given.threads import at_once
from tests.given.world import World, examined


def test_a_repeated_request_is_answered_as_the_first(api_of: ApiClients, world: World) -> None:
    """One effect, one answer."""
    pk = world.organization("pending").pk
    proved(world.person("pending"))
    examined(world.organization("pending").pk)
    client = api_of("administrator")
    headers = {"Idempotency-Key": '"verify-1"'}
    first = client.post(f"/api/v1/organizations/{pk}/verify/", headers=headers)
    before = Entry.objects.count()
    second = client.post(f"/api/v1/organizations/{pk}/verify/", headers=headers)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert Entry.objects.count() == before


def test_a_key_is_for_one_request(api_of: ApiClients, world: World) -> None:
    """Another body or address under the same key is refused."""
    client, headers = api_of("administrator"), {"Idempotency-Key": '"one"'}
    buyer, stranger = world.organization("buyer").pk, world.organization("stranger").pk
    data = {"reason": "Fees unpaid"}
    address = "/api/v1/organizations/{}/suspend/"
    assert client.post(address.format(buyer), data, headers=headers).status_code == 200
    answer = client.post(address.format(stranger), data, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency-key-reused"


def test_the_database_keeps_a_key_once(db: None) -> None:
    """Of one person; whatever program writes it."""
    row = {"person_id": uuid4(), "key": "one", "fingerprint": "0" * 64, "status": 200}
    IdempotencyKey.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdempotencyKey.objects.create(**row)
    IdempotencyKey.objects.create(**{**row, "person_id": uuid4()})


def test_a_refusal_does_not_use_the_key_up(api_of: ApiClients, world: World) -> None:
    """What changed nothing may be tried again."""
    client, headers = api_of("reviewer"), {"Idempotency-Key": '"try"'}
    pk = world.organization("pending").pk
    assert client.post(f"/api/v1/organizations/{pk}/verify/", headers=headers).status_code == 403
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize(
    "header",
    [
        *("verify-1", "8e03978e-40d5-43dd-bc93-6894a57f9324", "'one'", '""', '"one', 'one"'),
        *('"a"b', '"a", "b"', '"a\\c"', '"\x7f"', '"a";', '"a";B', ":YQ==:", "?1", "12", ""),
        *('"é"', "".join(('"', "x" * 129, '"')), '("a")', '"a" ;x', '\t"a"'),
    ],
)
def test_what_is_no_string_is_no_key(header: str, api_of: ApiClients, world: World) -> None:
    """Unquoted, two of them, empty, too long, or another kind of item: 400, and nothing is done."""
    pk = world.organization("pending").pk
    answer = api_of("administrator").post(
        f"/api/v1/organizations/{pk}/verify/", HTTP_IDEMPOTENCY_KEY=header
    )
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"] == "urn:data-trading-centre:problem:idempotency-key-malformed"
    assert "128" in problem["detail"]
    assert not IdempotencyKey.objects.exists()
    assert world.organization("pending").state == "pending"


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ('"8e03978e-40d5-43dd-bc93-6894a57f9324"', "8e03978e-40d5-43dd-bc93-6894a57f9324"),
        (r'"say \"yes\" \\"', 'say "yes" \\'),
        ("".join(('"', "x" * 128, '"')), "x" * 128),
        ('  "a"  ', "a"),
        ('"a";v=1;t; s="x;y";b=?1;n=-1.5;y=:YQ==:;k=tok/en', "a"),
    ],
)
def test_a_key_is_a_string_of_rfc_8941(header: str, key: str) -> None:
    """With its escapes; parameters say nothing."""
    assert key_of(header) == key


def test_without_a_key_nothing_is_done(api_of: ApiClients, world: World) -> None:
    """400 with a type of its own and where to read on; a public act and a look need none."""
    pk = world.organization("pending").pk
    client, address = api_of("administrator"), f"/api/v1/organizations/{pk}/verify/"
    answer = client.post(address, HTTP_IDEMPOTENCY_KEY=None)
    assert answer.status_code == 400
    problem = answer.json()
    assert problem["type"] == "urn:data-trading-centre:problem:idempotency-key-missing"
    assert (problem["title"], problem["status"]) == ("Idempotency-Key is missing", 400)
    assert world.organization("pending").state == "pending"
    assert client.get("/api/v1/organizations/").status_code == 200
    applied = Client().post(
        reverse("api_apply_organization"), application({}), content_type="application/json"
    )
    assert applied.status_code == 201


def test_each_act_asks_for_a_key() -> None:
    """But those that are public, and the calculator and a preview, which change nothing."""
    without = {
        name
        for name, view in views_by_route().items()
        if issubclass(getattr(view, "cls", object), ActView)
        and not (view.cls.changes and not view.cls.is_public)  # type: ignore[attr-defined]
    }
    assert without == {
        *("api_apply_organization", "api_accept_invitation", "api_prove_address"),
        "api_report_reidentification",
        *("api_ask_as_person", "api_pick_up_answer", "api_calculate"),
        "api_read_dictionary",
        "api_preview_quality_rules",
    }


def test_a_problem_names_its_occurrence(api_of: ApiClients, world: World) -> None:
    """Each has an `instance` of its own (RFC 9457, 3.1.5)."""
    client, instances = api_of("officer"), set()
    for _time in range(2):
        problem = client.get(reverse("api_get_dataset", args=[uuid4()])).json()
        assert problem["instance"].startswith("urn:uuid:")
        instances.add(problem["instance"])
    assert len(instances) == 2


def test_what_was_told_once_is_not_told_or_done_again(api_of: ApiClients, world: World) -> None:
    """The same key makes no second secret, and says what to do."""
    client, headers = api_of("officer"), {"Idempotency-Key": '"mine"'}
    sent = {"name": "export", "days": 3, "scopes": ["read"]}
    first = client.post(reverse("api_create_token"), sent, headers=headers)
    again = client.post(reverse("api_create_token"), sent, headers=headers)
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["code"] == "idempotency-answer-not-kept"
    assert Token.objects.count() == 1
    assert first.json()["secret"] not in str(IdempotencyKey.objects.values())
    other = client.post(reverse("api_create_token"), {**sent, "days": 4}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_while_the_first_is_in_flight_the_second_is_told_so() -> None:
    """409 at once, with when to ask again; then it is answered as the first was."""
    person, begun, let_go = uuid4(), Event(), Event()

    def slow() -> Answer:
        begun.set()
        assert let_go.wait(20)
        return Answer(200, {"done": "once"})

    def ask(number: int) -> Any:
        if number == 0:
            return once(person, "k", "asked", slow)
        assert begun.wait(20)
        try:
            return once(person, "k", "asked", lambda: Answer(200, {"done": "twice"}))
        except Problem as problem:
            return problem
        finally:
            let_go.set()

    first, second = at_once(2, ask)
    assert first == Answer(200, {"done": "once"})
    assert isinstance(second, Problem)
    assert (second.status, second.kind) == (409, "idempotency-key-in-use")
    assert int(second.headers["Retry-After"]) >= 1
    assert once(person, "k", "asked", slow) == Answer(200, {"done": "once"})


def test_a_key_is_for_one_file(api_of: ApiClients, world: World) -> None:
    """Another file under the same key is refused by its bytes or its name; none is lost."""
    claim, client = drafted_claim(world), api_of("officer")

    def attach(content: bytes, name: str = "a.txt", title: str = "Contract") -> Any:
        file = SimpleUploadedFile(name, content, "text/plain")
        return client.post(
            reverse("api_attach_evidence", args=[claim.pk]),
            {"kind": "source", "title": title, "upload": file},
            format="multipart",
            headers={"Idempotency-Key": '"evidence"'},
        )

    first = attach(b"The first contract.")
    assert first.status_code == 201
    assert attach(b"The first contract.").json() == first.json()
    for other in (attach(b"Another contract."), attach(b"The first contract.", "b.txt")):
        assert other.status_code == 422
        assert other.json()["code"] == "idempotency-key-reused"
    [kept] = claim.evidence.all()
    with open_stored(kept.file) as stored:
        assert stored.read() == b"The first contract."


def test_each_value_of_a_field_counts() -> None:
    """Of a field that is sent twice, the first value as well as the last."""
    asked = [fingerprint("POST", "/x/", QueryDict(text)) for text in ("a=1&a=3", "a=2&a=3", "a=3")]
    assert len(set(asked)) == 3
