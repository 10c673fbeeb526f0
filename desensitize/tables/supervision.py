"""Convert an upload in a child process, so that a hostile file can neither take this one down nor
reach anybody."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from desensitize.confinement import measuring
from desensitize.confinement.child import NOT_CLOSED, arguments_of
from desensitize.confinement.ways import Confinement
from desensitize.errors import TABLE_SENTENCES, TableError
from desensitize.tables.building import built
from desensitize.tables.kinds import find_kind
from desensitize.tables.limits import Limits, TableInfo
from desensitize.tables.reading import Reading, Survey

READER = Path(__file__).with_name("child.py")
RESULT = "table.parquet"
LONGEST_ANSWER = 4 * 1024**2


def convert_in_child(
    source: Path,
    target: Path,
    *,
    filename: str,
    limits: Limits,
    sheet: str = "",
    must_be_isolated: bool = False,
) -> TableInfo:
    """Do what `convert` does in a child process with limits on memory, time and output.

    The child has no network, no privileges and no file but the one that it reads, as far as this
    machine lets a process be closed off (`confinement.measuring`).

    Raises:
        TableError: as `convert`; also `reader-timed-out`, `reader-out-of-memory` and
            `reader-crashed` when the child did not come back with an answer, and
            `reader-not-isolated` when it must be isolated and cannot, or no longer.
    """
    answer = _asked(source, target, filename, limits, must_be_isolated, {"sheet": sheet})
    return answer.info


def survey_in_child(
    source: Path,
    target: Path,
    *,
    filename: str,
    limits: Limits,
    reading: Reading | None = None,
    former: Reading | None = None,
    must_be_isolated: bool = False,
) -> Survey:
    """Do what `survey` does in a child process, closed off as that of `convert_in_child`.

    Raises:
        TableError: as `survey`, and as `convert_in_child` for what becomes of the child.
    """
    readings = {
        "reading": asdict(reading) if reading else None,
        "former": asdict(former) if former else None,
    }
    answer = _asked(source, target, filename, limits, must_be_isolated, {"survey": readings})
    return answer.survey


@dataclass(frozen=True)
class _Answer:
    """What the child said: of a table that was written, or of a file that was looked at."""

    told: TableInfo | Survey

    @property
    def info(self) -> TableInfo:
        if not isinstance(self.told, TableInfo):
            raise TableError("reader-crashed")
        return self.told

    @property
    def survey(self) -> Survey:
        if not isinstance(self.told, Survey):
            raise TableError("reader-crashed")
        return self.told

    @property
    def table(self) -> TableInfo | None:
        return self.told.info if isinstance(self.told, Survey) else self.told


def _asked(
    source: Path,
    target: Path,
    filename: str,
    limits: Limits,
    must_be_isolated: bool,
    question: dict[str, object],
) -> _Answer:
    # What name and first bytes rule out needs no process.
    find_kind(source, filename)
    confinement = measuring.measured()
    if must_be_isolated and not confinement.is_isolated:
        raise TableError("reader-not-isolated")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as made:
        work = Path(made).absolute()
        request: dict[str, object] = {
            "work": str(work),
            "source": str(_within_reach(source.absolute(), work)),
            "target": str(work / RESULT),
            "filename": filename,
            "limits": asdict(limits),
            **question,
        }
        answer = _read(request, work, confinement, limits)
        if answer.table is not None:
            _take(work / RESULT, target)
    return answer


def _within_reach(source: Path, work: Path) -> Path:
    # Without its privileges root cannot read what belongs to another.
    if os.geteuid() or not source.stat().st_uid:
        return source
    return Path(shutil.copyfile(source, work / "source"))


def _read(
    request: dict[str, object], work: Path, confinement: Confinement, limits: Limits
) -> _Answer:
    reads = [Path(str(request["source"]))]
    words = arguments_of(confinement, program=READER, work=work, reads=reads)
    with tempfile.TemporaryFile(dir=work) as output:
        child = subprocess.Popen(
            [sys.executable, *words],
            stdin=subprocess.PIPE,
            # Whoever owns the child could fill a pipe, and with it this process, without an end.
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=work,
            env=_environment(work),
            start_new_session=True,
        )
        try:
            child.communicate(json.dumps(request).encode(), timeout=limits.max_seconds)
        except subprocess.TimeoutExpired as error:
            raise TableError("reader-timed-out", seconds=f"{limits.max_seconds:g}") from error
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.communicate()
        output.seek(0)
        return _answer(child.returncode, output.read(LONGEST_ANSWER), limits)


def _answer(returncode: int, output: bytes, limits: Limits) -> _Answer:
    """Return what the child says, which is a stranger's word once its file has broken it."""
    if returncode == -signal.SIGXCPU:
        raise TableError("reader-timed-out", seconds=f"{limits.max_seconds:g}")
    if returncode == -signal.SIGABRT:
        # So native code ends when it is refused memory.
        raise TableError("reader-out-of-memory")
    if returncode == NOT_CLOSED:
        measuring.measure_anew()
        raise TableError("reader-not-isolated")
    if returncode != 0:
        raise TableError("reader-crashed")
    try:
        answer = json.loads(output)
        if "code" in answer:
            raise _refusal(**answer)
        told: TableInfo | Survey = (
            built(Survey, answer["survey"])
            if "survey" in answer
            else built(TableInfo, answer["info"])
        )
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise TableError("reader-crashed") from error
    found = _Answer(told)
    info = found.table
    if isinstance(told, Survey) and told.refusal and told.refusal not in TABLE_SENTENCES:
        raise TableError("reader-crashed")
    if info is not None and (
        info.form is None or info.rows > limits.max_rows or len(info.columns) > limits.max_columns
    ):
        raise TableError("reader-crashed")
    return found


def _refusal(code: str, parameters: dict[str, str | int | float]) -> TableError:
    if code not in TABLE_SENTENCES:
        raise LookupError
    if not all(isinstance(value, str | int | float) for value in parameters.values()):
        raise TypeError
    return TableError(code, **parameters)


def _take(result: Path, target: Path) -> None:
    """Let what the child wrote stand under the target's name, if it is a file of its own."""
    try:
        found = result.lstat()
    except FileNotFoundError as error:
        raise TableError("reader-crashed") from error
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise TableError("reader-crashed")
    os.replace(result, target)


def _environment(work: Path) -> dict[str, str]:
    # Nothing of the parent's environment: a broken parser must find no secret there.
    return measuring.environment(work) | {
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "POLARS_MAX_THREADS": "2",
        "OMP_NUM_THREADS": "1",
    }
