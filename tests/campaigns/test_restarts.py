"""PostgreSQL restarts, refuses and holds locks under a load; afterwards all promised is there."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from email import message_from_string
from email.policy import default
from pathlib import Path
from threading import Event
from uuid import UUID

import psycopg
import pytest
import redis
from django.db import connection, connections
from django.utils import translation
from pytest_django import Settings

from marketplace.accounts.letter.models import Letter
from marketplace.annotation.batch.models import Label
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.use.selectors import metered
from marketplace.embedded import centre as parts
from marketplace.embedded.children import RunningChild
from marketplace.embedded.sockets import broker_socket, embedded_broker_url
from marketplace.ledger.models import Entry
from marketplace.notices.kinds import KINDS, Email
from marketplace.notices.models import Notice
from marketplace.notices.texts import worded
from marketplace.pipeline.broker import QUEUE
from marketplace.pipeline.models import SetAside
from marketplace.trading.orders.order.models import Order
from tests.campaigns.busy import Load, alone, read
from tests.campaigns.client import Ask
from tests.campaigns.serving import ROOT, Site, free_port, gunicorn, pipeline, tokens_of
from tests.campaigns.trade import ONCE, check_money, settled
from tests.given import annotation as labelling
from tests.given import delivery, learning, trading
from tests.given.world import World
from tests.notices.test_emailing import TAKEN, TakesEverything, mail_server
from tests.plugins.broker import ProcessHandle
from tests.plugins.copies import read_dump, write_dump
from tests.plugins.postgres import EmbeddedPostgres

pytestmark = [pytest.mark.postgres]

STUCK = 60.0
"""Seconds after the last fault in which everything has happened."""
QUOTA = 100_000
SENT = Notice.objects.exclude(emailed_at=None)
ON_WISH = [code for code, kind in KINDS.items() if kind.email is Email.ON_WISH]
OWED = Notice.objects.filter(emailed_at=None, read_at=None).exclude(kind__in=ON_WISH)
PEOPLE = (
    *("officer", "buyer", "treasurer", "second_treasurer", "administrator", "reviewer"),
    "annotator",
)


HELD_SECONDS = 60.0
"""In which people at work make the centre send letters."""
AWAY_SECONDS = 3.0
"""How long a fault lasts, unless the letters that were queued have met it before."""
Fault = Callable[[EmbeddedPostgres], AbstractContextManager[None]]


class Mailbox:
    """Whether the mail server takes messages, or lets them wait at its door."""

    def __init__(self) -> None:
        self._is_open = Event()
        self.open()

    def open(self) -> None:
        """Take what waits and what comes."""
        self._is_open.set()
        self.holds = 0

    def close(self) -> None:
        """Let what comes wait."""
        self._is_open.clear()

    def enter(self) -> None:
        """Wait until the door is open."""
        if not self._is_open.is_set():
            self.holds += 1
            self._is_open.wait(STUCK)


MAILBOX = Mailbox()


class TakesWhenOpen(TakesEverything):
    """Takes everything, once the mailbox is open."""

    def handle(self) -> None:
        """Wait at the door, then answer each command."""
        MAILBOX.enter()
        super().handle()


def within(seconds: float, happens: Callable[[], bool]) -> bool:
    """Look until it happens; return whether it did."""
    until = time.monotonic() + seconds
    while not (happened := happens()) and time.monotonic() < until:
        Event().wait(0.02)
    return happened


@dataclass(frozen=True)
class Centre:
    """A centre under load, on a PostgreSQL of its own."""

    server: EmbeddedPostgres
    load: Load
    queued: Callable[[], int]
    sent_before: set[UUID]
    other_letters: int


@pytest.fixture
def centre(
    at_once: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Centre]:
    """Yield a running centre: web server, loop, broker, worker and a mail server."""
    world = World()
    listing = trading.published(world)
    project = labelling.qualified(world)
    grant = learning.sold(world, "scoring", quota=QUOTA)
    secret = delivery.keyed(world, grant=grant).secret
    tokens = tokens_of(*PEOPLE)
    # What was acknowledged is on the disk: only the machine's own death may lose it.
    server = EmbeddedPostgres(settings={"synchronous_commit": "on"})
    TAKEN.clear()
    MAILBOX.open()
    with ExitStack() as running, mail_server(TakesWhenOpen, settings):
        running.callback(server.stop)
        environment = {
            "DATABASE_URL": server.start(),
            "BROKER_URL": embedded_broker_url(tmp_path),
            "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
            "DJANGO_SETTINGS_MODULE": "tests.campaigns.posting",
            "CENTRE_WEB_LOCK_SECONDS": "1",
            "CENTRE_WORK_LOCK_SECONDS": "2",
        }
        dump, port = tmp_path / "world.sql", free_port()
        write_dump(dump)
        read_dump(dump, host=str(server.folder), user="postgres", database="postgres")
        valkey = ProcessHandle(parts.valkey(tmp_path, keep=False))
        running.callback(valkey.stop)
        web = ProcessHandle(gunicorn(port, tmp_path / "web.log", environment))
        running.callback(web.stop)
        loop = ProcessHandle(
            pipeline(
                tmp_path / "loop.log", environment, arm=tmp_path / "arm", deaths=tmp_path / "deaths"
            )
        )
        running.callback(loop.stop)
        worker = RunningChild(
            replace(parts.worker(ROOT, log=tmp_path / "worker.log"), environment=environment)
        )
        running.callback(worker.stop)
        broker = redis.Redis(unix_socket_path=str(broker_socket(tmp_path)))
        running.callback(broker.close)
        connections.close_all()
        with monkeypatch.context() as patch:
            patch.setitem(connection.settings_dict, "HOST", str(server.folder))
            patch.setitem(connection.settings_dict, "NAME", "postgres")
            try:
                site = Site(port, web, tokens)
                yield Centre(
                    server,
                    Load(site, listing.pk, project.pk, grant.pk, secret),
                    lambda: int(broker.llen(QUEUE)),
                    set(SENT.values_list("pk", flat=True)),
                    Letter.objects.exclude(subject__startswith="notice:").count(),
                )
            finally:
                connections.close_all()


@contextmanager
def restart_fast(server: EmbeddedPostgres) -> Iterator[None]:
    """End each session in order, and start again."""
    server.halt(gently=True)
    yield
    server.resume()


@contextmanager
def restart_immediately(server: EmbeddedPostgres) -> Iterator[None]:
    """End as at a crash, and recover."""
    server.halt()
    yield
    server.resume()


@contextmanager
def refuse(server: EmbeddedPostgres) -> Iterator[None]:
    """End all connections, and take none."""
    with server.connect("template1") as beside:
        beside.execute("ALTER DATABASE postgres ALLOW_CONNECTIONS false")
        beside.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'"
        )
        yield
        beside.execute("ALTER DATABASE postgres ALLOW_CONNECTIONS true")


@contextmanager
def hold(server: EmbeddedPostgres) -> Iterator[None]:
    """Hold rows of orders, listings, letters and items for longer than anybody waits.

    The centre takes them in another order: where both meet, PostgreSQL lets one of them give up.
    """
    with server.connect() as beside:
        taken = False
        while not taken:
            try:
                with beside.transaction():
                    for table in HELD:
                        beside.execute(f"SELECT 1 FROM {table} FOR UPDATE")
                    taken = True
                    yield
            except psycopg.errors.DeadlockDetected:
                continue


HELD = ("listings_listing", "orders_order", "accounts_letter", "annotation_item")
SHORT = (restart_fast, hold, restart_immediately, refuse)
LONG = (restart_fast, restart_immediately) * 10 + (refuse, hold) * 4


def test_faults_of_postgres_lose_and_double_nothing(centre: Centre) -> None:
    """Each kind of fault once."""
    disturb(centre, SHORT)


@pytest.mark.campaign
def test_twenty_restarts_lose_and_double_nothing(
    centre: Centre, record_property: Callable[[str, object], None]
) -> None:
    """Twenty restarts, half of them as at a crash, four refusals and four long locks."""
    disturb(centre, LONG)
    load = centre.load
    record_property("trades", len(load.trades))
    record_property("labels", len(load.labelled))
    record_property("rows", load.rows)
    record_property("told to try again", len(load.refused))


def disturb(centre: Centre, faults: tuple[Fault, ...]) -> None:
    """Let people work while faults come, then compare what they were told with what is there.

    Each fault finds a letter on its way and others queued behind it: one that leaves while the
    database is away cannot be noted as sent, and the task of the next one cannot even begin.
    """
    load = centre.load
    with ThreadPoolExecutor(3) as people:
        working = [people.submit(alone, work) for work in (load.trade, load.label, load.score)]
        try:
            for fault in faults:
                MAILBOX.close()
                assert within(HELD_SECONDS, lambda: MAILBOX.holds > 0 and centre.queued() > 0)
                with fault(centre.server):
                    MAILBOX.open()
                    within(AWAY_SECONDS, lambda: centre.queued() == 0)
        finally:
            MAILBOX.open()
            load.ended.set()
        last = time.monotonic()
        for each in working:
            each.result(timeout=STUCK)
    while not (found := all_done(load.site)):
        assert time.monotonic() - last < STUCK, found
        Event().wait(0.2)
    check_trades(load)
    check_the_rest(load)
    check_emails(centre)


@dataclass(frozen=True)
class Left:
    """What is still to happen."""

    is_settled: bool
    aside: list[tuple[str, str]]
    letters: int
    unsent: int
    health: object

    def __bool__(self) -> bool:
        return (
            self.is_settled
            and not (self.aside or self.letters or self.unsent)
            and (self.health == 200)
        )


def all_done(site: Site) -> Left:
    """Look at what is left to do."""
    health = site.ask(Ask("/health/", "GET"))
    return Left(
        read(settled),
        read(
            lambda: list(
                SetAside.objects.exclude(state="done").values_list("reaction", "error_code")
            )
        ),
        read(Letter.objects.count),
        read(OWED.all().count),
        health.status if health.status == 200 else health.body,
    )


def check_trades(load: Load) -> None:
    """Each fact once, and the money once."""
    assert load.trades
    for trade in load.trades:
        assert trade.order is not None
        order = Order.objects.get(pk=trade.order)
        about = {f"order:{order.pk}", f"grant:{Grant.objects.get(order=order).pk}"}
        facts = Entry.objects.filter(subject__in=about, kind__in=ONCE)
        assert sorted(facts.values_list("kind", flat=True)) == sorted(ONCE)
        assert order.state == "completed"
        check_money(order)
    assert Order.objects.filter(listing_id=load.listing).count() == len(load.trades)


def check_the_rest(load: Load) -> None:
    """Each row that was scored is counted once, each label is there once."""
    assert load.rows
    assert load.labelled
    assert metered(Grant.objects.get(pk=load.grant)).rows == load.rows
    labels = Counter(Label.objects.values_list("task_id", flat=True))
    assert {str(task) for task in labels} >= set(load.labelled)


def check_emails(centre: Centre) -> None:
    """Each notice that is e-mailed left once."""
    sent = [message_from_string(each, policy=default) for each in TAKEN]
    left = Counter((each["To"], each["Subject"].partition(": ")[2]) for each in sent)
    owed: Counter[tuple[str, str]] = Counter()
    for notice in SENT.exclude(pk__in=centre.sent_before).select_related("person"):
        with translation.override(notice.person.language):
            owed[notice.person.email, worded(notice.kind, notice.parameters).title] += 1
    assert sum(owed.values()) > 0
    assert owed <= left, "lost"
    assert sum(left.values()) == sum(owed.values()) + centre.other_letters, left - owed
