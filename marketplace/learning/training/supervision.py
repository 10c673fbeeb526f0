"""Start the child that trains, relay how far it is, and take what it wrote."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

from desensitize.confinement import measuring
from desensitize.confinement.child import NOT_CLOSED, arguments_of
from marketplace.learning.training.declaration import Declaration
from marketplace.learning.training.errors import SENTENCES, TrainingError

CHILD = Path(__file__).with_name("child.py")
MODEL = "model.onnx"
LONGEST_LINE = 4 * 1024**2

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Limits:
    """Bound one training: time in seconds of wall clock, memory and model in bytes."""

    most_seconds: float = 1800.0
    most_bytes: int = 4 * 1024**3


@dataclass(frozen=True)
class FormerFile:
    """A model that was trained before: where its bytes are, and what its card says of its shards.

    Its shards are kept whose rows are the same.
    """

    path: Path
    shards: Sequence[Mapping[str, Any]]


LIMITS = Limits()


def train_in_child(
    sources: Sequence[Path],
    declaration: Declaration,
    target: Path,
    *,
    former: FormerFile | None = None,
    limits: Limits = LIMITS,
    must_be_isolated: bool = False,
    tell: Tell = lambda _share, _step: None,
) -> dict[str, Any]:
    """Do what `work.train` does in a child that is closed off as this machine lets it be.

    `tell` may raise: then the child is ended, and so is this.

    Raises:
        TrainingError: as `train`; and where the child took too long, too much, or broke off.
    """
    confinement = measuring.measured()
    if must_be_isolated and not confinement.is_isolated:
        raise TrainingError("training-not-isolated")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".training.") as made:
        work = Path(made).absolute()
        given = [*sources, *([former.path] if former else [])]
        reads = [
            _within_reach(source.absolute(), work, place) for place, source in enumerate(given)
        ]
        request = {
            "sources": [str(path) for path in reads[: len(sources)]],
            "former": former and {"model": str(reads[-1]), "shards": list(former.shards)},
            "offered": None,
            "target": str(work / MODEL),
            "declaration": declaration.as_dict(),
            "most_bytes": limits.most_bytes,
            "most_seconds": limits.most_seconds,
        }
        words = arguments_of(confinement, program=CHILD, work=work, reads=[*reads, CHILD.parent])
        report = _asked(words, request, work, declaration.threads, limits, tell)
        _take(work / MODEL, target)
    return report


def measure_in_child(
    sources: Sequence[Path],
    declaration: Declaration,
    offered: Mapping[str, Any],
    folder: Path,
    *,
    limits: Limits = LIMITS,
    must_be_isolated: bool = False,
    tell: Tell = lambda _share, _step: None,
) -> dict[str, Any]:
    """Do what `measuring.measure` does in a child that is closed off.

    `sources` are the rows held out, the buyer's own and, where these may be looked at, those on
    offer; `offered` is as `measuring.Offered.as_dict` writes it. What comes out is exact. `tell`
    may raise: then the child is ended, and so is this.

    Raises:
        TrainingError: as `measure`; and where the child took too long, too much, or broke off.
    """
    confinement = measuring.measured()
    if must_be_isolated and not confinement.is_isolated:
        raise TrainingError("training-not-isolated")
    with tempfile.TemporaryDirectory(dir=folder, prefix=".measuring.") as made:
        work = Path(made).absolute()
        reads = [
            _within_reach(source.absolute(), work, place) for place, source in enumerate(sources)
        ]
        request = {
            "sources": [str(path) for path in reads],
            "declaration": declaration.as_dict(),
            "offered": dict(offered),
            "most_bytes": limits.most_bytes,
            "most_seconds": limits.most_seconds,
        }
        words = arguments_of(confinement, program=CHILD, work=work, reads=[*reads, CHILD.parent])
        return _asked(words, request, work, declaration.threads, limits, tell)


def _within_reach(source: Path, work: Path, place: int) -> Path:
    # Without its privileges root cannot read what belongs to another.
    if os.geteuid() or not source.stat().st_uid:
        return source
    return Path(shutil.copyfile(source, work / f"source-{place}"))


def _asked(
    words: Sequence[str],
    request: Mapping[str, Any],
    work: Path,
    threads: int,
    limits: Limits,
    tell: Tell,
) -> dict[str, Any]:
    child = subprocess.Popen(
        [sys.executable, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=work,
        env=_environment(work, threads),
        start_new_session=True,
    )
    assert child.stdin is not None, "a pipe"
    assert child.stdout is not None, "a pipe"
    is_late = []

    def end() -> None:
        is_late.append(True)
        _kill(child)

    timer = Timer(limits.most_seconds, end)
    timer.start()
    answer: dict[str, Any] = {}
    try:
        child.stdin.write(json.dumps(request).encode())
        child.stdin.close()
        while line := child.stdout.readline(LONGEST_LINE):
            answer = _read(line)
            if "share" in answer:
                tell(min(1.0, max(0.0, float(answer["share"]))), str(answer["step"]))
        child.wait()
    except BrokenPipeError:
        child.wait()
    finally:
        timer.cancel()
        _kill(child)
        child.stdout.close()
        child.wait()
    if is_late:
        raise TrainingError("training-timed-out", seconds=round(limits.most_seconds))
    return _answered(child.returncode, answer, limits)


def _kill(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)


def _read(line: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise TrainingError("training-crashed") from error
    if not isinstance(answer, dict):
        raise TrainingError("training-crashed")
    return answer


def _answered(returncode: int, answer: dict[str, Any], limits: Limits) -> dict[str, Any]:
    if returncode == NOT_CLOSED:
        measuring.measure_anew()
        raise TrainingError("training-not-isolated")
    if returncode == -signal.SIGXCPU:
        raise TrainingError("training-timed-out", seconds=round(limits.most_seconds))
    if answer.get("code") in SENTENCES:
        raise TrainingError(answer["code"], **answer["parameters"])
    if returncode != 0:
        # So native code ends when it is refused memory: killed, or with an error of its own.
        raise TrainingError("training-out-of-memory")
    report = answer.get("report")
    if not isinstance(report, dict):
        raise TrainingError("training-crashed")
    return report


def _take(result: Path, target: Path) -> None:
    """Let what the child wrote stand under the target's name, if it is a file of its own."""
    try:
        found = result.lstat()
    except FileNotFoundError as error:
        raise TrainingError("training-crashed") from error
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise TrainingError("training-crashed")
    os.replace(result, target)


def _environment(work: Path, threads: int) -> dict[str, str]:
    # Nothing of the parent's environment; the order of sets must not change what is written.
    return measuring.environment(work) | {
        "PYTHONHASHSEED": "0",
        "POLARS_MAX_THREADS": str(threads),
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
    }
