"""Files packed together."""

import io
import zipfile
from collections.abc import Mapping

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of each file in a ZIP, so that the same set gives the same bytes."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(
                zipfile.ZipInfo(name, FIRST_DAY), content, compress_type=zipfile.ZIP_DEFLATED
            )
    return target.getvalue()
