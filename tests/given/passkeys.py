"""An authenticator in software: registers a passkey with somebody's account, and signs with it."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from fido2 import cbor

from marketplace.accounts.models import Person
from marketplace.trading.orders.amendment.models import Amendment
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.signature.evidence import Assertion, challenge_for
from tests.given.world import World

ORIGIN, RP_ID = "http://localhost:8000", "localhost"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


def text(data: bytes) -> str:
    """Write base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def data(written: str) -> bytes:
    """Read base64url without padding."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


@dataclass
class SoftwareKey:
    """A passkey whose private part is here."""

    private: PrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = b"a credential of the tests"

    @property
    def cose(self) -> bytes:
        """Return the public key as COSE."""
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            point = self.private.public_key().public_numbers()
            x, y = (number.to_bytes(32, "big") for number in (point.x, point.y))
            return cbor.encode({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            raw = self.private.public_key().public_bytes_raw()
            return cbor.encode({1: 1, 3: -8, -1: 6, -2: raw})
        numbers = self.private.public_key().public_numbers()
        modulus = numbers.n.to_bytes((numbers.n.bit_length() + 7) // 8, "big")
        return cbor.encode({1: 3, 3: -257, -1: modulus, -2: numbers.e.to_bytes(3, "big")})

    @classmethod
    def of_pem(cls, pem: str, person: str) -> SoftwareKey:
        """Read the passkey of a person that another process wrote."""
        private = load_pem_private_key(pem.encode(), None)
        assert isinstance(private, ec.EllipticCurvePrivateKey)
        return cls(private=private, credential_id=person.encode())

    def in_pem(self) -> str:
        """Write the private key, for a program in another process."""
        return self.private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ).decode()

    def sign(self, message: bytes) -> bytes:
        """Sign bytes as the kind of key does."""
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(message, ec.ECDSA(SHA256()))
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(message)
        return self.private.sign(message, padding.PKCS1v15(), SHA256())

    def registered(self, world: World, person: str) -> SoftwareKey:
        """Register it for a person of the world."""
        return self.registered_for(world.person(person))

    def registered_for(self, person: Person) -> SoftwareKey:
        """Register it for a person, as a browser's answer would be kept."""
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        head = hashlib.sha256(RP_ID.encode()).digest() + bytes([PRESENT | VERIFIED | ATTESTED])
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": head + bytes(4) + attested + self.cose,
        }
        client_data = {"type": "webauthn.create", "challenge": "AA", "origin": ORIGIN}
        credential = {
            "id": text(self.credential_id),
            "rawId": text(self.credential_id),
            "type": "public-key",
            "response": {
                "clientDataJSON": text(json.dumps(client_data).encode()),
                "attestationObject": text(cbor.encode(attestation)),
            },
            "clientExtensionResults": {},
        }
        Authenticator.objects.create(
            user=person,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Software key", "credential": credential},
        )
        return self

    def assertion(
        self,
        challenge: str,
        *,
        flags: int = PRESENT | VERIFIED,
        rp_id: str = RP_ID,
        **said: Any,
    ) -> Assertion:
        """Sign a challenge; `said` changes what the browser says of it."""
        client_data = json.dumps(
            {"type": "webauthn.get", "challenge": challenge, "origin": ORIGIN, **said}
        ).encode()
        authenticator_data = hashlib.sha256(rp_id.encode()).digest() + bytes([flags, 0, 0, 0, 7])
        signed = self.sign(authenticator_data + hashlib.sha256(client_data).digest())
        return Assertion(
            credential_id=text(self.credential_id),
            client_data=text(client_data),
            authenticator_data=text(authenticator_data),
            signature=text(signed),
        )

    def over(self, text: Contract | Amendment, side: str, **changes: Any) -> Assertion:
        """Sign a contract or an amendment for a side."""
        return self.assertion(challenge_for(text.digest, text.pk, side), **changes)


def assertion_in_json(text: Contract | Amendment, world: World, person: str, side: str) -> Any:
    """Register a passkey for a person, and return what it signs as the API takes it."""
    key = SoftwareKey(credential_id=person.encode()).registered(world, person)
    return asdict(key.over(text, side))


def challenge_of(digest: str, subject_id: UUID, side: str) -> str:
    """Compute a challenge as the documentation says, apart from the centre's code."""
    parts = b"contract-signature/v1\x00" + bytes.fromhex(digest) + subject_id.bytes
    return text(hashlib.sha256(parts + side.encode()).digest())
