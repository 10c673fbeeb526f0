"""A worker that stops at a named point until it is killed: `python -m tests.jobs.dying`.

It is given a kind of long work, the key of a job and the point, which it names when it is there.
"""

from __future__ import annotations

import signal
import sys
from importlib import import_module
from uuid import UUID

import django


def main() -> None:
    """Do the job as far as the point; the models can be read once Django is set up."""
    name, key, point = sys.argv[1:]
    django.setup()
    kind = import_module("tests.jobs.kinds").KINDS[name]

    def wait_for_death() -> None:
        print(point, flush=True)
        signal.pause()

    with import_module("tests.jobs.points").ended_at(kind, point, wait_for_death):
        kind.execute(UUID(key))


if __name__ == "__main__":
    main()
