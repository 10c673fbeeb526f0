from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FileHandedIn(Fact):
    """A file came, and waits for somebody to say how its table is read."""

    kind = "catalog.file_handed_in"
    label = _("File handed in")
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReadingMended(Fact):
    """Somebody said otherwise how the table of a file is read."""

    kind = "catalog.reading_mended"
    label = _("Reading of a file changed")
    reading_sha256: str


@dataclass(frozen=True, kw_only=True)
class FileTaken(Fact):
    """The table of a file was taken: it is the version that it became, or was already."""

    kind = "catalog.file_taken"
    label = _("Table of a file taken")
    version: str
    reading_sha256: str


@dataclass(frozen=True, kw_only=True)
class FileDropped(Fact):
    """A file that came was dropped before its table was taken."""

    kind = "catalog.file_dropped"
    label = _("File dropped")


@dataclass(frozen=True, kw_only=True)
class FileExpired(Fact):
    """A file that came was looked at by nobody in time, and is dropped."""

    kind = "catalog.file_expired"
    label = _("File expired")
