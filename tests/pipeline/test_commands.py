"""The commands of the pipeline."""

from __future__ import annotations

from io import StringIO
from uuid import uuid4

import pytest
import redis
from django.core.management import CommandError, call_command
from pytest_django import Settings

from marketplace.ledger.models import Entry
from marketplace.ledger.selectors import unsealed_count
from marketplace.notices.models import Notice
from marketplace.pipeline.models import SetAside
from tests.given.pipeline import newcomer, put_aside
from tests.given.world import World


def test_once_ends_when_nothing_is_left(world: World) -> None:
    """It seals, reacts to that and to what follows, and says how far it came."""
    newcomer()
    said = StringIO()
    call_command("run_pipeline", "--once", stdout=said)
    assert unsealed_count() == 0
    assert Notice.objects.filter(kind="organization_applied").exists()
    assert f"{Entry.objects.count()} entries sealed, 0 without a reaction yet" in said.getvalue()


def test_retry_tries_all_that_waits(world: World, valkey: redis.Redis) -> None:
    """And says what is done."""
    set_aside = put_aside()
    SetAside.objects.exclude(pk=set_aside.pk).update(state="done")
    said = StringIO()
    call_command("retry_set_aside", stdout=said)
    assert said.getvalue() == f"{set_aside.pk} send_emails: done\n"
    set_aside.refresh_from_db()
    assert set_aside.state == "done"
    call_command("retry_set_aside", stdout=said)
    assert said.getvalue().count("\n") == 1
    valkey.flushall()


def test_retry_that_fails_again_exits_with_the_reason(world: World, settings: Settings) -> None:
    """What is named and unknown, or done, is told too."""
    set_aside = put_aside()
    settings.BROKER_URL = ""
    errors = StringIO()
    with pytest.raises(CommandError, match="2 failed again"):
        call_command("retry_set_aside", str(set_aside.pk), str(uuid4()), stderr=errors)
    assert "BROKER_URL" in errors.getvalue()


def test_a_dry_run_tries_nothing(world: World) -> None:
    """It lists."""
    set_aside = put_aside()
    before = Entry.objects.count()
    said = StringIO()
    call_command("retry_set_aside", "--dry-run", stdout=said)
    assert f"{set_aside.pk} send_emails" in said.getvalue()
    assert Entry.objects.count() == before


def test_what_is_no_id_is_refused() -> None:
    """With a sentence."""
    with pytest.raises(CommandError, match="is no id"):
        call_command("retry_set_aside", "everything")
