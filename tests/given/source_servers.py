"""What the tests ask of real database servers."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from desensitize.tables import Limits
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.drawing.execution import execute_drawing
from marketplace.catalog.drawing.services import Wanted
from marketplace.catalog.source.drivers.contract import Login, TableName
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.source.drivers.opening import opened
from marketplace.catalog.source.models import DatabaseSource, Drawing
from marketplace.catalog.source.writing import Drawn, write_rows
from tests.given import sources as given
from tests.given.world import World
from tests.plugins.sources import DATABASE, PASSWORD, READER, SourceServer

SCHEMAS = {"postgresql": "public", "mysql": DATABASE}


def login(**changes: str) -> Login:
    """Return the reader's login, with changes."""
    return Login(
        **{"database": DATABASE, "user": READER, "password": PASSWORD, "tls": "off", **changes}
    )


def drawn(
    server: SourceServer,
    table: str,
    target: Path,
    *,
    limit: int | None = None,
    given: Login | None = None,
    **limits: int,
) -> tuple[Drawn, list[dict[str, Any]]]:
    """Draw what can be drawn of a table."""
    name = TableName(SCHEMAS[server.kind], table)
    with opened(server.kind, "127.0.0.1", server.port, given or login()) as source:
        columns = [column for column in source.columns(name) if column.kind is not None]
        rows = source.rows(name, columns, limit=limit, batch=100)
        with closing(rows):
            counted = write_rows(
                rows, columns, target, limits=Limits(**limits), progress=lambda count: None
            )
    return counted, pq.read_table(target).to_pylist()


def refusal(server: SourceServer, table: str, *, seconds: int = 15, **changes: str) -> str:
    """Return the code with which the drawing of a table is refused."""
    name = TableName(SCHEMAS[server.kind], table)

    def read() -> None:
        with opened(
            server.kind, "127.0.0.1", server.port, login(**changes), seconds=seconds
        ) as source:
            list(source.rows(name, source.columns(name), limit=None, batch=100))

    with pytest.raises(SourceError) as refused:
        read()
    assert PASSWORD not in repr(refused.value)
    return refused.value.code


def real_source(
    world: World, server: SourceServer, *, dataset: Dataset | None = None
) -> DatabaseSource:
    """Register one of the servers."""
    return given.source(
        world,
        dataset=dataset,
        kind=server.kind,
        host="127.0.0.1",
        port=server.port,
        database=DATABASE,
        user=READER,
        password=PASSWORD,
        tls="off",
    )


def trips(server: SourceServer, name: str, rows: int = 3) -> Wanted:
    """Make a table there, and answer what is wanted of it."""
    server.run(f"DROP TABLE IF EXISTS {name}")
    server.run(f"CREATE TABLE {name} (line int, stop varchar(20), note varchar(20))")
    for number in range(rows):
        server.run(f"INSERT INTO {name} VALUES ({number}, '站 {number}', 'not wanted')")
    return Wanted(SCHEMAS[server.kind], name, ("stop", "line"))


def executed(drawing: Drawing) -> Drawing:
    """Do a drawing, and answer it as it is then."""
    execute_drawing(drawing.pk)
    drawing.refresh_from_db()
    return drawing
