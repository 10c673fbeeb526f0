"""Why work on stored files broke off."""

import errno
from collections.abc import Container

from marketplace.core import Refusal, WrongState
from marketplace.vault.chunks import DamagedFile


def failure_code(error: Exception, known: Container[str], *, refused: str = "unexpected") -> str:
    """Return the code by which a worker says why it broke off.

    `known` are the codes of refusals that are told as they are; of any other state that does not
    allow the work it says `refused`.
    """
    if isinstance(error, Refusal) and error.code in known:
        return error.code
    if isinstance(error, WrongState):
        return refused
    if isinstance(error, DamagedFile):
        return "file-damaged"
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk-full"
    return "unexpected"
