"""A policy is confirmed for every column, or refused with every fault at its place."""

from __future__ import annotations

from typing import Any

import pytest

from desensitize.policy import Policy
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.preparation.column.selectors import findings_of
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.proposals import policy_to_decide, proposed_policy
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.policy.services import confirm_policy
from tests.conftest import PageClients
from tests.given import preparation as given
from tests.given.preparation import policy_document
from tests.given.world import World
from tests.preparation.doors import policy_form

pytestmark = pytest.mark.django_db


def refused(world: World, document: dict[str, Any] | None = None, **masks: Any) -> Invalid:
    """Confirm a policy that must be refused; nothing is kept. Answer the refusal."""
    version = given.classified_version(world)
    with pytest.raises(Invalid) as caught:
        confirm_policy(
            version.pk,
            policy=policy_document(version, **masks) if document is None else document,
            by=world.actor("officer"),
        )
    assert not MaskingPolicy.objects.exists()
    return caught.value


def test_proposal_masks_what_was_found(world: World) -> None:
    policy = proposed_policy(findings_of(given.classified_version(world)))
    rules = {rule.name: (rule.role, rule.mask) for rule in policy.columns}
    assert rules["id_number"] == ("direct", "pseudonym")
    assert rules["name"][1] == rules["mobile"][1] == "redact"
    assert {rules[name] for name in ("age", "sex", "city")} == {("quasi", "generalize")}
    assert (policy.smallest_class, policy.suppression_limit) == (5, 0.2)


def test_confirmed_policy_is_kept_whole(world: World) -> None:
    version = given.classified_version(world)
    document = policy_document(version, age={"mask": "generalize_bins", "options": {"width": 10}})
    confirmed = given.confirmed(world, version, document=document)
    assert confirmed.document == document
    assert policy_of(version) == confirmed
    assert policy_to_decide(version).policy == Policy.from_dict(document)


def test_columns_may_come_in_any_order_and_limits_be_left_out(world: World) -> None:
    version = given.classified_version(world)
    document = policy_document(version)
    sent = {"columns": list(reversed(document["columns"]))}
    assert given.confirmed(world, version, document=sent).document == document


def test_same_policy_again_changes_nothing(world: World) -> None:
    version = given.classified_version(world)
    first = given.confirmed(world, version)
    assert given.confirmed(world, version) == first
    second = given.confirmed(world, version, document=given.without_trace(version))
    assert policy_of(version) == second != first


def test_who_may_not_confirm(world: World) -> None:
    version = given.classified_version(world)
    for person, refusal in (("reviewer", NotAllowed), ("buyer", NotFound), ("pending", NotFound)):
        with pytest.raises(refusal):
            given.confirmed(world, version, by=person)
    with pytest.raises(NotAllowed):
        confirm_policy(version.pk, policy=policy_document(version), by=given.SYSTEM)
    assert not MaskingPolicy.objects.exists()


def test_what_is_not_classified_has_no_policy(world: World) -> None:
    version = given.approved_source(world)
    with pytest.raises(WrongState) as caught:
        confirm_policy(version.pk, policy={"columns": []}, by=world.actor("officer"))
    assert caught.value.code == "not-classified"


@pytest.mark.parametrize(
    ("masks", "place", "says"),
    [
        ({"id_number": "keep"}, "columns.1.mask", "identifies people directly"),
        (
            {"id_number": {"role": "other", "mask": "keep"}},
            "columns.1.mask",
            "Chinese identity number",
        ),
        ({"sex": "keep"}, "columns.4.mask", "helps to single people out"),
        ({"age": "blur"}, "columns.3.mask", "There is no mask “blur”"),
        ({"age": "generalise"}, "columns.3.mask", "Did you mean “generalize”?"),
        ({"age": "generalize_bins"}, "columns.3.options.width", "needs the setting “width”"),
        (
            {"age": {"mask": "generalize_bins", "options": {"width": "ten"}}},
            "columns.3.options.width",
            "must be a number of at least",
        ),
        (
            {"age": {"mask": "truncate_date", "options": {"unit": "week"}}},
            "columns.3.options.unit",
            "one of year, quarter, month",
        ),
        ({"age": {"role": "unknown"}}, "columns.3.role", "There is no class “unknown”"),
        ({"income": "generalize"}, "columns.6.mask", "makes no column coarser"),
        (
            {"city": {"options": {"hierarchy": [["Fuzhou", "a"], ["Xiamen"]]}}},
            "columns.5.options",
            "hierarchy of column “city”",
        ),
        ({"age": {"colour": "blue"}}, "columns.3.mask", "This is no policy"),
    ],
)
def test_fault_is_told_at_its_place(
    world: World, masks: dict[str, Any], place: str, says: str
) -> None:
    refusal = refused(world, **masks)
    assert list(refusal.fields) == [place]
    assert says in refusal.fields[place][0]


def test_all_faults_are_told_at_once(world: World) -> None:
    refusal = refused(world, id_number="keep", sex="keep", age="blur")
    assert set(refusal.fields) == {"columns.1.mask", "columns.3.mask", "columns.4.mask"}


@pytest.mark.parametrize(
    ("limits", "place"),
    [
        ({"smallest_class": 4}, "smallest_class"),
        ({"smallest_class": True}, "smallest_class"),
        ({"smallest_class": "many"}, "smallest_class"),
        ({"suppression_limit": 0.5}, "suppression_limit"),
        ({"suppression_limit": -0.1}, "suppression_limit"),
        ({"method": "magic"}, "method"),
        ({"order": "sorted"}, "order"),
        ({"order": "source"}, "order"),
        ({"unknown": 1}, ""),
    ],
)
def test_limits_are_checked(world: World, limits: dict[str, Any], place: str) -> None:
    version = given.classified_version(world)
    with pytest.raises(Invalid) as caught:
        confirm_policy(
            version.pk, policy=policy_document(version) | limits, by=world.actor("officer")
        )
    assert list(caught.value.fields) in ([place], [])
    assert caught.value.sentence


@pytest.mark.parametrize("columns", [None, "all", [1, 2], {"name": "age"}])
def test_what_is_no_policy_is_refused(world: World, columns: Any) -> None:
    assert "This is no policy" in refused(world, {"columns": columns}).sentence


def test_every_column_has_one_rule(world: World) -> None:
    version = given.classified_version(world)
    columns = policy_document(version)["columns"]
    foreign = {"name": "shoe", "role": "other", "mask": "keep", "options": {}}
    with pytest.raises(Invalid) as caught:
        confirm_policy(
            version.pk,
            policy={"columns": [*columns[1:], columns[1], foreign]},
            by=world.actor("officer"),
        )
    said = " ".join(caught.value.fields[""])
    assert "two rules for column “id_number”" in said
    assert "no column “shoe”" in said
    assert "nothing about column “name”" in said


def test_text_that_no_database_keeps_is_refused(world: World) -> None:
    change = {"mask": "redact", "options": {"mark": "\x00"}}
    assert "cannot be kept" in refused(world, name=change).sentence


def test_form_shows_the_fault_at_its_column(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    things = {"pk": version.pk, "policy": policy_document(version, sex="keep")}
    sent = policy_form(things)
    answer = page_of("officer").post(sent.path, sent.data)
    assert answer.status_code == 422
    assert "columns.4.mask" in answer.context["form"].errors
    assert not MaskingPolicy.objects.exists()


def test_form_reads_settings_and_keeps_a_hierarchy(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    levels = [["Fuzhou", "coast"], ["Xiamen", "coast"], ["Quanzhou", "coast"]]
    document = policy_document(version, city={"options": {"hierarchy": levels}})
    given.confirmed(world, version, document=document)
    document["columns"][3].update(mask="generalize_bins")
    sent = policy_form({"pk": version.pk, "policy": document})
    sent.data.update({"columns.3.options.width": "10", "columns.3.options.origin": "5"})
    answer = page_of("officer").post(sent.path, sent.data)
    assert answer.status_code == 302
    confirmed = policy_of(version)
    assert confirmed is not None
    rules = {rule["name"]: rule for rule in confirmed.document["columns"]}
    assert rules["city"]["options"] == {"hierarchy": levels}
    assert rules["age"]["options"] == {"width": 10, "origin": 5}


def test_form_asks_for_different_private_values(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    document = policy_document(version, income={"role": "sensitive"})
    client, place = page_of("officer"), "columns.6"
    sent = policy_form({"pk": version.pk, "policy": document})
    sent.data.update({"private_values": 3, f"{place}.role": "sensitive"})
    assert client.post(sent.path, sent.data).status_code == 302
    confirmed = policy_of(version)
    assert confirmed is not None
    assert confirmed.document["columns"][6]["diversity"] == {"least": 3, "kind": "distinct"}
    assert client.get(sent.path).context["form"]["private_values"].value() == 3
    refused = client.post(sent.path, sent.data | {f"{place}.mask": "pseudonym"})
    assert refused.status_code == 422
    assert f"{place}.mask" in refused.context["form"].errors
    assert client.post(sent.path, sent.data | {f"{place}.mask": "drop"}).status_code == 302


def test_form_keeps_what_a_program_asked(world: World, page_of: PageClients) -> None:
    version = given.classified_version(world)
    asked = {"diversity": {"least": 2.5, "kind": "entropy"}, "closeness": {"most": 0.9}}
    document = policy_document(version, income={"role": "sensitive", **asked})
    given.confirmed(world, version, document=document)
    before = policy_of(version)
    assert before is not None
    sent = policy_form({"pk": version.pk, "policy": document})
    assert page_of("officer").post(sent.path, sent.data).status_code == 302
    assert policy_of(version) == before
