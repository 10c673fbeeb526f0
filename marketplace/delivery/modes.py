"""The ways by which data leaves the centre: a plain dict, since no package may add one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.delivery.models import Grant
from marketplace.vault.reading import SeekableDecrypted
from marketplace.vault.services.files import open_stored


@dataclass(frozen=True)
class DeliveryMode:
    """A way of delivery. `open` answers the plaintext of a grant that was checked."""

    name: str
    label: str | Promise
    content_type: str
    suffix: str
    open: Callable[[Grant], SeekableDecrypted]

    def file_name(self, grant: Grant) -> str:
        """Answer a name that says nothing of what is inside."""
        return f"data-{grant.sha256[:12]}{self.suffix}"


def _open_file(grant: Grant) -> SeekableDecrypted:
    return open_stored(grant.version.file)


MODES: dict[str, DeliveryMode] = {
    "file": DeliveryMode(
        name="file",
        label=_("File to download"),
        content_type="application/vnd.apache.parquet",
        suffix=".parquet",
        open=_open_file,
    ),
}
"""Every mode by the name that a listing has for it."""
