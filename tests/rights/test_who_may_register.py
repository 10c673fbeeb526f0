"""Who may register what, source by source: what is refused, what is asked for, and the sentence."""

from __future__ import annotations

import pytest

from marketplace.core.errors import Invalid
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.registrability import EVERY_RIGHT, grantable, needs
from marketplace.rights.claim.states import ClaimState
from marketplace.rights.registration.services import submit_claim
from marketplace.rights.right.choices import Right
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.world import World
from tests.rights.test_registrability import origin

S, A, P, C, J, N, R = (
    EvidenceKind.SOURCE,
    EvidenceKind.AUTHORIZATION,
    EvidenceKind.PROCESSING,
    EvidenceKind.CONTRACT,
    EvidenceKind.CONSENTS,
    EvidenceKind.NO_SUBSTITUTE,
    EvidenceKind.PUBLIC_REGISTRATION,
)
ROWS = [
    ("own_production", False, {S: "21(1)"}, EVERY_RIGHT),
    ("authorized_collection", False, {A: "21(2)"}, EVERY_RIGHT),
    ("derived", False, {A: "21(6)", P: "21(6)"}, EVERY_RIGHT),
    ("scraped", False, {S: "21(4)", N: "21(4)"}, {"hold", "use"}),
    ("joint", False, {S: "21(5)", J: "21(5)"}, {"hold", "use"}),
    ("joint", True, {S: "21(5)", C: "21(5)"}, set()),
    ("entrusted", True, {C: "21(7)"}, set()),
]
"""Source, whether a contract grants the right, the evidence with its article, and which rights
the evidence for holding and using alone supports."""


@pytest.mark.parametrize(("source", "by_contract", "asked", "without"), ROWS)
def test_each_source_needs_its_evidence(
    source: str, by_contract: bool, asked: dict[EvidenceKind, str], without: set[str]
) -> None:
    """With the article of each; what only operating needs is missed by operating alone."""
    claimed = origin(source, contract_grants_right=by_contract)
    assert {need.kind: need.article for need in needs(claimed, rights=EVERY_RIGHT)} == asked
    assert all(str(need.why) for need in needs(claimed, rights=EVERY_RIGHT))
    everything = frozenset(kind.value for kind in asked)
    assert grantable(claimed, rights=EVERY_RIGHT, attached=everything) == EVERY_RIGHT
    plain = everything - {J.value, N.value} - ({C.value} if by_contract else set())
    assert grantable(claimed, rights=EVERY_RIGHT, attached=plain) == without


@pytest.mark.parametrize("source", ["own_production", "derived", "scraped"])
def test_a_product_of_authorized_operation_needs_the_public_registration(source: str) -> None:
    """Article 15(2), beside what its source needs; not for the body itself."""
    product = origin(source, asset_kind="government", organization_kind="platform")
    found = {need.kind: need.article for need in needs(product, rights=EVERY_RIGHT)}
    assert found[R] == "15(2)"
    assert len(found) > 1
    of_service = origin(source, asset_kind="public_service", organization_kind="company")
    assert R in {need.kind for need in needs(of_service, rights=EVERY_RIGHT)}
    own = origin(source, asset_kind="government", organization_kind="government")
    assert R not in {need.kind for need in needs(own, rights=EVERY_RIGHT)}


def test_what_is_not_registrable_is_refused_with_its_article(world: World) -> None:
    """Before any evidence is looked at."""
    dataset = approved_dataset(world, source_kind="entrusted")
    with pytest.raises(Invalid) as refusal:
        given.drafted_claim(world, dataset=dataset)
    assert refusal.value.code == "processor-has-no-right"
    assert "art. 21(7)" in refusal.value.sentence


def test_everything_that_is_missing_is_told_at_once(world: World) -> None:
    """In one list, each with its sentence and article; the claim stays a draft."""
    claim = given.drafted_claim(world, dataset=approved_dataset(world, source_kind="joint"))
    with pytest.raises(Invalid) as refusal:
        submit_claim(claim.pk, by=world.actor("officer"))
    told = refusal.value.fields[""]
    assert [sentence.rpartition(" (art. ")[2] for sentence in told] == ["21(5))", "21(5))"]
    claim.refresh_from_db()
    assert claim.state == ClaimState.DRAFT


def test_the_right_to_hold_or_use_can_be_claimed_without_the_consents(world: World) -> None:
    """Each party of joint data holds and uses it; for operating it asks the others."""
    claim = given.drafted_claim(
        world,
        dataset=approved_dataset(world, source_kind="joint"),
        rights=frozenset({Right.HOLD.value, Right.USE.value}),
    )
    given.attached(world, claim)
    assert submit_claim(claim.pk, by=world.actor("officer")).state == ClaimState.SUBMITTED
