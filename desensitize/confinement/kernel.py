"""Ask the kernel of Linux for what Python has no function for."""

import ctypes
import os
import platform
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
NAMESPACES = (CLONE_NEWUSER, CLONE_NEWNET, CLONE_NEWIPC)
"""What a process leaves; the unit of the web server allows just these."""
CAPABILITY_VERSION = 0x20080522


def machine() -> str:
    """Return the kind of processor of a Linux, "" elsewhere."""
    return platform.machine() if sys.platform == "linux" else ""


def checked(result: int) -> int:
    """Return what a call returned.

    Raises:
        OSError: it failed.
    """
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def die_with_parent(signal: int) -> None:
    """Let a signal end this process when its parent ends."""
    checked(LIBC.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0))


def leave_network() -> None:
    """Move this process, which has one thread, into a network of its own without an interface.

    Nobody of the machine is known in its namespace of users, so it has no rights over anything.

    Raises:
        OSError: namespaces are not allowed here.
    """
    checked(LIBC.unshare(sum(NAMESPACES)))


def drop_privileges() -> None:
    """Give up every capability, also those that a later program could bring."""
    checked(LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    checked(LIBC.capset(header, (ctypes.c_uint32 * 6)()))
