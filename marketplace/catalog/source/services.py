"""Register databases, check them, change their passwords, close them."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.rules import check_owner, check_receive_data
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.source.connections import (
    LONGEST_PASSWORD,
    Connection,
    checked,
    login_of,
    wrapped,
)
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import opened
from marketplace.catalog.source.events import (
    SourceChecked,
    SourceClosed,
    SourcePasswordChanged,
    SourceRegistered,
)
from marketplace.catalog.source.models import DatabaseSource
from marketplace.catalog.source.rules import (
    check_close_source,
    check_use_source,
)
from marketplace.catalog.source.selectors import (
    source_named,
    sources_visible_to,
)
from marketplace.catalog.source.states import SOURCE, SourceState
from marketplace.catalog.source.steps import about
from marketplace.core import Actor, Invalid, clock, locked, visible
from marketplace.core.arguments import Text
from marketplace.ledger.services.recording import record

WORKS = "works"
NewPassword = Annotated[
    str,
    Text(
        label=gettext_lazy("New password"),
        help=gettext_lazy("Kept encrypted and never shown again."),
        longest=LONGEST_PASSWORD,
        is_stripped=False,
        is_secret=True,
    ),
]
KEPT = ("kind", "host", "port", "database", "user", "tls", "authorities")


@transaction.atomic
def register_source(dataset_id: UUID, *, connection: Connection, by: Actor) -> DatabaseSource:
    """Register a database that a dataset is drawn from; its password is kept encrypted.

    The same connection again changes nothing and answers the source that it is.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review or retired.
        Invalid: the connection breaks a rule, or another source has its name.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_receive_data(dataset, by)
    connection = checked(connection)
    existing = source_named(dataset, connection.name)
    if existing is not None:
        same = all(getattr(existing, part) == getattr(connection, part) for part in KEPT)
        if same and login_of(existing).password == connection.password:
            return existing
        sentence = _("Another source of this dataset has this name. Choose another name.")
        raise Invalid(sentence, fields={"name": [sentence]})
    source = DatabaseSource(
        dataset=dataset,
        name=connection.name,
        **{part: getattr(connection, part) for part in KEPT},
    )
    source.wrapped_password = wrapped(source, connection.password)
    source.save(force_insert=True)
    record(
        SourceRegistered(
            subject=f"source:{source.pk}",
            about=about(source),
            engine=source.kind,
            tls=source.tls,
        ),
        by=by,
    )
    return source


@transaction.atomic
def change_source_password(source_id: UUID, *, password: NewPassword, by: Actor) -> DatabaseSource:
    """Replace the password of a source. The same password again changes nothing.

    Everything else of a source stays as it was registered: a password must never follow an address
    that somebody else wrote.

    Raises:
        NotFound: there is no such source among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is closed.
        Invalid: there is no password, or it is too long.
    """
    source = _locked_in_use(source_id, by=by)
    if not password or len(password) > LONGEST_PASSWORD or "\x00" in password:
        sentence = _("Write the password, of at most 1,000 characters.")
        raise Invalid(sentence, fields={"password": [sentence]})
    if login_of(source).password == password:
        return source
    source.wrapped_password = wrapped(source, password)
    source.checked_at, source.check_error, source.check_parameters = None, "", {}
    source.save(update_fields=["wrapped_password", "checked_at", "check_error", "check_parameters"])
    record(SourcePasswordChanged(subject=f"source:{source.pk}", about=about(source)), by=by)
    return source


@transaction.atomic
def close_source(source_id: UUID, *, by: Actor) -> DatabaseSource:
    """Draw from a source no more, and destroy its password. Closing it again changes nothing.

    Raises:
        NotFound, NotAllowed: as for `change_source_password`.
        WrongState: a drawing is under way.
    """
    source = locked(sources_visible_to(by), pk=source_id)
    check_owner(source.dataset, by)
    if source.state == SourceState.CLOSED:
        return source
    check_close_source(source, by)
    SOURCE.move(source, SourceState.CLOSED)
    source.wrapped_password = b""
    source.save(update_fields=["state", "wrapped_password"])
    record(SourceClosed(subject=f"source:{source.pk}", about=about(source)), by=by)
    return source


def check_source(source_id: UUID, *, by: Actor) -> DatabaseSource:
    """Connect to a source and keep whether that worked; while it is tried no lock is held.

    Raises:
        NotFound, NotAllowed, WrongState: as for `change_source_password`.
    """
    source = visible(sources_visible_to(by), pk=source_id)
    check_use_source(source, by)
    code, parameters = WORKS, dict[str, str | int]()
    try:
        with opened(source.kind, source.host, source.port, login_of(source)) as database:
            database.tables()
    except SourceError as error:
        code, parameters = error.code, error.parameters
    return keep_check(source_id, outcome=code, parameters=parameters, by=by)


@transaction.atomic
def keep_check(
    source_id: UUID, *, outcome: str, parameters: Mapping[str, str | int], by: Actor
) -> DatabaseSource:
    """Keep how a try went. The second half of `check_source`. The same outcome changes nothing.

    Raises:
        NotFound, NotAllowed, WrongState: as for `change_source_password`.
    """
    source = _locked_in_use(source_id, by=by)
    if source.checked_at is not None and outcome == (source.check_error or WORKS):
        return source
    source.checked_at = clock.now()
    source.check_error = "" if outcome == WORKS else outcome
    source.check_parameters = dict(parameters)
    source.save(update_fields=["checked_at", "check_error", "check_parameters"])
    fact = SourceChecked(subject=f"source:{source.pk}", about=about(source), outcome=outcome)
    record(fact, by=by)
    return source


def _locked_in_use(source_id: UUID, *, by: Actor) -> DatabaseSource:
    source = locked(sources_visible_to(by), pk=source_id)
    check_use_source(source, by)
    return source
