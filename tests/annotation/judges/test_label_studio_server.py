"""Label Studio's own server takes the bytes that leave by our doors, and gives back what comes in.

A server of its own for these tests, on this machine alone, with SQLite, and told to report nothing
to its maker. It needs 800 MB of packages, so it is asked in campaigns.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from django.urls import reverse

from marketplace.annotation.batch.models import Task
from marketplace.annotation.formats.label_studio import read_tasks
from tests.annotation.judges.conftest import Built
from tests.annotation.judges.test_at_the_doors import saved, unpacked
from tests.conftest import ApiClients
from tests.given import annotation as given
from tests.given.told import free_port
from tests.given.world import World

pytestmark = pytest.mark.campaign
NAME = "label-studio-server"
PATIENCE = 600
SILENT = {
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "FEATURE_FLAGS_OFFLINE": "true",
}


@dataclass(frozen=True)
class LabelStudio:
    """A server that answers, and the token of a user of it."""

    address: str
    token: str

    def ask(self, path: str, body: Any = None) -> Any:
        """Send a request of its API, and return what it answers."""
        request = urllib.request.Request(
            f"{self.address}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Token {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read())

    def project(self, folder: Path) -> int:
        """Make a project of a configuration and tasks that left by a door; return its number."""
        config = (folder / "config.xml").read_text(encoding="utf-8")
        made = self.ask("/api/projects/", {"title": folder.name, "label_config": config})
        tasks = json.loads((folder / "tasks.json").read_bytes())
        told = self.ask(f"/api/projects/{made['id']}/import", tasks)
        assert told["task_count"] == len(tasks)
        return int(made["id"])

    def tasks(self, project: int) -> list[dict[str, Any]]:
        """Return the tasks of a project with all that is said of them."""
        found = self.ask(f"/api/tasks?project={project}&fields=all&page_size=1000")
        tasks: list[dict[str, Any]] = found["tasks"]
        return tasks

    def exported(self, project: int) -> list[dict[str, Any]]:
        """Return its export of a project, as JSON."""
        found: list[dict[str, Any]] = self.ask(f"/api/projects/{project}/export?exportType=JSON")
        return found


@pytest.fixture(scope="module")
def label_studio(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabelStudio]:
    """Yield a running server with a user whose token its command line made."""
    python, folder = built(NAME), tmp_path_factory.mktemp("label-studio")
    port, token = free_port(), secrets.token_hex(20)
    words = [
        *("start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(port)),
        *("--data-dir", str(folder / "data"), "--enable-legacy-api-token", "--user-token", token),
        *("--username", "annotator@example.org", "--password", secrets.token_urlsafe()),
    ]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [python.with_name("label-studio"), *words],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), **SILENT},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        made = LabelStudio(f"http://127.0.0.1:{port}", token)
        _until_it_answers(made, server, folder / "log")
        yield made
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _until_it_answers(made: LabelStudio, server: subprocess.Popen[bytes], log: Path) -> None:
    began, waiting = time.monotonic(), threading.Event()
    while True:
        try:
            made.ask("/api/projects/")
            return
        except (URLError, ConnectionError):
            assert server.poll() is None, log.read_text()[-3000:]
            assert time.monotonic() - began < PATIENCE, log.read_text()[-3000:]
            waiting.wait(0.5)


def choices(code: str) -> list[dict[str, Any]]:
    """Return a label as its pages make it."""
    return [
        {
            "from_name": "label",
            "to_name": "text",
            "type": "choices",
            "value": {"choices": [code]},
        }
    ]


def test_the_server_takes_a_set_and_we_take_its_export(
    world: World, api_of: ApiClients, label_studio: LabelStudio, tmp_path: Path
) -> None:
    """Every label of the set is there; what is added there is read beside them."""
    made = given.made(world)
    content = saved(api_of, "officer", "api_save_labels_for_label_studio", made.pk)
    folder = unpacked(content, tmp_path / "set")
    sent = json.loads((folder / "tasks.json").read_bytes())
    project = label_studio.project(folder)
    there = label_studio.tasks(project)
    assert [one["data"] for one in there] == [one["data"] for one in sent]
    for kind in ("annotations", "predictions"):
        assert [[each["result"] for each in one[kind]] for one in there] == [
            [each["result"] for each in one[kind]] for one in sent
        ]
    label_studio.ask(
        f"/api/tasks/{there[0]['id']}/annotations/", {"result": choices("high"), "lead_time": 2.5}
    )
    scheme = made.project.scheme
    read = read_tasks(label_studio.exported(project), scheme)
    ours = read_tasks(sent, scheme)
    assert [one.accepted for one in read] == [one.accepted for one in ours]
    first, *others = [[each.value for each in one.labels] for one in read]
    own, *same = [[each.value for each in one.labels] for one in ours]
    assert others == same
    assert len(first) == len(own) + 1
    assert [one for one in first if one in own or one.classes == ("high",)] == first


def test_a_batch_is_labelled_there_and_comes_in(
    world: World, api_of: ApiClients, label_studio: LabelStudio, tmp_path: Path
) -> None:
    """By its API, as its pages do; each label is the annotator's own, and it is handed in."""
    batch = given.taken(world)
    content = saved(api_of, "annotator", "api_save_batch_items", batch.pk)
    project = label_studio.project(unpacked(content, tmp_path / "batch"))
    for task in label_studio.tasks(project):
        label_studio.ask(
            f"/api/tasks/{task['id']}/annotations/",
            {"result": choices("low"), "lead_time": 3.2},
        )
    taken = api_of("annotator").post(
        reverse("api_take_labels_in", args=[batch.pk]), {"tasks": label_studio.exported(project)}
    )
    assert taken.status_code == 200, taken.content
    answers = Task.objects.filter(batch=batch).values_list("answer", flat=True)
    assert [one and one["classes"] for one in answers] == [["low"]] * len(answers)
    handed = api_of("annotator").post(reverse("api_hand_in_batch", args=[batch.pk]))
    assert handed.status_code == 200
