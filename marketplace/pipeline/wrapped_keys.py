"""Every key and secret of the centre that the key-encryption key wraps, app by app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.catalog.connections import password_purpose
from marketplace.catalog.models import DatabaseSource
from marketplace.core.records import Record
from marketplace.credentials.models import SigningKey as CredentialKey
from marketplace.credentials.services.keys import PURPOSE as CREDENTIAL_KEY
from marketplace.ledger.models import SigningKey as LedgerKey
from marketplace.ledger.models import WitnessKey
from marketplace.ledger.services.keys import PURPOSE as LEDGER_KEY
from marketplace.ledger.services.witnessing import PURPOSE as WITNESS_KEY
from marketplace.preparation.models import DatasetKey, PeopleKey
from marketplace.preparation.services.keys import key_purpose as dataset_key_purpose
from marketplace.preparation.services.people import people_key_purpose
from marketplace.vault.models import StoredFile
from marketplace.vault.services.files import key_purpose as file_key_purpose


@dataclass(frozen=True)
class Wrapped:
    """A column of wrapped keys, and for what the one of a row is wrapped."""

    model: type[Record]
    column: str
    purpose: Callable[[Any], str]


WRAPPED: tuple[Wrapped, ...] = (
    Wrapped(StoredFile, "wrapped_key", lambda row: file_key_purpose(row.pk)),
    Wrapped(DatabaseSource, "wrapped_password", password_purpose),
    Wrapped(DatasetKey, "wrapped_key", lambda row: dataset_key_purpose(row.dataset_id)),
    Wrapped(PeopleKey, "wrapped_key", lambda row: people_key_purpose(row.organization_id)),
    Wrapped(CredentialKey, "wrapped_private_key", lambda row: CREDENTIAL_KEY),
    Wrapped(LedgerKey, "wrapped_private_key", lambda row: LEDGER_KEY),
    Wrapped(WitnessKey, "wrapped_private_key", lambda row: WITNESS_KEY),
)
