from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from marketplace.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class FileStored(Fact):
    """A file was encrypted into the vault."""

    kind = "vault.file_stored"
    label = _("File stored encrypted")
    purpose: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class FileRemoved(Fact):
    """A file's key was destroyed and its bytes were removed."""

    kind = "vault.file_removed"
    label = _("File removed")
