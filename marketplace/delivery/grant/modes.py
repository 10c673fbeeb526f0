"""The ways by which data leaves the centre: a plain dict, since no package may add one."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.delivery.grant.models import Grant
from marketplace.vault.models import StoredFile
from marketplace.vault.reading import SeekableDecrypted
from marketplace.vault.services import open_stored

PARQUET = "application/vnd.apache.parquet"
ONNX = "application/octet-stream"


@dataclass(frozen=True)
class DeliveryMode:
    """A way of delivery.

    is_file: a person downloads the very bytes that were sold. takes_key: programs have it by a key
    to the grant. page: the address of a grant's own page, "" for the common one.
    """

    name: str
    label: str | Promise
    is_file: bool = False
    takes_key: bool = False
    content_type: str = PARQUET
    suffix: str = ".parquet"
    page: str = ""

    def file_name(self, grant: Grant) -> str:
        """Return a name that says nothing of what is inside."""
        if grant.version.is_model:
            return f"model-{grant.sha256[:12]}.onnx"
        return f"data-{grant.sha256[:12]}{self.suffix}"

    def type_of(self, grant: Grant) -> str:
        """Return the media type of what is sent."""
        return ONNX if grant.version.is_model else self.content_type

    @property
    def template(self) -> str:
        """Return the piece of a grant's page that tells the buyer how to have the data."""
        return f"delivery/partials/{self.name}.html"


def stored_bytes(grant: Grant) -> SeekableDecrypted:
    """Open the plaintext of a grant that was checked; the caller closes it."""
    return open_stored(file_of(grant))


def file_of(grant: Grant) -> StoredFile:
    """Return the file of a grant: the buyer's copy, else that of the version itself."""
    copy = grant.copy
    return grant.version.file if copy is None or copy.file is None else copy.file


MODES: dict[str, DeliveryMode] = {
    "file": DeliveryMode("file", _("File to download"), is_file=True),
    "api": DeliveryMode("api", _("Rows through the API"), takes_key=True),
    "sharing": DeliveryMode("sharing", _("Table through Delta Sharing"), takes_key=True),
    "scoring": DeliveryMode("scoring", _("Scoring: the model answers rows"), takes_key=True),
    "sandbox": DeliveryMode(
        "sandbox", _("Sandbox: private answers, no rows"), page="grant_sandbox"
    ),
    "report": DeliveryMode("report", _("Report: signed figures, no rows"), page="grant_report"),
}
"""Every mode by the name that a listing has for it."""
