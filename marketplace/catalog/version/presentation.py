"""What pages tell of a version, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.catalog.dataset.choices import Encoding
from marketplace.catalog.dataset.presentation import Fact, day_shown
from marketplace.catalog.version.models import DatasetVersion


def form_facts(version: DatasetVersion) -> list[Fact]:
    """Return in what form the data of a version came, as far as it has been found out."""
    sheet = version.sheet
    if version.sheet_count > 1:
        sheet = _("%(sheet)s (one of %(count)d)") % {
            "sheet": sheet,
            "count": version.sheet_count,
        }
    encodings = dict(Encoding.choices)
    facts: list[Fact] = [
        (_("Kind of file"), version.get_file_kind_display()),
        (_("Packed as"), version.get_compression_display()),
        (_("Encoding of the upload"), encodings.get(version.encoding, version.encoding)),
        (_("Fields separated by"), version.get_separator_display()),
        (_("Sheet"), sheet),
        (_("Error cells read as empty"), version.error_cells or ""),
    ]
    return [(name, value) for name, value in facts if value]


def read_as(version: DatasetVersion) -> str:
    """Return in one line in what form the data of a version came, "" where nothing is known."""
    return "; ".join(
        _("%(name)s: %(value)s") % {"name": name, "value": value}
        for name, value in form_facts(version)
    )


def version_facts(version: DatasetVersion) -> list[Fact]:
    """Return where the data of a version comes from."""
    return [
        (_("Version"), version.number),
        (_("Name of the upload"), version.original_name),
        *form_facts(version),
        (_("SHA-256 of the upload"), version.upload_sha256),
        (_("SHA-256 of the stored table"), version.sha256),
        (_("Raw data kept until"), day_shown(version.raw_until)),
        (_("Raw data destroyed on"), day_shown(version.raw_destroyed_at)),
    ]
