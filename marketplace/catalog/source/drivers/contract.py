"""What a driver gives to whoever reads a source, and what it is told."""

import ssl
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import pyarrow as pa

from marketplace.core.addresses import Checked

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


@dataclass(frozen=True)
class Span:
    """A part of the rows: those whose number in `column` is above `above`, in its order; or those
    whose moment there is `since` or later, or missing.
    """

    column: str
    above: int | None = None
    since: date | datetime | None = None

    def condition(self, quoted: str) -> str:
        """Return it in SQL, of a column whose name is quoted; numbers and moments alone go in."""
        if self.since is None:
            return f" WHERE {quoted} > {int(self.above or 0)} ORDER BY {quoted}"
        shown = self.since.isoformat(*([" "] if isinstance(self.since, datetime) else []))
        return f" WHERE {quoted} >= '{shown}' OR {quoted} IS NULL"


def totals_statement(table: str, *, key: str, upto: int | None, gone: SourceColumn | None) -> str:
    """Return the SQL that counts rows and adds a number up; names in it are quoted."""
    counted, total = "COUNT(*)", f"SUM({key})" if key else "0"
    if gone is not None:
        there = f"WHEN {gone.selected} = 't' THEN 0"
        counted = f"SUM(CASE {there} ELSE 1 END)"
        total = f"SUM(CASE {there} ELSE {key} END)" if key else total
    part = f" WHERE {key} <= {int(upto)} OR {key} IS NULL" if upto is not None else ""
    return f"SELECT COALESCE({counted}, 0), COALESCE({total}, 0) FROM {table}{part}"


class Source(Protocol):
    """An open connection to one database, in a transaction that cannot write."""

    def tables(self, words: str = "") -> list[TableName]:
        """List the tables and views that the user may read and whose names hold the words."""

    def columns(self, table: TableName) -> list[SourceColumn]:
        """Return the columns of a table; raises `no-such-table` where there is none."""

    def rows(
        self,
        table: TableName,
        columns: Sequence[SourceColumn],
        *,
        limit: int | None,
        batch: int,
        span: Span | None = None,
    ) -> Generator[Row, None, None]:
        """Stream the rows as texts, holding no more than a batch of them; close it to stop."""

    def quoted(self, name: str) -> str:
        """Quote the name of a column."""

    def clock(self) -> datetime:
        """Return what the database takes for the present moment, in UTC and without a zone."""

    def totals(
        self, table: TableName, *, key: str, upto: int | None, gone: SourceColumn | None
    ) -> tuple[int, int]:
        """Count the rows that are not gone, and add up the numbers of a key, where one is named.

        With `upto`, of the rows alone whose number is that or below, or missing.
        """

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
