"""What the benchmark of labelling does inside Django, once it is set up."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from benchmarks.figures import Figure
from marketplace.accounts.roles import Role
from marketplace.annotation.batch.services import take_batch
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.services import (
    open_labelling,
    publish_labelling,
    set_gold,
    write_guideline,
)
from marketplace.catalog.version.models import DatasetVersion
from tests.given import annotation
from tests.given.preparation import masked_version, people
from tests.given.rights import certified
from tests.given.world import World, build_world, invite, new_session

PERCENT = 0.95
MOST_OF_A_BATCH = 50
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = re.compile(r'action="(/labelling-items/[^"]+/label/)"')


@dataclass
class AtWork:
    """An annotator with an open batch, signed in; what was asked for, in milliseconds."""

    session: str
    batch: str
    pages: list[float] = field(default_factory=list)
    labels: list[float] = field(default_factory=list)


def annotators(count: int, seconds: float, pace: float) -> list[AtWork]:
    """Let so many people label one project, and give each a batch that lasts."""
    build_world()
    world = World()
    each = min(MOST_OF_A_BATCH, int(seconds / pace) + 3)
    rows = max(60, count * each + 20)
    version = masked_version(world, table=people(rows))
    certified(world, dataset=version.dataset)
    names = [f"annotator{number}" for number in range(count)]
    organization = annotation.service(world, "labeller", "Evergreen Labelling")
    for name in names:
        invite(world, "labeller", name, {Role.ANNOTATOR})
    project = _published(world, version, organization, rows=rows, batch_size=each)
    at_work = []
    for name in names:
        annotation.begin(world, project, name)
        batch = take_batch(project.pk, by=world.actor(name))
        at_work.append(AtWork(new_session(world.person(name)), f"/batches-of-items/{batch.pk}/"))
    return at_work


def _published(
    world: World, version: DatasetVersion, organization: UUID, **changes: int
) -> LabellingProject:
    officer = world.actor("officer")
    plan = annotation.plan([organization], overlap_percent=0, price=Decimal("0.01"), **changes)
    project = open_labelling(version.pk, plan=plan, by=officer)
    write_guideline(project.pk, text=annotation.GUIDELINE, examples="", by=officer)
    for row in annotation.GOLD_ROWS:
        set_gold(project.pk, row=row, answer=annotation.HIGH, by=officer)
    annotation.funded(world, project)
    return publish_labelling(project.pk, by=officer)


def measured(
    port: int, at_work: list[AtWork], seconds: float, pace: float, bar: float
) -> Iterator[Figure]:
    """Let all label at once, each at the pace, and say the times of pages and labels."""
    began = time.perf_counter() + 1
    with ThreadPoolExecutor(len(at_work)) as pool:
        labelling = [
            pool.submit(_label, port, one, began + pace * number / len(at_work), seconds, pace)
            for number, one in enumerate(at_work)
        ]
        for each in labelling:
            each.result()
    note = f"{len(at_work)} annotators, an item each {pace:g} s, PostgreSQL, gunicorn, 2 workers"
    for what, times in (
        ("the page of an item, 95th percentile", [t for one in at_work for t in one.pages]),
        ("to label it, 95th percentile", [t for one in at_work for t in one.labels]),
    ):
        if len(times) < len(at_work):
            raise RuntimeError(f"Only {len(times)} of {what}.")
        late = sorted(times)[int(len(times) * PERCENT)]
        yield Figure(what, late, bar, unit="ms", note=f"{len(times):,} times, {note}")


def _label(port: int, one: AtWork, due: float, seconds: float, pace: float) -> None:
    cookies = {settings.SESSION_COOKIE_NAME: one.session}
    last = due + seconds
    while due < last:
        time.sleep(max(0.0, due - time.perf_counter()))
        page = _timed(port, cookies, one.batch, None, one.pages)
        form, token = FORM.search(page), TOKEN.search(page)
        if form is None or token is None:
            raise RuntimeError(f"{one.batch} has no item left to label.")
        sent = {"csrfmiddlewaretoken": token[1], "classes": "low", "skipped": ""}
        _timed(port, cookies, form[1], sent, one.labels)
        due += pace


def _timed(
    port: int, cookies: dict[str, str], path: str, sent: dict[str, str] | None, times: list[float]
) -> str:
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Referer": f"http://127.0.0.1:{port}/",
    }
    if sent is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    began = time.perf_counter()
    # Each time another connection: a server ends one on which nobody asks for some seconds.
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = None if sent is None else urlencode(sent)
        connection.request("GET" if sent is None else "POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read().decode()
    finally:
        connection.close()
    times.append((time.perf_counter() - began) * 1000)
    if answer.status != (200 if sent is None else 302):
        raise RuntimeError(f"{path} answered {answer.status}: {content[:300]}")
    for name, value in answer.getheaders():
        if name.lower() == "set-cookie":
            key, _equals, rest = value.partition("=")
            cookies[key] = rest.split(";")[0]
    return content
