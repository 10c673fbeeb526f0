from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


class FileStored(Fact, kind="vault.file_stored", label=_("File stored encrypted")):
    """A file was encrypted into the vault."""

    purpose: str
    sha256: str


class FileRemoved(Fact, kind="vault.file_removed", label=_("File removed")):
    """A file's key was destroyed and its bytes were removed."""
