from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class FileHandedIn(Fact, kind="catalog.file_handed_in", label=_("File handed in")):
    """A file came, and waits for somebody to say how its table is read."""

    sha256: str


class ReadingMended(Fact, kind="catalog.reading_mended", label=_("Reading of a file changed")):
    """Somebody said otherwise how the table of a file is read."""

    reading_sha256: str


class FileTaken(Fact, kind="catalog.file_taken", label=_("Table of a file taken")):
    """The table of a file was taken: it is the version that it became, or was already."""

    version: str
    reading_sha256: str


class FileDropped(Fact, kind="catalog.file_dropped", label=_("File dropped")):
    """A file that came was dropped before its table was taken."""


class FileExpired(Fact, kind="catalog.file_expired", label=_("File expired")):
    """A file that came was looked at by nobody in time, and is dropped."""
