"""The same key with the same request is answered as the first time."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from marketplace.ledger.models import Entry
from marketplace.vault.services import open_stored
from marketplace.web.idempotency import fingerprint
from marketplace.web.models import IdempotencyKey
from tests.conftest import ApiClients
from tests.given.letters import proved
from tests.given.rights import drafted_claim
from tests.given.world import World, examined


def test_a_repeated_request_is_answered_as_the_first(api_of: ApiClients, world: World) -> None:
    """One effect, one answer."""
    pk = world.organization("pending").pk
    proved(world.person("pending"))
    examined(world.organization("pending").pk)
    client = api_of("administrator")
    headers = {"Idempotency-Key": "verify-1"}
    first = client.post(f"/api/v1/organizations/{pk}/verify/", headers=headers)
    before = Entry.objects.count()
    second = client.post(f"/api/v1/organizations/{pk}/verify/", headers=headers)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert Entry.objects.count() == before


def test_a_key_is_for_one_request(api_of: ApiClients, world: World) -> None:
    """Another body or address under the same key is refused."""
    client, headers = api_of("administrator"), {"Idempotency-Key": "one"}
    buyer, stranger = world.organization("buyer").pk, world.organization("stranger").pk
    data = {"reason": "Fees unpaid"}
    address = "/api/v1/organizations/{}/suspend/"
    assert client.post(address.format(buyer), data, headers=headers).status_code == 200
    answer = client.post(address.format(stranger), data, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency-key-reused"


def test_a_refusal_does_not_use_the_key_up(api_of: ApiClients, world: World) -> None:
    """What changed nothing may be tried again."""
    client, headers = api_of("reviewer"), {"Idempotency-Key": "try"}
    pk = world.organization("pending").pk
    assert client.post(f"/api/v1/organizations/{pk}/verify/", headers=headers).status_code == 403
    assert not IdempotencyKey.objects.exists()


def test_a_key_has_a_length(api_of: ApiClients, world: World) -> None:
    """128 characters at most, said in a sentence."""
    pk = world.organization("pending").pk
    answer = api_of("administrator").post(
        f"/api/v1/organizations/{pk}/verify/", headers={"Idempotency-Key": "x" * 129}
    )
    assert answer.status_code == 422
    assert "128" in answer.json()["detail"]


def test_a_key_is_for_one_file(api_of: ApiClients, world: World) -> None:
    """Another file under the same key is refused by its bytes or its name; none is lost."""
    claim, client = drafted_claim(world), api_of("officer")

    def attach(content: bytes, name: str = "a.txt", title: str = "Contract") -> Any:
        file = SimpleUploadedFile(name, content, "text/plain")
        return client.post(
            reverse("api_attach_evidence", args=[claim.pk]),
            {"kind": "source", "title": title, "upload": file},
            format="multipart",
            headers={"Idempotency-Key": "evidence"},
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
