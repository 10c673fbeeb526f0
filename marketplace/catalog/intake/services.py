"""Officers hand files in, say how their tables are read, and take them as versions."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.errors import TableError
from desensitize.tables import Reading, Survey
from marketplace.catalog.dataset import rules as dataset_rules
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.reopening import concerns
from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.catalog.feed.form import examined_first
from marketplace.catalog.intake import rules
from marketplace.catalog.intake.events import (
    FileDropped,
    FileExpired,
    FileHandedIn,
    FileTaken,
    ReadingMended,
)
from marketplace.catalog.intake.models import Intake
from marketplace.catalog.intake.seeing import encrypted, look, reading_of, table_in
from marketplace.catalog.intake.selectors import intakes_expired, intakes_visible_to, waiting_for
from marketplace.catalog.intake.states import INTAKE, IntakeState
from marketplace.catalog.new_version.services import keep_table
from marketplace.catalog.version.adapters import refusal_of
from marketplace.catalog.version.annotations import ColumnAnnotation, checked
from marketplace.catalog.version.comparing import Difference, compared, difference
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.reading import CleanTable
from marketplace.catalog.version.selectors import latest_source_version
from marketplace.catalog.version.services import annotate_columns
from marketplace.core import Actor, Invalid, NotAllowed, clock, locked, visible
from marketplace.core.arguments import Flag
from marketplace.ledger.services.recording import record
from marketplace.vault.incoming import Incoming, encrypt_path
from marketplace.vault.models import Purpose, StoredFile
from marketplace.vault.services import (
    keep_incoming,
    open_stored,
    plain_name,
    remove_stored,
    work_folder,
)
from marketplace.vault.uploads import EncryptedUpload

LASTS = timedelta(hours=24)
"""A file that nobody takes within so long after it came is destroyed."""
LOOKED = "application/json"


def hand_in_file(dataset_id: UUID, *, upload: EncryptedUpload, by: Actor) -> Intake:
    """Look into an uploaded file, and keep it until its table is taken, for a day at most.

    How its table is read is proposed, as that of the version before where the same words head the
    columns. The same file again changes nothing while it waits; another takes its place.

    Raises:
        NotFound: there is no such dataset among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: the dataset is under review or retired.
        Invalid: the file is too large, or no table however it is read; the code says why.
    """
    dataset = visible(datasets_visible_to(by), pk=dataset_id)
    dataset_rules.check_receive_data(dataset, by)
    incoming = upload.received()
    waiting = waiting_for(dataset)
    if waiting is not None and _is_same(waiting, incoming, by):
        return waiting
    name = plain_name(upload.name or "")
    before = latest_source_version(dataset)
    with work_folder() as folder, incoming.opened() as opened:
        seen = look(opened, name=name, folder=folder, before=before)
        others = _others(before, seen, folder)
    told = encrypted(seen)
    try:
        return keep_file(
            dataset_id, incoming=incoming, told=told, seen=seen, others=others, name=name, by=by
        )
    finally:
        told.discard()


def _is_same(waiting: Intake, incoming: Incoming, by: Actor) -> bool:
    return waiting.sha256 == incoming.sha256 and waiting.sent_by_id == by.person_id


@transaction.atomic
def keep_file(
    dataset_id: UUID,
    *,
    incoming: Incoming,
    told: Incoming,
    seen: Survey,
    others: Difference | None,
    name: str,
    by: Actor,
) -> Intake:
    """Keep a file that was looked into: the second half of `hand_in_file`.

    Raises:
        NotFound, NotAllowed, WrongState: as for `hand_in_file`.
    """
    dataset = locked(datasets_visible_to(by), pk=dataset_id)
    dataset_rules.check_receive_data(dataset, by)
    assert by.person_id is not None, "An officer is a person."
    waiting = waiting_for(dataset)
    if waiting is not None:
        if _is_same(waiting, incoming, by):
            return waiting
        _close(waiting, IntakeState.DROPPED, by=by)
    intake = Intake.objects.create(
        dataset=dataset,
        name=name,
        sha256=incoming.sha256,
        file=_kept(dataset, incoming, "upload", "application/octet-stream", by),
        seen=_kept(dataset, told, "seen.json", LOOKED, by),
        reading=asdict(seen.reading),
        differs=_kept_of(others),
        sent_by_id=by.person_id,
        expires_at=clock.now() + LASTS,
    )
    record(
        FileHandedIn(subject=f"intake:{intake.pk}", about=_about(intake), sha256=intake.sha256),
        by=by,
    )
    return intake


def _kept(dataset: Dataset, incoming: Incoming, name: str, kind: str, by: Actor) -> StoredFile:
    return keep_incoming(
        incoming,
        name=name,
        purpose=Purpose.PART,
        organization_id=dataset.organization_id,
        content_type=kind,
        by=by,
    )


def mend_reading(
    intake_id: UUID, *, reading: Reading, said: Sequence[ColumnAnnotation] = (), by: Actor
) -> Intake:
    """Say how the table of a file is read, and look into it again. The same again changes nothing.

    What the reading leaves open is proposed anew. What was `said` of columns is kept until the
    table is taken. A reading that makes no table of the file is
    kept, and what was seen says why.

    Raises:
        NotFound: there is no such file among those the actor may see.
        NotAllowed: the actor did not send it.
        WrongState: it is taken, dropped or expired.
        Invalid: the reading is none.
    """
    intake = visible(intakes_visible_to(by), pk=intake_id)
    rules.check_mend_reading(intake, by)
    words = [asdict(annotation) for annotation in said]
    if asdict_of(reading) == intake.reading and words == intake.said:
        return intake
    with work_folder() as folder:
        seen = _look_again(intake, reading, folder)
        others = _others(latest_source_version(intake.dataset), seen, folder)
    if asdict_of(seen.reading) == intake.reading and words == intake.said:
        return intake
    told = encrypted(seen)
    try:
        return keep_reading(intake_id, told=told, seen=seen, others=others, said=words, by=by)
    finally:
        told.discard()


def _others(before: DatasetVersion | None, seen: Survey, folder: Path) -> Difference | None:
    """Return how the columns of a table that was looked at differ from those before."""
    if before is None or seen.info is None:
        return None
    return compared(before, seen.info.columns, table_in(folder))


def _kept_of(others: Difference | None) -> dict[str, Any]:
    return others.values.as_dict() if others else {}


def asdict_of(reading: Reading) -> dict[str, Any]:
    """Return a reading as it is kept: JSON has lists."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(reading).items()
    }


def _look_again(intake: Intake, reading: Reading, folder: Path) -> Survey:
    before = latest_source_version(intake.dataset)
    with open_stored(intake.file) as opened:
        return look(opened, name=intake.name, folder=folder, reading=reading, before=before)


@transaction.atomic
def keep_reading(
    intake_id: UUID,
    *,
    told: Incoming,
    seen: Survey,
    others: Difference | None,
    said: Sequence[dict[str, Any]],
    by: Actor,
) -> Intake:
    """Keep what was seen of a file when it was read otherwise: the second half of `mend_reading`.

    Raises:
        NotFound, NotAllowed, WrongState: as for `mend_reading`.
    """
    intake = locked(intakes_visible_to(by), pk=intake_id)
    rules.check_mend_reading(intake, by)
    former = intake.seen_id
    intake.seen = _kept(intake.dataset, told, "seen.json", LOOKED, by)
    intake.reading, intake.said = asdict_of(seen.reading), list(said)
    intake.differs = _kept_of(others)
    intake.save(update_fields=["seen", "reading", "said", "differs"])
    remove_stored(former, by=by)
    record(
        ReadingMended(
            subject=f"intake:{intake.pk}",
            about=_about(intake),
            reading_sha256=reading_sha256(seen.reading),
        ),
        by=by,
    )
    return intake


OTHER_COLUMNS = Flag(
    label=gettext_lazy("The other columns are meant: it is the same data all the same"),
    told="Whether it may have other columns than the version before.",
)


def take_file(
    intake_id: UUID,
    *,
    reading: Reading | None = None,
    said: Sequence[ColumnAnnotation] = (),
    other_columns: Annotated[bool, OTHER_COLUMNS] = False,
    by: Actor,
) -> Intake:
    """Read the table of a file and keep it as the newest source version of its dataset.

    `said` is what its columns are, where the dataset is open for changes. Without a `reading` it is
    read as was proposed or said last. `other_columns` says that the table may have other columns
    than the one before. Taking it again changes nothing.

    Raises:
        NotFound: there is no such file among those the actor may see.
        NotAllowed: the actor did not send it.
        WrongState: it is dropped or expired, or the dataset takes no data.
        Invalid: the reading makes no table of it, or one of other columns (`other-columns`), or
            what was said of columns breaks a rule; `fields` has the columns' names.
    """
    intake = visible(intakes_visible_to(by), pk=intake_id)
    dataset_rules.check_owner(intake.dataset, by)
    if intake.state == IntakeState.TAKEN:
        return intake
    rules.check_mend_reading(intake, by)
    said = checked(said, [name for name in (reading or reading_of(intake)).names if name])
    with work_folder() as folder:
        seen = _look_again(intake, reading or reading_of(intake), folder)
        table = _table_of(intake, seen, folder)
        _refuse_others(intake, table, other_columns)
        table = examined_first(intake.dataset_id, table)
        clean = encrypt_path(table.path)
    try:
        return keep_taken(
            intake_id, table=table, clean=clean, said=said, other_columns=other_columns, by=by
        )
    finally:
        clean.discard()


def _table_of(intake: Intake, seen: Survey, folder: Path) -> CleanTable:
    if seen.info is None:
        raise refusal_of(TableError(seen.refusal, **seen.figures))
    return CleanTable(table_in(folder), seen.info, intake.sha256, intake.name, reading=seen.reading)


def _refuse_others(intake: Intake, table: CleanTable, other_columns: bool) -> None:
    before = latest_source_version(intake.dataset)
    if before is None or other_columns:
        return
    found = difference(before, table.info.columns, intake.differs)
    if found:
        sentence = _(
            "The table has other columns than version %(number)d: %(difference)s. Say that this is "
            "meant, or register other data as another dataset."
        ) % {"number": before.number, "difference": found.sentence()}
        raise Invalid(sentence, code="other-columns", fields={"other_columns": [sentence]})


@transaction.atomic
def keep_taken(
    intake_id: UUID,
    *,
    table: CleanTable,
    clean: Incoming,
    said: Sequence[ColumnAnnotation],
    other_columns: bool,
    by: Actor,
) -> Intake:
    """Keep the table of a file as a version, and close it: the second half of `take_file`.

    Raises:
        NotFound, NotAllowed, WrongState, Invalid: as for `take_file`.
    """
    intake = locked(intakes_visible_to(by), pk=intake_id)
    if intake.state == IntakeState.TAKEN:
        return intake
    rules.check_mend_reading(intake, by)
    _refuse_others(intake, table, other_columns)
    version = keep_table(intake.dataset_id, table=table, clean=clean, is_meant=other_columns, by=by)
    assert table.reading is not None, "A file is taken by a reading."
    version.dataset.refresh_from_db()
    if said and not version.dataset.is_approved:
        annotate_columns(version.pk, columns=said, by=by)
    intake.version, intake.reading = version, asdict_of(table.reading)
    _close(intake, IntakeState.TAKEN, by=by)
    record(
        FileTaken(
            subject=f"intake:{intake.pk}",
            about=(f"version:{version.pk}", *_about(intake)),
            version=str(version.pk),
            reading_sha256=reading_sha256(table.reading),
        ),
        by=by,
    )
    return intake


def reading_sha256(reading: Reading) -> str:
    """Return the SHA-256 of how a table is read, over its canonical JSON (RFC 8785)."""
    return hashlib.sha256(rfc8785.dumps(asdict_of(reading))).hexdigest()


@transaction.atomic
def drop_file(intake_id: UUID, *, by: Actor) -> Intake:
    """Destroy a file whose table was not taken. Dropping it again changes nothing.

    Raises:
        NotFound: there is no such file among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is taken or expired.
    """
    intake = locked(intakes_visible_to(by), pk=intake_id)
    dataset_rules.check_owner(intake.dataset, by)
    if intake.state == IntakeState.DROPPED:
        return intake
    rules.check_drop_file(intake, by)
    _close(intake, IntakeState.DROPPED, by=by)
    record(FileDropped(subject=f"intake:{intake.pk}", about=_about(intake)), by=by)
    return intake


def expire_files(*, by: Actor) -> int:
    """Destroy the files that nobody took in time; return how many there were.

    Each in a transaction of its own, and again it changes nothing.

    Raises:
        NotAllowed: the actor is not the centre's own software.
    """
    if not by.is_system:
        raise NotAllowed(_("The centre's software does this by itself."))
    return sum(_expire(pk, by=by) for pk in list(intakes_expired().values_list("pk", flat=True)))


@transaction.atomic
def _expire(intake_id: UUID, *, by: Actor) -> int:
    rows = intakes_expired().select_related("dataset__organization")
    intake = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=intake_id).first()
    if intake is None:
        return 0
    _close(intake, IntakeState.EXPIRED, by=by)
    record(FileExpired(subject=f"intake:{intake.pk}", about=_about(intake)), by=by)
    return 1


def _close(intake: Intake, state: IntakeState, *, by: Actor) -> None:
    """End a locked file, and destroy what is kept of it."""
    INTAKE.move(intake, state)
    intake.closed_at = clock.now()
    intake.said = []
    intake.save(update_fields=["state", "closed_at", "version", "reading", "said"])
    for file_id in (intake.file_id, intake.seen_id):
        remove_stored(file_id, by=by)


def _about(intake: Intake) -> tuple[str, ...]:
    return (f"dataset:{intake.dataset_id}", *concerns(intake.dataset))
