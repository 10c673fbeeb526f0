"""A real worker over a real broker does what the pipeline asks for."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

from marketplace.catalog.version.selectors import latest_source_version
from marketplace.notices.models import Notice
from marketplace.notices.services import choose_emails
from marketplace.pipeline.models import SetAside
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.run.models import RunKind
from marketplace.preparation.run.selectors import last_run
from tests.given.catalog import approved_dataset
from tests.given.pipeline import catch_up
from tests.given.world import World
from tests.plugins.broker import ProcessHandle

PATIENCE = 120.0


def test_approved_data_is_profiled_and_told(celery_worker_process: ProcessHandle) -> None:
    """From the approval to the findings, and to the e-mail that says so to who asked for it."""
    world = World()
    for person in ("officer", "colleague"):
        choose_emails(wanted={"run_done": True}, by=world.actor(person))
    dataset = approved_dataset(world)
    version = latest_source_version(dataset)
    assert version is not None
    began, waiting = time.monotonic(), threading.Event()
    while Notice.objects.filter(kind="run_done").exclude(emailed_at=None).count() != 2:
        assert time.monotonic() - began < PATIENCE, celery_worker_process.output()
        catch_up()
        waiting.wait(0.1)
    run = last_run(version, RunKind.PROFILE)
    assert run is not None
    assert run.state == "done"
    assert findings_of(version).count() == version.column_count
    assert not SetAside.objects.exists()


def test_only_while_it_loads_garbage_is_looked_for_seldom() -> None:
    """Of tables a run leaves few objects behind, which would wait long to be found."""
    program = """
import gc
usual = gc.get_threshold()
from marketplace.celery import look_for_garbage_as_usual
assert gc.get_threshold()[0] == 50_000
look_for_garbage_as_usual()
assert gc.get_threshold() == usual
"""
    subprocess.run([sys.executable, "-c", program], check=True)
