"""Try to reach what a closed-off process must not reach, and tell what could be reached.

Run as a program by `measuring`: a JSON object of targets on standard input, a JSON answer out.
"""

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    """Try everything once."""
    targets = json.load(sys.stdin)
    tried: dict[str, Callable[[], object]] = {
        "loopback": lambda: socket.create_connection(("127.0.0.1", targets["port"]), timeout=1),
        "socket": lambda: _connect(targets["socket"]),
        "read": lambda: Path(targets["file"]).read_bytes(),
        "write": lambda: Path(targets["file"]).write_bytes(b""),
        "truncate": lambda: os.truncate(targets["file"], 0),
        "make": lambda: (Path(targets["file"]).parent / "made").mkdir(),
    }
    reached = [name for name, attempt in tried.items() if _succeeds(attempt)]
    Path("proof").write_text("written", encoding="ascii")
    answer = {"reached": reached, "network": os.stat("/proc/self/ns/net").st_ino}
    json.dump(answer, sys.stdout)


def _connect(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as attempt:
        attempt.settimeout(1)
        attempt.connect(path)


def _succeeds(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
