"""What an officer says of a database, and a look into it while a person waits."""

import ssl
from dataclasses import dataclass, field, replace
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.drivers.contract import Login, SourceColumn, TableName
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import allowed, opened
from marketplace.catalog.source.models import DatabaseKind, DatabaseSource, TlsMode
from marketplace.catalog.source.rules import check_use_source
from marketplace.core import Actor, Invalid, longest_of
from marketplace.core.addresses import AddressError, check_form, check_port
from marketplace.core.arguments import Choice, Text, Whole, refused
from marketplace.core.envelope import unwrap, wrap

KEPT_SECRET = gettext_lazy(
    "Kept encrypted and never shown again. It is sent to this database alone."
)
LONGEST_PASSWORD = 1000


@dataclass(frozen=True)
class Connection:
    """How to reach a database and with what to sign in."""

    name: Annotated[
        str,
        Text(
            label=gettext_lazy("Name"),
            help=gettext_lazy(
                "What the source is called here. For example: Registry of the bureau."
            ),
            told="What the source is called here.",
            longest=longest_of(DatabaseSource, "name"),
        ),
    ]
    kind: Annotated[str, Choice(label=gettext_lazy("Kind"), choices=DatabaseKind)]
    host: Annotated[
        str,
        Text(
            label=gettext_lazy("Host"),
            help=gettext_lazy("A host name or an IP address, without a port."),
            told="A host name or an IP address in full.",
            longest=longest_of(DatabaseSource, "host"),
        ),
    ]
    port: Annotated[
        int,
        Whole(
            label=gettext_lazy("Port"),
            help=gettext_lazy("PostgreSQL mostly listens on 5432, MySQL and MariaDB on 3306."),
            least=1,
            most=65535,
        ),
    ]
    database: Annotated[
        str,
        Text(
            label=gettext_lazy("Database"),
            longest=longest_of(DatabaseSource, "database"),
            is_stripped=False,
        ),
    ]
    user: Annotated[
        str,
        Text(
            label=gettext_lazy("User"),
            help=gettext_lazy(
                "Ask for a dedicated user that may only read, and only what is needed."
            ),
            longest=longest_of(DatabaseSource, "user"),
            is_stripped=False,
        ),
    ]
    password: Annotated[
        str,
        Text(
            label=gettext_lazy("Password"),
            help=KEPT_SECRET,
            longest=LONGEST_PASSWORD,
            is_stripped=False,
            is_secret=True,
        ),
    ] = field(repr=False)
    tls: Annotated[
        str, Choice(label=gettext_lazy("Protection of the connection"), choices=TlsMode)
    ] = TlsMode.VERIFY.value
    authorities: Annotated[
        str,
        Text(
            label=gettext_lazy("Certificate authority"),
            help=gettext_lazy(
                "Where your office signs its own certificates: paste its certificate, which begins "
                "with -----BEGIN CERTIFICATE-----. Leave this empty otherwise."
            ),
            told="Certificates in PEM form to trust in place of the machine's; empty for those.",
            longest=20_000,
            lines=3,
        ),
    ] = ""


def checked(connection: Connection) -> Connection:
    """Return the connection with its host written in full.

    Nothing is resolved here: a name may lead elsewhere by the time of the drawing.

    Raises:
        Invalid: a text is missing, too long or no plain text, or host or port is none that is
            allowed; each field has its sentence.
    """
    name, host = connection.name.strip(), connection.host.strip()
    wrong = refused(Connection, **vars(connection) | {"name": name})
    for part in ("name", "database", "user", "password", "authorities"):
        text = name if part == "name" else getattr(connection, part)
        if not text and part != "authorities":
            wrong[part] = [_("Fill this in.")]
        elif "\x00" in text:
            wrong[part] = [_("This holds a character that cannot be sent.")]
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
