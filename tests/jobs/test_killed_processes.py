"""`kill -9` of a worker process at each point of each kind of long work."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from marketplace.jobs.models import Job
from marketplace.vault.services import clear_abandoned_work_folders
from tests.given.world import World
from tests.jobs.kinds import KINDS, SYSTEM, Kind, counted
from tests.jobs.points import POINTS
from tests.jobs.test_killed import assert_done_once
from tests.plugins.broker import database_environment

pytestmark = [pytest.mark.postgres]
ROOT = Path(__file__).parents[2]
PATIENCE = 120.0


@pytest.fixture
def world(committed_database: None) -> World:
    """Return a world that other processes see."""
    return World()


def killed_at(name: str, job: Job, point: str) -> None:
    """Start a worker in a process of its own, and kill it with all that it started at a point."""
    program = [sys.executable, "-m", "tests.jobs.dying", name, str(job.pk), point]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(
            program,
            cwd=ROOT,
            env={
                **os.environ,
                **database_environment(),
                "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
                **reachable(job),
            },
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        ) as worker,
    ):
        assert worker.stdout is not None
        told, _writable, _broken = select.select([worker.stdout], [], [], PATIENCE)
        reached = worker.stdout.readline().decode().strip() if told else ""
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
        status = worker.wait()
        log.seek(0)
        assert (reached, status) == (point, -signal.SIGKILL), log.read().decode()


def reachable(job: Job) -> dict[str, str]:
    """Let a worker reach the server of a job's source, which is on this machine."""
    source = getattr(job, "source", None)
    if source is None:
        return {}
    return {"CENTRE_SOURCE_NETWORKS": "127.0.0.0/8", "CENTRE_SOURCE_PORTS": str(source.port)}


def wait_until_forgotten(kind: Kind, job: Job) -> None:
    """Wait until the database has undone what a dead worker held."""
    with transaction.atomic():
        kind.queue.rows(SYSTEM).model.objects.select_for_update().get(pk=job.pk)


@pytest.mark.drawn(4, of="processes killed, cut off or raced")
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("name", KINDS)
def test_a_killed_process_loses_doubles_and_blocks_nothing(
    name: str, point: str, job_of: Any
) -> None:
    """What it left in its work folder is cleared, and another worker does the job."""
    kind, job = KINDS[name], job_of(name)
    before = counted()
    killed_at(name, job, point)
    wait_until_forgotten(kind, job)
    clear_abandoned_work_folders()
    assert_done_once(kind, job, point, before)
