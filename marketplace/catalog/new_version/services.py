"""Receive tables and keep them as versions, and add masked data and models."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.privacy.pairs import label_of
from desensitize.tables import ColumnInfo, FileForm, Reading
from marketplace.catalog.approval.services import submit_dataset
from marketplace.catalog.dataset import rules as dataset_rules
from marketplace.catalog.dataset.choices import SEPARATORS
from marketplace.catalog.dataset.models import ApprovedContent, Dataset
from marketplace.catalog.dataset.reopening import concerns, open_again
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.changes import goes_on, note_arrival, note_unchanged
from marketplace.catalog.feed.choices import Held
from marketplace.catalog.feed.form import beyond_form, examined_first
from marketplace.catalog.feed.selectors import arrival_of, sets_aside
from marketplace.catalog.quality.selectors import rules_in_force
from marketplace.catalog.version.annotations import SAID
from marketplace.catalog.version.comparing import Difference, compared
from marketplace.catalog.version.events import (
    MaskedVersionAdded,
    ModelVersionAdded,
    VersionReceived,
    VersionTakenUp,
)
from marketplace.catalog.version.models import Column, DatasetVersion, Quality, VersionKind
from marketplace.catalog.version.reading import CleanTable, clean_table
from marketplace.catalog.version.rules import (
    check_add_masked_version,
    check_add_model_version,
    check_take_up_version,
)
from marketplace.catalog.version.selectors import (
    columns_of,
    latest_source_version,
    upload_in,
    uploads_in,
    versions_of,
    versions_visible_to,
)
from marketplace.catalog.version.structure import structure_digest
from marketplace.core import Actor, WrongState, clock, locked, visible
from marketplace.ledger.services.recording import record
from marketplace.vault.incoming import Incoming, encrypt_path
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.services import keep_incoming, plain_name, store_path, work_folder
from marketplace.vault.uploads import EncryptedUpload

PARQUET = "application/vnd.apache.parquet"


def receive_upload(
    dataset_id: UUID, *, upload: EncryptedUpload, sheet: str = "", by: Actor
) -> DatasetVersion:
    """Read an uploaded table and keep it as the newest source version of a dataset.

    Of a workbook the sheet is read that is named, else the first visible one with content. The
    same bytes again change nothing and answer the version that they are, unless another sheet of
    them is named. Data for an approved
    dataset opens it again for content review. The table is read in a child process before any
    lock is taken, so that nobody waits for it.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review or retired.
        Invalid: the file is too large, or no table that can be read; the code says why.
    """
    dataset = visible(datasets_visible_to(by), pk=dataset_id)
    dataset_rules.check_owner(dataset, by)
    incoming = upload.received()
    existing = upload_in(dataset, incoming.sha256, sheet=sheet_name(sheet))
    if existing is not None:
        return existing
    dataset_rules.check_takes_data(dataset)
    with work_folder() as folder:
        name = plain_name(upload.name or "")
        table = clean_table(incoming, name=name, sheet=sheet, folder=folder)
        table = examined_first(dataset_id, table)
        clean = encrypt_path(table.path)
    try:
        return keep_table(dataset_id, table=table, clean=clean, by=by)
    finally:
        clean.discard()


@transaction.atomic
def keep_table(
    dataset_id: UUID, *, table: CleanTable, clean: Incoming, is_meant: bool = False, by: Actor
) -> DatasetVersion:
    """Keep a table that was read and encrypted as the newest source version.

    The second half of `receive_upload`, and of a drawing from a database. Where a feed brings other
    columns than were approved, or values beyond the approved form, the table is set aside: what was
    approved goes on, and so does the next table that fits. Only columns that `is_meant` says are
    meant open the content.

    Raises:
        NotFound, NotAllowed, WrongState: as for `receive_upload`.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    dataset_rules.check_keeps_data(dataset, by)
    before = latest_source_version(dataset)
    existing = _same_table(dataset, table, before)
    if existing is not None and existing.is_set_aside and is_meant:
        existing.dataset = dataset
        check_take_up_version(existing, by)
        return _taken_up(existing, by=by)
    if existing is not None:
        if table.says_same:
            note_unchanged(existing, mark=table.mark, by=by)
        return existing
    dataset_rules.check_takes_data(dataset)
    structure = structure_digest((column.name, column.dtype) for column in table.info.columns)
    is_same, beyond = goes_on(dataset, before, structure), None
    if is_same:
        with clean.opened() as opened:
            beyond = beyond_form(dataset, before, opened, table.figures)
        is_same = beyond is None
    is_aside = not is_same and not is_meant and sets_aside(dataset)
    if dataset.is_approved and not is_same and not is_aside:
        open_again(dataset, by=by)
    others = None
    if before is not None and not is_same and beyond is None:
        with clean.opened() as opened:
            others = compared(before, table.info.columns, opened)
    version = _kept(dataset, table, clean, before=before, others=others, is_aside=is_aside, by=by)
    note_arrival(version, others=others, beyond=beyond, mark=table.mark, by=by)
    return version


def _kept(
    dataset: Dataset,
    table: CleanTable,
    clean: Incoming,
    *,
    before: DatasetVersion | None,
    others: Difference | None,
    is_aside: bool,
    by: Actor,
) -> DatasetVersion:
    """Write the version of a table into a locked dataset, and say that it came.

    What was said of a column that seems to be renamed is said of it under its new name.
    """
    number = next_number(dataset)
    file = keep_incoming(
        clean,
        name=f"version-{number}.parquet",
        purpose=Purpose.SOURCE,
        organization_id=dataset.organization_id,
        content_type=PARQUET,
        by=by,
    )
    version = create_version(
        dataset,
        number,
        VersionKind.SOURCE,
        file,
        rows=table.info.rows,
        columns=table.info.columns,
        explained_by=before,
        content=before.content if before and dataset.is_approved and not is_aside else None,
        upload_sha256=table.upload_sha256,
        original_name=table.name,
        form=table.info.form,
        reading=table.reading,
        ends=others.values.renamed if others is not None else {},
        is_set_aside=is_aside,
    )
    record(
        VersionReceived(
            subject=f"version:{version.pk}",
            about=(f"dataset:{dataset.pk}", *concerns(dataset)),
            sha256=version.sha256,
            upload_sha256=version.upload_sha256,
            rows=version.rows,
            columns=version.column_count,
        ),
        by=by,
    )
    return version


def _same_table(
    dataset: Dataset, table: CleanTable, newest: DatasetVersion | None
) -> DatasetVersion | None:
    """Find the version that a table is already.

    Somebody may have sent the same bytes while these were read. What a database or a program sends
    may go back to what it was before, and is a new version then.
    """
    form = table.info.form
    if form is not None:
        same = uploads_in(dataset, table.upload_sha256, sheet=sheet_name(form.sheet))
        if table.reading is not None:
            # Read otherwise, the same file is another table.
            same = same.filter(sha256=table.info.sha256)
        return same.first()
    is_same = (
        newest is not None
        and newest.upload_sha256 == table.upload_sha256
        and newest.raw_destroyed_at is None
    )
    return newest if is_same else None


@transaction.atomic
def take_up_version(version_id: UUID, *, by: Actor) -> DatasetVersion:
    """Take what a feed brought and was set aside as a change: it is the newest data now.

    The dataset is open for changes then: other columns are explained and reviewed anew. Where only
    the values go beyond the approved form, nothing is left to explain, and a reviewer is asked at
    once. What is on offer goes on as it was approved.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is not set aside (`not-set-aside`), its raw data was destroyed
            (`raw-destroyed`), later data went on (`version-outdated`), or the dataset takes no
            data.
        Invalid: what was approved is not complete any more; the code says what is missing.
    """
    version = visible(versions_visible_to(by), pk=version_id)
    dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    version = locked(versions_visible_to(by), pk=version_id)
    version.dataset = dataset
    check_take_up_version(version, by)
    taken = _taken_up(version, by=by)
    arrival = arrival_of(version)
    if arrival is not None and arrival.held == Held.FORM:
        submit_dataset(dataset.pk, by=by)
    return taken


def _taken_up(version: DatasetVersion, *, by: Actor) -> DatasetVersion:
    dataset = version.dataset
    if dataset.is_approved:
        open_again(dataset, by=by)
    version.is_set_aside, version.quality = False, _to_ask(dataset)
    version.save(update_fields=["is_set_aside", "quality"])
    record(
        VersionTakenUp(
            subject=f"version:{version.pk}",
            about=(f"dataset:{dataset.pk}", *concerns(dataset)),
            sha256=version.sha256,
        ),
        by=by,
    )
    return version


@transaction.atomic
def add_masked_version(
    parent_id: UUID,
    *,
    path: Path,
    rows: int,
    columns: Sequence[ColumnInfo],
    unaltered: Collection[str],
    ends: Mapping[str, str] = MappingProxyType({}),
    sha256: str,
    by: Actor,
) -> DatasetVersion:
    """Keep what a masking run wrote as a masked version. Called by the run's own act.

    Labels, meanings, units and code lists come from the columns of the same name in the source;
    `unaltered` are those that hold what they held there; `ends` names the source of other columns.

    Raises:
        NotFound: there is no such version.
        NotAllowed: the actor is not the centre's software.
        WrongState: the parent is no source version, or the file is not the one that was measured.
    """
    parent = visible(versions_visible_to(by), pk=parent_id)
    dataset = parent.dataset = locked(datasets_visible_to(by), pk=parent.dataset_id)
    check_add_masked_version(parent, by)
    number = next_number(dataset)
    file = store_path(
        path,
        name=f"version-{number}-masked.parquet",
        purpose=Purpose.MASKED,
        organization_id=dataset.organization_id,
        content_type=PARQUET,
        by=by,
    )
    if file.sha256 != sha256:
        raise WrongState(
            _("The masked file changed after it was measured. Run the masking again."),
            code="digest-mismatch",
        )
    version = create_version(
        dataset,
        number,
        VersionKind.MASKED,
        file,
        rows=rows,
        columns=columns,
        parent=parent,
        content=parent.content,
        altered={column.name for column in columns} - {*unaltered},
        ends=ends,
    )
    record(
        MaskedVersionAdded(
            subject=f"version:{version.pk}",
            about=(f"dataset:{dataset.pk}", f"version:{parent.pk}", *concerns(dataset)),
            sha256=version.sha256,
            rows=rows,
        ),
        by=by,
    )
    return version


@transaction.atomic
def add_model_version(
    dataset_id: UUID,
    *,
    file: StoredFile,
    trained_on: DatasetVersion,
    rows: int,
    columns: Sequence[str],
    by: Actor,
) -> DatasetVersion:
    """Make a dataset out of a trained model, whose bytes stay where they are stored.

    `columns` are those of the version that it was `trained_on` which go in, and the one that comes
    out; they are explained as there. Called by the act that makes an asset of the model.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset has data already.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    check_add_model_version(dataset, by)
    dataset.is_model = True
    dataset.save(update_fields=["is_model"])
    kinds = dict(columns_of(trained_on).values_list("name", "dtype"))
    version = create_version(
        dataset,
        next_number(dataset),
        VersionKind.MODEL,
        file,
        rows=rows,
        columns=[ColumnInfo(name, kinds[name]) for name in columns],
        explained_by=trained_on,
    )
    record(
        ModelVersionAdded(
            subject=f"version:{version.pk}",
            about=(f"dataset:{dataset.pk}", f"version:{trained_on.pk}", *concerns(dataset)),
            sha256=version.sha256,
            rows=rows,
        ),
        by=by,
    )
    return version


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
    content: ApprovedContent | None = None,
    upload_sha256: str = "",
    original_name: str = "",
    form: FileForm | None = None,
    reading: Reading | None = None,
    altered: Collection[str] = (),
    ends: Mapping[str, str] = MappingProxyType({}),
    is_set_aside: bool = False,
) -> DatasetVersion:
    """Create a version and its columns, explained as those of the same name were before.

    Where the dataset has rules of quality, it waits to be measured by them, unless it is set aside.
    """
    version = DatasetVersion.objects.create(
        dataset=dataset,
        number=number,
        kind=kind,
        parent=parent,
        content=content,
        file=file,
        rows=rows,
        column_count=len(columns),
        sha256=file.sha256,
        structure_sha256=structure_digest((column.name, column.dtype) for column in columns),
        size=file.size,
        upload_sha256=upload_sha256,
        original_name=original_name,
        **_form_of(form),
        reading=asdict(reading) if reading else {},
        is_set_aside=is_set_aside,
        quality=Quality.UNASKED if is_set_aside else _to_ask(dataset),
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
            is_altered=column.name in altered,
            **_explanation(known.get(ends.get(column.name, column.name)), column.name),
        )
        for position, column in enumerate(columns, start=1)
    )
    return version


def _to_ask(dataset: Dataset) -> Quality:
    return Quality.WAITING if rules_in_force(dataset) else Quality.UNASKED


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


def _explanation(column: Column | None, name: str) -> dict[str, str]:
    """Return what is said of a column that is now called so."""
    if column is None:
        return {}
    said = {part: getattr(column, part) for part in SAID}
    return said | {"label": label_of(column.name, column.label, name)}
