"""What the parties to an objection show, and who reads it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.core.errors import Invalid, NotAllowed, NotFound
from marketplace.ledger.models import Entry
from marketplace.rights.hearing.services import attach_exhibit
from marketplace.rights.objection.models import Exhibit, Objection
from marketplace.rights.objection.selectors import exhibits_of
from tests.conftest import PageClients
from tests.given.vault import upload
from tests.given.world import World
from tests.rights.reached import objection, shown_exhibit
from tests.rights.test_drafting import refused


def show(world: World, case: Objection, content: str, *, by: str) -> Exhibit:
    """Add a file."""
    return attach_exhibit(
        case.pk, upload=upload(content, name="paper.txt", kind="text/plain"), by=world.actor(by)
    )


def test_both_parties_show_and_read(world: World, page_of: PageClients) -> None:
    """And the centre reads; nobody else finds it."""
    case = objection(world)
    shown = [show(world, case, "Ours", by="stranger"), show(world, case, "No, ours", by="officer")]
    assert list(exhibits_of(case)) == shown
    for person in ("stranger", "officer", "reviewer"):
        page = page_of(person).get(reverse("objection_detail", args=[case.pk])).content.decode()
        for exhibit in shown:
            address = reverse("exhibit_download", args=[case.pk, exhibit.pk])
            assert address in page
            answer = page_of(person).get(address)
            assert answer.headers["Content-Disposition"] == 'attachment; filename="paper.txt"'
            assert answer.headers["Content-Type"] == "application/octet-stream"
    address = reverse("exhibit_download", args=[case.pk, shown[0].pk])
    assert page_of("buyer").get(address).status_code == 404
    other = objection(world)
    address = reverse("exhibit_download", args=[other.pk, shown[0].pk])
    assert page_of("stranger").get(address).status_code == 404


def test_who_is_no_party_shows_nothing(world: World) -> None:
    """The centre decides on what others show."""
    case = objection(world)
    refused(NotAllowed, lambda: show(world, case, "Theirs", by="reviewer"))
    refused(NotFound, lambda: show(world, case, "Mine", by="buyer"))


def test_the_same_file_is_kept_once_and_not_too_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each party counts by itself; an empty file shows nothing."""
    monkeypatch.setattr("marketplace.rights.hearing.services.MOST_FILES", 1)
    exhibit = shown_exhibit(world)
    case = exhibit.objection
    before = Entry.objects.count()
    assert show(world, case, "Counts of line 2.", by="stranger") == exhibit
    assert Entry.objects.count() == before
    error = refused(Invalid, lambda: show(world, case, "More", by="stranger"))
    assert error.code == "evidence-too-many"
    assert show(world, case, "More", by="officer").title == "paper.txt"
    error = refused(Invalid, lambda: show(world, case, "", by="officer"))
    assert error.code == "evidence-empty"


def test_an_empty_file_is_told_on_the_page(world: World, page_of: PageClients) -> None:
    """On its field, and the decision's form stays as it was."""
    case = objection(world)
    answer = page_of("stranger").post(
        reverse("exhibit_attach", args=[case.pk]), {"upload": SimpleUploadedFile("empty.txt", b"")}
    )
    assert answer.status_code == 422
    assert "The file is empty" in answer.content.decode()
    assert not Exhibit.objects.exists()
