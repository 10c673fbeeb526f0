"""Make one table of what was sent in parts. Outside any transaction: nothing is kept here."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.utils.translation import gettext as _

from desensitize.tables import describe
from marketplace.catalog.push.choices import PushKind, PushMode, RowAct
from marketplace.catalog.push.models import Push, PushPart
from marketplace.catalog.push.selectors import parts_of
from marketplace.catalog.source.adapters import sentence_of
from marketplace.catalog.source.composing import Composed, Shape, compose
from marketplace.catalog.source.drivers.errors import SourceError
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.reading import CleanTable, clean_table
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.core import Invalid, WrongState
from marketplace.vault.incoming import READ_BYTES, encrypt_stream
from marketplace.vault.services import decrypt_into, open_stored

GONE = "deleted"


def schema_of(push: Push, act: str) -> pa.Schema:
    """Return the columns that a row of a push has: those of the newest version, or its key's.

    Raises:
        WrongState: the raw data of that version is destroyed (`base-destroyed`).
    """
    base = latest_source_version(push.feed.dataset)
    if base is None or base.raw_destroyed_at is not None:
        raise _destroyed()
    with open_stored(base.file) as stored, pq.ParquetFile(pa.PythonFile(stored, mode="r")) as table:
        schema: pa.Schema = table.schema_arrow.remove_metadata()
    return pa.schema([schema.field(name) for name in push.key]) if act == RowAct.DELETE else schema


def made_table(push: Push, base: DatasetVersion | None, *, sha256: str, folder: Path) -> CleanTable:
    """Return the table that a push makes, applied to the version of before where it changes that.

    Raises:
        WrongState: `base-destroyed`.
        Invalid: as for `commit_push`.
    """
    if push.kind == PushKind.FILE:
        return _read_file(push, sha256, folder)
    target = folder / "made.parquet"
    composed = _composed(push, base, folder, target)
    info = describe(target)
    if composed.rows == 0:
        raise Invalid(sentence_of("no-rows", {}), code="no-rows")
    if composed.rows > settings.CENTRE["UPLOAD_MAX_ROWS"]:
        raise Invalid(
            sentence_of("too-many-rows", {"limit": settings.CENTRE["UPLOAD_MAX_ROWS"]}),
            code="too-many-rows",
        )
    is_same = base is not None and push.mode == PushMode.CHANGES and composed.is_same
    digest = base.upload_sha256 if is_same and base is not None else info.sha256
    return CleanTable(target, info, digest, _("rows sent by a program"), says_same=True)


def _read_file(push: Push, sha256: str, folder: Path) -> CleanTable:
    incoming = encrypt_stream(_bytes_of(push))
    try:
        if sha256 and incoming.sha256 != sha256:
            sentence = _("The file that came has another SHA-256 than was said. Send it again.")
            raise Invalid(sentence, code="push-differs", fields={"sha256": [sentence]})
        table = clean_table(incoming, name=push.name or "data.csv", folder=folder)
    finally:
        incoming.discard()
    # What a program sends may go back to what it was, unlike a file that a person sends twice.
    return replace(table, info=replace(table.info, form=None), says_same=True)


def _bytes_of(push: Push) -> Iterator[bytes]:
    for part in parts_of(push):
        with open_stored(part.file) as stored:
            while piece := stored.read(READ_BYTES):
                yield piece


def _composed(push: Push, base: DatasetVersion | None, folder: Path, target: Path) -> Composed:
    if base is None or base.raw_destroyed_at is not None:
        raise _destroyed()
    changes = push.mode == PushMode.CHANGES
    with open_stored(base.file) as stored, pq.ParquetFile(pa.PythonFile(stored, mode="r")) as table:
        schema = table.schema_arrow.remove_metadata()
        drawn = folder / "sent.parquet"
        _write_sent(push, schema, folder, drawn)
        shape = Shape(schema, tuple(push.key) if changes else (), _gone_name(schema))
        try:
            return compose(table if changes else None, drawn, target, shape=shape)
        except SourceError as error:
            sentence = sentence_of(error.code, error.parameters)
            raise Invalid(sentence, code=error.code, fields={"rows": [sentence]}) from None


def _write_sent(push: Push, schema: pa.Schema, folder: Path, target: Path) -> None:
    """Write what was sent, of each key the last alone."""
    gone = _gone_name(schema)
    whole = schema.append(pa.field(gone, pa.bool_()))
    with pq.ParquetWriter(target, whole, compression="zstd") as writer:
        if push.mode == PushMode.WHOLE:
            for part in parts_of(push):
                writer.write_table(_part(part, schema, gone, folder).cast(whole))
            return
        frames = [pl.from_arrow(_part(part, schema, gone, folder)) for part in parts_of(push)]
        sent = pl.concat([frame for frame in frames if isinstance(frame, pl.DataFrame)])
        last = sent.unique(subset=list(push.key), keep="last", maintain_order=True)
        writer.write_table(last.to_arrow().cast(whole))


def _part(part: PushPart, schema: pa.Schema, gone: str, folder: Path) -> pa.Table:
    path = decrypt_into(part.file, folder)
    try:
        table = pq.read_table(path)
    finally:
        path.unlink()
    if not set(table.schema.names) <= set(schema.names):
        raise WrongState(
            _("The columns of the data changed since rows were sent. Send them again."),
            code="base-changed",
        )
    arrays = [
        table.column(field.name).cast(field.type)
        if field.name in table.schema.names
        else pa.nulls(len(table), field.type)
        for field in schema
    ]
    is_gone = pa.array([part.act == RowAct.DELETE] * len(table), pa.bool_())
    return pa.table([*arrays, is_gone], schema=schema.append(pa.field(gone, pa.bool_())))


def _gone_name(schema: pa.Schema) -> str:
    name = GONE
    while name in schema.names:
        name += "_"
    return name


def _destroyed() -> WrongState:
    return WrongState(
        _("The raw data of the version before is destroyed. Send a file with the whole table."),
        code="base-destroyed",
    )
