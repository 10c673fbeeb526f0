from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class SourceRegistered(
    Fact, kind="catalog.source_registered", label=_("Database source registered")
):
    """An officer registered a database that a dataset is drawn from."""

    engine: str
    tls: str


class SourcePasswordChanged(
    Fact, kind="catalog.source_password_changed", label=_("Password of the source changed")
):
    """An officer replaced the password of a source."""


class SourceChecked(Fact, kind="catalog.source_checked", label=_("Connection checked")):
    """The centre tried a source; `outcome` is a code, `works` where it answered."""

    outcome: str


class SourceClosed(Fact, kind="catalog.source_closed", label=_("Database source closed")):
    """A source is drawn from no more, and its password is destroyed."""


class DrawingRequested(Fact, kind="catalog.drawing_requested", label=_("Drawing queued")):
    """A drawing waits for a worker, first or since its last one is gone: start its task."""

    attempts_before: int


class DrawingStarted(Fact, kind="catalog.drawing_started", label=_("Drawing started")):
    """A worker took a drawing."""

    attempt: int


class DrawingFinished(
    Fact, kind="catalog.drawing_finished", label=_("Data drawn from the database")
):
    """A drawing finished; its table is a source version."""

    sha256: str
    rows: int


class DrawingFailed(Fact, kind="catalog.drawing_failed", label=_("Drawing failed")):
    """A drawing ended without a result."""

    error: str


class DrawingCancelled(Fact, kind="catalog.drawing_cancelled", label=_("Drawing cancelled")):
    """A person ended a drawing."""
