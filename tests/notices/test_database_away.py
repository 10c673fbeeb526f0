"""E-mails while the database restarts, refuses connections, or cuts them off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import psycopg
import pytest
import redis
from django.db import InterfaceError, connection
from pytest_django import Settings

from marketplace.accounts.letter.models import Letter
from marketplace.accounts.letter.services import (
    MOST_TRIES,
    NotNoted,
    Sending,
    promise_letters,
    send_letter,
    take_lost_letters,
)
from marketplace.celery import LastingTask, application
from marketplace.core import clock
from marketplace.core.faults import DATABASE_AWAY
from marketplace.notices.models import Notice
from marketplace.notices.services import email_notice, letter_of
from marketplace.notices.tasks import send_notice_email
from marketplace.pipeline.due import CLOCKWORK, show_life
from tests.given.notices import not_delivered, told
from tests.given.world import World
from tests.notices.test_emailing import TAKEN, TakesEverything, mail_server
from tests.plugins.broker import ProcessHandle
from tests.preparation.test_killed_worker import until


def server() -> psycopg.Connection[tuple[object, ...]]:
    """Sign in beside the database of the tests, to meddle with it."""
    given = connection.settings_dict
    return psycopg.connect(
        host=str(given["HOST"]), user=str(given["USER"]), dbname="postgres", autocommit=True
    )


def cut_off(beside: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """End each connection to a database."""
    beside.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )


@contextmanager
def refused() -> Iterator[None]:
    """Let the database of the tests take no connection, and end those that there are."""
    name = str(connection.settings_dict["NAME"])
    connection.close()
    with server() as beside:
        beside.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            cut_off(beside, name)
            yield
        finally:
            beside.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


class CutsOff(TakesEverything):
    """Takes a message, and before it says so the database ends all connections."""

    def handle(self) -> None:
        """Cut off, then serve."""
        with server() as beside:
            cut_off(beside, DATABASE[0])
        super().handle()


DATABASE: list[str] = []


@pytest.mark.postgres
def test_an_email_that_left_is_noted_and_not_sent_again(at_once: None, settings: Settings) -> None:
    """Though the connection ends while the mail server takes it."""
    notice = told(World(), "officer")
    TAKEN.clear()
    DATABASE[:] = [str(connection.settings_dict["NAME"])]
    with mail_server(CutsOff, settings), pytest.raises(NotNoted):
        email_notice(notice.pk, taker="task")
    connection.close()
    with mail_server(TakesEverything, settings):
        assert not email_notice(notice.pk, taker="another"), "somebody has it"
        assert email_notice(notice.pk, taker="task", is_sent=True)
        assert not email_notice(notice.pk, taker="task")
    assert len(TAKEN) == 1
    notice.refresh_from_db()
    assert (notice.emailed_at is not None, notice.email_tries) == (True, 1)


@pytest.mark.postgres
@pytest.mark.drawn(1, of="processes killed, cut off or raced")
def test_a_database_that_refuses_loses_no_email(
    celery_worker_process: ProcessHandle, valkey: redis.Redis
) -> None:
    """The worker takes the tasks while nobody can connect; each is sent once, by itself."""
    world = World()
    notices = [told(world, "officer", thing=f"Month {number}").pk for number in range(5)]
    with refused():
        for pk in notices:
            send_notice_email.delay(str(pk))
        until(lambda: valkey.llen("celery") == 0, celery_worker_process)
    mine = Notice.objects.filter(pk__in=notices)
    until(lambda: not mine.filter(emailed_at=None).exists(), celery_worker_process)
    assert set(mine.values_list("email_tries", flat=True)) == {1}
    assert not Letter.objects.filter(subject__in=map(letter_of, notices)).exists()


def test_a_letter_whose_task_was_lost_is_asked_for_again(world: World) -> None:
    """After half a minute, then at longer intervals; a failure is tried again, not for ever."""
    notice = told(world, "officer")
    assert letter_of(notice.pk) not in take_lost_letters()
    with clock.stopped_at(clock.now() + timedelta(seconds=31)):
        assert letter_of(notice.pk) in take_lost_letters()
        assert letter_of(notice.pk) not in take_lost_letters()
        assert email_notice(notice.pk)
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        assert letter_of(notice.pk) not in take_lost_letters()


def test_a_long_outage_sends_no_email_twice(world: World) -> None:
    """What left before it and was not noted is noted after it, before anybody else takes it."""
    show_life(by=CLOCKWORK)
    notice = told(world, "officer")
    sent: list[str] = []

    def gone() -> None:
        raise InterfaceError

    def sending(note: Callable[[], object]) -> Sending:
        return Sending(send=lambda: sent.append("once"), sent=note, failed=lambda _error: None)

    subject = letter_of(notice.pk)
    with pytest.raises(NotNoted):
        send_letter(subject, lambda: sending(gone), taker="task")
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        # The loop comes back before the task that tries to note it.
        show_life(by=CLOCKWORK)
        assert subject not in take_lost_letters()
        assert not send_letter(subject, lambda: sending(lambda: None), taker="another")
        assert send_letter(subject, lambda: sending(lambda: None), taker="task", is_sent=True)
    assert sent == ["once"]
    assert not Letter.objects.filter(subject=subject).exists()


def test_a_mail_server_that_is_away_is_tried_again_later(world: World) -> None:
    notice = not_delivered(world, "officer")
    letter = Letter.objects.get(subject=letter_of(notice.pk))
    assert (letter.tries, letter.taken_until) == (1, None)
    with clock.stopped_at(letter.due_at):
        assert letter.subject in take_lost_letters()
    Letter.objects.filter(pk=letter.pk).update(tries=MOST_TRIES - 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.given.notices.told", lambda *_given: notice)
        not_delivered(world, "officer")
    assert not Letter.objects.filter(pk=letter.pk).exists()
    notice.refresh_from_db()
    assert notice.email_failed_at is not None


@pytest.mark.parametrize("fails", [False, True])
def test_a_letter_promised_anew_while_one_is_sent_is_owed_still(world: World, fails: bool) -> None:
    """The one that is sent or fails is not the new one; nor is that noted for the first."""

    def ask_anew() -> None:
        promise_letters(["invitation:asked-anew"])
        if fails:
            raise OSError

    sending = Sending(send=ask_anew, sent=lambda: None, failed=lambda _error: None)
    promise_letters(["invitation:asked-anew"])
    with suppress(OSError):
        send_letter("invitation:asked-anew", lambda: sending, taker="first")
    assert not send_letter("invitation:asked-anew", lambda: sending, taker="first", is_sent=True)
    letter = Letter.objects.get(subject="invitation:asked-anew")
    assert (letter.taken_by, letter.taken_until, letter.tries) == ("", None, 0)


def test_every_task_outlives_a_database_that_is_away() -> None:
    """It is said once; no task takes it back."""
    application.loader.import_default_modules()
    own = [task for name, task in application.tasks.items() if not name.startswith("celery.")]
    assert own
    for task in own:
        assert isinstance(task, LastingTask), task.name
        assert set(DATABASE_AWAY) <= set(task.autoretry_for), task.name
