"""What an officer says of a database, and a look into it while a person waits."""

import ssl
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.drivers.contract import Login, SourceColumn, TableName
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import allowed, opened
from marketplace.catalog.source.models import DatabaseKind, DatabaseSource, TlsMode
from marketplace.catalog.source.rules import check_use_source
from marketplace.core import Actor, Invalid
from marketplace.core.addresses import AddressError, check_form, check_port
from marketplace.core.envelope import unwrap, wrap

LONGEST = {"name": 60, "database": 128, "user": 128, "password": 1000, "authorities": 20_000}


@dataclass(frozen=True)
class Connection:
    """How to reach a database and with what to sign in."""

    name: str
    kind: str
    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    tls: str = TlsMode.VERIFY.value
    authorities: str = ""


def checked(connection: Connection) -> Connection:
    """Return the connection with its host written in full.

    Nothing is resolved here: a name may lead elsewhere by the time of the drawing.

    Raises:
        Invalid: a text is missing, too long or no plain text, or host or port is none that is
            allowed; each field has its sentence.
    """
    wrong: dict[str, list[str]] = {}
    name, host = connection.name.strip(), connection.host.strip()
    for part in ("name", "database", "user", "password", "authorities"):
        text = name if part == "name" else getattr(connection, part)
        if not text and part != "authorities":
            wrong[part] = [_("Fill this in.")]
        elif len(text) > LONGEST[part] or "\x00" in text:
            wrong[part] = [_("This is too long, or holds a character that cannot be sent.")]
    if connection.kind not in DatabaseKind.values:
        wrong["kind"] = [_("Choose one of the values in the list.")]
    if connection.tls not in TlsMode.values:
        wrong["tls"] = [_("Choose one of the values in the list.")]
    for part in ("host", "port"):
        try:
            if part == "host":
                host = check_form(host)
            else:
                check_port(connection.port, allowed())
        except AddressError as error:
            wrong[part] = [sentence_of(error.code, error.parameters)]
    if connection.authorities.strip():
        try:
            ssl.create_default_context(cadata=connection.authorities)
        except (ssl.SSLError, TypeError, ValueError):
            # Letters beyond ASCII are a wrong type to it.
            wrong["authorities"] = [_("This is no certificate in PEM form.")]
    if wrong:
        raise Invalid(_("The connection needs corrections."), fields=wrong)
    return replace(connection, name=name, host=host, authorities=connection.authorities.strip())


def wrapped(source: DatabaseSource, password: str) -> bytes:
    """Encrypt the password of a source under the centre's key."""
    return wrap(password.encode(), purpose=password_purpose(source))


def login_of(source: DatabaseSource) -> Login:
    """Return the login of a source in use, its password decrypted."""
    return Login(
        database=source.database,
        user=source.user,
        password=unwrap(source.wrapped_password, purpose=password_purpose(source)).decode(),
        tls=source.tls,
        authorities=source.authorities,
    )


def password_purpose(source: DatabaseSource) -> str:
    """Return the purpose under which the password of a source is wrapped."""
    return f"catalog:source:{source.pk}"


# Look into a source while a person waits: its tables, and the columns of one.


def tables_in(source: DatabaseSource, words: str = "", *, by: Actor) -> list[TableName]:
    """List the tables and views whose names hold the words.

    Raises:
        NotAllowed: the actor is no officer of the organization.
        WrongState: the source is closed.
        Invalid: it cannot be reached or read; the code says why.
    """
    check_use_source(source, by)
    try:
        with opened(source.kind, source.host, source.port, login_of(source)) as database:
            return database.tables(words)
    except SourceError as error:
        raise _refusal(error) from None


def columns_in(source: DatabaseSource, table: TableName, *, by: Actor) -> list[SourceColumn]:
    """Return the columns of a table.

    Raises:
        NotAllowed, WrongState, Invalid: as for `tables_in`.
    """
    check_use_source(source, by)
    try:
        with opened(source.kind, source.host, source.port, login_of(source)) as database:
            return database.columns(table)
    except SourceError as error:
        raise _refusal(error) from None


def _refusal(error: SourceError) -> Invalid:
    return Invalid(sentence_of(error.code, error.parameters), code=error.code)
