"""A program of somebody, which calls the REST API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.urls import reverse

from marketplace.accounts.models import Person
from marketplace.core.scopes import EVERY
from marketplace.demo.story.cast import Part
from marketplace.trading.orders.contract.models import Contract
from tests.given.client import Program, quoted
from tests.given.passkeys import SoftwareKey
from tests.given.world import PASSWORD


class Caller:
    """A program of somebody, who holds nothing but a token; "" calls without one."""

    def __init__(self, secret: str = "", passkey: SoftwareKey | None = None) -> None:
        self.passkey = passkey
        self.client = Program()
        if secret:
            self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")

    def post(self, operation: str, *ids: str, key: str = "", **data: Any) -> dict[str, Any]:
        """Call an act with JSON, and answer what it gives."""
        headers = {"Idempotency-Key": quoted(key)} if key else {}
        answer = self.client.post(
            reverse(f"api_{operation}", args=ids), data, format="json", headers=headers
        )
        return self._given(answer)

    def sign(self, contract_id: str, *, side: str, digest: str) -> dict[str, Any]:
        """Sign a contract with the passkey."""
        assert self.passkey is not None
        signed = self.passkey.over(Contract.objects.get(pk=contract_id), side)
        return self.post("sign_contract", contract_id, digest=digest, assertion=asdict(signed))

    def send(self, operation: str, *ids: str, **parts: Any) -> dict[str, Any]:
        """Call an act with a file, as a form does."""
        answer = self.client.post(reverse(f"api_{operation}", args=ids), parts, format="multipart")
        return self._given(answer)

    def get(self, operation: str, *ids: str) -> dict[str, Any]:
        """Read one thing."""
        return self._given(self.client.get(reverse(f"api_{operation}", args=ids)))

    def rows(self, operation: str, *ids: str, **wanted: str) -> list[dict[str, Any]]:
        """Read the first page of a list, and keep the rows that fit."""
        listed: list[dict[str, Any]] = self.get(operation, *ids)["results"]
        return [row for row in listed if all(row[name] == value for name, value in wanted.items())]

    def row(self, operation: str, *ids: str, **wanted: str) -> dict[str, Any]:
        """Read the one row that fits."""
        (found,) = self.rows(operation, *ids, **wanted)
        return found

    @staticmethod
    def _given(answer: Any) -> dict[str, Any]:
        assert answer.status_code in (200, 201), (answer.status_code, answer.content.decode())
        given: dict[str, Any] = answer.json()
        return given


def program_of(part: Part) -> Caller:
    """Sign in once to make a token and a passkey, and use nothing but these from then on."""
    at_the_site = Program()
    assert at_the_site.post(
        reverse("account_login"), {"login": part.email, "password": PASSWORD}, format="multipart"
    ).wsgi_request.user.is_authenticated
    answer = at_the_site.post(
        reverse("api_create_token"), {"name": "program", "days": 30, "scopes": sorted(EVERY)}
    )
    assert answer.status_code == 201, answer.content
    passkey = SoftwareKey(credential_id=part.email.encode())
    passkey.registered_for(Person.objects.get(email=part.email))
    return Caller(answer.json()["secret"], passkey)
