"""A program that trades over the API; it knows nothing of Django."""

import hashlib
import json
import time
from base64 import urlsafe_b64encode
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.campaigns.client import Ask, Told, ask

WAIT = 0.2
"""Seconds between two looks whether the pipeline has opened access, as a patient program would."""


def trade(request: str, seconds: float) -> str:
    """Trade for some seconds; answer how many trades in how many seconds, as JSON."""
    given = json.loads(request)
    program = Program(given["port"], given["tokens"], given["passkeys"])
    count, began = 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        program.trade(given["listing"])
        count += 1
    return json.dumps([count, time.perf_counter() - began])


def written(data: bytes) -> str:
    """Write base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


class Program:
    """Holds a token of each side and of the centre's treasurers, and a passkey of each side."""

    def __init__(self, port: int, tokens: dict[str, str], passkeys: dict[str, str]) -> None:
        self.port, self.tokens = port, tokens
        self.passkeys = {
            person: load_pem_private_key(pem.encode(), None) for person, pem in passkeys.items()
        }

    def trade(self, listing: str) -> None:
        """Order, accept, sign twice, pay, wait for access, download, accept."""
        key = uuid4().hex
        order = self.act(
            "buyer", f"market/{listing}/place-order/", purpose="Pricing.", request_key=key
        )
        contract = self.act("officer", f"orders/{order['id']}/accept/")["contract"]
        digest = self.look("buyer", f"contracts/{contract}/").body["digest"]
        for person, side in (("officer", "seller"), ("buyer", "buyer")):
            signed = self.signed(person, side, contract, digest)
            self.act(person, f"contracts/{contract}/sign/", digest=digest, assertion=signed)
        told = self.act(
            "treasurer", f"orders/{order['id']}/record-payment/", reference=f"BANK-{key[:20]}"
        )
        self.act("second_treasurer", f"payments/{told['id']}/confirm/")
        while (opened := self.look("buyer", f"orders/{order['id']}/grant/")).status == 404:
            time.sleep(WAIT)
        if self.look("buyer", f"grants/{opened.body['id']}/download/").status != 200:
            raise RuntimeError("The data did not come.")
        self.act("buyer", f"orders/{order['id']}/accept-delivery/")

    def signed(self, person: str, side: str, contract: str, digest: str) -> dict[str, str]:
        """Sign a contract's digest as an authenticator does, by the docs alone."""
        parts = b"contract-signature/v1\x00" + bytes.fromhex(digest) + UUID(contract).bytes
        challenge = written(hashlib.sha256(parts + side.encode()).digest())
        client_data = json.dumps(
            {"type": "webauthn.get", "challenge": challenge, "origin": "http://localhost:8000"}
        ).encode()
        present_and_verified = bytes([0x05, 0, 0, 0, 7])
        authenticator_data = hashlib.sha256(b"localhost").digest() + present_and_verified
        key = self.passkeys[person]
        assert isinstance(key, EllipticCurvePrivateKey)
        signature = key.sign(
            authenticator_data + hashlib.sha256(client_data).digest(), ECDSA(SHA256())
        )
        return {
            "credential_id": written(person.encode()),
            "client_data": written(client_data),
            "authenticator_data": written(authenticator_data),
            "signature": written(signature),
        }

    def act(self, person: str, path: str, **data: Any) -> dict[str, str]:
        """Call an act under a key of its own."""
        request = Ask(f"/api/v1/{path}", data=data, token=self.tokens[person], key=uuid4().hex)
        told = ask(self.port, request)
        if told.status not in (200, 201):
            raise RuntimeError(f"{path} answered {told.status}: {told.body}")
        body: dict[str, str] = told.body
        return body

    def look(self, person: str, path: str) -> Told:
        return ask(self.port, Ask(f"/api/v1/{path}", "GET", token=self.tokens[person]))
