"""What was decided for other data begins a policy, as far as it fits, and decides nothing."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from marketplace.catalog.dataset.models import Dataset
from marketplace.core.errors import Invalid, NotFound, WrongState
from marketplace.preparation.policy.copying import CopiedPolicy, copied_policy, formers_of
from marketplace.preparation.policy.models import MaskingPolicy
from marketplace.preparation.policy.selectors import policy_of
from marketplace.preparation.policy.services import confirm_policy
from tests.conftest import ApiClients, PageClients
from tests.given import preparation as given
from tests.given.preparation import policy_document
from tests.given.world import World

pytestmark = pytest.mark.django_db

TOWNS = [["Fuzhou", "*"], ["Quanzhou", "*"], ["Xiamen", "*"]]


def former(world: World) -> MaskingPolicy:
    """Decide on the table of people: for less than was found, with a reason, and with levels."""
    version = given.classified_version(world)
    document = policy_document(
        version,
        name="drop",
        mobile="drop",
        age={"mask": "generalize_bins", "options": {"width": 10}},
        sex={"role": "other", "mask": "keep"},
        city={"options": {"hierarchy": TOWNS}},
        income={"mask": "add_noise", "options": {"scale": 5.0, "subject": "id_number"}},
    )
    return given.confirmed(world, version, document=document | {"smallest_class": 7})


def other_table() -> str:
    """Return the table with ages in words, without names, and with a column of its own."""
    lines = [line.split(",")[1:] for line in given.people().splitlines()]
    rows = [[*row[:2], f"about {row[2]}", *row[3:], str(place)] for place, row in enumerate(lines)]
    rows[0] = [*lines[0], "place"]
    return "\n".join(",".join(row) for row in rows) + "\n"


def copied(world: World) -> CopiedPolicy:
    """Copy a policy to other data, for which nothing was decided yet."""
    source = former(world)
    version = given.classified_version(world, table=other_table(), title="Others")
    found = copied_policy(version, source.pk, by=world.actor("officer"))
    assert policy_of(version) is None, "nothing is decided by it"
    return found


def test_what_fits_is_taken_by_name_and_the_rest_told(world: World) -> None:
    found = copied(world)
    rules = {rule.name: rule for rule in found.policy.columns}
    assert rules["mobile"].mask == "drop"
    assert (rules["income"].mask, dict(rules["income"].options)["scale"]) == ("add_noise", 5.0)
    assert (rules["sex"].role, rules["sex"].mask) == ("other", "keep")
    assert "hierarchy" not in rules["city"].options, "levels name values of the other data"
    assert rules["age"].mask != "generalize_bins"
    assert found.policy.smallest_class == 7
    told = " ".join(found.notes)
    for part in (
        "“age”: the mask “Intervals of one width” makes nothing of its type here.",
        "Not in this table: name.",
        "New in this table, and decided as proposed: place.",
        "“sex” was found here to be: Quasi-identifier. To take that away, write why.",
    ):
        assert part in told


def test_reason_is_asked_anew(world: World) -> None:
    """What somebody wrote of other values is no reason here."""
    found = copied(world)
    version = given.classified_version(world, table=other_table(), title="Others")
    document = found.policy.to_dict()
    officer = world.actor("officer")
    with pytest.raises(Invalid) as refused:
        confirm_policy(version.pk, policy=document, by=officer)
    assert refused.value.code == "reason-missing"
    kept = confirm_policy(version.pk, policy=document, reasons={"sex": given.REASON}, by=officer)
    assert [one.column for one in kept.relabellings.all()] == ["sex"]


def test_what_the_centre_refuses_here_is_not_taken(world: World) -> None:
    """Where the detectors saw identity numbers in the values, a former “keep” is left out."""
    table = given.people().replace("id_number", "number")
    lines = [line.split(",") for line in table.splitlines()]
    plain = [[*row[:1], str(place), *row[2:]] for place, row in enumerate(lines)]
    plain[0] = lines[0]
    numbered = "\n".join(",".join(row) for row in plain) + "\n"
    first = given.classified_version(world, table=numbered, title="Numbered")
    source = given.confirmed(
        world, first, document=policy_document(first, number={"role": "other", "mask": "keep"})
    )
    version = given.classified_version(world, table=table, title="By identity number")
    found = copied_policy(version, source.pk, by=world.actor("officer"))
    assert found.policy.rule("number").mask != "keep"
    assert "cannot be released in clear" in " ".join(found.notes)


def test_only_what_the_own_organization_decided(world: World) -> None:
    source = former(world)
    officer = world.actor("officer")
    version = given.classified_version(world, table=other_table(), title="Others")
    [only] = formers_of(version, by=officer)
    assert (only.policy, only.alike, only.columns) == (source, 6, 7)
    assert formers_of(source.version, by=officer) == [], "not of itself"
    with pytest.raises(NotFound):
        copied_policy(version, source.pk, by=world.actor("stranger"))
    with pytest.raises(NotFound):
        copied_policy(source.version, source.pk, by=officer)
    assert formers_of(version, by=world.actor("reviewer"))[0].policy == source
    unclassified = given.approved_source(world, title="Not looked at yet")
    with pytest.raises(WrongState):
        copied_policy(unclassified, source.pk, by=officer)
    other = world.person("stranger").organization
    Dataset.objects.filter(pk=source.version.dataset_id).update(organization=other)
    assert formers_of(version, by=world.actor("reviewer")) == [], "though a reviewer sees both"
    with pytest.raises(NotFound):
        copied_policy(version, source.pk, by=world.actor("reviewer"))


def test_both_doors_show_it(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    source = former(world)
    version = given.classified_version(world, table=other_table(), title="Others")
    address = reverse("policy_confirm", args=[version.pk])
    shown = unescape(page_of("officer").get(address).content.decode())
    assert "version 1: 6 of 7 columns alike" in shown
    answer = page_of("officer").get(address, {"copy": str(source.pk)})
    assert "Not in this table: name." in unescape(answer.content.decode())
    assert answer.context["form"]["smallest_class"].value() == 7
    assert page_of("officer").get(address, {"copy": "nonsense"}).status_code == 200
    program = api_of("officer")
    listed = program.get(reverse("api_list_policies_to_copy", args=[version.pk])).json()
    assert [one["id"] for one in listed["policies"]] == [str(source.pk)]
    got = program.get(reverse("api_get_copied_policy", args=[version.pk, source.pk])).json()
    assert got["copied_from"] == str(source.pk)
    assert "hierarchy" not in str(got["document"]), "no values of the other data"
    assert {rule["name"] for rule in got["document"]["columns"]} >= {"age", "place"}
    assert not MaskingPolicy.objects.filter(version=version).exists()
