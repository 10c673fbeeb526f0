"""Read MySQL and MariaDB row by row in a read-only transaction."""

import socket
import ssl
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pyarrow as pa
import pymysql
from pymysql._auth import scramble_caching_sha2, scramble_native_password
from pymysql.connections import Connection
from pymysql.converters import encoders
from pymysql.cursors import SSCursor
from pymysql.protocol import MysqlPacket

from marketplace.catalog.source.drivers.contract import (
    CONNECT_SECONDS,
    MOST_TABLES,
    Login,
    Row,
    SourceColumn,
    Span,
    TableName,
    tls_context,
    totals_statement,
)
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.core.addresses import Checked

# What the types of MySQL and MariaDB become.

INTEGERS = {
    "tinyint": (pa.int8(), pa.uint8()),
    "smallint": (pa.int16(), pa.uint16()),
    "mediumint": (pa.int32(), pa.uint32()),
    "int": (pa.int32(), pa.uint32()),
    "bigint": (pa.int64(), pa.uint64()),
}
PLAIN = {
    "year": pa.int16(),
    "float": pa.float32(),
    "double": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "timestamp": pa.timestamp("us", tz="UTC"),
}
# A `time` there runs to 838 hours and below zero: it is a duration, which stays a text.
TEXTS = frozenset(
    {
        *("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"),
        *("time", "uuid", "inet4", "inet6"),
    }
)
NESTED = frozenset({"json"})
MOST_DIGITS = 38


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def column_of(name: str, kind: str, shown: str, precision: int, scale: int) -> SourceColumn:
    """Describe a column by its type; `shown` is the type with its length and sign."""
    kind, text = kind.lower(), f"CAST({quoted(name)} AS CHAR CHARACTER SET utf8mb4)"
    if kind in INTEGERS:
        signed, unsigned = INTEGERS[kind]
        return SourceColumn(name, shown, unsigned if "unsigned" in shown else signed, text)
    if kind == "bit":
        return SourceColumn(name, shown, pa.uint64(), f"CAST({quoted(name)} + 0 AS CHAR)")
    if kind == "decimal":
        wide = precision > MOST_DIGITS
        return SourceColumn(
            name, shown, pa.string() if wide else pa.decimal128(precision, scale), text
        )
    if kind == "float":
        # As text the server gives six digits of a float; as a double it gives all of them.
        return SourceColumn(name, shown, PLAIN[kind], f"CAST({quoted(name)} + 0e0 AS CHAR)")
    if kind in PLAIN:
        return SourceColumn(name, shown, PLAIN[kind], text)
    if kind in TEXTS:
        return SourceColumn(name, shown, pa.string(), text)
    refusal = "nested-column" if kind in NESTED else "unsupported-column-type"
    return SourceColumn(name, shown, None, text, refusal)


SILENT_SECONDS = 60
TABLES = """
SELECT table_schema, table_name FROM information_schema.tables
WHERE table_schema = DATABASE() AND table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
  AND LOCATE(%s, LOWER(table_name)) > 0
ORDER BY 1, 2 LIMIT %s
"""
COLUMNS = """
SELECT column_name, data_type, column_type, numeric_precision, numeric_scale
FROM information_schema.columns WHERE table_schema = %s AND table_name = %s
ORDER BY ordinal_position
"""
CODES = {
    1040: "server-busy",
    1044: "no-right",
    1045: "wrong-password",
    1049: "no-such-database",
    1054: "no-such-column",
    1142: "no-right",
    1143: "no-right",
    1146: "no-such-table",
    1203: "server-busy",
    1205: "timed-out",
    1317: "timed-out",
    1698: "wrong-password",
    1792: "read-only-violated",
    1969: "timed-out",
    2013: "broken-off",
    2026: "tls-missing",
    2059: "login-unknown",
    3024: "timed-out",
}


class Method(ABC):
    """A method to sign in, as the driver asks for one; `password` is the login's."""

    def __init__(self, connection: Connection, password: bytes) -> None:
        self.connection = connection
        self.password = password

    @abstractmethod
    def authenticate(self, packet: MysqlPacket) -> MysqlPacket:
        """Answer what the server asked, and return what it says to that."""

    def answer(self, data: bytes) -> MysqlPacket:
        self.connection.write_packet(data)
        packet = self.connection._read_packet()
        packet.check_error()
        return packet


class UnsafeMethod(Method):
    """One that tells the password to whoever answers, or that nobody has looked at."""

    def authenticate(self, packet: MysqlPacket) -> MysqlPacket:
        """Refuse.

        Raises:
            SourceError: always.
        """
        raise SourceError("login-unsafe")


class UnknownMethod(Method):
    """One that this driver cannot do."""

    def authenticate(self, packet: MysqlPacket) -> MysqlPacket:
        """Refuse.

        Raises:
            SourceError: always.
        """
        raise SourceError("login-unknown")


class NativePassword(Method):
    """`mysql_native_password`: an answer to the server's challenge."""

    def authenticate(self, packet: MysqlPacket) -> MysqlPacket:
        if not packet.is_auth_switch_request():
            raise SourceError("unreadable")
        return self.answer(scramble_native_password(self.password, packet.read_all()))


class CachingSha2Password(Method):
    """`caching_sha2_password` where the server remembers the user.

    A server that does not asks for the password itself, under a key of its own at best.
    """

    def authenticate(self, packet: MysqlPacket) -> MysqlPacket:
        """Answer the server's challenge.

        Raises:
            SourceError: the server wants the password itself.
        """
        if packet.is_auth_switch_request():
            nonce = packet.read_all().removesuffix(b"\0")
            return self.answer(scramble_caching_sha2(self.password, nonce))
        if packet.get_all_data() != REMEMBERED:
            raise SourceError("login-unsafe")
        accepted = self.connection._read_packet()
        accepted.check_error()
        return accepted


REMEMBERED = b"\x01\x03"
UNKNOWN_METHODS: Mapping[bytes, type[Method]] = dict.fromkeys(
    (b"client_ed25519", b"parsec"), UnknownMethod
)
"""MariaDB's own, which tell no password either."""
SAFE_METHODS: Mapping[bytes, type[Method]] = {
    b"mysql_native_password": NativePassword,
    b"caching_sha2_password": CachingSha2Password,
    **UNKNOWN_METHODS,
}


class UnverifiedConnection(Connection):
    """A connection to a server that nobody has verified.

    The driver is not given the password: only the methods named here know it, and they answer a
    challenge without telling it.
    """

    def __init__(self, *, secret: bytes, **options: Any) -> None:
        self._secret = secret
        super().__init__(**options)

    def _get_server_information(self) -> None:
        super()._get_server_information()
        # The first answer names no method, so that the server asks for that of the user.
        self._auth_plugin_name = ""

    def _get_auth_plugin_handler(self, plugin_name: bytes) -> Method:
        return SAFE_METHODS.get(plugin_name, UnsafeMethod)(self, self._secret)


class MySQLSource:
    """An open MySQL or MariaDB database; every statement runs in one read-only snapshot."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # Once encrypted it is another object than the socket that was connected.
        self._socket: socket.socket = connection._sock

    def tables(self, words: str = "") -> list[TableName]:
        """List the tables and views of the database that the user may read."""
        found = self._fetch(TABLES, (words.strip().lower(), MOST_TABLES))
        return [TableName(str(schema), str(name)) for schema, name in found]

    def columns(self, table: TableName) -> list[SourceColumn]:
        """Return the columns of a table.

        Raises:
            SourceError: `no-such-table`.
        """
        found = self._fetch(COLUMNS, (table.schema, table.name))
        if not found:
            # A view that would write is left out with no more than a warning.
            warned = {int(number or 0) for _level, number, _text in self._fetch("SHOW WARNINGS")}
            raise SourceError(next((CODES[n] for n in warned if n in CODES), "no-such-table"))
        return [
            column_of(str(name), str(kind), str(shown), int(precision or 0), int(scale or 0))
            for name, kind, shown, precision, scale in found
        ]

    def quoted(self, name: str) -> str:
        return quoted(name)

    def clock(self) -> datetime:
        """Return what the database takes for the present moment, in UTC and without a zone."""
        found = self._fetch("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)")
        return datetime.fromisoformat(str(found[0][0]))

    def totals(
        self, table: TableName, *, key: str, upto: int | None, gone: SourceColumn | None
    ) -> tuple[int, int]:
        """Count the rows that are not gone, and add up a number of them."""
        name = f"{quoted(table.schema)}.{quoted(table.name)}"
        named = quoted(key) if key else ""
        found = self._fetch(totals_statement(name, key=named, upto=upto, gone=gone))
        return int(str(found[0][0])), int(Decimal(str(found[0][1])))

    def rows(
        self,
        table: TableName,
        columns: Sequence[SourceColumn],
        *,
        limit: int | None,
        batch: int,
        span: Span | None = None,
    ) -> Generator[Row, None, None]:
        """Stream the rows; the driver holds one at a time."""
        # Made by `column_of` from the name alone, which it quotes.
        selected = ", ".join(column.selected for column in columns)
        statement = f"SELECT {selected} FROM {quoted(table.schema)}.{quoted(table.name)}"
        if span:
            statement += span.condition(quoted(span.column))
        if limit:
            statement += f" LIMIT {int(limit)}"
        cursor = self._connection.cursor(SSCursor)
        try:
            with told():
                cursor.execute(statement)
                while rows := cursor.fetchmany(batch):
                    yield from rows
        finally:
            if cursor._result is not None:
                # Closed before its end, it would read on what nobody wants any more.
                cursor._result.unbuffered_active = False
            cursor.close()

    def abort(self) -> None:
        """Shut the socket down, so that whoever waits for it is woken."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End the connection, without reading on what nobody wants any more."""
        with suppress(pymysql.Error, OSError):
            self._connection._force_close()
        self._socket.close()

    def _fetch(self, statement: str, values: tuple[str | int, ...] = ()) -> Sequence[Row]:
        with told(), self._connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            rows: Sequence[Row] = cursor.fetchall()
            return rows


def open_mysql(address: Checked, login: Login, *, seconds: int) -> MySQLSource:
    """Connect to the address that was checked, and begin a transaction that cannot write.

    Raises:
        SourceError: the server is silent, refuses, or the login is wrong.
    """
    with told():
        sock = socket.create_connection((address.ip, address.port), CONNECT_SECONDS)
    try:
        with told():
            connection = _signed_in(sock, address, login)
    except BaseException:
        sock.close()
        raise
    source = MySQLSource(connection)
    try:
        with told(), connection.cursor() as cursor:
            limit = (
                f"SET SESSION max_statement_time = {int(seconds)}"
                if "MariaDB" in connection.get_server_info()
                else f"SET SESSION max_execution_time = {int(seconds) * 1000}"
            )
            for statement in (
                limit,
                "SET SESSION time_zone = '+00:00'",
                # Nothing that pads texts or refuses the zero dates that are there.
                "SET SESSION sql_mode = ''",
                "SET SESSION net_write_timeout = 600",
                "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                "START TRANSACTION READ ONLY",
            ):
                cursor.execute(statement)
    except BaseException:
        source.close()
        raise
    return source


def _signed_in(sock: socket.socket, address: Checked, login: Login) -> Connection:
    tls, password = login.tls != "off", login.password.encode()
    options: dict[str, Any] = {
        "host": address.host,
        "port": address.port,
        "user": login.user,
        "database": login.database,
        "charset": "utf8mb4",
        # Every value stays the text that the server sent.
        "conv": encoders,
        "local_infile": False,
        "ssl": tls_context(login) if tls else None,
        "ssl_disabled": not tls,
        "read_timeout": SILENT_SECONDS,
        "write_timeout": SILENT_SECONDS,
        "program_name": "data trading centre",
        "defer_connect": True,
    }
    if login.tls == "verify":
        unknown = {
            name: partial(method, password=password) for name, method in UNKNOWN_METHODS.items()
        }
        connection = Connection(password=password, auth_plugin_map=unknown, **options)
    else:
        connection = UnverifiedConnection(secret=password, **options)
    connection.connect(sock)
    return connection


@contextmanager
def told() -> Iterator[None]:
    """Turn what the driver raises into our codes, without a word of the server's."""
    try:
        yield
    except ConnectionRefusedError:
        raise SourceError("connection-refused") from None
    except TimeoutError:
        raise SourceError("silent") from None
    except ssl.SSLError:
        raise SourceError("tls-untrusted") from None
    except OSError:
        raise SourceError("unreachable") from None
    except pymysql.Error as error:
        raise SourceError(_code_of(error)) from None
    except (RuntimeError, ValueError, UnicodeError, IndexError, AssertionError):
        # What answers is no such server, or one that breaks the protocol.
        raise SourceError("unreadable") from None


def _code_of(error: pymysql.Error) -> str:
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    if number in CODES:
        return "silent" if isinstance(error.__context__, TimeoutError) else CODES[number]
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, ssl.SSLError):
        return "tls-untrusted"
    if isinstance(cause, TimeoutError):
        return "silent"
    return "unreachable" if number >= 2000 or not number else "unreadable"
