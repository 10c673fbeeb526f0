"""Let a process open a few files and no others (Landlock, Linux 5.13 or newer)."""

import ctypes
import os
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from desensitize.confinement.kernel import LIBC, checked

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ONLY_VERSION = 1
BENEATH = 1
WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
REFER, TRUNCATE = 1 << 13, 1 << 14
READING = READ_FILE | READ_DIR
WORKING = READING | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
OF_FILES = WRITE_FILE | READ_FILE | TRUNCATE
RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
"""How many rights to files there are, since which version of Landlock."""
TCP_SINCE, SCOPES_SINCE = 4, 6
BIND_AND_CONNECT = 0b11
SOCKETS_AND_SIGNALS = 0b11

LIBRARY = Path(__file__).resolve().parents[1]
SYSTEM = (
    *("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom"),
    *("/proc/self", "/sys/devices/system/cpu"),
)


class _Handled(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def close_files(work: Path, reads: Iterable[Path]) -> None:
    """Leave this thread its work folder, what it is given to read, and the code that it runs.

    Raises:
        OSError: there is no Landlock here.
    """
    version = checked(LIBC.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ONLY_VERSION))
    known = (1 << max(count for since, count in RIGHTS.items() if since <= version)) - 1
    handled = _Handled(
        known,
        BIND_AND_CONNECT if version >= TCP_SINCE else 0,
        SOCKETS_AND_SIGNALS if version >= SCOPES_SINCE else 0,
    )
    fields = 1 + (version >= TCP_SINCE) + (version >= SCOPES_SINCE)
    size = ctypes.c_size_t(fields * ctypes.sizeof(ctypes.c_uint64))
    rules = checked(LIBC.syscall(CREATE_RULESET, ctypes.byref(handled), size, 0))
    try:
        _allow(rules, work, WORKING & known)
        for path in (*reads, *_code()):
            _allow(rules, path, READING)
        checked(LIBC.syscall(RESTRICT_SELF, rules, 0))
    finally:
        os.close(rules)


def _code() -> set[Path]:
    # Not the folders on the path themselves: in one of them a centre's own files may lie.
    named = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return {LIBRARY, *map(Path, (sys.prefix, sys.base_prefix, *named, *SYSTEM))}


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        beneath = _Beneath(rights if path.is_dir() else rights & OF_FILES, place)
        checked(LIBC.syscall(ADD_RULE, rules, BENEATH, ctypes.byref(beneath), 0))
    finally:
        os.close(place)
