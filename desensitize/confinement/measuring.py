"""Find by trying how far a process can be closed off on this machine."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Lock

from desensitize.confinement.child import arguments_of
from desensitize.confinement.files import LIBRARY
from desensitize.confinement.ways import CONFINEMENTS, LIMITS_ALONE, Confinement, Way

ATTEMPTS = Path(__file__).with_name("attempts.py")
PATIENCE_SECONDS = 20.0
ONLINE = {"loopback", "socket"}

_measuring = Lock()
_found: Confinement | None = None


def measured() -> Confinement:
    """Return the surest way that held when it was tried; it is tried once in a process."""
    global _found
    with _measuring:
        if _found is None:
            _found = measure()
        return _found


def measure_anew() -> None:
    """Let the next one who asks try again: what held before has failed."""
    global _found
    with _measuring:
        _found = None


def measure() -> Confinement:
    """Start a process in one way after the other, until one reaches nothing that it must not.

    Each is given the address of a listener of this process, one in the network and one in the file
    system, and a file of this process beside its own folder.
    """
    if sys.platform != "linux":
        return LIMITS_ALONE
    return next((one for one in CONFINEMENTS if _holds(one)), LIMITS_ALONE)


def environment(work: Path) -> dict[str, str]:
    """Return all that a closed-off process is told of its environment: none of the parent's."""
    return {
        "PATH": os.defpath,
        "TMPDIR": str(work),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(LIBRARY.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _holds(confinement: Confinement) -> bool:
    try:
        with tempfile.TemporaryDirectory(prefix="confinement.") as folder:
            return _reaches_nothing(confinement, Path(folder))
    except (OSError, ValueError, subprocess.SubprocessError):
        # What was not tried to the end has proved nothing.
        return False


def _reaches_nothing(confinement: Confinement, folder: Path) -> bool:
    work, file, path = folder / "work", folder / "file", folder / "socket"
    work.mkdir()
    file.write_text("not its business", encoding="ascii")
    with socket.create_server(("127.0.0.1", 0)) as loopback, socket.socket(socket.AF_UNIX) as local:
        local.bind(str(path))
        local.listen()
        targets = {"port": loopback.getsockname()[1], "socket": str(path), "file": str(file)}
        tried = subprocess.run(
            [sys.executable, *arguments_of(confinement, program=ATTEMPTS, work=work)],
            input=json.dumps(targets),
            capture_output=True,
            cwd=work,
            env=environment(work),
            text=True,
            check=True,
            timeout=PATIENCE_SECONDS,
        )
    answer = json.loads(tried.stdout)
    reached = set(answer["reached"])
    own = answer["network"] != os.stat("/proc/self/ns/net").st_ino
    return (
        (work / "proof").exists()
        and not (confinement.is_offline and reached & ONLINE)
        and not (confinement.has_closed_files and reached - ONLINE)
        and own >= (confinement.way == Way.NAMESPACE)
    )
