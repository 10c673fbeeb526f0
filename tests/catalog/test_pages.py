"""The catalog pages: what they show, and where mistakes are told."""

from __future__ import annotations

import re
from dataclasses import asdict
from html import unescape
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.catalog.approval.services import return_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.ledger.models import Entry
from tests.conftest import PageClients
from tests.given.catalog import (
    CONTENT_CHECKLIST,
    description,
    draft_dataset,
    ready_dataset,
    submitted_dataset,
)
from tests.given.world import World


def text_of(answer: Any) -> str:
    """Return a page as its reader sees it, more or less."""
    return unescape(answer.content.decode())


def test_the_list_shows_what_one_may_see(world: World, page_of: PageClients) -> None:
    draft_dataset(world)
    address = reverse("dataset_list")
    assert "Bus boardings" in text_of(page_of("officer").get(address))
    assert "Bus boardings" not in text_of(page_of("stranger").get(address))
    seen = text_of(page_of("reviewer").get(address))
    assert "Transport Bureau" in seen
    assert "Register a dataset" not in seen


def test_the_list_is_searched_and_filtered(world: World, page_of: PageClients) -> None:
    draft_dataset(world)
    draft_dataset(world, title="Rain by hour", abstract="Rain gauges.", theme="weather")
    client, address = page_of("officer"), reverse("dataset_list")
    assert "Rain by hour" not in text_of(client.get(address, {"q": "boardings"}))
    found = text_of(client.get(address, {"theme": "weather"}))
    assert "Rain by hour" in found
    assert "Bus boardings" not in found
    assert "Nothing fits." in text_of(client.get(address, {"state": "approved"}))
    assert client.get(address, {"state": "nonsense", "page": "x"}).status_code == 200


def test_an_empty_list_says_what_to_do(world: World, page_of: PageClients) -> None:
    shown = text_of(page_of("officer").get(reverse("dataset_list")))
    assert "has registered no data yet" in shown
    assert reverse("dataset_register") in shown


def test_the_list_asks_a_fixed_number_of_questions(
    world: World, page_of: PageClients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        draft_dataset(world, title=f"Dataset {number}")
    client = page_of("officer")
    with django_assert_num_queries(9):
        client.get(reverse("dataset_list"))


def test_the_detail_page_asks_a_fixed_number_of_questions(
    world: World, page_of: PageClients, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    dataset = ready_dataset(world)
    client = page_of("officer")
    with django_assert_max_num_queries(16):
        client.get(reverse("dataset_detail", args=[dataset.pk]))


def test_mistakes_of_a_description_stand_at_their_fields(
    world: World, page_of: PageClients
) -> None:
    sent = asdict(description(title="x" * 41, theme="", region=""))
    answer = page_of("officer").post(reverse("dataset_register"), sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "theme", "region"}
    assert Dataset.objects.count() == 0


def test_registering_leads_to_the_upload(world: World, page_of: PageClients) -> None:
    answer = page_of("officer").post(reverse("dataset_register"), asdict(description()))
    dataset = Dataset.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("dataset_upload", args=[dataset.pk])


def test_the_detail_page_says_what_is_missing(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    shown = text_of(page_of("officer").get(reverse("dataset_detail", args=[dataset.pk])))
    assert "Upload the data first." in shown
    assert "Grade the data by the harm" in shown
    assert "Submit for review" not in shown


def test_who_only_looks_is_offered_nothing(world: World, page_of: PageClients) -> None:
    dataset = ready_dataset(world)
    shown = text_of(page_of("finance").get(reverse("dataset_detail", args=[dataset.pk])))
    assert dataset.abstract in shown
    for route in ("dataset_submit", "dataset_revise", "dataset_retire", "dataset_review"):
        assert reverse(route, args=[dataset.pk]) not in shown


def test_the_grade_is_shown_before_it_is_saved(world: World, page_of: PageClients) -> None:
    dataset, client = draft_dataset(world), page_of("officer")
    address = reverse("dataset_grade", args=[dataset.pk])
    sent = {"national_security": "serious", "preview": "1"}
    entries = Entry.objects.count()
    whole = text_of(client.post(address, sent))
    assert "Core data can be registered and reviewed, and never be listed." in whole
    assert "<h1>" in whole
    piece = text_of(client.post(address, sent, headers={"HX-Request": "true"}))
    assert "Core data" in piece
    assert "<h1>" not in piece
    dataset.refresh_from_db()
    assert dataset.grade == ""
    assert Entry.objects.count() == entries


def test_the_grade_that_was_saved_is_shown_again(world: World, page_of: PageClients) -> None:
    dataset = ready_dataset(world, negative_list=("trade-secret",))
    shown = page_of("officer").get(reverse("dataset_grade", args=[dataset.pk]))
    assert shown.context["form"]["organization"].value() == "general"
    assert shown.context["form"]["negative_list"].value() == ["trade-secret"]
    assert "General data, level 2" in text_of(shown)


def test_the_review_page_has_what_a_decision_needs(world: World, page_of: PageClients) -> None:
    dataset = submitted_dataset(world, negative_list=("trade-secret",), personal_basis="")
    return_dataset(dataset.pk, reason="Which law?", by=world.actor("reviewer"))
    client = page_of("colleague")
    client.post(reverse("dataset_submit", args=[dataset.pk]))
    shown = text_of(page_of("reviewer").get(reverse("dataset_review", args=[dataset.pk])))
    for words in (
        dataset.abstract,
        dataset.legal_basis,
        "General data, level 2",
        "Contains somebody else's trade secrets",
        "something on the negative list applies",
        "basis for personal information is not known",
        "delay_minutes",
        "Which law?",
        "The source is lawful and the legal basis fits it.",
        reverse("dataset_approve", args=[dataset.pk]),
        reverse("dataset_return", args=[dataset.pk]),
    ):
        assert words in shown, words


def test_who_may_not_decide_is_shown_no_decision(world: World, page_of: PageClients) -> None:
    dataset = submitted_dataset(world)
    shown = text_of(page_of("auditor").get(reverse("dataset_review", args=[dataset.pk])))
    assert "waits for a reviewer" in shown
    assert reverse("dataset_approve", args=[dataset.pk]) not in shown


@pytest.mark.parametrize(
    ("route", "data", "field"),
    [
        ("dataset_approve", {"checklist": list(CONTENT_CHECKLIST[:2])}, "checklist"),
        ("dataset_return", {"reason": "  "}, "reason"),
    ],
)
def test_an_incomplete_decision_is_told_on_the_review_page(
    world: World, page_of: PageClients, route: str, data: dict[str, Any], field: str
) -> None:
    dataset = submitted_dataset(world)
    answer = page_of("reviewer").post(reverse(route, args=[dataset.pk]), data)
    assert answer.status_code == 422
    forms = (answer.context["approve_form"], answer.context["return_form"])
    assert [name for form in forms for name in form.errors] == [field]
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.IN_REVIEW


def test_retiring_without_a_reason_is_told_on_the_page(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    answer = page_of("officer").post(reverse("dataset_retire", args=[dataset.pk]), {"reason": ""})
    assert answer.status_code == 422
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.DRAFT


def test_what_cannot_be_changed_now_opens_no_form(world: World, page_of: PageClients) -> None:
    dataset = submitted_dataset(world)
    for route in ("dataset_revise", "dataset_grade", "dataset_annotate", "dataset_upload"):
        assert page_of("officer").get(reverse(route, args=[dataset.pk])).status_code == 409


def test_a_form_that_is_sent_twice_registers_once(page_of: PageClients, world: World) -> None:
    """A double click answers the same dataset; a new form is a new one."""
    client = page_of("officer")
    address = reverse("dataset_register")
    keys: set[str] = set()
    for _visit in range(2):
        keys |= set(re.findall(r'name="request_key" value="([^"]+)"', text_of(client.get(address))))
    assert len(keys) == 2
    sent = asdict(description(title="Bus trips"))
    went = {
        client.post(address, sent | {"request_key": key})["Location"] for key in sorted(keys) * 2
    }
    assert len(went) == 2
    assert Dataset.objects.filter(title="Bus trips").count() == 2
