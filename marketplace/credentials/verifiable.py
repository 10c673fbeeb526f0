"""Credentials as W3C Verifiable Credentials 2.0."""

import base64
import gzip
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from marketplace.credentials.identity import address_of
from marketplace.credentials.models import CredentialKind

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    # Our own terms are plain texts for people; this context lets them stand without a vocabulary.
    "https://www.w3.org/ns/credentials/undefined-terms/v2",
]
TYPES: Mapping[str, str] = {
    CredentialKind.RIGHT: "DataRightCertificate",
    CredentialKind.RISK: "RiskReport",
    CredentialKind.APPRAISAL: "DataValuation",
    CredentialKind.DELIVERY: "DeliveryCertificate",
    CredentialKind.REPORT: "DataReport",
    CredentialKind.MODEL: "TrainedModel",
    CredentialKind.LIFT: "MeasurementReceipt",
}
OWN_NAMES = frozenset({"id", "about"})
"""What the subject of a document says itself, so that no claim may be called so."""


def unsigned_credential(
    *,
    pk: UUID,
    kind: str,
    number: str,
    issuer: str,
    subject: str,
    claims: Mapping[str, Any],
    valid_from: date,
    valid_until: date,
    status_list: int,
    status_index: int,
) -> dict[str, Any]:
    """Return what is signed; both days of the validity belong to it, in the centre's time zone."""
    return {
        "@context": CONTEXTS,
        "id": f"urn:uuid:{pk}",
        "type": ["VerifiableCredential", TYPES[kind]],
        "number": number,
        "issuer": {"id": issuer, "name": settings.CENTRE_NAME},
        "validFrom": _moment(valid_from, time.min),
        "validUntil": _moment(valid_until, time(23, 59, 59)),
        "credentialSubject": {"about": subject, **claims},
        "credentialStatus": [
            {
                "id": f"{list_address(issuer, purpose, status_list)}#{status_index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(status_index),
                "statusListCredential": list_address(issuer, purpose, status_list),
            }
            for purpose in PURPOSES
        ],
    }


def unsigned_status_list(
    *, issuer: str, purpose: str, number: int, encoded: str, on: datetime, hours: int
) -> dict[str, Any]:
    """Return a status list as a credential that holds for some hours from a moment on."""
    address = list_address(issuer, purpose, number)
    return {
        "@context": CONTEXTS[:1],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": issuer, "name": settings.CENTRE_NAME},
        "validFrom": stamp(on),
        "validUntil": stamp(on + timedelta(hours=hours)),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded,
        },
    }


def list_address(issuer: str, purpose: str, number: int) -> str:
    return address_of(reverse("status_list", args=[issuer, purpose, number]))


def stamp(moment: datetime) -> str:
    """Write a moment to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(day: date, at: time) -> str:
    return timezone.make_aware(datetime.combine(day, at)).isoformat(timespec="seconds")


# Bitstring Status Lists: one bit a credential, packed, so that a reader asks about all at once.
#
# Source: W3C Bitstring Status List 1.0.

BITS = 131_072
"""The fewest that a list may have, so that who asks for it does not tell about whom."""

REVOCATION = "revocation"
SUSPENSION = "suspension"
PURPOSES = (REVOCATION, SUSPENSION)


def encoded_list(indices: Iterable[int]) -> str:
    """Pack a list in which the bits at some indices are set: GZIP, then multibase base64url.

    Index 0 is the leftmost bit of the first byte. The same bits always give the same text.

    Raises:
        IndexError: an index lies beyond the list.
    """
    bits = bytearray(BITS // 8)
    for index in indices:
        if index < 0:
            raise IndexError(index)
        bits[index // 8] |= 1 << (7 - index % 8)
    packed = gzip.compress(bytes(bits), compresslevel=9, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
