"""Which source gives which rights, against the published cases."""

from __future__ import annotations

from typing import Any

import pytest

from marketplace.catalog.dataset.choices import SourceKind
from marketplace.core.errors import Invalid
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.registrability import (
    EVERY_RIGHT,
    Origin,
    check_claimable,
    grantable,
    missing,
    needs,
)
from marketplace.rights.procedure.profile import profile
from marketplace.rights.right.choices import Right
from tests.rights.test_clocks import CASES

ALL_EVIDENCE = frozenset(kind.value for kind in EvidenceKind)


def origin(source: str, **changes: Any) -> Origin:
    """Return an origin of market data claimed by a company, with changes."""
    plain: dict[str, Any] = {"asset_kind": "market", "organization_kind": "company"}
    return Origin(source_kind=source, **(plain | changes))


def refusal(asked: Origin, *, rights: frozenset[str] = EVERY_RIGHT, years: int = 3) -> str:
    """Return the code of the refusal."""
    with pytest.raises(Invalid) as refused:
        check_claimable(asked, rights=rights, years=years, terms=profile("CN"))
    return refused.value.code


def test_a_longer_validity_is_refused() -> None:
    """Article 26."""
    case = CASES["reg-09"]
    code = refusal(origin("own_production"), years=case["inputs"]["years"])
    assert code == case["expected"]["error"]
    assert refusal(origin("own_production"), years=0) == "validity-too-long"


def test_duty_data_is_no_property() -> None:
    """Article 15(1)."""
    case = CASES["reg-11"]
    asked = origin(
        case["inputs"]["data_origin"],
        asset_kind="government",
        organization_kind="government",
    )
    assert refusal(asked) == case["expected"]["error"]


def test_a_processor_holds_nothing_unless_the_contract_says_so() -> None:
    """Article 21(7)."""
    case = CASES["reg-13"]
    granted = case["inputs"]["contract_grants_right"]
    assert refusal(origin("entrusted", contract_grants_right=granted)) == case["expected"]["error"]
    allowed = origin("entrusted", contract_grants_right=True)
    check_claimable(allowed, rights=EVERY_RIGHT, years=3, terms=profile("CN"))
    lacking = missing(allowed, rights=EVERY_RIGHT, attached=frozenset())
    assert [need.kind for need in lacking] == [EvidenceKind.CONTRACT]


def test_joint_data_is_operated_with_all_consents() -> None:
    """Article 21(5): without them each party still holds and uses."""
    case = CASES["reg-15"]
    asked = frozenset(case["inputs"]["requested"])
    source = origin(case["inputs"]["source"])
    without = ALL_EVIDENCE - {EvidenceKind.CONSENTS.value}
    assert grantable(source, rights=asked, attached=without) == set(case["expected"]["granted"])
    assert grantable(source, rights=asked, attached=ALL_EVIDENCE) == asked
    codes = [need.code for need in missing(source, rights=asked, attached=without)]
    assert codes == ["consents-missing"]


def test_scraped_data_is_operated_only_as_no_substitute() -> None:
    """It is held and used without that statement."""
    source = origin("scraped")
    shown = frozenset({EvidenceKind.SOURCE.value})
    assert grantable(source, rights=EVERY_RIGHT, attached=shown) == {Right.HOLD, Right.USE}
    shown |= {EvidenceKind.NO_SUBSTITUTE.value}
    assert grantable(source, rights=EVERY_RIGHT, attached=shown) == EVERY_RIGHT


def test_derived_data_shows_what_changed() -> None:
    """And under which authorization."""
    kinds = {need.kind for need in needs(origin("derived"), rights=EVERY_RIGHT)}
    assert kinds == {EvidenceKind.AUTHORIZATION, EvidenceKind.PROCESSING}


@pytest.mark.parametrize(
    ("organization_kind", "asked"), [("platform", True), ("company", True), ("government", False)]
)
def test_a_product_of_public_data_needs_its_registration(
    organization_kind: str, asked: bool
) -> None:
    """The body itself does not register its own twice."""
    source = origin(
        "authorized_collection", asset_kind="government", organization_kind=organization_kind
    )
    kinds = {need.kind for need in needs(source, rights=EVERY_RIGHT)}
    assert (EvidenceKind.PUBLIC_REGISTRATION in kinds) is asked


UNREGISTRABLE = {SourceKind.STATUTORY_DUTY, SourceKind.ENTRUSTED}


@pytest.mark.parametrize("source", sorted(set(SourceKind) - UNREGISTRABLE))
def test_every_other_source_needs_evidence(source: str) -> None:
    """Nothing is registered on somebody's word."""
    asked = origin(source)
    check_claimable(asked, rights=EVERY_RIGHT, years=1, terms=profile("CN"))
    assert needs(asked, rights=frozenset({Right.HOLD.value}))


@pytest.mark.parametrize("rights", [frozenset(), frozenset({"sell"})])
def test_only_the_three_rights_are_claimed(rights: frozenset[str]) -> None:
    """And at least one."""
    assert refusal(origin("own_production"), rights=rights) == "no-right-chosen"
