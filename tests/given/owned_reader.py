"""What a stranger's file could do that has broken its reader: each attempt, and which succeeded.

Run as a program by `desensitize.confinement.child`: a JSON object of targets on standard input, the
names of what succeeded, the namespace of the network and the privileges left on standard output.
"""

import ctypes
import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

LIBC = ctypes.CDLL(None, use_errno=True)
TO_PEOPLE = {"tcp", "udp", "path", "abstract", "datagrams", "io_uring"}
TO_PROCESSES = {"signal", "limits of another", "fork", "start a program", "trace", "rights"}
THROUGH_PROC = {"environment", "memory"}
TO_FILES = {"read", "write", "make", "remove", "link", "symbolic link", "list"}
OF_FILES = {"settings", "truncate"}


def attempts(targets: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """Return what is tried, by name."""
    file, parent = Path(targets["file"]), os.getppid()
    return {
        "tcp": lambda: socket.create_connection(("127.0.0.1", targets["tcp"]), timeout=1),
        "udp": lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(
            b"x", ("127.0.0.1", targets["udp"])
        ),
        "resolve": lambda: socket.getaddrinfo("localhost", 80),
        "path": lambda: _connected(targets["path"]),
        "abstract": lambda: _connected("\0" + targets["abstract"]),
        # A pair needs nobody, and one of it can write to anybody.
        "datagrams": lambda: socket.socketpair(type=socket.SOCK_DGRAM)[0].sendto(
            b"x", targets["datagrams"]
        ),
        "io_uring": lambda: _called(LIBC.syscall(425, 1, ctypes.create_string_buffer(120))),
        "read": file.read_bytes,
        "write": lambda: file.open("ab"),
        "truncate": lambda: os.truncate(file, 0),
        "make": lambda: file.with_name("made").write_bytes(b""),
        "remove": file.with_name("superfluous").unlink,
        "link": lambda: os.link(file, "linked"),
        "symbolic link": lambda: Path("pointer").symlink_to(file),
        "list": lambda: os.listdir(file.parent),
        "settings": lambda: file.chmod(0o600),
        "signal": lambda: os.kill(parent, 0),
        "limits of another": lambda: resource.prlimit(parent, resource.RLIMIT_CORE),
        "fork": _forked,
        "start a program": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "trace": lambda: _called(LIBC.ptrace(0x4206, parent, 0, 0)),
        "environment": Path(f"/proc/{parent}/environ").read_bytes,
        "memory": lambda: Path(f"/proc/{parent}/mem").open("rb"),
        "rights": lambda: _called(LIBC.unshare(0x10000000)),
        **{path: partial(_connected, path) for path in targets["servers"]},
    }


def main() -> None:
    """Try everything once, and go on with work that a reader does."""
    targets = json.load(sys.stdin)
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    told = {line.partition(":")[0]: line.partition(":")[2].strip() for line in status}
    network = os.stat("/proc/self/ns/net").st_ino
    reached = [name for name, attempt in attempts(targets).items() if _succeeds(attempt)]
    Path("own").mkdir()
    (Path("own") / "file").write_text("its own")
    answer = {
        "reached": reached,
        "network": network,
        "capabilities": [told[name] for name in ("CapPrm", "CapEff", "CapInh", "CapAmb")],
        "no_new_privileges": told["NoNewPrivs"],
    }
    json.dump(answer, sys.stdout)


def _connected(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as attempt:
        attempt.settimeout(1)
        attempt.connect(path)


def _forked() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _called(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, subprocess.SubprocessError):
        return False
    return True


if __name__ == "__main__":
    main()
