"""The one-file verifier as a program: taken away, and where it lies."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from marketplace.ledger.verifier import verify
from marketplace.ledger.verifier.verify import REFUSED, UNKNOWN, VERIFIED
from tests.ledger import signed_files as files

PROGRAM = Path(verify.__file__)


def run(*arguments: str | Path, alone: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the program alone, as who took it away does, or with all that Python finds beside it."""
    return subprocess.run(
        [sys.executable, *(["-I"] if alone else []), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_program_stands_alone(tmp_path: Path) -> None:
    """Taken to an empty folder: its exit codes and its words."""
    program, certificate = tmp_path / "verify.py", tmp_path / "certificate.json"
    shutil.copy(PROGRAM, program)
    certificate.write_bytes(files.credential())
    (tmp_path / "trust.json").write_text(json.dumps(files.trust_file()))
    (tmp_path / "list.json").write_bytes(files.status_list(4711))
    at = ("--at", "2026-11-25")
    trust = ("--trust", tmp_path / "trust.json")
    unknown = run(program, certificate, *at)
    assert (unknown.returncode, unknown.stderr) == (UNKNOWN, "")
    assert "Issuer unknown" in unknown.stdout
    assert "Status unknown" in unknown.stdout
    good = run(program, certificate, *at, *trust)
    assert (good.returncode, good.stdout.splitlines()[-1]) == (VERIFIED, "VERIFIED")
    bad = run(program, certificate, *at, *trust, "--status", tmp_path / "list.json")
    assert (bad.returncode, bad.stdout) == (REFUSED, "REFUSED: It is suspended.\n")
    gone = run(program, tmp_path / "nothing.json")
    assert gone.returncode == REFUSED


def test_the_program_runs_where_it_lies(tmp_path: Path) -> None:
    """Nothing beside it has the name of a module of Python, which it would be taken for."""
    certificate = tmp_path / "certificate.json"
    certificate.write_bytes(files.credential())
    found = run(PROGRAM, certificate, "--at", "2026-11-25", alone=False)
    assert (found.returncode, found.stderr) == (UNKNOWN, "")
    beside = {path.stem for path in PROGRAM.parent.glob("*.py")} - {PROGRAM.stem, "__init__"}
    assert not beside & sys.stdlib_module_names
