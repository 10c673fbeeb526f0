"""Tell a disk that is full from a table that is broken."""

import errno
import os
import re

from desensitize.errors import TableError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES})
# Polars and Arrow put the system's number into the text alone.
NUMBER = re.compile(r"(?:os error|errno) (\d+)")


def disk_refusal(error: Exception) -> TableError | None:
    """Return `write-failed` when the disk is what went wrong, else None."""
    number = error.errno if isinstance(error, OSError) else None
    if number is None and (found := NUMBER.search(str(error))):
        number = int(found.group(1))
    if number is None or number not in FULL:
        return None
    return TableError("write-failed", reason=os.strerror(number))


def write_refusal(error: OSError) -> TableError:
    """Return `write-failed` with the reason that the system gives, wherever it stands."""
    reason = error.strerror or "input/output error"
    return disk_refusal(error) or TableError("write-failed", reason=reason)
