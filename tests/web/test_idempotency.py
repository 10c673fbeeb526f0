"""The same key with the same request is answered as the first time."""

from __future__ import annotations

from marketplace.ledger.models import Entry
from marketplace.web.models import IdempotencyKey
from tests.conftest import ApiClients
from tests.given.world import World


def test_a_repeated_request_is_answered_as_the_first(api_of: ApiClients, world: World) -> None:
    """One effect, one answer."""
    pk = world.organization("pending").pk
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
