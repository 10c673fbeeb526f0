"""What happens to datasets and their sources."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DatasetRegistered(Fact):
    """An organization registered a dataset."""

    kind = "catalog.dataset_registered"
    label = _("Dataset registered")


@dataclass(frozen=True, kw_only=True)
class DatasetRevised(Fact):
    """The description of a dataset was changed."""

    kind = "catalog.dataset_revised"
    label = _("Description revised")


@dataclass(frozen=True, kw_only=True)
class DatasetGraded(Fact):
    """The grade of a dataset was set."""

    kind = "catalog.dataset_graded"
    label = _("Dataset graded")
    grade: str
    negative_list: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VersionReceived(Fact):
    """A table was uploaded, read and stored encrypted."""

    kind = "catalog.version_received"
    label = _("Data received")
    sha256: str
    upload_sha256: str
    rows: int
    columns: int


@dataclass(frozen=True, kw_only=True)
class ColumnsAnnotated(Fact):
    """The columns of a version were explained."""

    kind = "catalog.columns_annotated"
    label = _("Columns annotated")
    columns: int


@dataclass(frozen=True, kw_only=True)
class MaskedVersionAdded(Fact):
    """A masked version was made."""

    kind = "catalog.masked_version_added"
    label = _("Masked version added")
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class RawDataDestroyed(Fact):
    """The bytes of a source version were destroyed: on their day, or early because asked."""

    kind = "catalog.raw_data_destroyed"
    label = _("Raw data destroyed")
    sha256: str
    early: bool


@dataclass(frozen=True, kw_only=True)
class DatasetSubmitted(Fact):
    """A dataset was submitted for content review."""

    kind = "catalog.dataset_submitted"
    label = _("Submitted for content review")


@dataclass(frozen=True, kw_only=True)
class DatasetApproved(Fact):
    """A second person approved the content; `version` is the id of the source version."""

    kind = "catalog.dataset_approved"
    label = _("Content approved")
    version: str


@dataclass(frozen=True, kw_only=True)
class DatasetReturned(Fact):
    """A second person returned the dataset for correction."""

    kind = "catalog.dataset_returned"
    label = _("Returned for correction")


@dataclass(frozen=True, kw_only=True)
class DatasetReopened(Fact):
    """An approved dataset was opened for changes; it needs content review again."""

    kind = "catalog.dataset_reopened"
    label = _("Opened for changes")


@dataclass(frozen=True, kw_only=True)
class DatasetRetired(Fact):
    """A dataset was retired for good."""

    kind = "catalog.dataset_retired"
    label = _("Dataset retired")


@dataclass(frozen=True, kw_only=True)
class SourceRegistered(Fact):
    """An officer registered a database that a dataset is drawn from."""

    kind = "catalog.source_registered"
    label = _("Database source registered")
    engine: str
    tls: str


@dataclass(frozen=True, kw_only=True)
class SourcePasswordChanged(Fact):
    """An officer replaced the password of a source."""

    kind = "catalog.source_password_changed"
    label = _("Password of the source changed")


@dataclass(frozen=True, kw_only=True)
class SourceChecked(Fact):
    """The centre tried a source; `outcome` is a code, `works` where it answered."""

    kind = "catalog.source_checked"
    label = _("Connection checked")
    outcome: str


@dataclass(frozen=True, kw_only=True)
class SourceClosed(Fact):
    """A source is drawn from no more, and its password is destroyed."""

    kind = "catalog.source_closed"
    label = _("Database source closed")


@dataclass(frozen=True, kw_only=True)
class DrawingRequested(Fact):
    """A drawing waits for a worker, first or since its last one is gone: start its task."""

    kind = "catalog.drawing_requested"
    label = _("Drawing queued")
    attempts_before: int


@dataclass(frozen=True, kw_only=True)
class DrawingStarted(Fact):
    """A worker took a drawing."""

    kind = "catalog.drawing_started"
    label = _("Drawing started")
    attempt: int


@dataclass(frozen=True, kw_only=True)
class DrawingFinished(Fact):
    """A drawing finished; its table is a source version."""

    kind = "catalog.drawing_finished"
    label = _("Data drawn from the database")
    sha256: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class DrawingFailed(Fact):
    """A drawing ended without a result."""

    kind = "catalog.drawing_failed"
    label = _("Drawing failed")
    error: str


@dataclass(frozen=True, kw_only=True)
class DrawingCancelled(Fact):
    """A person ended a drawing."""

    kind = "catalog.drawing_cancelled"
    label = _("Drawing cancelled")
