"""The Delta Sharing protocol in its Parquet form: profile, schema and the lines of an answer.

A key opens one grant, so its share holds one schema with one table. Pure but for the reading of a
file's footer.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import IOBase
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
from django.core import signing
from django.utils.translation import gettext as _

from marketplace.core import NotFound, clock
from marketplace.delivery.changes.models import RevisionChanges
from marketplace.delivery.grant.models import Grant
from marketplace.trading.listings.mode.sharing import SCHEMA, SHARE, TABLE

VERSION_HEADER = "Delta-Table-Version"
CAPABILITIES_HEADER = "Delta-Sharing-Capabilities"
URL_SECONDS = 900
SALT = "delivery.sharing.protocol.file"
SPARK_NAMES = {
    "int8": "byte",
    "int16": "short",
    "int32": "integer",
    "int64": "long",
    "uint8": "short",
    "uint16": "integer",
    "uint32": "long",
    "uint64": "decimal(20,0)",
    "float": "float",
    "double": "double",
    "bool": "boolean",
    "date32[day]": "date",
}


@dataclass(frozen=True)
class FileTicket:
    """What a signed address of bytes says: which grant, by which key, and of which revision.

    `of_changes` is for what changed with that revision, and not for all of it.
    """

    grant_id: UUID
    key_id: UUID
    number: int
    of_changes: bool = False


def refuse_other_names(*, share: str, schema: str = SCHEMA, table: str = TABLE) -> None:
    """Refuse what is not the one table of a key; names are compared without regard to case.

    Raises:
        NotFound: it is another.
    """
    asked = (share.lower(), schema.lower(), table.lower())
    if asked != (SHARE, SCHEMA, TABLE):
        raise NotFound(
            _("This key opens the one table %(table)s.") % {"table": f"{SHARE}.{SCHEMA}.{TABLE}"}
        )


def sign_ticket(ticket: FileTicket) -> str:
    """Sign the address of bytes; it holds for a few minutes and may be asked several times."""
    value = {
        "grant": ticket.grant_id.hex,
        "key": ticket.key_id.hex,
        "revision": ticket.number,
        "changes": ticket.of_changes,
    }
    return signing.dumps(value, salt=SALT)


def read_ticket(signed: str) -> FileTicket:
    """Read a signed address.

    Raises:
        NotFound: it was not signed here, or is too old.
    """
    try:
        value = signing.loads(signed, salt=SALT, max_age=URL_SECONDS)
        keys = (UUID(value["grant"]), UUID(value["key"]))
        return FileTicket(*keys, int(value["revision"]), bool(value["changes"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise NotFound(
            _("This address is unknown or too old. Query the table again for a new one.")
        ) from None


@dataclass(frozen=True)
class SharedTable:
    """A table as the protocol describes it; the number of its revision is the table's version."""

    grant: Grant
    rows: int
    schema: dict[str, Any]

    @property
    def version(self) -> int:
        return self.grant.revision.number

    def lines(self, *, url: str = "", changes: Sequence[dict[str, Any]] = ()) -> str:
        """Write protocol and metadata, and with an address the one file, or what changed."""
        metadata = {
            "id": str(self.grant.pk),
            "name": TABLE,
            "format": {"provider": "parquet"},
            "schemaString": json.dumps(self.schema, ensure_ascii=False),
            "partitionColumns": [],
            "configuration": {"enableChangeDataFeed": "true"},
            "version": self.version,
            "size": self.grant.size,
            "numFiles": 1,
        }
        actions: list[dict[str, Any]] = [
            {"protocol": {"minReaderVersion": 1}},
            {"metaData": metadata},
        ]
        if url:
            ends = clock.now() + timedelta(seconds=URL_SECONDS)
            file = {
                "url": url,
                "id": self.grant.sha256,
                "partitionValues": {},
                "size": self.grant.size,
                "stats": json.dumps({"numRecords": self.rows}),
                "version": self.version,
                "expirationTimestamp": int(ends.timestamp() * 1000),
            }
            actions.append({"file": file})
        actions += changes
        return "".join(json.dumps(action, ensure_ascii=False) + "\n" for action in actions)


def change_action(changes: RevisionChanges, *, url: str) -> dict[str, Any]:
    """Return what changed with a revision as the protocol lists it."""
    ends = clock.now() + timedelta(seconds=URL_SECONDS)
    return {
        "cdf": {
            "url": url,
            "id": changes.file.sha256,
            "partitionValues": {},
            "size": changes.file.size,
            "timestamp": int(changes.given.created_at.timestamp() * 1000),
            "version": changes.given.revision.number,
            "expirationTimestamp": int(ends.timestamp() * 1000),
        }
    }


def described(grant: Grant, file: IOBase) -> SharedTable:
    """Read rows and columns from the end of a Parquet file."""
    with pq.ParquetFile(pa.PythonFile(file, mode="r")) as parquet:
        fields = [
            {
                "name": field.name,
                "type": _spark_type(field.type),
                "nullable": True,
                "metadata": _comment(field),
            }
            for field in parquet.schema_arrow
        ]
        return SharedTable(grant, parquet.metadata.num_rows, {"type": "struct", "fields": fields})


SAID = ("label", "meaning", "unit", "bound_meaning")


def _comment(field: pa.Field) -> dict[str, str]:
    """Return what the bytes say of a column, where Spark's schemas have room for it."""
    told = {name.decode(): text.decode() for name, text in (field.metadata or {}).items()}
    parts = [told[name] for name in SAID if told.get(name)]
    return {"comment": "; ".join(parts)} if parts else {}


def _spark_type(kind: Any) -> Any:
    """Name a type as Spark's schemas do, which the protocol takes over."""
    if pa.types.is_dictionary(kind):
        return _spark_type(kind.value_type)
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    if pa.types.is_timestamp(kind):
        # The Python client knows no timestamp_ntz.
        return "timestamp"
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return "binary"
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return {"type": "array", "elementType": _spark_type(kind.value_type), "containsNull": True}
    return SPARK_NAMES.get(str(kind), "string")
