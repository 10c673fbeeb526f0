"""What is kept for a while goes when its time is over, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from uuid import UUID

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import Model
from django.test import Client

from marketplace.accounts.invitation.services import withdraw_invitation
from marketplace.accounts.models import Invitation
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.ledger.models import Entry
from marketplace.pipeline import services
from marketplace.pipeline.bell import Bell
from marketplace.pipeline.due import DUE
from marketplace.pipeline.loop import Loop
from marketplace.pipeline.services import overdue, purge
from marketplace.web.models import IdempotencyKey
from tests.accounts.doors import invitation
from tests.conftest import PageClients
from tests.given.client import new_key
from tests.given.state import changed_tables, kept_rows
from tests.given.world import PASSWORD, World

SYSTEM = Actor.system(Door.TASK)
CENTRE = settings.CENTRE
SECOND = timedelta(seconds=1)


def answered(world: World) -> None:
    """Keep the answer to a request."""
    client = Client(headers=new_key())
    person = world.person("officer")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    path = "/api/v1/notices/mark-all-read/"
    assert client.post(path, {}, content_type="application/json").status_code == 200


def signed_in(world: World) -> None:
    """Sign in once with a wrong password, and once with the right one."""
    for password in ("wrong", PASSWORD):
        sent = {"login": "officer@example.org", "password": password}
        Client().post("/account/login/", sent)


def withdrawn(world: World) -> None:
    """Withdraw an invitation."""
    pk = invitation(world)["pk"]
    assert isinstance(pk, UUID)
    withdraw_invitation(pk, by=world.actor("officer"))


CASES: list[tuple[Callable[[World], object], list[type[Model]], timedelta]] = [
    (answered, [IdempotencyKey], timedelta(days=CENTRE["KEEP_ANSWERS_DAYS"])),
    (signed_in, [AccessLog, AccessAttempt], timedelta(days=CENTRE["KEEP_SIGN_INS_DAYS"])),
    (signed_in, [Session], timedelta(seconds=settings.SESSION_COOKIE_AGE)),
    (invitation, [Invitation], timedelta(days=CENTRE["KEEP_INVITATIONS_DAYS"] + 7)),
    (withdrawn, [Invitation], timedelta(days=CENTRE["KEEP_INVITATIONS_DAYS"])),
]


@pytest.mark.parametrize(("make", "models", "life"), CASES)
def test_it_goes_when_its_time_is_over(
    world: World, make: Callable[[World], object], models: list[type[Model]], life: timedelta
) -> None:
    """Not a moment before, and without an entry; a look changes nothing."""
    began = clock.now()
    # Sessions of the world last longer, and its invitations were accepted.
    standing = {model: model._default_manager.count() for model in models}
    make(world)
    ended, entries = clock.now(), Entry.objects.count()
    with clock.stopped_at(began + life - SECOND):
        purge(by=SYSTEM)
    for model in models:
        assert model._default_manager.count() > standing[model], model
    with clock.stopped_at(ended + life + SECOND):
        before = overdue()
        call_command("purge", "--dry-run", stdout=StringIO())
        assert overdue() == before
        purge(by=SYSTEM)
        assert sum(overdue().values()) == 0
    for model in models:
        assert model._default_manager.count() == standing[model], model
    assert Entry.objects.count() == entries


def test_nothing_else_goes(world: World, page_of: PageClients) -> None:
    """Years later the business's tables are as they were, but for what has its time."""
    before = kept_rows()
    with clock.stopped_at(clock.now() + timedelta(days=3650)):
        purge(by=SYSTEM)
    assert changed_tables(before) == []


def test_much_goes_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One run deletes so many rows of a kind; the command goes on until nothing is left."""
    monkeypatch.setattr(services, "PURGED_AT_ONCE", 1)
    for _number in range(3):
        signed_in(world)
    told = StringIO()
    with clock.stopped_at(clock.now() + timedelta(days=CENTRE["KEEP_SIGN_INS_DAYS"] + 1)):
        assert purge(by=SYSTEM)["sign-ins"] == 1
        call_command("purge", stdout=told)
    assert "\nsign-ins: 2" in told.getvalue()
    assert AccessLog.objects.count() == AccessAttempt.objects.count() == 0


def test_the_loop_purges(world: World) -> None:
    """Without anybody who thinks of it."""
    [due] = [due for due in DUE if due.act is purge]
    signed_in(world)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        Loop(Bell(), [due]).turn()
    assert Session.objects.count() == 0
