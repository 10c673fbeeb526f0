"""Run one conversion in a process of its own, under limits that only the system can keep.

A program for `desensitize.confinement.child`, which has closed the process off: a JSON request on
standard input, a JSON answer on standard output.
"""

import errno
import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desensitize.errors import TableError
from desensitize.tables.building import built
from desensitize.tables.conversion import convert_within
from desensitize.tables.limits import Limits
from desensitize.tables.reading import Reading
from desensitize.tables.survey import survey_within

ALLOWED_GROWTH = 4


def main() -> int:
    """Return one request; refusals are answers too."""
    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    written = limits.max_bytes * ALLOWED_GROWTH
    _restrict(limits, written)
    answer: dict[str, object]
    try:
        answer = _answer(request, limits)
    except TableError as refusal:
        error = refusal
        if refusal.parameters.get("reason") == os.strerror(errno.EFBIG):
            # Not the disk but the limit below has stopped the writing.
            error = TableError("result-too-large", limit=written)
        answer = {"code": error.code, "parameters": error.parameters}
    except MemoryError:
        answer = {"code": "reader-out-of-memory", "parameters": {}}
    json.dump(answer, sys.stdout)
    return 0


def _answer(request: dict[str, Any], limits: Limits) -> dict[str, object]:
    work, source, target = (Path(request[name]) for name in ("work", "source", "target"))
    filename = request["filename"]
    if "survey" not in request:
        info = convert_within(
            work, source, target, filename=filename, limits=limits, sheet=request["sheet"]
        )
        return {"info": asdict(info)}
    reading, former = (
        built(Reading, given) if given else None
        for given in (request["survey"]["reading"], request["survey"]["former"])
    )
    found = survey_within(
        work, source, target, filename=filename, limits=limits, reading=reading, former=former
    )
    return {"survey": asdict(found)}


def _restrict(limits: Limits, written: int) -> None:
    if sys.platform == "linux":
        # What the imports have taken already is no part of the file's allowance.
        data = _taken("VmData") + limits.max_memory_bytes
        resource.setrlimit(resource.RLIMIT_DATA, (data, data))
        # Files that are mapped to be read take addresses and no memory of their own.
        space = _taken("VmSize") + limits.max_memory_bytes + written
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
    seconds = max(1, int(limits.max_seconds) + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds * 2, seconds * 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _taken(name: str) -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) * 1024
    return 0


if __name__ == "__main__":
    sys.exit(main())
