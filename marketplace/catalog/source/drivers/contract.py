"""What a driver gives to whoever reads a source, and what it is told."""

from __future__ import annotations

import ssl
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from marketplace.catalog.source.drivers.addresses import Checked

CONNECT_SECONDS = 10
MOST_TABLES = 2_000
"""More than these of a source are not listed; the search narrows what is listed."""

Row = Sequence[str | None]


@dataclass(frozen=True)
class Login:
    """With what to sign in. `tls` is `verify`, `encrypt` or `off`; `authorities` is PEM or ""."""

    database: str
    user: str
    password: str
    tls: str
    authorities: str = ""

    def __repr__(self) -> str:
        """Keep the password out of logs and traces."""
        return "Login(…)"


@dataclass(frozen=True)
class TableName:
    """A table or view."""

    schema: str
    name: str

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class SourceColumn:
    """A column of a table there.

    `kind` is what it becomes here, None where it cannot be drawn; `refusal` is the code of the
    table reader then. `selected` is the SQL that gives its values as text.
    """

    name: str
    type: str
    kind: pa.DataType | None
    selected: str
    refusal: str = ""


class Source(Protocol):
    """An open connection to one database, in a transaction that cannot write."""

    def tables(self, words: str = "") -> list[TableName]:
        """List the tables and views that the user may read and whose names hold the words."""

    def columns(self, table: TableName) -> list[SourceColumn]:
        """Return the columns of a table; raises `no-such-table` where there is none."""

    def rows(
        self, table: TableName, columns: Sequence[SourceColumn], *, limit: int | None, batch: int
    ) -> Generator[Row, None, None]:
        """Stream the rows as texts, holding no more than a batch of them; close it to stop."""

    def abort(self) -> None:
        """Break the connection off, from any thread."""

    def close(self) -> None:
        """End the connection."""


class Opener(Protocol):
    def __call__(self, address: Checked, login: Login, *, seconds: int) -> Source:
        """Open a source in which no statement may take longer than so many seconds."""


def tls_context(login: Login) -> ssl.SSLContext:
    """Make the TLS context of a login whose connection is encrypted.

    Raises:
        ssl.SSLError: the authorities are no certificates.
    """
    context = ssl.create_default_context(cadata=login.authorities or None)
    if login.tls != "verify":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def system_authorities() -> str:
    """Return the certificates that this machine trusts, as PEM; "" where Python finds none.

    The libpq that a wheel brings looks for them where its builder's machine had them.
    """
    found = ssl.create_default_context().get_ca_certs(binary_form=True)
    return "".join(ssl.DER_cert_to_PEM_cert(certificate) for certificate in found)
