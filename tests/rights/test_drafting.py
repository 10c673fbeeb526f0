"""The claimant's acts: what may be claimed, the evidence, submitting and withdrawing."""

from __future__ import annotations

from typing import Any

import pytest

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.services import retire_dataset
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, Refusal, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import Case
from marketplace.review.selectors import open_case_of
from marketplace.rights.claim.choices import ClaimKind, EvidenceKind
from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.claim.selectors import claims_visible_to
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.registration.services import (
    attach_evidence,
    draft_claim,
    submit_claim,
    withdraw_claim,
)
from marketplace.vault.models import StoredFile
from marketplace.vault.services import open_stored
from tests.given import rights as given
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    WIDER,
    annotated_version,
    approved_dataset,
    source_version,
    submitted_dataset,
)
from tests.given.vault import upload
from tests.given.world import World


def counts() -> tuple[int, int, int, int]:
    """Count what a refusal must leave as it was."""
    return (
        Claim.objects.count(),
        Evidence.objects.count(),
        StoredFile.objects.count(),
        Entry.objects.count(),
    )


def refused(kind: type[Refusal], act: Any) -> Refusal:
    """Return the refusal of an act that changed nothing."""
    before = counts()
    with pytest.raises(kind) as caught:
        act()
    assert counts() == before
    return caught.value


def draft(world: World, dataset: Dataset, *, by: str = "officer", **changes: Any) -> Claim:
    """Claim rights over a dataset."""
    asked: dict[str, Any] = {"rights": given.ALL_RIGHTS, "term_years": 3, "industry": "G"}
    return draft_claim(dataset.pk, **(asked | changes), by=world.actor(by))


def test_a_claim_names_rights_term_and_limits(world: World) -> None:
    """Rights are told in the order of the register."""
    dataset = approved_dataset(world)
    claim = draft(
        world, dataset, rights=frozenset({"operate", "hold"}), restrictions="  Only in the city "
    )
    assert claim.rights == ["hold", "operate"]
    assert (claim.state, claim.restrictions, claim.industry) == ("draft", "Only in the city", "G")
    entry = Entry.objects.get(kind="rights.claim_drafted")
    assert entry.payload == {"rights": ["hold", "operate"], "term_years": 3}
    assert f"dataset:{dataset.pk}" in entry.about


def test_only_reviewed_content_is_claimed(world: World) -> None:
    """The code says so."""
    dataset = submitted_dataset(world)
    error = refused(WrongState, lambda: draft(world, dataset))
    assert error.code == "content-not-approved"


def test_only_the_owner_claims(world: World) -> None:
    """A stranger does not even see the dataset; a reviewer sees it and may not."""
    dataset = approved_dataset(world)
    refused(NotFound, lambda: draft(world, dataset, by="stranger"))
    refused(NotAllowed, lambda: draft(world, dataset, by="reviewer"))
    refused(NotAllowed, lambda: draft(world, dataset, by="finance"))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"rights": frozenset()}, "no-right-chosen", "rights"),
        ({"term_years": 6}, "validity-too-long", "term_years"),
        ({"restrictions": "x" * 501}, "too-long", "restrictions"),
        ({"industry": "Z"}, "no-such-industry", "industry"),
    ],
)
def test_a_wrong_claim_is_told_field_by_field(
    world: World, changes: dict[str, Any], code: str, field: str
) -> None:
    """With the code of the rule."""
    dataset = approved_dataset(world)
    error = refused(Invalid, lambda: draft(world, dataset, **changes))
    assert isinstance(error, Invalid)
    assert (error.code, list(error.fields)) == (code, [field])


def test_what_cannot_be_registered_is_refused_at_once(world: World) -> None:
    """Before anybody gathers evidence."""
    dataset = approved_dataset(world, source_kind="entrusted")
    assert refused(Invalid, lambda: draft(world, dataset)).code == "processor-has-no-right"


def test_one_claim_runs_at_a_time(world: World) -> None:
    """A second one waits until the first is withdrawn or done."""
    dataset = approved_dataset(world)
    claim = draft(world, dataset)
    assert refused(WrongState, lambda: draft(world, dataset)).code == "claim-running"
    withdraw_claim(claim.pk, by=world.actor("officer"))
    assert draft(world, dataset).state == ClaimState.DRAFT


def test_a_right_that_is_held_is_not_claimed_again(world: World) -> None:
    """Another right over the same data is."""
    dataset = approved_dataset(world)
    given.certified(world, dataset=dataset, rights=frozenset({"hold", "use"}))
    error = refused(Invalid, lambda: draft(world, dataset, rights=frozenset({"use", "operate"})))
    assert error.code == "right-held-already"
    assert draft(world, dataset, rights=frozenset({"operate"})).rights == ["operate"]


def test_a_right_over_changed_data_is_claimed_as_a_change(world: World) -> None:
    """The certificate of before does not stand in the way, and goes on covering what it is for."""
    dataset = approved_dataset(world)
    before = given.certified(world, dataset=dataset)
    annotated_version(world, dataset, table=WIDER)
    submit_dataset(dataset.pk, by=world.actor("officer"))
    approve_dataset(dataset.pk, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    after = given.certified(world, dataset=dataset)
    before.refresh_from_db()
    assert (before.claim.kind, after.claim.kind) == (ClaimKind.FIRST, ClaimKind.CHANGE)
    assert (before.state, after.state) == ("in_force", "in_force")
    assert before.scope_sha256 != after.scope_sha256
    assert before.version != after.version == source_version(dataset)
    assert refused(Invalid, lambda: draft(world, dataset)).code == "right-held-already"


def test_evidence_is_kept_encrypted_and_once(world: World) -> None:
    """The same file for the same purpose is the same evidence."""
    claim = given.drafted_claim(world)
    evidence = given.attached(world, claim, content="Record")
    with open_stored(evidence.file) as file:
        assert file.read() == b"Record"
    before = counts()
    assert given.attached(world, claim, content="Record") == evidence
    assert counts() == before
    other = given.attached(world, claim, content="Record", kind=EvidenceKind.OTHER)
    assert other != evidence


def test_an_empty_file_shows_nothing(world: World) -> None:
    """It is refused on the field."""
    claim = given.drafted_claim(world)
    error = refused(Invalid, lambda: given.attached(world, claim, content=""))
    assert error.code == "evidence-empty"


def test_a_file_that_is_too_large_is_refused(world: World, settings: Any) -> None:
    """With the sentence of the upload."""
    claim = given.drafted_claim(world)
    large = upload("record", name="record.txt")
    large.incoming, discarded = None, large.incoming
    assert discarded is not None
    discarded.discard()
    error = refused(
        Invalid,
        lambda: attach_evidence(
            claim.pk, kind=EvidenceKind.SOURCE, upload=large, by=world.actor("officer")
        ),
    )
    assert error.code == "too-large"


def test_evidence_comes_only_while_the_claimant_has_the_claim(world: World) -> None:
    """Not while the register examines it."""
    claim = given.submitted_claim(world)
    error = refused(WrongState, lambda: given.attached(world, claim, content="More"))
    assert error.code == "not-completable"


def test_a_claim_carries_so_many_files(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody fills the vault through a claim."""
    monkeypatch.setattr("marketplace.rights.registration.services.MOST_FILES", 1)
    claim = given.complete_claim(world)
    error = refused(Invalid, lambda: given.attached(world, claim, content="More"))
    assert error.code == "evidence-too-many"


def test_submitting_tells_all_that_is_missing_at_once(world: World) -> None:
    """With the code of the first rule; the claim stays a draft."""
    dataset = approved_dataset(world, source_kind="derived")
    claim = given.drafted_claim(world, dataset=dataset)
    error = refused(Invalid, lambda: submit_claim(claim.pk, by=world.actor("officer")))
    assert isinstance(error, Invalid)
    assert error.code == "authorization-not-shown"
    assert len(error.fields[""]) == 2
    claim.refresh_from_db()
    assert claim.state == ClaimState.DRAFT


def test_submitting_opens_a_case_and_the_term_to_reply(world: World) -> None:
    """Three working days: over the autumn festival of 2026, as in article 17's case."""
    with clock.stopped_at(given.at("2026-09-21")):
        claim = given.submitted_claim(world)
    assert claim.state == ClaimState.SUBMITTED
    assert str(claim.reply_due_on) == "2026-09-24"
    case = open_case_of("right", f"claim:{claim.pk}")
    assert case is not None
    assert case.submitted_by_id == world.person("officer").pk


def test_a_dataset_that_is_gone_is_not_submitted(world: World) -> None:
    """Its content has to stay approved."""
    dataset = approved_dataset(world)
    claim = given.complete_claim(world, dataset=dataset)
    retire_dataset(dataset.pk, reason="Replaced", by=world.actor("officer"))
    error = refused(WrongState, lambda: submit_claim(claim.pk, by=world.actor("officer")))
    assert error.code == "content-not-approved"


def test_a_claim_can_be_taken_back_while_it_runs(world: World) -> None:
    """Its case goes with it, and open objections lapse."""
    claim = given.published_claim(world)
    objection = given.raised_objection(world, claim)
    withdrawn = withdraw_claim(claim.pk, by=world.actor("officer"))
    objection.refresh_from_db()
    assert (withdrawn.state, objection.state) == (ClaimState.WITHDRAWN, "lapsed")
    assert Case.objects.get(kind="right").state == "withdrawn"


def test_a_certified_claim_is_not_taken_back(world: World) -> None:
    """Its certificate is cancelled instead."""
    certificate = given.certified(world)
    refused(WrongState, lambda: withdraw_claim(certificate.claim_id, by=world.actor("officer")))


def test_claims_are_seen_by_the_claimant_and_the_centre(world: World) -> None:
    """Nobody else, whatever its state."""
    claim = given.published_claim(world)
    assert claims_visible_to(world.actor("colleague")).get() == claim
    assert claims_visible_to(world.actor("auditor")).get() == claim
    assert not claims_visible_to(world.actor("stranger")).exists()
