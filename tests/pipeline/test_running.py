"""Reacting: once to each entry, in order, whatever breaks."""

from __future__ import annotations

import pytest
import redis
from celery import Celery
from django.core import mail
from pytest_django import Settings

from marketplace.accounts.organization.events import OrganizationApplied
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry, Seal
from marketplace.ledger.services.sealing import seal_all
from marketplace.notices.models import Notice
from marketplace.notices.tasks import send_notice_email
from marketplace.pipeline import services
from marketplace.pipeline.broker import start
from marketplace.pipeline.models import Cursor, SetAside
from marketplace.pipeline.reactions import REACTIONS
from marketplace.pipeline.selectors import pipeline_state, reacted_to
from marketplace.pipeline.services import (
    react_once,
    react_to_all,
    retry_all_set_asides,
    retry_set_aside,
)
from marketplace.pipeline.states import SetAsideState
from tests.given.pipeline import catch_up, newcomer, put_aside
from tests.given.threads import at_once
from tests.given.world import World, let_in

APPLIED = OrganizationApplied


ADMINISTRATORS = 2
"""How many are told of each application."""


def told_of_newcomers() -> int:
    """Count the notices that say that an organization applied."""
    return Notice.objects.filter(kind="organization_applied").count()


def test_what_is_not_sealed_starts_nothing(world: World) -> None:
    """The pipeline reads the tree, not the table."""
    catch_up()
    before = told_of_newcomers()
    newcomer()
    assert react_once() == 0
    assert told_of_newcomers() == before


def test_every_entry_is_reacted_to_once(world: World) -> None:
    """And the cursor stands at the last leaf."""
    catch_up()
    before = told_of_newcomers()
    organization = newcomer()
    catch_up()
    assert told_of_newcomers() == before + ADMINISTRATORS
    assert react_to_all() == 0
    assert reacted_to() == Seal.objects.latest("leaf_index").leaf_index
    told = Notice.objects.filter(subject=f"organization:{organization.pk}")
    assert {notice.person.email for notice in told} == {
        "administrator@example.org",
        "second_administrator@example.org",
    }


def test_a_round_ends_at_the_first_that_starts_something(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What starts nothing is passed over by the batch, and none is passed unseen."""
    catch_up()
    monkeypatch.setattr(services, "BATCH", 2)
    for kind in list(REACTIONS):
        monkeypatch.delitem(REACTIONS, kind)
    met: list[Entry] = []
    monkeypatch.setitem(REACTIONS, APPLIED, (met.append,))
    began = reacted_to()
    organization = newcomer()
    let_in(organization)
    while seal_all():
        pass
    places = list(
        Seal.objects.filter(leaf_index__gt=began, entry__kind=APPLIED.kind)
        .order_by("leaf_index")
        .values_list("leaf_index", flat=True)
    )
    stops = []
    while passed := react_once():
        assert passed <= 2
        stops.append(reacted_to())
    assert [entry.seal.leaf_index for entry in met] == places
    assert set(places) <= set(stops)
    assert stops[-1] == Seal.objects.latest("leaf_index").leaf_index


def test_what_follows_is_followed_too(world: World) -> None:
    """A decision is told to the people of whom it was made."""
    catch_up()
    organization = newcomer()
    let_in(organization)
    catch_up()
    kinds = set(
        Notice.objects.filter(subject=f"organization:{organization.pk}").values_list("kind")
    )
    told = ("organization_applied", "organization_examined", "organization_verified")
    assert kinds == {(kind,) for kind in told}


def test_a_reaction_that_breaks_is_put_aside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it changed is undone; those beside and behind it happen."""
    catch_up()

    def breaks(entry: Entry) -> None:
        Notice.objects.all().delete()
        raise ZeroDivisionError("the person 13812345678")

    monkeypatch.setitem(REACTIONS, APPLIED, (breaks, *REACTIONS[APPLIED]))
    before = Notice.objects.count()
    organization = newcomer()
    let_in(organization)
    catch_up()
    assert Notice.objects.count() == before + 2 * ADMINISTRATORS + 1
    set_aside = SetAside.objects.get(reaction="breaks")
    assert set_aside.error_code == "ZeroDivisionError"
    assert set_aside.error == ""
    assert set_aside.worded_error == "It broke on ZeroDivisionError. The log says more."
    fact = Entry.objects.get(
        kind="pipeline.reaction_set_aside", subject=f"set_aside:{set_aside.pk}"
    )
    assert fact.about == [f"organization:{organization.pk}"]
    assert fact.payload["entry"] == str(set_aside.entry.reference)


def test_a_refusal_is_told_in_its_own_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its code, so that the administrator reads what to do."""
    catch_up()

    def refuses(entry: Entry) -> None:
        raise Invalid("The other side is missing. Add it.", code="other-side-missing")

    monkeypatch.setitem(REACTIONS, APPLIED, (refuses,))
    newcomer()
    catch_up()
    set_aside = SetAside.objects.get(reaction="refuses")
    assert (set_aside.error_code, set_aside.error) == (
        "other-side-missing",
        "The other side is missing. Add it.",
    )


def test_cursor_and_effects_commit_together(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed in between leaves neither, and the next one does both."""
    catch_up()
    newcomer()
    seal_all()
    leaf, before = reacted_to(), told_of_newcomers()

    def killed(entry: Entry) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(REACTIONS, APPLIED, (*REACTIONS[APPLIED], killed))
        with pytest.raises(KeyboardInterrupt):
            react_to_all()
    assert (reacted_to(), told_of_newcomers()) == (leaf, before)
    catch_up()
    assert told_of_newcomers() == before + ADMINISTRATORS


def test_two_loops_do_not_react_twice(committed_database: None) -> None:
    """Whoever comes second finds the cursor moved."""
    catch_up()
    before = told_of_newcomers()
    newcomer()
    seal_all()
    at_once(4, lambda number: react_to_all())
    assert told_of_newcomers() == before + ADMINISTRATORS
    assert Cursor.objects.count() == 1


def test_without_a_broker_the_task_waits(world: World, settings: Settings) -> None:
    """It is put aside with what to do, tried in vain, and then done."""
    set_aside = put_aside()
    assert "BROKER_URL" in set_aside.error
    settings.BROKER_URL = ""
    administrator = world.actor("administrator")
    again = retry_set_aside(set_aside.pk, by=administrator)
    assert (again.state, again.attempts) == (SetAsideState.PUT_ASIDE, 2)
    fact = Entry.objects.get(kind="pipeline.reaction_retried")
    assert fact.payload == {"reaction": "send_emails", "succeeded": False}


def test_a_retry_that_succeeds_is_done(world: World, valkey: redis.Redis) -> None:
    """The task lies with the broker; trying once more is refused."""
    set_aside = put_aside()
    valkey.flushall()
    administrator = world.actor("administrator")
    again = retry_set_aside(set_aside.pk, by=administrator)
    assert (again.state, again.attempts) == (SetAsideState.DONE, 2)
    assert valkey.llen("celery") == ADMINISTRATORS
    with pytest.raises(WrongState):
        retry_set_aside(set_aside.pk, by=administrator)
    assert valkey.llen("celery") == ADMINISTRATORS
    valkey.flushall()


def test_everything_is_tried_again_at_once(world: World, valkey: redis.Redis) -> None:
    """As when the broker is back; with nothing left, nothing is recorded."""
    catch_up()
    put_aside()
    waiting = SetAside.objects.filter(state=SetAsideState.PUT_ASIDE).count()
    administrator = world.actor("administrator")
    tried = retry_all_set_asides(by=administrator)
    assert {row.state for row in tried} == {SetAsideState.DONE}
    fact = Entry.objects.get(kind="pipeline.all_reactions_retried")
    assert fact.payload == {"tried": waiting, "succeeded": waiting}
    assert retry_all_set_asides(by=administrator) == []
    assert Entry.objects.filter(kind="pipeline.all_reactions_retried").count() == 1
    valkey.flushall()


def test_only_the_administrator_retries(world: World) -> None:
    """A reviewer sees it and may not; a seller does not see it."""
    set_aside = put_aside()
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        retry_set_aside(set_aside.pk, by=world.actor("reviewer"))
    with pytest.raises(NotFound):
        retry_set_aside(set_aside.pk, by=world.actor("officer"))
    with pytest.raises(NotAllowed):
        pipeline_state(world.actor("officer"))
    assert Entry.objects.count() == before


def test_a_step_that_is_gone_says_so(world: World) -> None:
    """An old set-aside whose reaction a later release does not have."""
    set_aside = put_aside()
    SetAside.objects.filter(pk=set_aside.pk).update(reaction="of_an_older_release")
    again = retry_set_aside(set_aside.pk, by=Actor.system(Door.COMMAND))
    assert (again.state, again.error_code) == (SetAsideState.PUT_ASIDE, "reaction-unknown")


def test_a_broker_that_is_silent_is_not_waited_for(settings: Settings) -> None:
    """It is a refusal at once."""
    away = Celery("away", broker="redis+socket:///nowhere/valkey.sock", set_as_current=False)
    away.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS

    def nothing() -> None:
        pass

    with pytest.raises(WrongState) as refused:
        start(away.task(nothing))
    assert refused.value.code == "broker-silent"
    assert away.conf.broker_transport_options["max_retries"] == 0


def test_the_email_of_a_notice_reaches_the_worker(world: World, valkey: redis.Redis) -> None:
    """The task names the notice and nothing of the person."""
    catch_up()
    valkey.flushall()
    newcomer()
    catch_up()
    notice = Notice.objects.filter(kind="organization_applied").latest("created_at")
    messages = [str(text) for text in valkey.lrange("celery", 0, -1)]
    [_message] = [text for text in messages if str(notice.pk) in text]
    assert not any("example.org" in text for text in messages)
    valkey.flushall()
    send_notice_email(str(notice.pk))
    assert [sent.to for sent in mail.outbox] == [[notice.person.email]]


def test_names_of_reactions_are_their_own() -> None:
    """A reaction is found again by its name among those of one kind."""
    for kind, reactions in REACTIONS.items():
        names = [reaction.__name__ for reaction in reactions]
        assert len(set(names)) == len(names), kind
