"""One button saves and goes on to what follows; what is refused there leaves what was saved."""

from __future__ import annotations

from dataclasses import asdict
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts.models import Organization
from marketplace.catalog.dataset.known import FROM_THE_LAST, PROVINCES, known_of
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.dataset.states import DatasetState
from marketplace.catalog.intake.selectors import waiting_for
from marketplace.rights.claim.models import Claim
from marketplace.rights.claim.states import ClaimState
from tests.conftest import PageClients
from tests.given.catalog import (
    TRIPS,
    annotated_version,
    approved_dataset,
    description,
    draft_dataset,
)
from tests.given.world import World


def text_of(answer: Any) -> str:
    """Return a page as its reader sees it, more or less."""
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("content", "is_read"), [(TRIPS.encode(), True), (b"PK\x03\x04", False), (b"", False)]
)
def test_description_comes_with_its_table(
    world: World, page_of: PageClients, content: bytes, is_read: bool
) -> None:
    """A file that cannot be read leaves the description, and the page says what is wrong."""
    client = page_of("officer")
    sent = asdict(description()) | {"upload": SimpleUploadedFile("trips.csv", content)}
    answer = client.post(reverse("dataset_register"), sent)
    dataset = Dataset.objects.get()
    came = waiting_for(dataset)
    assert (came is not None) is is_read
    if came is not None:
        assert answer["Location"] == reverse("intake_detail", args=[came.pk])
    else:
        assert answer["Location"] == reverse("dataset_upload", args=[dataset.pk])
        shown = text_of(client.get(answer["Location"]))
        assert "The file is empty" in shown or "a ZIP archive or an Excel workbook" in shown


def test_what_is_known_is_filled_in_and_nothing_of_others(
    world: World, page_of: PageClients
) -> None:
    officer, stranger = world.actor("officer"), world.actor("stranger")
    assert officer.organization_id is not None
    own = Organization.objects.get(pk=officer.organization_id)
    first = known_of(officer)
    assert first["contact"] == own.contact
    assert first["region"] == PROVINCES.get(own.uscc[2:4], "")
    draft_dataset(world, legal_basis="A basis that only they have", region="Minjiang")
    known = known_of(officer)
    assert (known["legal_basis"], known["region"]) == ("A basis that only they have", "Minjiang")
    # On what basis persons are in data is asked each time.
    assert "personal_basis" not in {*known, *FROM_THE_LAST}
    assert "A basis that only they have" not in known_of(stranger).values()
    shown = text_of(page_of("officer").get(reverse("dataset_register")))
    assert "A basis that only they have" in shown


def test_grade_is_saved_and_the_dataset_submitted(world: World, page_of: PageClients) -> None:
    dataset = draft_dataset(world)
    annotated_version(world, dataset)
    client, address = page_of("officer"), reverse("dataset_grade", args=[dataset.pk])
    assert 'name="goes_on"' in client.get(address).content.decode()
    client.post(address, {"economy": "serious"})
    dataset.refresh_from_db()
    assert (dataset.state, bool(dataset.grade)) == (DatasetState.DRAFT, True)
    client.post(address, {"economy": "serious", "goes_on": "1"})
    dataset.refresh_from_db()
    assert dataset.state == DatasetState.IN_REVIEW


def test_grade_stays_where_the_dataset_cannot_be_submitted(
    world: World, page_of: PageClients
) -> None:
    dataset = draft_dataset(world)
    client, address = page_of("officer"), reverse("dataset_grade", args=[dataset.pk])
    assert 'name="goes_on"' not in client.get(address).content.decode()
    answer = client.post(address, {"economy": "serious", "goes_on": "1"}, follow=True)
    dataset.refresh_from_db()
    assert (dataset.state, bool(dataset.grade)) == (DatasetState.DRAFT, True)
    assert "Upload the data first." in text_of(answer)


@pytest.mark.parametrize("has_proof", [True, False])
def test_claim_comes_with_its_evidence(world: World, page_of: PageClients, has_proof: bool) -> None:
    """Without it the claim is begun and not submitted, and the page names what is missing."""
    dataset = approved_dataset(world)
    client, address = page_of("officer"), reverse("claim_draft", args=[dataset.pk])
    form = client.get(address).context["proof"]
    sent: dict[str, object] = {"rights": ["operate"], "term_years": "3", "goes_on": "1"}
    sent["kind"] = form["kind"].value()
    if has_proof:
        sent["upload"] = SimpleUploadedFile("proof.txt", b"Counted by our own machines.")
    answer = client.post(address, sent)
    claim = Claim.objects.get()
    assert (claim.state == ClaimState.SUBMITTED) is has_proof
    assert claim.evidence.count() == int(has_proof)
    if not has_proof:
        assert answer["Location"] == reverse("claim_detail", args=[claim.pk])
