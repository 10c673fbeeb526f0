"""No class is taken from a column in silence: a reason, and a second person who looked."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from desensitize.detectors import Proposal
from desensitize.policy import TEMPLATES, policy_from_template
from marketplace.core.errors import Invalid, WrongState
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.masking.services import start_masking
from marketplace.preparation.policy.models import MaskingPolicy, Relabelling
from marketplace.preparation.policy.relabelling import taken_roles, unconfirmed_of
from marketplace.preparation.policy.services import confirm_policy, confirm_roles
from marketplace.review.models import Case
from tests.conftest import ApiClients, PageClients
from tests.given import preparation as given
from tests.given import relabelled
from tests.given.preparation import REASON
from tests.given.relabelled import SEX, policy_in_force
from tests.given.world import World
from tests.preparation.doors import policy_form

pytestmark = pytest.mark.django_db
AS_OTHER = {"role": "other", "mask": "keep", "options": {}}


def refused(world: World, policy: dict[str, Any], reasons: dict[str, str], **given: Any) -> Invalid:
    """Confirm a policy that must be refused; nothing is kept. Answer the refusal."""
    version = given.get("version") or relabelled.classified_herd(world)
    with pytest.raises(Invalid) as caught:
        confirm_policy(version.pk, policy=policy, reasons=reasons, by=world.actor("officer"))
    assert not MaskingPolicy.objects.exists()
    assert not Case.objects.filter(kind="roles").exists()
    return caught.value


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("age", AS_OTHER),
        ("income", AS_OTHER),
        ("city", {"role": "sensitive", "mask": "keep", "options": {}}),
        ("income", {"role": "quasi", "mask": "generalize", "options": {}}),
        ("mobile", {"role": "other", "mask": "pseudonym", "options": {}}),
        ("name", {"role": "sensitive", "mask": "pseudonym", "options": {}}),
    ],
)
def test_a_class_is_not_taken_away_in_silence(
    world: World, column: str, change: dict[str, Any]
) -> None:
    version = given.classified_version(world)
    document = given.policy_document(version, **{column: change})
    refusal = refused(world, document, {"sex": REASON}, version=version)
    (place,) = refusal.fields
    assert place.endswith(".reason")
    assert f"“{column}”" in refusal.sentence
    assert refusal.code == "reason-missing"
    confirm_policy(version.pk, policy=document, reasons={column: REASON}, by=world.actor("officer"))
    kept = Relabelling.objects.get()
    assert (kept.column, kept.reason, kept.decided_as) == (column, REASON, change["role"])
    assert kept.found_as == findings_of(version).get(name=column).role
    assert kept.written_by_id == world.person("officer").pk


@pytest.mark.parametrize(
    "change",
    [
        {"role": "direct", "mask": "drop"},
        {"role": "direct", "mask": "pseudonym"},
        {"role": "other", "mask": "drop"},
        {"role": "other", "mask": "redact"},
        {"role": "quasi", "mask": "truncate_date", "options": {"unit": "year"}},
    ],
)
def test_what_takes_nothing_away_needs_no_reason(world: World, change: dict[str, Any]) -> None:
    version = given.classified_version(world)
    document = given.policy_document(version, sex={"options": {}, **change})
    confirm_policy(version.pk, policy=document, by=world.actor("officer"))
    assert not Relabelling.objects.exists()


def test_a_guess_may_have_a_reason_and_needs_none(world: World) -> None:
    """Without one it goes on counting as found; with one a reviewer is asked."""
    version, officer = relabelled.classified_herd(world), world.actor("officer")
    findings_of(version).filter(name="sex").update(confidence=0.5)
    policy = relabelled.impersonal(version)
    silent = confirm_policy(version.pk, policy=policy, by=officer)
    assert not silent.relabellings.exists()
    assert relabelled.measured(world, version).verdict != "no-personal-information"
    told = confirm_policy(version.pk, policy=policy, reasons={"sex": REASON}, by=officer)
    assert [one.column for one in unconfirmed_of(told)] == ["sex"]


def test_what_was_found_to_identify_is_no_anonymity_until_a_reviewer_agrees(world: World) -> None:
    """Ear tags under a header that speaks of names."""
    table = "surname,milk_litres\n" + "".join(f"{'xyz'[row % 3]},{row % 9}\n" for row in range(60))
    version = given.classified_version(world, table=table, title="Herd", personal_basis="none")
    policy = given.policy_document(version, surname=AS_OTHER)
    reasons, officer = {"surname": REASON}, world.actor("officer")
    kept = confirm_policy(version.pk, policy=policy, reasons=reasons, by=officer)
    assert kept.relabellings.get().found_as == "direct"
    report = relabelled.measured(world, version)
    assert report.verdict == "de-identified"
    assert "identifiers_remain" in [one["code"] for one in report.judgement["reasons"]]
    confirm_roles(kept.pk, columns=["surname"], by=world.actor("reviewer"))
    assert relabelled.measured(world, version).verdict == "no-personal-information"


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   \n\t ",
        "no person",
        "........................................",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "These are animals\u200b, and no persons at all.",
        "These are animals\x00, and no persons at all.",
        "Ask their keeper under 13912345678, he knows that these are animals.",
        "These are animals. " * 30,
    ],
)
def test_reason_that_says_nothing_is_refused(world: World, reason: str) -> None:
    version = relabelled.classified_herd(world)
    refusal = refused(world, relabelled.impersonal(version), {"sex": reason})
    assert list(refusal.fields) == [f"columns.{SEX}.reason"]


def test_reason_may_be_chinese(world: World) -> None:
    version = relabelled.classified_herd(world)
    reason = "这是牛的性别，不是人的性别。"
    policy = relabelled.impersonal(version)
    confirm_policy(version.pk, policy=policy, reasons={"sex": reason}, by=world.actor("officer"))
    assert Relabelling.objects.get().reason == reason


def test_no_template_and_no_proposal_relabels(world: World) -> None:
    """Whoever changes the classes before they reach a template is asked all the same."""
    version = given.classified_version(world)
    findings = list(findings_of(version))
    proposals = [
        Proposal(one.name, one.role, one.kind or None, one.confidence, "", one.evidence_code, {})
        for one in findings
    ]
    for name in TEMPLATES:
        assert taken_roles(policy_from_template(name, proposals), findings) == []
    changed = [
        Proposal(one.name, "other", None, 1.0, "", "nothing_found", {})
        if one.role in ("quasi", "sensitive")
        else one
        for one in proposals
    ]
    for name in TEMPLATES:
        policy = policy_from_template(name, changed)
        refusal = refused(world, policy.to_dict() | {"suppression_limit": 0.2}, {}, version=version)
        assert set(refusal.fields) == {f"columns.{place}.reason" for place in (3, 4, 5, 6)}


def test_form_asks_for_the_reason_at_its_column(world: World, page_of: PageClients) -> None:
    version = relabelled.classified_herd(world)
    sent = policy_form({"pk": version.pk, "policy": relabelled.impersonal(version)})
    place = f"columns.{SEX}.reason"
    for reason in ({}, {place: "  "}, {place: "because"}):
        answer = page_of("officer").post(sent.path, sent.data | reason)
        assert answer.status_code == 422
        assert "“sex”" in answer.context["form"].errors[place][0]
    assert not MaskingPolicy.objects.exists()
    assert page_of("officer").post(sent.path, sent.data | {place: REASON}).status_code == 302
    assert Relabelling.objects.get().reason == REASON
    # The form goes on to show it, so that confirming again changes nothing.
    form = page_of("officer").get(sent.path).context["form"]
    assert form[place].value() == REASON


def test_api_names_the_column_and_takes_the_reason(world: World, api_of: ApiClients) -> None:
    version, client = relabelled.classified_herd(world), api_of("officer")
    path = reverse("api_confirm_policy", kwargs={"pk": version.pk})
    document = relabelled.impersonal(version)
    answer = client.post(path, document, format="json")
    assert answer.status_code == 422
    told = answer.json()
    assert told["code"] == "reason-missing"
    assert "“sex”" in told["errors"][f"columns.{SEX}.reason"][0]
    assert not MaskingPolicy.objects.exists()
    document["columns"][SEX]["reason"] = REASON
    answer = client.post(path, document, format="json")
    assert answer.status_code == 200
    (told,) = answer.json()["relabelled"]
    assert (told["column"], told["found_as"], told["decided_as"]) == ("sex", "quasi", "other")
    assert (told["reason"], told["agreed"]) == (REASON, [])


def test_next_version_inherits_no_reason(world: World, api_of: ApiClients) -> None:
    """The policy of an earlier version, as the API gives it, is asked anew and confirmed anew."""
    version, client = relabelled.reviewed_herd(world), api_of("officer")
    kept = client.get(reverse("api_get_policy", kwargs={"pk": version.pk})).json()["document"]
    later = given.next_version(world, version, table=relabelled.herd().replace(",F,10", ",F,11"))
    path = reverse("api_confirm_policy", kwargs={"pk": later.pk})
    assert client.post(path, kept, format="json").status_code == 422
    kept["columns"][SEX]["reason"] = REASON
    assert client.post(path, kept, format="json").status_code == 200
    assert [one.column for one in unconfirmed_of(policy_in_force(later))] == ["sex"]


def test_policy_from_before_reasons_were_asked_makes_nothing(world: World) -> None:
    version = relabelled.relabelled_herd(world)
    Relabelling.objects.all().delete()
    with pytest.raises(WrongState) as caught:
        start_masking(version.pk, by=world.actor("officer"))
    assert caught.value.code == "reason-missing"
    assert "sex" in caught.value.sentence
    policy = relabelled.impersonal(version)
    officer = world.actor("officer")
    again = confirm_policy(version.pk, policy=policy, reasons={"sex": REASON}, by=officer)
    assert [one.column for one in unconfirmed_of(again)] == ["sex"]
