"""Why work on stored files broke off."""

import errno
from collections.abc import Container

from marketplace.core import Refusal
from marketplace.vault.chunks import DamagedFile


def failure_code(error: Exception, known: Container[str], *, refused: str = "unexpected") -> str:
    """Return the code by which a worker says why it broke off.

    `known` are the codes of refusals that are told as they are; of any other it says `refused`.
    """
    if isinstance(error, Refusal):
        return error.code if error.code in known else refused
    if isinstance(error, DamagedFile):
        return "file-damaged"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk-full"
    return "unexpected"
