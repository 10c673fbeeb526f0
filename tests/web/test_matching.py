"""Edits of two people: nobody undoes what they have not read, by page or API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from marketplace.accounts.member.services import set_roles
from marketplace.accounts.token.services import set_token_policy
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.services import revise_dataset
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.selectors import columns_of
from marketplace.catalog.version.services import annotate_columns
from marketplace.core.errors import Refusal
from marketplace.core.versions import ChangedMeanwhile, expecting, version_of
from marketplace.ledger.models import Entry
from tests.catalog.doors import DESCRIBED
from tests.conftest import ApiClients, PageClients
from tests.given import catalog, preparation
from tests.given import trading as given
from tests.given.state import changed_tables, kept_rows
from tests.given.threads import at_once
from tests.given.world import World

OTHER = "Somebody else"


def roles_of(world: World) -> str:
    """Return where the roles of the colleague are read."""
    return reverse("api_get_person", args=[world.person("colleague").pk])


def set_by_api(world: World, client: Any, match: str = "", **headers: str) -> Any:
    """Give the colleague other roles through the API."""
    address = reverse("api_set_roles", args=[world.person("colleague").pk])
    headers |= {"If-Match": match} if match else {}
    return client.post(address, {"roles": ["officer", "finance"]}, headers=headers)


def test_what_was_read_may_be_changed(world: World, api_of: ApiClients) -> None:
    """Once: the version is another then, of which the answer to the next look tells."""
    client = api_of("officer")
    read = client.get(roles_of(world))
    done = set_by_api(world, client, read["ETag"])
    assert done.status_code == 200
    again = client.get(roles_of(world))
    assert again["ETag"] != read["ETag"]
    assert again["ETag"] == client.get(roles_of(world))["ETag"]
    assert done["ETag"].partition(".")[0] == again["ETag"].partition(".")[0]
    stale = set_by_api(world, client, read["ETag"])
    assert stale.status_code == 412
    problem = stale.json()
    assert problem["type"] == "urn:data-trading-centre:problem:changed-meanwhile"
    assert (problem["status"], problem["code"]) == (412, "changed-meanwhile")


@pytest.mark.parametrize(
    "match", ['"0"', 'W/"{}"', "{}", '"{}', '"a", "b"', "", '"*"', 'W/"{}", "0"', "W/*"]
)
def test_another_version_is_refused(match: str, world: World, api_of: ApiClients) -> None:
    """A weak tag names no version (RFC 9110, 13.1.1), and what is no tag is none."""
    colleague = world.person("colleague")
    before, recorded = kept_rows(), Entry.objects.count()
    address = reverse("api_set_roles", args=[colleague.pk])
    answer = api_of("officer").post(
        address,
        {"roles": ["officer", "finance"]},
        HTTP_IF_MATCH=match.replace("{}", version_of(colleague)),
    )
    assert answer.status_code == 412
    assert changed_tables(before) == []
    assert Entry.objects.count() == recorded


@pytest.mark.parametrize("match", ["*", '"0", {}', "{}, W/{}"])
def test_one_of_several_is_enough(match: str, world: World, api_of: ApiClients) -> None:
    """And any, where there is one at all."""
    tag = f'"{version_of(world.person("colleague"))}"'
    assert set_by_api(world, api_of("officer"), match.format(tag, tag)).status_code == 200


def test_what_was_done_may_be_done_on_at_once(world: World, api_of: ApiClients) -> None:
    """The answer to an act has the version that it left: nobody has to look in between."""
    client = api_of("officer")
    first = set_by_api(world, client)
    address = reverse("api_set_roles", args=[world.person("colleague").pk])
    second = client.post(address, {"roles": ["finance"]}, headers={"If-Match": first["ETag"]})
    assert second.status_code == 200
    third = client.post(address, {"roles": ["officer"]}, headers={"If-Match": first["ETag"]})
    assert third.status_code == 412


def test_what_was_made_has_a_version(world: World, api_of: ApiClients) -> None:
    """That of the address to which its answer leads."""
    client = api_of("officer")
    made = client.post(reverse("api_register_dataset"), DESCRIBED)
    assert made.status_code == 201, made.content
    read = client.get(made["Location"])
    assert made["ETag"].partition(".")[0] == read["ETag"].partition(".")[0]


def test_what_is_known_is_not_sent_again(world: World, api_of: ApiClients) -> None:
    """By the same tag, weak or among others; what another reads differs, and is sent."""
    client = api_of("officer")
    read = client.get(roles_of(world))
    tag = read["ETag"]
    for known in (tag, f"W/{tag}", f'"0", {tag}', "*"):
        answer = client.get(roles_of(world), headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    version = tag.partition(".")[0] + '"'
    for other in ('"0"', version, tag.strip('"'), ""):
        answer = client.get(roles_of(world), headers={"If-None-Match": other})
        assert (answer.status_code, answer.content) == (200, read.content)
    set_by_api(world, client)
    assert client.get(roles_of(world), headers={"If-None-Match": tag}).status_code == 200


def test_what_may_be_done_is_part_of_what_is_known(world: World, api_of: ApiClients) -> None:
    """The order is the same row to both sides; the acts that each may call are not."""
    address = reverse("api_get_order", args=[given.placed(world).pk])
    buyer, seller = (api_of(one).get(address)["ETag"] for one in ("buyer", "officer"))
    assert buyer.partition(".")[0] == seller.partition(".")[0]
    assert buyer != seller
    answer = api_of("buyer").get(address, headers={"If-None-Match": seller})
    assert answer.status_code == 200


def test_a_repeated_request_is_answered_as_the_first(world: World, api_of: ApiClients) -> None:
    """Though the version is another since: it made it so."""
    client = api_of("officer")
    tag = client.get(roles_of(world))["ETag"]
    key = {"Idempotency-Key": f'"{uuid4()}"'}
    first, second = (set_by_api(world, client, tag, **key) for _time in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert first["ETag"] == second["ETag"]


def test_what_is_edited_together_has_one_version(world: World) -> None:
    """Roles with their person, columns with their version, hierarchies and policies too."""
    colleague = world.person("colleague")
    before = version_of(colleague)
    set_roles(colleague.pk, roles=frozenset({"finance"}), by=world.actor("officer"))
    assert version_of(world.person("colleague")) != before
    version = catalog.annotated_version(world, catalog.draft_dataset(world))
    before = version_of(version)
    column = version.columns.earliest("position")
    column.label = "Line of the bus"
    column.save(update_fields=["label"])
    assert version_of(version) != before
    version = preparation.classified_version(world)
    before = version_of(version)
    preparation.confirmed(world, version)
    assert version_of(version) != before


@dataclass(frozen=True)
class Edit:
    """A page that edits: where it is, what is typed, and what somebody else saves meanwhile."""

    address: str
    typed: dict[str, Any]
    meanwhile: Callable[[], object]
    shows: str


def description(world: World) -> Edit:
    """Revise a dataset."""
    dataset = catalog.draft_dataset(world)

    def meanwhile() -> object:
        other = replace(catalog.DESCRIPTION, title=f"{OTHER}'s title")
        return revise_dataset(dataset.pk, description=other, by=world.actor("colleague"))

    typed = {**DESCRIBED, "title": "My own title"}
    return Edit(reverse("dataset_revise", args=[dataset.pk]), typed, meanwhile, "My own title")


def roles(world: World) -> Edit:
    """Set the roles of a person."""
    pk = world.person("colleague").pk

    def meanwhile() -> object:
        return set_roles(pk, roles=frozenset({"buyer"}), by=world.actor("officer"))

    return Edit(reverse("person_roles", args=[pk]), {"roles": ["finance"]}, meanwhile, "finance")


def token_policy(world: World) -> Edit:
    """Set the policy for tokens, on the page of the organization."""
    pk = world.organization("officer").pk

    def meanwhile() -> object:
        by = world.actor("officer")
        return set_token_policy(pk, scopes=frozenset({"read"}), days=9, by=by)

    address = reverse("organization_detail", args=[pk])
    return Edit(address, {"scopes": ["trade"], "days": 77}, meanwhile, 'value="77"')


@pytest.mark.parametrize("make", [description, roles, token_policy])
def test_a_page_overwrites_nothing_unread(
    make: Callable[[World], Edit], world: World, page_of: PageClients
) -> None:
    """It says so, keeps what was typed, and saves it when it is sent again."""
    edit, client = make(world), page_of("officer")
    opened = client.get(edit.address)
    seen = opened.context["seen_version" if make is not token_policy else "policy_seen"]
    assert f'name="seen_version" value="{seen}"' in opened.content.decode()
    edit.meanwhile()
    before, recorded = kept_rows(), Entry.objects.count()
    address = edit.address
    if make is token_policy:
        address = f"{address}token-policy/"
    refused = client.post(address, {**edit.typed, "seen_version": seen})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Somebody else has saved this since you opened it" in page
    assert edit.shows in page
    assert changed_tables(before) == []
    assert Entry.objects.count() == recorded
    newer = refused.context["seen_version" if make is not token_policy else "policy_seen"]
    assert newer != seen
    assert client.post(address, {**edit.typed, "seen_version": newer}).status_code == 302


def test_every_form_that_edits_says_what_it_saw(world: World, page_of: PageClients) -> None:
    """The pages of descriptions, grades, columns, policies and prices."""
    version = preparation.classified_version(world)
    draft = catalog.draft_dataset(world)
    catalog.uploaded_version(world, draft)
    pages = {
        "dataset_revise": draft.pk,
        "dataset_grade": draft.pk,
        "dataset_annotate": draft.pk,
        "policy_confirm": version.pk,
    }
    for route, pk in pages.items():
        page = page_of("officer").get(reverse(route, args=[pk]))
        assert 'name="seen_version"' in page.content.decode(), route


def test_columns_of_two_people(world: World) -> None:
    """The act itself compares, under its lock, and once."""
    version = catalog.uploaded_version(world, catalog.draft_dataset(world))
    seen = version_of(version)
    officer = world.actor("officer")
    annotations = [ColumnAnnotation(each.name, label="A label") for each in columns_of(version)]
    with expecting(version.pk, [seen]):
        annotate_columns(version.pk, columns=annotations, by=officer)
    with expecting(version.pk, [seen]), pytest.raises(ChangedMeanwhile):
        annotate_columns(version.pk, columns=annotations, by=officer)


@pytest.mark.postgres
@pytest.mark.usefixtures("at_once")
def test_of_two_edits_at_once_one_is_refused() -> None:
    """Both have read the same; the lock lets one in, and the other finds another version."""
    world = World()
    dataset = catalog.draft_dataset(world)
    seen = version_of(Dataset.objects.get(pk=dataset.pk))
    people = [world.actor("officer"), world.actor("colleague")]

    def edit(number: int) -> object:
        other = replace(catalog.DESCRIPTION, title=f"Title {number}")
        with expecting(dataset.pk, [seen]):
            return revise_dataset(dataset.pk, description=other, by=people[number])

    answers = at_once(2, edit)
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert [type(each) for each in refused] == [ChangedMeanwhile]
