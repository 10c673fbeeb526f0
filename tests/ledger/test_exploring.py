"""The explorer: who finds what, and the drawn way to the root."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.core.actor import NOBODY
from marketplace.ledger.models import Entry, Head, Seal
from marketplace.ledger.selectors import Search, drawn_proof, found_entries, inclusion_proof
from marketplace.ledger.services.sealing import seal_all
from tests.conftest import ApiClients, PageClients
from tests.given import trading
from tests.given.world import World


@pytest.mark.parametrize(
    ("person", "finds"), [("stranger", False), ("buyer", False), ("officer", True)]
)
def test_a_subject_is_found_by_whom_it_concerns(world: World, person: str, finds: bool) -> None:
    """By subject, by organization, by person; staff find it too."""
    officer = world.actor("officer")
    entry = Entry.objects.filter(organization_id=officer.organization_id).latest("id")
    for search in (
        Search(subject=entry.subject),
        Search(actor=str(entry.organization_id), kind=entry.kind),
        Search(actor=f"person:{entry.person_id}", subject=entry.subject),
    ):
        found = found_entries(search, by=world.actor(person))
        assert found.filter(pk=entry.pk).exists() is finds
        assert found_entries(search, by=world.actor("auditor")).filter(pk=entry.pk).exists()
        assert not found_entries(search, by=NOBODY).exists()


def test_kinds_are_for_everybody(world: World) -> None:
    """They name no one; nonsense for an actor finds nothing."""
    kind = Entry.objects.latest("id").kind
    assert found_entries(Search(kind=kind), by=NOBODY).exists()
    assert not found_entries(Search(actor="nonsense"), by=world.actor("auditor")).exists()


def test_an_order_is_found_by_its_number(world: World) -> None:
    """With everything that concerns it, by its sides and the centre's staff alone."""
    order, other = trading.signed(world), trading.placed(world)
    for person in ("buyer", "officer", "auditor"):
        found = found_entries(Search(subject=order.number), by=world.actor(person))
        subjects = {entry.subject for entry in found}
        assert f"order:{order.pk}" in subjects
        assert f"contract:{order.contract.pk}" in subjects
        assert f"order:{other.pk}" not in subjects
    assert not found_entries(Search(subject=order.number), by=world.actor("stranger")).exists()
    contract = found_entries(Search(subject=order.contract.number), by=world.actor("buyer"))
    assert contract.exists()


def test_entries_of_days(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """By the clock of the centre, on the page and in the API alike; a wrong day is told."""
    # What the world did may have been recorded before a midnight that has passed since.
    last = timezone.localtime(Entry.objects.latest("id").happened_at).date()
    assert found_entries(Search(since=last, until=last), by=NOBODY).exists()
    assert not found_entries(Search(since=last + timedelta(days=1)), by=NOBODY).exists()
    listed = reverse("api_list_ledger_entries")
    assert api_of("").get(listed, {"until": "2020-01-01"}).json()["results"] == []
    assert set(api_of("").get(listed, {"since": "soon"}).json()["errors"]) == {"since"}
    page = page_of("").get(reverse("ledger"), {"since": "soon"})
    assert page.status_code == 200
    assert "Enter a valid date." in page.content.decode()


def test_every_way_ends_at_the_root(world: World) -> None:
    """As many steps as the proof has hashes, and the root on top."""
    seal_all()
    head = Head.objects.latest("tree_size")
    for seal in Seal.objects.all():
        proof = inclusion_proof(seal, head)
        svg = str(drawn_proof(proof))
        assert svg.startswith("<svg ")
        assert head.root_hash[:8] in svg
        assert seal.leaf_hash[:8] in svg
        assert all(node[:8] in svg for node in proof.hashes)


def test_the_pages_show_it(world: World, page_of: PageClients) -> None:
    """Key and search on the ledger's page; the drawing on the entry's."""
    seal_all()
    entry = Entry.objects.latest("id")
    page = page_of("auditor").get("/ledger/", {"subject": entry.subject}).content.decode()
    assert str(entry.reference) in page
    assert "localhost:8000/log+" in page
    assert 'name="subject"' not in Client().get("/ledger/").content.decode()
    drawn = Client().get(f"/ledger/entries/{entry.reference}/").content.decode()
    assert "Way to the signed root" in drawn
