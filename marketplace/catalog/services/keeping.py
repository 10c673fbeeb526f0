"""Write the rows of a version. For the acts of this app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings

from desensitize.tables import ColumnInfo, FileForm
from marketplace.catalog.annotations import SAID
from marketplace.catalog.choices import SEPARATORS
from marketplace.catalog.models import Column, Dataset, DatasetVersion, VersionKind
from marketplace.catalog.selectors import columns_of, versions_of
from marketplace.catalog.structure import structure_digest
from marketplace.core import clock
from marketplace.vault.models import StoredFile

LONGEST_SHEET = 100


def next_number(dataset: Dataset) -> int:
    """Return the number of the next version; the caller has locked the dataset."""
    newest = versions_of(dataset).first()
    return newest.number + 1 if newest else 1


def create_version(
    dataset: Dataset,
    number: int,
    kind: VersionKind,
    file: StoredFile,
    *,
    rows: int,
    columns: Sequence[ColumnInfo],
    parent: DatasetVersion | None = None,
    explained_by: DatasetVersion | None = None,
    upload_sha256: str = "",
    original_name: str = "",
    form: FileForm | None = None,
) -> DatasetVersion:
    """Create a version and its columns, explained as those of the same name were before."""
    version = DatasetVersion.objects.create(
        dataset=dataset,
        number=number,
        kind=kind,
        parent=parent,
        file=file,
        rows=rows,
        column_count=len(columns),
        sha256=file.sha256,
        structure_sha256=structure_digest((column.name, column.dtype) for column in columns),
        size=file.size,
        upload_sha256=upload_sha256,
        original_name=original_name,
        **_form_of(form),
        raw_until=_last_day() if kind == VersionKind.SOURCE else None,
    )
    explained = parent or explained_by
    known = {column.name: column for column in columns_of(explained)} if explained else {}
    Column.objects.bulk_create(
        Column(
            version=version,
            position=position,
            name=column.name,
            dtype=column.dtype,
            **_explanation(known.get(column.name)),
        )
        for position, column in enumerate(columns, start=1)
    )
    return version


def _last_day() -> date:
    return clock.today() + timedelta(days=settings.CENTRE["RAW_RETENTION_DAYS"])


def _form_of(form: FileForm | None) -> dict[str, str | int]:
    if form is None:
        return {}
    return {
        "file_kind": form.kind,
        "compression": form.compression,
        "encoding": form.encoding,
        "separator": SEPARATORS[form.separator] if form.separator else "",
        "sheet": sheet_name(form.sheet),
        "sheet_count": form.sheets,
        "error_cells": form.error_cells,
    }


def sheet_name(name: str) -> str:
    """Return a stranger's name of a sheet as it is kept: short, and of visible characters."""
    return "".join(character for character in name if character.isprintable())[:LONGEST_SHEET]


def _explanation(column: Column | None) -> dict[str, str]:
    if column is None:
        return {}
    return {name: getattr(column, name) for name in SAID}
