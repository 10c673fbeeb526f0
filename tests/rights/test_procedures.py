"""Procedures are data: their terms apply to the claims made by them, and a file adds one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid
from marketplace.rights.claim.models import Claim
from marketplace.rights.procedure import profile as profiles
from marketplace.rights.procedure.profile import PROFILES, procedures, profile
from marketplace.rights.registration.services import (
    accept_claim,
    confirm_claim,
    open_notice,
    start_review,
    submit_claim,
)
from tests.conftest import PageClients
from tests.given import rights as given
from tests.given.catalog import approved_dataset
from tests.given.world import World
from tests.rights.test_drafting import draft, refused

PUBLIC = "CN-public-data"


def test_every_file_is_a_procedure_with_sane_terms() -> None:
    """The default stands first; terms are positive and titled in both languages."""
    assert {each.name for each in procedures()} == {path.stem for path in PROFILES.glob("*.json")}
    assert procedures()[0].name == "CN"
    for each in procedures():
        assert each.titles.keys() >= {"en", "zh-hans"}
        assert each.source
        terms = (
            each.reply_workdays,
            each.supplement_workdays,
            each.decision_workdays,
            each.notice_workdays,
            each.objection_workdays,
            each.objection_notice_workdays,
            each.longest_validity_years,
            each.renewal_months,
        )
        assert min(terms) >= 1


def test_public_data_has_its_own_terms_to_the_end(world: World) -> None:
    """Ten working days of notice instead of five, three years at most instead of five."""
    dataset = approved_dataset(world, asset_kind="public_service")
    error = refused(Invalid, lambda: draft(world, dataset, procedure=PUBLIC, term_years=4))
    assert error.code == "validity-too-long"
    reviewer = world.actor("reviewer")
    with clock.stopped_at(given.at("2026-11-02")):
        claim = draft(world, dataset, procedure=PUBLIC, term_years=3)
        given.attached(world, claim)
        submit_claim(claim.pk, by=world.actor("officer"))
        claim = accept_claim(claim.pk, by=reviewer)
        assert str(claim.decision_due_on) == "2026-11-30"
        start_review(claim.pk, by=reviewer)
        claim = open_notice(claim.pk, by=reviewer)
        assert str(claim.notice_until) == "2026-11-16"
    with clock.stopped_at(given.at("2026-11-17")):
        certificate = confirm_claim(
            claim.pk, checklist=given.RIGHT_CHECKLIST, by=world.actor("second_reviewer")
        )
    assert (str(certificate.valid_until), str(certificate.renewal_from)) == (
        "2029-11-17",
        "2029-09-17",
    )


def test_a_procedure_is_for_the_data_that_it_names(world: World) -> None:
    """Market data is registered by the default; a procedure that is none is refused."""
    market = approved_dataset(world, asset_kind="market")
    for name in (PUBLIC, "../CN", "XX"):
        error = refused(Invalid, lambda name=name: draft(world, market, procedure=name))
        assert error.code == "no-such-procedure"
    assert draft(world, market).procedure == "CN"


def test_a_file_more_is_a_procedure_more(
    world: World, page_of: PageClients, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place writes its own and needs no code."""
    for path in PROFILES.glob("*.json"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    own = json.loads((PROFILES / "CN.json").read_text(encoding="utf-8"))
    own |= {"titles": {"en": "Rules of the Lake District"}, "reply_workdays": 1}
    (tmp_path / "CN-lake.json").write_text(json.dumps(own), encoding="utf-8")
    monkeypatch.setattr(profiles, "PROFILES", tmp_path)
    dataset = approved_dataset(world)
    address = reverse("claim_draft", args=[dataset.pk])
    assert "Rules of the Lake District" in page_of("officer").get(address).content.decode()
    answer = page_of("officer").post(
        address, {"rights": ["use"], "term_years": 2, "procedure": "CN-lake"}
    )
    claim = Claim.objects.get()
    assert answer.headers["Location"] == reverse("claim_detail", args=[claim.pk])
    given.attached(world, claim)
    with clock.stopped_at(given.at("2026-11-02")):
        claim = submit_claim(claim.pk, by=world.actor("officer"))
    assert (claim.procedure, str(claim.reply_due_on)) == ("CN-lake", "2026-11-03")
    assert profile(claim.procedure).title == "Rules of the Lake District"
