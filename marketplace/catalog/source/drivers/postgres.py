"""Read PostgreSQL by COPY in a read-only transaction."""

import os
import socket
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import psycopg
import pyarrow as pa
from psycopg import sql
from psycopg.conninfo import make_conninfo

from marketplace.catalog.source.drivers.contract import (
    CONNECT_SECONDS,
    MOST_TABLES,
    Login,
    Row,
    SourceColumn,
    Span,
    TableName,
    system_authorities,
    totals_statement,
)
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.core.addresses import Checked

# What PostgreSQL's types become.

PLAIN = {
    "int2": pa.int16(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "oid": pa.int64(),
    "float4": pa.float32(),
    "float8": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "time": pa.time64("us"),
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", tz="UTC"),
}
TEXTS = frozenset(
    {
        *("text", "varchar", "bpchar", "char", "name", "citext", "uuid", "money", "timetz"),
        *("interval", "inet", "cidr", "macaddr", "macaddr8", "bit", "varbit"),
    }
)
NESTED = frozenset({"json", "jsonb", "xml", "hstore"})
TYPMOD_HEADER = 4
MOST_DIGITS = 38


def column_of(
    name: str, shown: str, base: str, typtype: str, category: str, typmod: int
) -> SourceColumn:
    """Describe a column by its type, or by the one that its domain is made of.

    `typmod` holds precision and scale of `numeric` in two halves; -1 for neither.
    """
    quoted = _quoted(name)
    if base in PLAIN:
        return SourceColumn(name, shown, PLAIN[base], quoted)
    if base == "numeric":
        return SourceColumn(name, shown, _numeric(typmod), quoted)
    if base in TEXTS or typtype == "e":
        return SourceColumn(name, shown, pa.string(), f"{quoted}::text")
    is_nested = base in NESTED or category in "ACR" or typtype in "cr"
    refusal = "nested-column" if is_nested else "unsupported-column-type"
    return SourceColumn(name, shown, None, quoted, refusal)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _numeric(typmod: int) -> pa.DataType:
    if typmod < TYPMOD_HEADER:
        # Any number of digits: as text none is lost.
        return pa.string()
    precision, scale = (typmod - TYPMOD_HEADER) >> 16, (typmod - TYPMOD_HEADER) & 0x7FF
    if precision > MOST_DIGITS or scale > precision:
        return pa.string()
    return pa.decimal128(precision, scale)


TABLES = """
SELECT n.nspname, c.relname
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%%'
  AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
  AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
  AND pg_catalog.strpos(pg_catalog.lower(n.nspname || '.' || c.relname), %s) > 0
ORDER BY 1, 2 LIMIT %s
"""
COLUMNS = """
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), t.typname, t.typtype,
       t.typcategory, b.typname, b.typtype, b.typcategory,
       CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE a.atttypmod END
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND a.attnum > 0 AND NOT a.attisdropped
  AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY a.attnum
"""
SSL_MODES = {"verify": "verify-full", "encrypt": "require", "off": "disable"}
SAFE_METHODS = "scram-sha-256,md5,none"
"""Without a verified certificate: those that answer a challenge, or where no password is asked."""
CODES = {
    "28P01": "wrong-password",
    "28000": "wrong-password",
    "3D000": "no-such-database",
    "42501": "no-right",
    "42P01": "no-such-table",
    "42703": "no-such-column",
    "3F000": "no-such-table",
    "25006": "read-only-violated",
    "57014": "timed-out",
    "53300": "server-busy",
}


class PostgresSource:
    """An open PostgreSQL database; every statement runs in one read-only snapshot."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def tables(self, words: str = "") -> list[TableName]:
        """List the tables, views and the like that the user may read."""
        with told():
            found = self._connection.execute(TABLES, [words.strip().lower(), MOST_TABLES])
            return [TableName(*row) for row in found]

    def columns(self, table: TableName) -> list[SourceColumn]:
        """Return the columns of a table.

        Raises:
            SourceError: `no-such-table`.
        """
        with told():
            found = self._connection.execute(COLUMNS, [table.schema, table.name]).fetchall()
        if not found:
            raise SourceError("no-such-table")
        return [
            column_of(
                name, shown, *((base, btype, bcategory) if base else (own, otype, category)), typmod
            )
            for name, shown, own, otype, category, base, btype, bcategory, typmod in found
        ]

    def quoted(self, name: str) -> str:
        return _quoted(name)

    def clock(self) -> datetime:
        """Return what the database takes for the present moment, in UTC and without a zone."""
        with told():
            found = self._connection.execute("SELECT now() AT TIME ZONE 'UTC'").fetchone()
        assert found is not None, "A clock always has a row."
        moment: datetime = found[0]
        return moment

    def totals(
        self, table: TableName, *, key: str, upto: int | None, gone: SourceColumn | None
    ) -> tuple[int, int]:
        """Count the rows that are not gone, and add up a number of them."""
        name = f"{_quoted(table.schema)}.{_quoted(table.name)}"
        quoted = _quoted(key) if key else ""
        statement = totals_statement(name, key=quoted, upto=upto, gone=gone)
        with told():
            found = self._connection.execute(sql.SQL(statement)).fetchone()
        assert found is not None, "A sum always has a row."
        return int(found[0]), int(Decimal(found[1]))

    def rows(
        self,
        table: TableName,
        columns: Sequence[SourceColumn],
        *,
        limit: int | None,
        batch: int,
        span: Span | None = None,
    ) -> Generator[Row, None, None]:
        """Stream the rows; libpq holds one at a time."""
        part = span.condition(_quoted(span.column)) if span else ""
        statement = sql.SQL("COPY (SELECT {} FROM {}{}{}) TO STDOUT").format(
            # Made by `column_of` from the name alone, which it quotes.
            sql.SQL(", ").join(sql.SQL(column.selected) for column in columns),
            sql.Identifier(table.schema, table.name),
            sql.SQL(part),
            sql.SQL(" LIMIT {}").format(sql.Literal(limit)) if limit else sql.SQL(""),
        )
        with told(), self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            yield from copy.rows()

    def abort(self) -> None:
        """Shut the socket down, so that whoever waits for it is woken."""
        with suppress(OSError, psycopg.Error):
            own = socket.socket(fileno=os.dup(self._connection.fileno()))
            with own:
                own.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._connection.close()


def open_postgres(address: Checked, login: Login, *, seconds: int) -> PostgresSource:
    """Connect to the address that was checked, and begin a transaction that cannot write.

    Raises:
        SourceError: the server is silent, refuses, or the login is wrong.
    """
    options: dict[str, str | int] = {
        "host": address.host,
        "hostaddr": address.ip,
        "port": address.port,
        "dbname": login.database,
        "user": login.user,
        "password": login.password,
        "sslmode": SSL_MODES[login.tls],
        "gssencmode": "disable",
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "data trading centre",
        "client_encoding": "UTF8",
        # A login, not a service file, a client certificate or a ticket of this machine.
        "sslcertmode": "disable",
        "passfile": os.devnull,
        "keepalives_idle": 30,
    }
    if login.tls != "verify":
        # Whoever answers in the server's place must not be told the password.
        options["require_auth"] = SAFE_METHODS
    with told(), tempfile.TemporaryDirectory() as folder:
        authorities = Path(folder) / "authorities.pem"
        # Without a file of this name libpq verifies nobody, whatever this machine's user keeps.
        options["sslrootcert"] = str(authorities)
        options["sslcrl"] = str(Path(folder) / "revoked.pem")
        if login.tls == "verify":
            trusted = login.authorities or system_authorities()
            authorities.write_text(trusted)
            if not trusted:
                options["sslrootcert"] = "system"
        # As one string: libpq takes a `dbname` of its own apart for further options.
        connection = psycopg.connect(make_conninfo("", **options))
    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    source = PostgresSource(connection)
    try:
        with told():
            for statement in (
                f"SET LOCAL statement_timeout = {int(seconds) * 1000}",
                "SET LOCAL datestyle = 'ISO, YMD'",
                "SET LOCAL timezone = 'UTC'",
                "SET LOCAL bytea_output = 'hex'",
                "SET LOCAL extra_float_digits = 3",
                "SET LOCAL search_path = pg_catalog",
            ):
                connection.execute(statement)
    except SourceError:
        source.close()
        raise
    return source


@contextmanager
def told() -> Iterator[None]:
    """Turn what the driver raises into our codes, without a word of the server's."""
    try:
        yield
    except psycopg.Error as error:
        code = CODES.get(error.sqlstate or "")
        if code is None:
            code = "unreadable" if error.sqlstate else _unreachable(str(error).lower())
        raise SourceError(code) from None


def _unreachable(text: str) -> str:
    """Tell why there is no connection; libpq says so in words alone."""
    for word, code in (
        ("timeout", "silent"),
        ("timed out", "silent"),
        ("connection refused", "connection-refused"),
        ("does not support ssl", "tls-missing"),
        ("certificate", "tls-untrusted"),
        ("ssl error", "tls-untrusted"),
        ("authentication method", "login-unsafe"),
        ("password", "wrong-password"),
        # Servers speak the language that they were set up in.
        ("密码", "wrong-password"),
        ("口令", "wrong-password"),
        ("does not exist", "no-such-database"),
        ("不存在", "no-such-database"),
        ("pg_hba.conf", "no-right"),
        ("closed the connection", "broken-off"),
    ):
        if word in text:
            return code
    return "unreachable"
