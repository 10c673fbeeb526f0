"""Valuations are of a right that is held, approved by a second person, and can be replayed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from marketplace.appraisal.appraisal.computing import GivenApproach
from marketplace.appraisal.appraisal.models import Appraisal, Purpose
from marketplace.appraisal.appraisal.selectors import (
    appraisal_in_force,
    appraisals_visible_to,
    replay,
)
from marketplace.appraisal.appraisal.services import (
    approve_appraisal,
    draft_appraisal,
    expire_appraisals,
    submit_appraisal,
    withdraw_appraisal,
)
from marketplace.appraisal.appraisal.valuing import digest_of
from marketplace.catalog.version.selectors import latest_deliverable_version
from marketplace.core import clock
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import Invalid, NotAllowed, Refusal, WrongState
from marketplace.core.months import months_after
from marketplace.credentials.selectors import claims_of
from marketplace.ledger.models import Entry
from marketplace.rights.freeze.services import freeze_certificate
from tests.given import appraisal as given
from tests.given.catalog import approved_dataset, source_version
from tests.given.preparation import masked, masked_version_of, policy_document
from tests.given.rights import certified
from tests.given.threads import at_once
from tests.given.world import World

CLOCKWORK = Actor.system(Door.TASK)


def state_of(appraisal: Appraisal) -> str:
    """Return the state as it is stored."""
    return Appraisal.objects.get(pk=appraisal.pk).state


def refused_with(code: str, act: Callable[[], object]) -> None:
    """Check that an act is refused for a reason, and that nothing is recorded."""
    before = Entry.objects.count()
    with pytest.raises(WrongState) as refused:
        act()
    assert refused.value.code == code
    assert Entry.objects.count() == before


def test_a_draft_stands_on_version_and_right(world: World) -> None:
    """And holds what is needed to compute it again."""
    appraisal = given.drafted(world)
    dataset = appraisal.dataset
    version = latest_deliverable_version(dataset)
    assert version is not None
    assert (appraisal.version_id, appraisal.amount) == (version.pk, Decimal(given.VALUE))
    assert appraisal.certificate.dataset_id == dataset.pk
    assert appraisal.valued_on == clock.today()
    assert replay(appraisal).same
    fact = Entry.objects.get(kind="appraisal.appraisal_drafted")
    assert f"dataset:{dataset.pk}" in fact.about


def test_without_a_desensitized_version_there_is_nothing_to_value(world: World) -> None:
    """It says what to do first."""
    dataset = approved_dataset(world)
    refused_with("version-missing", lambda: given.drafted(world, dataset))


def test_without_a_right_there_is_nothing_to_value(world: World) -> None:
    """Nor with a frozen one."""
    dataset = approved_dataset(world)
    masked_version_of(world, dataset)
    refused_with("right-missing", lambda: given.drafted(world, dataset))
    certificate = certified(world, dataset=dataset)
    freeze_certificate(certificate.pk, reason="By order.", by=world.actor("reviewer"))
    refused_with("right-missing", lambda: given.drafted(world, dataset))


def test_a_price_needs_the_right_to_operate(world: World) -> None:
    """For the books at home, holding is enough."""
    dataset = given.valuable(world, rights=frozenset({"hold"}))
    refused_with("right-missing", lambda: given.drafted(world, dataset))
    appraisal = draft_appraisal(
        dataset.pk,
        approaches=[GivenApproach("cost", given.inputs())],
        purpose=Purpose.MANAGEMENT,
        by=world.actor("officer"),
    )
    assert appraisal.certificate.rights == ["hold"]


def test_an_unknown_purpose_is_refused(world: World) -> None:
    """At its field."""
    dataset = given.valuable(world)
    with pytest.raises(Invalid) as refused:
        draft_appraisal(
            dataset.pk,
            approaches=[GivenApproach("cost", given.inputs())],
            purpose="fun",
            by=world.actor("officer"),
        )
    assert list(refused.value.fields) == ["purpose"]
    assert not Appraisal.objects.exists()


def test_a_revision_counts_anew(world: World) -> None:
    """The same again changes nothing."""
    appraisal = given.drafted(world)
    shorter = given.revised(world, appraisal, remaining_life_years="1.2")
    assert shorter.amount == Decimal("100000.20")
    before = Entry.objects.count()
    given.revised(world, appraisal, remaining_life_years="1.2")
    assert Entry.objects.count() == before


def test_what_was_returned_is_revised_and_submitted_again(world: World) -> None:
    """With the reason in sight until then."""
    appraisal = given.returned(world)
    assert appraisal.reason == "The tax has no voucher."
    given.revised(world, appraisal, remaining_life_years="2.4")
    again = submit_appraisal(appraisal.pk, by=world.actor("colleague"))
    assert (again.state, again.reason) == ("submitted", "")


def test_a_frozen_right_stops_submission_and_approval(world: World) -> None:
    """Both ask anew."""
    draft = given.drafted(world)
    officer, reviewer = world.actor("officer"), world.actor("reviewer")
    submitted = submit_appraisal(draft.pk, by=officer)
    freeze_certificate(draft.certificate_id, reason="By order.", by=reviewer)
    refused_with(
        "right-missing",
        lambda: approve_appraisal(submitted.pk, checklist=given.CHECKLIST, by=reviewer),
    )
    assert state_of(submitted) == "submitted"


def test_a_newer_version_asks_for_a_revision(world: World) -> None:
    """The figure was of other bytes."""
    draft = given.drafted(world)
    source = source_version(draft.dataset)
    masked(world, source, document=policy_document(source, line="drop"))
    refused_with("version-changed", lambda: submit_appraisal(draft.pk, by=world.actor("officer")))
    revised = given.revised(world, draft)
    assert submit_appraisal(revised.pk, by=world.actor("officer")).state == "submitted"


def test_an_old_valuation_date_asks_for_a_revision(world: World) -> None:
    """What no longer holds is not put in force."""
    draft = given.drafted(world)
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        refused_with(
            "valuation-too-old", lambda: submit_appraisal(draft.pk, by=world.actor("officer"))
        )


@pytest.mark.parametrize("what", ["amount", "digest"])
def test_a_figure_that_was_tampered_with_is_not_approved(world: World, what: str) -> None:
    """Neither where its digest was made to fit."""
    submitted = given.submitted(world)
    result = {**submitted.result, "amount": "999999.00"}
    changes: dict[str, object] = {"result": result}
    if what == "digest":
        changes["result_digest"] = digest_of(result)
    Appraisal.objects.filter(pk=submitted.pk).update(**changes)
    refused_with(
        "replay-differs",
        lambda: approve_appraisal(
            submitted.pk, checklist=given.CHECKLIST, by=world.actor("reviewer")
        ),
    )


def test_approval_needs_every_point(world: World) -> None:
    """Of the checklist."""
    submitted = given.submitted(world)
    with pytest.raises(Invalid):
        approve_appraisal(submitted.pk, checklist=given.CHECKLIST[1:], by=world.actor("reviewer"))
    assert state_of(submitted) == "submitted"


def test_an_approved_valuation_is_signed_and_in_date(world: World) -> None:
    """For as long as the centre says, and no longer than the right."""
    appraisal = given.in_force(world)
    assert appraisal.valid_until == min(
        months_after(clock.today(), 12), appraisal.certificate.valid_until
    )
    assert appraisal.credential is not None
    claims = claims_of(appraisal.credential)
    assert claims["amount"] == given.VALUE
    assert claims["version_sha256"] == appraisal.version.sha256
    assert claims["result_digest"] == appraisal.result_digest
    assert appraisal.credential.state == "issued"
    found = appraisal_in_force(appraisal.dataset_id, appraisal.organization_id, on=clock.today())
    assert found == appraisal
    later = appraisal.valid_until + timedelta(days=1)
    assert appraisal_in_force(appraisal.dataset_id, appraisal.organization_id, on=later) is None


def test_a_newer_valuation_supersedes_the_one_in_force(world: World) -> None:
    """Its credential is revoked, and one is in force."""
    older = given.in_force(world)
    newer = given.in_force(world, older.dataset)
    assert state_of(older) == "superseded"
    older.refresh_from_db()
    assert older.credential is not None
    older.credential.refresh_from_db()
    assert (older.credential.state, older.credential.reason) == ("revoked", "superseded")
    found = appraisal_in_force(newer.dataset_id, newer.organization_id, on=clock.today())
    assert found == newer
    fact = Entry.objects.get(kind="appraisal.appraisal_superseded")
    assert fact.payload == {"by_appraisal": str(newer.pk)}


def test_a_withdrawal_needs_a_reason_and_revokes(world: World) -> None:
    """Also by a reviewer, once it is in force."""
    appraisal = given.in_force(world)
    with pytest.raises(Invalid):
        withdraw_appraisal(appraisal.pk, reason="  ", by=world.actor("officer"))
    withdrawn = withdraw_appraisal(appraisal.pk, reason="Wrong tax.", by=world.actor("reviewer"))
    assert withdrawn.state == "withdrawn"
    assert withdrawn.credential is not None
    withdrawn.credential.refresh_from_db()
    assert withdrawn.credential.state == "revoked"


def test_a_withdrawn_submission_leaves_no_open_case(world: World) -> None:
    """And lets the officer begin anew."""
    submitted = given.submitted(world)
    withdraw_appraisal(submitted.pk, reason="We count anew.", by=world.actor("officer"))
    assert Entry.objects.filter(kind="review.case_withdrawn").count() == 1
    assert given.submitted(world, submitted.dataset).state == "submitted"


def test_time_ends_a_valuation(world: World) -> None:
    """The clockwork says so once; people do not."""
    appraisal = given.in_force(world)
    assert appraisal.valid_until is not None
    assert expire_appraisals(by=CLOCKWORK) == []
    with pytest.raises(NotAllowed):
        expire_appraisals(by=world.actor("administrator"))
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        assert expire_appraisals(by=CLOCKWORK) == [appraisal.pk]
        assert expire_appraisals(by=CLOCKWORK) == []
    assert state_of(appraisal) == "expired"


def test_valuations_are_their_organization_s_own(world: World) -> None:
    """The centre's staff see all, strangers none."""
    appraisal = given.drafted(world)
    seen = {
        person: appraisals_visible_to(world.actor(person)).filter(pk=appraisal.pk).exists()
        for person in ("officer", "finance", "reviewer", "auditor", "stranger", "buyer")
    }
    assert seen == {
        "officer": True,
        "finance": True,
        "reviewer": True,
        "auditor": True,
        "stranger": False,
        "buyer": False,
    }


@pytest.mark.postgres
def test_of_six_approvals_one_wins(committed_database: None) -> None:
    """The others are refused, and one credential is signed."""
    world = World()
    submitted = given.submitted(world)
    reviewers = [world.actor("reviewer"), world.actor("second_reviewer")]
    answers = at_once(
        6,
        lambda number: approve_appraisal(
            submitted.pk, checklist=given.CHECKLIST, by=reviewers[number % 2]
        ),
    )
    assert sum(isinstance(answer, Appraisal) for answer in answers) == 1
    assert sum(isinstance(answer, Refusal) for answer in answers) == 5
    assert Entry.objects.filter(kind="appraisal.appraisal_approved").count() == 1


@pytest.mark.postgres
def test_of_six_drafts_one_wins(committed_database: None) -> None:
    """There is one unfinished valuation, however many begin."""
    world = World()
    dataset = given.valuable(world)
    answers = at_once(6, lambda number: given.drafted(world, dataset))
    assert sum(isinstance(answer, Appraisal) for answer in answers) == 1
    assert Appraisal.objects.count() == 1
