"""Refuse system calls by which a reader could reach anybody (seccomp, Linux 3.17 or newer)."""

import ctypes
import errno
import os
import struct
from collections.abc import Iterable

from desensitize.confinement.kernel import LIBC, checked, machine

SECCOMP_SET_MODE_FILTER = 1
ALLOW = 0x7FFF0000
ERRNO = 0x00050000
KILL = 0x80000000
# Instructions of classic BPF, and where in what the kernel shows of a call they look.
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, FIRST_ARGUMENT = 0, 4, 16
X32 = 0x40000000
CLONE_THREAD = 0x00010000

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""By which constant the kernel tells the processor's own calls from those of another."""
NUMBERS: dict[str, tuple[int, int | None]] = {
    # Whoever makes no socket reaches neither the network nor a database on this machine.
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "listen": (50, 201),
    "accept": (43, 202),
    "accept4": (288, 242),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "io_uring_setup": (425, 425),
    # Other processes of the same user.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    # A process that it began could outlive it.
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    # Rights that it has not, and parts of the kernel that no reader needs.
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "bpf": (321, 280),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "open_by_handle_at": (304, 265),
    # What Landlock leaves open, or left open when it was new.
    "truncate": (76, 45),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
}
"""What is refused, with the numbers of the calls on x86_64 and aarch64."""
SECCOMP = (317, 277)
CLONE = (56, 220)
CLONE3 = (435, 435)
TGKILL = (234, 131)
PRLIMIT64 = (302, 261)

Instruction = tuple[int, int, int, int]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.c_char_p))


def refuse_calls() -> None:
    """Refuse, from now on and for good, every call of `NUMBERS` to this process of one thread.

    Threads can be begun and processes cannot; a signal can be sent to itself alone.

    Raises:
        OSError: there is no such filter here, or none for this processor.
    """
    place = _place()
    denied = [numbers[place] for numbers in NUMBERS.values()]
    install(
        [
            *(line for number in denied if number is not None for line in refused(number)),
            # Whoever is told that there is no such call takes `clone`, whose flags can be seen.
            *refused(CLONE3[place], errno.ENOSYS),
            *_unless(CLONE[place], (ANY_BIT, 0, 1, CLONE_THREAD)),
            *_unless(TGKILL[place], (EQUAL, 0, 1, os.getpid())),
            *_unless(PRLIMIT64[place], (EQUAL, 0, 1, 0)),
        ]
    )


def refused(number: int, with_error: int = errno.EPERM) -> list[Instruction]:
    """Return what refuses a call by its number."""
    return [(EQUAL, 0, 1, number), (RETURN, 0, 0, ERRNO | with_error)]


def install(rules: Iterable[Instruction]) -> None:
    """Put a filter before every call of this thread, which must have no way to new privileges.

    Raises:
        OSError: there is no such filter here, or none for this processor.
    """
    place = _place()
    lines = [
        # The numbers of a processor's other calls (32 bits, x32) are others.
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, ARCHITECTURES[machine()]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, X32),
        (RETURN, 0, 0, ERRNO | errno.EPERM),
        *rules,
        (RETURN, 0, 0, ALLOW),
    ]
    program = _Program(len(lines), b"".join(struct.pack("=HBBI", *line) for line in lines))
    checked(LIBC.syscall(SECCOMP[place], SECCOMP_SET_MODE_FILTER, 0, ctypes.byref(program)))


def _unless(number: int, test: Instruction) -> list[Instruction]:
    # The first argument is loaded in place of the number, so every way ends here.
    return [
        (EQUAL, 0, 4, number),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        test,
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, ERRNO | errno.EPERM),
    ]


def _place() -> int:
    try:
        return list(ARCHITECTURES).index(machine())
    except ValueError as error:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
