"""Run a command that ends when its parent does: `python tether.py PARENT USER COMMAND...`.

The kernel forgets the wish to be told of the parent's death when a process changes its user, so
the user changes here, between fork and exec, and not in the parent. On systems other than Linux
the command runs without that tie.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, user: str, command: list[str]) -> None:
    """Change to the user ("" keeps it), ask to be killed with the parent, become the command."""
    prctl = getattr(ctypes.CDLL(None, use_errno=True), "prctl", None)
    if user:
        number = int(user)
        os.setgroups([])
        os.setgid(number)
        os.setuid(number)
    if prctl is not None and prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    # A parent that died before the wish was heard sends no signal any more.
    if os.getppid() != parent:
        sys.exit("The process that started this one is gone.")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
