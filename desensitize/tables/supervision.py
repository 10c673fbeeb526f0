"""Convert an upload in a child process, so that a hostile file cannot take this one down."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from desensitize.errors import TableError
from desensitize.tables.kinds import find_kind
from desensitize.tables.limits import ColumnInfo, FileForm, Limits, TableInfo

LIBRARY_FOLDER = Path(__file__).resolve().parents[2]


def convert_in_child(
    source: Path, target: Path, *, filename: str, limits: Limits, sheet: str = ""
) -> TableInfo:
    """Do what `convert` does in a child process with limits on memory, time and output.

    Raises:
        TableError: as `convert`; also `reader-timed-out`, `reader-out-of-memory` and
            `reader-crashed` when the child did not come back with an answer.
    """
    # What name and first bytes rule out needs no process.
    find_kind(source, filename)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as work:
        request = json.dumps(
            {
                "work": str(Path(work).absolute()),
                "source": str(source.absolute()),
                "target": str(target.absolute()),
                "filename": filename,
                "limits": asdict(limits),
                "sheet": sheet,
            }
        )
        child = subprocess.Popen(
            [sys.executable, "-m", "desensitize.tables.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(work),
            start_new_session=True,
            text=True,
        )
        try:
            output, _ = child.communicate(request, timeout=limits.max_seconds)
        except subprocess.TimeoutExpired as error:
            raise TableError("reader-timed-out", seconds=f"{limits.max_seconds:g}") from error
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.communicate()
    return _answer(child.returncode, output, limits)


def _answer(returncode: int, output: str, limits: Limits) -> TableInfo:
    if returncode == -signal.SIGXCPU:
        raise TableError("reader-timed-out", seconds=f"{limits.max_seconds:g}")
    if returncode == -signal.SIGABRT:
        # So native code ends when it is refused memory.
        raise TableError("reader-out-of-memory")
    try:
        answer = json.loads(output)
    except ValueError as error:
        raise TableError("reader-crashed") from error
    if returncode != 0:
        raise TableError("reader-crashed")
    if "code" in answer:
        raise TableError(answer["code"], **answer["parameters"])
    info = answer["info"]
    columns = tuple(ColumnInfo(**column) for column in info.pop("columns"))
    form = FileForm(**info.pop("form"))
    return TableInfo(columns=columns, form=form, **info)


def _environment(work: str) -> dict[str, str]:
    # Nothing of the parent's environment: a broken parser must find no secret there.
    return {
        "PATH": os.defpath,
        "TMPDIR": work,
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(LIBRARY_FOLDER),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "POLARS_MAX_THREADS": "2",
        "OMP_NUM_THREADS": "1",
    }
