"""By what the centre knows who signs: a password on a page, a fresh code through the API.

Who guesses waits, as at sign-in, whatever the door and the process.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import SigningTries
from marketplace.accounts.session.services import count_signing_try
from marketplace.accounts.token.services import create_token
from marketplace.core import clock
from marketplace.core.actor import Door
from marketplace.core.errors import Invalid
from marketplace.core.scopes import EVERY
from marketplace.ledger.models import Entry
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.trading.orders.signature.services import sign_contract
from tests.conftest import PageClients
from tests.given import amendments
from tests.given import trading as given
from tests.given.client import Program, new_key, quoted
from tests.given.codes import code_of, with_app
from tests.given.threads import at_once
from tests.given.world import PASSWORD, World

LIMIT = settings.AXES_FAILURE_LIMIT
Text = Contract | Amendment


def program(world: World, person: str, *scopes: str) -> Program:
    """Return a program of somebody, with every scope unless said."""
    by, wanted = world.actor(person), frozenset(scopes) or EVERY
    secret = create_token(name="signs", days=1, scopes=wanted, by=by).secret
    return Program(headers={"Authorization": f"Bearer {secret}"})


def sent(client: Program, text: Text, key: str = "", **proof: str) -> Any:
    """Sign a text through the API."""
    route = "api_sign_contract" if isinstance(text, Contract) else "api_sign_amendment"
    return client.post(
        reverse(route, args=[text.pk]),
        {"digest": text.digest, **proof},
        headers={"Idempotency-Key": quoted(key)} if key else new_key(),
    )


def signatures() -> int:
    """Count what is signed."""
    return Signature.objects.count() + AmendmentSignature.objects.count()


def test_a_token_alone_signs_nothing(world: World) -> None:
    """Nor does a password with it, which a program may keep."""
    contract, client = given.contracted(world), program(world, "buyer")
    before = Entry.objects.count()
    alone = sent(client, contract)
    assert (alone.status_code, alone.json()["code"]) == (422, "signing-proof-missing")
    assert sent(client, contract, password=PASSWORD).status_code == 422
    with pytest.raises(Invalid) as refused:
        sign_contract(
            contract.pk,
            digest=contract.digest,
            password=PASSWORD,
            by=world.actor("buyer", door=Door.API),
        )
    assert refused.value.code == "signing-proof-missing"
    assert (signatures(), Entry.objects.count()) == (0, before)


def test_a_fresh_code_signs(world: World) -> None:
    """With the scope to trade; the statement says that it was a code."""
    contract = given.contracted(world)
    trading = program(world, "buyer", "trade")
    secret = with_app(world, "buyer")
    assert sent(trading, contract, code=code_of(secret)).status_code == 200
    statement = Signature.objects.get().evidence["statement"]
    assert statement["credentialSubject"]["means"] == "one-time code given anew"


def test_a_code_needs_the_scope_to_trade(world: World) -> None:
    """However fresh it is."""
    contract = given.contracted(world)
    reading = program(world, "buyer", "read", "deliver", "administer")
    answer = sent(reading, contract, code=code_of(with_app(world, "buyer")))
    assert (answer.status_code, answer.json()["code"]) == (403, "token-scope-missing")
    assert signatures() == 0
    assert not SigningTries.objects.exists()


def test_a_code_signs_once(world: World) -> None:
    """The same one signs no other text; the same request again is answered as before."""
    contract = given.contracted(world)
    other = given.accepted(world, given.placed(world, contract.order.listing)).contract
    client, code = program(world, "buyer"), code_of(with_app(world, "buyer"))
    first = sent(client, contract, key="one", code=code)
    assert first.status_code == 200
    again = sent(client, contract, key="one", code=code)
    assert (again.status_code, again.json()) == (200, first.json())
    assert SigningTries.objects.get().tries == 0, "What is repeated is no try."
    refused = sent(client, other, code=code)
    assert (refused.status_code, refused.json()["code"]) == (422, "code-wrong")
    assert signatures() == 1


@pytest.mark.parametrize("code", ["000000", "", "12345678901", "abcdef", "００００００"])
def test_a_wrong_code_signs_nothing(code: str, world: World) -> None:
    """Nor does one of somebody else, nor one without an app."""
    contract, client = given.contracted(world), program(world, "buyer")
    others = code_of(with_app(world, "second_buyer"))
    assert sent(client, contract, code=others).json()["code"] == "code-wrong"
    with_app(world, "buyer")
    assert sent(client, contract, code=code).status_code == 422
    assert signatures() == 0


def page_of_contract(world: World, page_of: PageClients) -> Callable[[str], Any]:
    """Return how a page tries passwords on a contract."""
    text, client = given.contracted(world), page_of("officer")
    body = {"digest": text.digest, "read": "on"}
    address = reverse("contract_sign", args=[text.pk])
    return lambda proof: client.post(address, {**body, "password": proof})


def page_of_amendment(world: World, page_of: PageClients) -> Callable[[str], Any]:
    """Return how a page tries passwords on an amendment."""
    text, client = amendments.proposed(world), page_of("officer")
    body = {"digest": text.digest, "read": "on"}
    address = reverse("amendment_sign", args=[text.pk])
    return lambda proof: client.post(address, {**body, "password": proof})


def api_of_contract(world: World, page_of: PageClients) -> Callable[[str], Any]:
    """Return how a program tries codes on a contract."""
    text, client = given.contracted(world), program(world, "officer")
    return lambda proof: sent(client, text, code=proof)


def api_of_amendment(world: World, page_of: PageClients) -> Callable[[str], Any]:
    """Return how a program tries codes on an amendment."""
    text, client = amendments.proposed(world), program(world, "officer")
    return lambda proof: sent(client, text, code=proof)


@pytest.mark.parametrize(
    "door", [page_of_contract, page_of_amendment, api_of_contract, api_of_amendment]
)
def test_guessing_at_signing_locks_as_at_sign_in(
    door: Callable[[World, PageClients], Callable[[str], Any]], world: World, page_of: PageClients
) -> None:
    """At each door, after as many tries, even what is right waits; after its time it signs."""
    attempt = door(world, page_of)
    secret, before = with_app(world, "officer"), signatures()
    is_page = door.__name__.startswith("page")

    def right() -> str:
        return PASSWORD if is_page else code_of(secret)

    for number in range(25):
        answer = attempt("no-such-secret"[: 9 if is_page else 6])
        assert answer.status_code == 422
        told = answer.content.decode()
        assert ("Too many wrong tries" in told) == (number >= LIMIT), number
    waiting = attempt(right())
    assert waiting.status_code == 422
    assert "Too many wrong tries" in waiting.content.decode()
    assert signatures() == before
    ended = clock.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    SigningTries.objects.update(tried_at=ended)
    assert attempt(right()).status_code in (200, 302)
    assert signatures() == before + 1
    assert SigningTries.objects.get(person=world.person("officer")).tries == 0


def test_it_locks_the_person_and_nobody_else(world: World, page_of: PageClients) -> None:
    """From wherever the tries came, and whichever text they were for."""
    for _try in range(LIMIT):
        count_signing_try(by=world.actor("buyer"))
    with pytest.raises(Invalid) as refused:
        count_signing_try(by=world.actor("buyer", door=Door.API))
    assert refused.value.code == "signing-locked-out"
    count_signing_try(by=world.actor("second_buyer"))


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_tries_at_once_are_each_counted() -> None:
    """Over as many connections, by page: no more passwords are looked at than one after another."""
    world = World()
    contract = given.contracted(world)
    clients = []
    for _number in range(12):
        client = Client()
        client.force_login(
            world.person("buyer"), backend="django.contrib.auth.backends.ModelBackend"
        )
        clients.append(client)
    address = reverse("contract_sign", args=[contract.pk])
    body = {"digest": contract.digest, "read": "on", "password": "wrong"}
    answers = at_once(12, lambda number: clients[number].post(address, body).content.decode())
    tried = [answer for answer in answers if "This is not your password" in str(answer)]
    waited = [answer for answer in answers if "Too many wrong tries" in str(answer)]
    assert (len(tried), len(waited)) == (LIMIT, 12 - LIMIT)
    assert SigningTries.objects.get().tries == LIMIT


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_a_code_sent_twice_at_once_signs_one_text() -> None:
    """Two texts, two connections, one code."""
    world = World()
    first = given.contracted(world)
    second = given.accepted(world, given.placed(world, first.order.listing)).contract
    client = [program(world, "buyer") for _number in range(2)]
    code = code_of(with_app(world, "buyer"))
    texts = (first, second)
    answers = at_once(2, lambda number: sent(client[number], texts[number], code=code).status_code)
    assert sorted(answers) == [200, 422]  # type: ignore[type-var]
    assert signatures() == 1
