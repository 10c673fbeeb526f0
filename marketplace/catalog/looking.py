"""Look into a source while a person waits: its tables, and the columns of one."""

from __future__ import annotations

from marketplace.catalog.connections import login_of
from marketplace.catalog.models import DatabaseSource
from marketplace.catalog.rules import check_use_source
from marketplace.catalog.source_wording import sentence_of
from marketplace.catalog.sources.contract import SourceColumn, TableName
from marketplace.catalog.sources.errors import SourceError
from marketplace.catalog.sources.opening import opened
from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid


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
