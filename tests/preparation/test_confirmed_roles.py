"""A relabelling counts once a second person who looked has confirmed it by name."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from marketplace.core.actor import Actor
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.credentials.selectors import claims_of
from marketplace.preparation.policy.models import RoleConfirmation
from marketplace.preparation.policy.relabelling import unconfirmed_of
from marketplace.preparation.policy.services import confirm_policy, confirm_roles, return_roles
from marketplace.preparation.report.models import Verdict
from marketplace.review.models import Case
from tests.conftest import ApiClients, PageClients
from tests.given import preparation as given
from tests.given import relabelled
from tests.given.preparation import REASON
from tests.given.relabelled import policy_in_force
from tests.given.world import World

pytestmark = pytest.mark.django_db
AS_OTHER = {"role": "other", "mask": "keep", "options": {}}


def test_who_may_not_confirm(world: World) -> None:
    policy = policy_in_force(relabelled.relabelled_herd(world))
    reviewer = world.actor("reviewer")
    writer = Actor(
        person_id=world.person("officer").pk,
        organization_id=reviewer.organization_id,
        roles=reviewer.roles,
    )
    for by, refusal in (
        (world.actor("officer"), NotAllowed),
        (world.actor("colleague"), NotAllowed),
        (world.actor("auditor"), NotAllowed),
        (writer, NotAllowed),
        (given.SYSTEM, NotAllowed),
        (world.actor("stranger"), NotFound),
    ):
        with pytest.raises(refusal):
            confirm_roles(policy.pk, columns=["sex"], by=by)
        with pytest.raises(refusal):
            return_roles(policy.pk, reason="No.", by=by)
    assert not RoleConfirmation.objects.exists()


def test_who_wrote_the_reason_before_does_not_confirm_it(world: World) -> None:
    """A colleague confirms the policy anew; the reason stays whose it was."""
    version = relabelled.relabelled_herd(world)
    document = relabelled.impersonal(version) | {"smallest_class": 6}
    colleague = world.actor("colleague")
    policy = confirm_policy(version.pk, policy=document, reasons={"sex": REASON}, by=colleague)
    assert policy.relabellings.get().written_by_id == world.person("officer").pk
    reviewer = world.actor("reviewer")
    writer = Actor(
        person_id=world.person("officer").pk,
        organization_id=reviewer.organization_id,
        roles=reviewer.roles,
    )
    with pytest.raises(NotAllowed):
        confirm_roles(policy.pk, columns=["sex"], by=writer)


@pytest.mark.parametrize("columns", [[], ["Sex"], ["milk_litres"], ["sex", "milk_litres"]])
def test_each_column_is_named(world: World, columns: list[str]) -> None:
    policy = policy_in_force(relabelled.relabelled_herd(world))
    with pytest.raises(Invalid) as caught:
        confirm_roles(policy.pk, columns=columns, by=world.actor("reviewer"))
    assert caught.value.code == "roles-unnamed"
    assert not RoleConfirmation.objects.exists()
    assert Case.objects.get(kind="roles").state == "open"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "These are goats of another farm; no person is behind a row of it."),
        ({"sex": {**AS_OTHER, "mask": "swap"}}, REASON),
        ({"sex": {**AS_OTHER, "role": "sensitive"}}, REASON),
    ],
)
def test_confirmation_is_void_when_what_was_confirmed_changes(
    world: World, changes: dict[str, Any], reason: str
) -> None:
    version = relabelled.reviewed_herd(world)
    assert unconfirmed_of(policy_in_force(version)) == []
    document = relabelled.impersonal(version, **changes)
    changed = confirm_policy(
        version.pk, policy=document, reasons={"sex": reason}, by=world.actor("officer")
    )
    assert [one.column for one in unconfirmed_of(changed)] == ["sex"]
    assert Case.objects.get(kind="roles", state="open").subject == f"policy:{changed.pk}"


def test_confirmation_outlives_what_does_not_concern_it(world: World) -> None:
    """Nor need the reason be sent again; a blank one takes it back."""
    version = relabelled.reviewed_herd(world)
    document = relabelled.impersonal(version, milk_litres="drop")
    officer = world.actor("officer")
    changed = confirm_policy(version.pk, policy=document, by=officer)
    assert changed.relabellings.get().reason == REASON
    assert unconfirmed_of(changed) == []
    for sent in ({"sex": ""}, {"sex": "  "}):
        with pytest.raises(Invalid):
            confirm_policy(version.pk, policy=document, reasons=sent, by=officer)
    # It is the reason for this mask, and for no other.
    swapped = relabelled.impersonal(version, sex={**AS_OTHER, "mask": "swap"})
    with pytest.raises(Invalid):
        confirm_policy(version.pk, policy=swapped, by=officer)
    assert not Case.objects.filter(kind="roles", state="open").exists()


def test_who_agreed_to_invented_values_has_not_agreed_to_true_ones(world: World) -> None:
    version = relabelled.classified_herd(world)
    officer, masked = world.actor("officer"), relabelled.impersonal(version)
    drawing = {"epsilon": "1", "delta": "0.000001", "domains": {"sex": {"values": ["F", "M"]}}}
    drawn = relabelled.impersonal(version, stable="drop", milk_litres="drop")
    drawn["synthetic"] = drawing
    first = confirm_policy(version.pk, policy=drawn, reasons={"sex": REASON}, by=officer)
    confirm_roles(first.pk, columns=["sex"], by=world.actor("reviewer"))
    assert unconfirmed_of(first) == []
    with pytest.raises(Invalid):
        confirm_policy(version.pk, policy=masked, by=officer)
    second = confirm_policy(version.pk, policy=masked, reasons={"sex": REASON}, by=officer)
    assert [one.column for one in unconfirmed_of(second)] == ["sex"]


def test_case_of_a_replaced_policy_is_taken_back(world: World) -> None:
    version = relabelled.relabelled_herd(world)
    first = policy_in_force(version)
    given.confirmed(world, version)
    assert Case.objects.get(kind="roles").state == "withdrawn"
    with pytest.raises(WrongState):
        confirm_roles(first.pk, columns=["sex"], by=world.actor("reviewer"))


def test_what_nobody_confirmed_counts_as_what_was_found(world: World) -> None:
    version = relabelled.relabelled_herd(world)
    report = relabelled.measured(world, version)
    assert report.quasi_identifiers == ["sex"]
    assert report.verdict != Verdict.NO_PERSONAL_INFORMATION
    assert [one["is_confirmed"] for one in report.relabelled] == [False]
    policy = policy_in_force(version)
    return_roles(policy.pk, reason="Whose sex?", by=world.actor("reviewer"))
    assert relabelled.measured(world, version).verdict == report.verdict
    # To be asked once more, the officer writes another reason.
    document, officer = relabelled.impersonal(version), world.actor("officer")
    better = "Cows and bulls by their ear tags; farmers are not in this table."
    policy = confirm_policy(version.pk, policy=document, reasons={"sex": better}, by=officer)
    confirm_roles(policy.pk, columns=["sex"], by=world.actor("reviewer"))
    assert relabelled.measured(world, version).verdict == Verdict.NO_PERSONAL_INFORMATION


def test_report_is_measured_again_after_a_reviewer_agreed(
    world: World, api_of: ApiClients, page_of: PageClients
) -> None:
    version = relabelled.relabelled_herd(world)
    first = relabelled.measured(world, version)
    policy = policy_in_force(version)
    confirm_roles(policy.pk, columns=["sex"], by=world.actor("reviewer"))
    assert (
        "agreed after this was measured"
        in page_of("officer")
        .get(reverse("risk_report_detail", kwargs={"pk": first.pk}))
        .content.decode()
    )
    again = reverse("masking_start", kwargs={"pk": version.pk})
    path = reverse("preparation_detail", kwargs={"pk": version.pk})
    assert again in page_of("officer").get(path).content.decode()
    report = relabelled.measured(world, version)
    assert report.pk != first.pk
    assert again not in page_of("officer").get(path).content.decode()
    assert (report.quasi_identifiers, report.passed) == ([], True)
    assert report.verdict == Verdict.NO_PERSONAL_INFORMATION
    assert relabelled.measured(world, version) == report
    assert report.credential is not None
    (claim,) = claims_of(report.credential)["relabelled"]
    assert claim == {
        "column": "sex",
        "found_as": "quasi",
        "decided_as": "other",
        "evidence": "values_and_header",
        "reason": REASON,
        "confirmed_by": ["reviewer"],
    }
    people = {str(world.person(name).pk) for name in ("officer", "reviewer")}
    assert not any(pk in str(report.credential.document) for pk in people)
    told = api_of("officer").get(reverse("api_get_risk_report", kwargs={"pk": report.pk})).json()
    assert [one["station"] for one in told["relabelled"][0]["agreed"]] == ["reviewer"]
    page = page_of("auditor").get(reverse("risk_report_detail", kwargs={"pk": report.pk}))
    told_on_page = page.content.decode()
    for words in (REASON, "though they look so: “Sex”", "<dd>No personal information</dd>"):
        assert words in told_on_page


def test_page_shows_evidence_values_and_reason(world: World, page_of: PageClients) -> None:
    policy = policy_in_force(relabelled.relabelled_herd(world))
    path = reverse("roles_review", kwargs={"pk": policy.pk})
    asked = page_of("reviewer").get(path).content.decode()
    assert "Show values of these columns" in asked
    assert "<code>F</code>" not in asked
    given.looking(world, policy.version, by="reviewer")
    shown = page_of("reviewer").get(path).content.decode()
    assert "Show values of these columns" not in shown
    for told in (REASON, "<code>F</code>", "<code>M</code>", "100", 'value="sex"'):
        assert told in shown
    # Who does not decide sees no value, and has nothing to tick.
    watched = page_of("auditor").get(path).content.decode()
    assert REASON in watched
    assert "<code>F</code>" not in watched
    assert 'value="sex"' not in watched
    unticked = page_of("reviewer").post(reverse("roles_confirm", kwargs={"pk": policy.pk}))
    assert unticked.status_code == 422
    assert "sex" in str(unticked.context["confirm_form"].errors)
