"""`run_pipeline` that kills itself with SIGKILL at a named point: `python -m tests.ledger.dying`.

It runs as ever until its standard input names a point, and is then started anew. Nothing in the
centre knows of it: points are statements and calls of functions, watched from outside.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

POINTS = {
    "before the sealer's row is looked for": "before read ledger_sealer",
    "with the sealer's row locked": "after read ledger_sealer 2",
    "with the entries read": "before read ledger_head",
    "with the database found to be no older one": "after read ledger_head",
    "with the signing key read": "after read ledger_signingkey",
    "before the leaves are written": "before leaves",
    "with the leaves written": "after leaves",
    "with the salts written": "after write ledger_salts",
    "before a tile is written": "before write ledger_tile",
    "with a tile written": "after write ledger_tile",
    "before the head is written": "before write ledger_head",
    "with the head written": "after write ledger_head",
    "before the checkpoint is written": "before write ledger_checkpoint",
    "with the checkpoint written": "after write ledger_checkpoint",
    "before the batch is committed": "before commit ledger_checkpoint",
    "with the batch committed": "after commit ledger_checkpoint",
    "before the head is kept outside": "before fsync",
    "with the head half kept outside": "after fsync",
    "with the head in its place outside": "after rename",
    "before the cursor is committed": "before commit pipeline_cursor",
}
"""What each point is called, and the event that it stands for."""

STATEMENT = re.compile(r'(?:(INSERT INTO|UPDATE|DELETE FROM)|SELECT .*? FROM) "(\w+)"', re.DOTALL)


class Killer:
    """Sees what happens, and kills this process when it is what was asked for."""

    def __init__(self) -> None:
        self.event = ""
        self._seen: Counter[str] = Counter()
        self._written = ""

    def sees(self, event: str) -> None:
        """Count an event since the last commit, and end here where it is the one."""
        self._seen[event] += 1
        if self.event in (event, f"{event} {self._seen[event]}"):
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        """Run a statement of a transaction between two events."""
        match = STATEMENT.match(sql)
        if match is None or not given[-1]["connection"].in_atomic_block:
            return execute(sql, *given)
        what = f"{'write' if match[1] else 'read'} {match[2]}"
        self.sees(f"before {what}")
        answer = execute(sql, *given)
        if match[1]:
            self._written = match[2]
        self.sees(f"after {what}")
        return answer

    def commit(self, commit: Callable[[], None]) -> None:
        """Commit between two events that name the table that was written last."""
        what = f"commit {self._written}"
        self.sees(f"before {what}")
        commit()
        self._seen.clear()
        self.sees(f"after {what}")

    def call(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that calls another one between two events."""

        def called(*given: Any) -> Any:
            self.sees(f"before {name}")
            answer = function(*given)
            self.sees(f"after {name}")
            return answer

        return called


def run() -> None:
    """Run the pipeline under a killer that takes its order from the standard input."""
    connection: Any = django.db.connection
    killer = Killer()
    connection.execute_wrappers.append(killer.statement)
    commit = connection.commit
    connection.commit = lambda: killer.commit(commit)
    sealing: Any = import_module("marketplace.ledger.services.sealing")
    sealing.write_leaves = killer.call("leaves", sealing.write_leaves)
    os.fsync = killer.call("fsync", os.fsync)
    Path.replace = killer.call("rename", Path.replace)  # type: ignore[method-assign]

    def listen() -> None:
        killer.event = POINTS[os.read(sys.stdin.fileno(), 1000).decode().strip()]

    threading.Thread(target=listen, daemon=True).start()
    call_command("run_pipeline")


def main() -> None:
    """Start a pipeline, and another one as soon as it is dead, and tell how each ended.

    `--fresh` starts an interpreter for each; else they are forked from this one, which is faster.
    """
    django.setup()
    if "--child" in sys.argv:
        run()
        return
    import_module("marketplace.pipeline.management.commands.run_pipeline")
    while True:
        child = os.fork()
        if not child:
            if "--fresh" in sys.argv:
                program = [sys.executable, "-m", "tests.ledger.dying", "--child"]
                os.execv(sys.executable, program)
            run()
            return
        _child, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
