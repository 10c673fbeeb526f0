"""Receive tables, keep them as versions, and add masked ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from desensitize.tables import ColumnInfo
from marketplace.catalog import annotations as texts_of_columns
from marketplace.catalog import rules
from marketplace.catalog.annotations import ColumnAnnotation
from marketplace.catalog.editing import concerns, open_again
from marketplace.catalog.events import ColumnsAnnotated, MaskedVersionAdded, VersionReceived
from marketplace.catalog.models import Column, DatasetVersion, VersionKind
from marketplace.catalog.reading import CleanTable, clean_table
from marketplace.catalog.regrading import follow_columns
from marketplace.catalog.rules import check_add_masked_version, check_annotate_columns
from marketplace.catalog.selectors import (
    columns_of,
    datasets_visible_to,
    latest_source_version,
    upload_in,
    versions_visible_to,
)
from marketplace.catalog.services.keeping import create_version, next_number, sheet_name
from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.core.locking import locked, visible
from marketplace.ledger.services.recording import record
from marketplace.vault.incoming import Incoming, encrypt_path
from marketplace.vault.models import Purpose
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
    rules.check_owner(dataset, by)
    incoming = upload.received()
    existing = upload_in(dataset, incoming.sha256, sheet=sheet_name(sheet))
    if existing is not None:
        return existing
    rules.check_takes_data(dataset)
    with work_folder() as folder:
        name = plain_name(upload.name or "")
        table = clean_table(incoming, name=name, sheet=sheet, folder=folder)
        clean = encrypt_path(table.path)
    try:
        return keep_table(dataset_id, table=table, clean=clean, by=by)
    finally:
        clean.discard()


@transaction.atomic
def keep_table(
    dataset_id: UUID, *, table: CleanTable, clean: Incoming, by: Actor
) -> DatasetVersion:
    """Keep a table that was read and encrypted as the newest source version.

    The second half of `receive_upload`, and of a drawing from a database.

    Raises:
        NotFound, NotAllowed, WrongState: as for `receive_upload`.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    rules.check_keeps_data(dataset, by)
    # Somebody may have sent the same bytes while these were read.
    form = table.info.form
    sheet = sheet_name(form.sheet) if form else ""
    existing = upload_in(dataset, table.upload_sha256, sheet=sheet)
    if existing is not None:
        return existing
    rules.check_takes_data(dataset)
    if dataset.is_approved:
        open_again(dataset, by=by)
    before = latest_source_version(dataset)
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
        upload_sha256=table.upload_sha256,
        original_name=table.name,
        form=form,
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


@transaction.atomic
def annotate_columns(
    version_id: UUID, *, annotations: Sequence[ColumnAnnotation], by: Actor
) -> DatasetVersion:
    """Say what columns of the newest source version mean. The same again changes nothing.

    Columns that are not named keep what was said of them. A graded dataset follows the grades of
    its columns: the highest wins.

    Raises:
        NotFound: there is no such version among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review, approved or retired, or newer data came.
        Invalid: a column does not exist, or a text breaks a rule; `fields` has the columns' names.
    """
    version = visible(versions_visible_to(by), pk=version_id)
    dataset = version.dataset = locked(datasets_visible_to(by), pk=version.dataset_id)
    check_annotate_columns(version, by)
    columns = {column.name: column for column in columns_of(version)}
    changed = []
    for annotation in texts_of_columns.checked(annotations, list(columns)):
        column = columns[annotation.name]
        texts = {name: getattr(annotation, name) for name in texts_of_columns.SAID}
        if any(getattr(column, name) != text for name, text in texts.items()):
            for name, text in texts.items():
                setattr(column, name, text)
            changed.append(column)
    if changed:
        Column.objects.bulk_update(changed, texts_of_columns.SAID)
        record(
            ColumnsAnnotated(
                subject=f"version:{version.pk}",
                about=(f"dataset:{dataset.pk}", *concerns(dataset)),
                columns=len(changed),
            ),
            by=by,
        )
        follow_columns(dataset, by=by)
    return version


@transaction.atomic
def add_masked_version(
    parent_id: UUID,
    *,
    path: Path,
    rows: int,
    columns: Sequence[ColumnInfo],
    sha256: str,
    by: Actor,
) -> DatasetVersion:
    """Keep what a masking run wrote as a masked version. Called by the run's own act.

    Labels, meanings, units and code lists come from the columns of the same name in the source.

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
        dataset, number, VersionKind.MASKED, file, rows=rows, columns=columns, parent=parent
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
