from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


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
