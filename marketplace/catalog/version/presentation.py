"""What pages tell of a version, in words."""

from django.utils.translation import gettext as _

from desensitize.tables import Reading
from desensitize.tables.building import built
from desensitize.tables.reading import FILL, LEAVE_OUT
from marketplace.catalog.dataset.choices import Encoding
from marketplace.catalog.dataset.presentation import Fact, day_shown
from marketplace.catalog.version.models import DatasetVersion

MOST_TOLD = 50


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
        *reading_facts(version),
    ]
    return [(name, value) for name, value in facts if value]


def reading_facts(version: DatasetVersion) -> list[Fact]:
    """Return what an officer has said of how the table was read, where it was not as it stood."""
    if not version.reading:
        return []
    told = built(Reading, version.reading)
    pairs = list(zip(told.headers, told.names, strict=False))
    renamed = [
        _("column %(position)d as “%(name)s”") % {"position": position, "name": name}
        for position, (header, name) in enumerate(pairs, start=1)
        if name and name != " ".join(header.split())
    ]
    dropped = [str(position) for position, name in enumerate(told.names, start=1) if not name]
    days = [name for name, form in zip(told.names, told.days, strict=False) if name and form]
    ragged = {
        FILL: _("filled up where too short, left out where too long"),
        LEAVE_OUT: _("not read"),
    }
    return [
        (_("Row of the header"), told.header if told.header > 1 else ""),
        (_("Rows of the file not read"), ", ".join(map(str, told.rows_out[:MOST_TOLD]))),
        (_("Rows of another length"), ragged.get(told.ragged, "")),
        (_("Columns left out"), ", ".join(dropped[:MOST_TOLD])),
        (_("Columns named anew"), ", ".join(renamed[:MOST_TOLD])),
        (_("Read as days"), ", ".join(days[:MOST_TOLD])),
    ]


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
