"""Organizations are verified on a checklist by two administrators, and again before a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from marketplace.accounts.models import Organization
from marketplace.accounts.organization.services import (
    examine_organization,
    reinstate_organization,
    settle_verifications,
    suspend_organization,
    verify_organization,
)
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.notices.models import Notice
from tests.given.letters import proved
from tests.given.pipeline import catch_up
from tests.given.state import changed_tables, kept_rows
from tests.given.world import EXAMINATION, World, documented, examined, let_in

SYSTEM = Actor.system(Door.TASK)
DAYS = timedelta(days=settings.CENTRE["VERIFICATION_DAYS"])


def test_one_click_lets_nobody_in(world: World) -> None:
    """One administrator did so, on no evidence at all."""
    pending = world.organization("pending")
    proved(world.person("pending"))
    kept = kept_rows()
    for name in ("administrator", "second_administrator"):
        with pytest.raises(WrongState) as refused:
            verify_organization(pending.pk, by=world.actor(name))
        assert refused.value.code == "not-examined"
    assert changed_tables(kept) == []
    examined(pending.pk)
    kept = kept_rows()
    with pytest.raises(NotAllowed):
        verify_organization(pending.pk, by=world.actor("second_administrator"))
    assert changed_tables(kept) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=pending.pk).update(
            verified_by_id=world.person("second_administrator").pk
        )
    verified = verify_organization(pending.pk, by=world.actor("administrator"))
    assert verified.verified_until == clock.today() + DAYS


@pytest.mark.parametrize("wrong", [{"checklist": ["registered"]}, {"evidence": " "}])
def test_an_examination_is_complete(world: World, wrong: dict[str, object]) -> None:
    """Each point, and the documents in which it was seen."""
    proved(world.person("pending"))
    documented(world.organization("pending").pk)
    kept = kept_rows()
    with pytest.raises(Invalid) as refused:
        examine_organization(
            world.organization("pending").pk,
            **(EXAMINATION | wrong),
            by=world.actor("administrator"),
        )
    assert list(refused.value.fields) == list(wrong)
    assert changed_tables(kept) == []


def test_it_is_verified_again_before_a_day_or_suspended(world: World) -> None:
    """Its people are reminded a month before, and one administrator alone does not mend it."""
    bureau = world.organization("officer")
    with clock.stopped_at(clock.now() + DAYS - timedelta(days=20)):
        settle_verifications(by=SYSTEM)
        settle_verifications(by=SYSTEM)
        catch_up()
        told = Notice.objects.filter(kind="verification_ends", person=world.person("officer"))
        assert told.count() == 1
    with clock.stopped_at(clock.now() + DAYS + timedelta(days=1)):
        settle_verifications(by=SYSTEM)
        assert world.actor("officer").roles == frozenset()
    assert set(
        Organization.objects.filter(state="suspended").values_list("verified_until", flat=True)
    ) == {bureau.verified_until}


def test_what_has_ended_takes_two_again(world: World) -> None:
    """To reinstate is no way around."""
    bureau = world.organization("officer").pk
    Organization.objects.filter(kind="centre").update(verified_until=None)
    with clock.stopped_at(clock.now() + DAYS + timedelta(days=1)):
        settle_verifications(by=SYSTEM)
        with pytest.raises(WrongState) as refused:
            reinstate_organization(bureau, by=world.actor("administrator"))
        assert refused.value.code == "verification-ended"
        let_in(Organization.objects.get(pk=bureau))
        assert world.actor("officer").has("owner")


def test_who_examined_may_suspend_and_verify_the_next_time(world: World) -> None:
    """What was examined once keeps nobody from deciding later."""
    bureau = world.organization("officer")
    suspend_organization(bureau.pk, reason="Why", by=world.actor("second_administrator"))
    with pytest.raises(WrongState):
        examined(bureau.pk)
    reinstate_organization(bureau.pk, by=world.actor("second_administrator"))
    examine_organization(bureau.pk, **EXAMINATION, by=world.actor("administrator"))
    again = verify_organization(bureau.pk, by=world.actor("second_administrator"))
    assert again.state == "verified"
