"""What the rights pages show and hide, beside their acts."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from marketplace.core import clock
from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.claim.models import Evidence
from marketplace.rights.claim.states import ClaimState
from tests.conftest import ApiClients, PageClients
from tests.given import rights as given
from tests.given.catalog import approved_dataset, submitted_dataset
from tests.given.world import World


def test_evidence_is_downloaded_as_an_attachment(world: World, page_of: PageClients) -> None:
    """By the claimant and the centre, never shown by the browser."""
    claim = given.drafted_claim(world)
    evidence = given.attached(world, claim, content="Seen: <script>alert(1)</script>")
    address = reverse("evidence_download", args=[claim.pk, evidence.pk])
    for person in ("colleague", "reviewer"):
        answer = page_of(person).get(address)
        assert answer.getvalue() == b"Seen: <script>alert(1)</script>"
        assert answer["Content-Disposition"] == 'attachment; filename="record.txt"'
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Length"] == "31"


def test_evidence_belongs_to_its_claim(world: World, page_of: PageClients) -> None:
    """Another claim's address does not open it."""
    evidence = given.attached(world, given.drafted_claim(world))
    other = given.drafted_claim(world)
    address = reverse("evidence_download", args=[other.pk, evidence.pk])
    assert page_of("officer").get(address).status_code == 404


def test_missing_evidence_is_told_on_the_page(world: World, page_of: PageClients) -> None:
    """All of it, with the article, and the claim stays with the claimant."""
    claim = given.drafted_claim(world, dataset=approved_dataset(world, source_kind="derived"))
    answer = page_of("officer").post(reverse("claim_submit", args=[claim.pk]))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert str(EvidenceKind.AUTHORIZATION.label) in text
    assert str(EvidenceKind.PROCESSING.label) in text
    assert "(art. 21(6))" in text
    claim.refresh_from_db()
    assert claim.state == ClaimState.DRAFT


def test_an_empty_file_is_told_on_its_field(world: World, page_of: PageClients) -> None:
    """And nothing is kept of it."""
    claim = given.drafted_claim(world)
    sent = {"kind": "source", "upload": SimpleUploadedFile("record.txt", b"")}
    answer = page_of("officer").post(reverse("claim_attach", args=[claim.pk]), sent)
    assert answer.status_code == 422
    assert "The file is empty" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_reason_that_is_missing_is_told_on_the_page(world: World, page_of: PageClients) -> None:
    """The reviewer stays where they are."""
    claim = given.reviewed_claim(world)
    answer = page_of("reviewer").post(
        reverse("claim_waive_notice", args=[claim.pk]), {"reason": " "}
    )
    assert answer.status_code == 422
    claim.refresh_from_db()
    assert claim.waive_reason == ""


def test_a_checklist_that_is_not_whole_is_told_on_the_page(
    world: World, page_of: PageClients
) -> None:
    """And nothing is certified."""
    claim = given.waived_claim(world)
    address = reverse("claim_confirm", args=[claim.pk])
    answer = page_of("second_reviewer").post(address, {"checklist": [given.RIGHT_CHECKLIST[0]]})
    assert answer.status_code == 422
    assert "Tick every point" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.state == ClaimState.UNDER_REVIEW


def test_what_cannot_be_claimed_is_said_before_the_form_is_filled_in(
    world: World, page_of: PageClients
) -> None:
    """Content that is not reviewed, a claim that runs."""
    unreviewed = submitted_dataset(world)
    running = given.drafted_claim(world).dataset
    for dataset, sentence in (
        (unreviewed, "is not approved"),
        (running, "is running"),
    ):
        page = page_of("officer").get(reverse("claim_draft", args=[dataset.pk]))
        assert sentence in page.content.decode()


def test_a_notice_shows_what_is_published_and_no_more(world: World, page_of: PageClients) -> None:
    """To everybody: claimant, data, rights, days; neither evidence nor persons."""
    claim = given.published_claim(world)
    given.raised_objection(world, claim, by="buyer")
    visitor = page_of("")
    assert claim.dataset.title in visitor.get(reverse("public_notice_list")).content.decode()
    text = visitor.get(reverse("public_notice", args=[claim.pk])).content.decode()
    for shown in ("Transport Bureau", claim.dataset.title, "Right to operate"):
        assert shown in text
    for hidden in ("Record of the ticket machines", "We counted", "Example Insurance", "Officer"):
        assert hidden not in text


def test_what_is_not_published_has_no_notice(world: World, page_of: PageClients) -> None:
    """Not even under its address."""
    claim = given.reviewed_claim(world)
    assert page_of("").get(reverse("public_notice", args=[claim.pk])).status_code == 404
    assert page_of("stranger").get(reverse("claim_object", args=[claim.pk])).status_code == 404


def test_a_visitor_is_asked_to_sign_in_to_object(world: World, page_of: PageClients) -> None:
    """And comes back to the form."""
    claim = given.published_claim(world)
    address = reverse("claim_object", args=[claim.pk])
    answer = page_of("").get(address)
    assert answer.status_code == 302
    assert address in answer["Location"]
    assert "<form" in page_of("stranger").get(address).content.decode()


def test_objections_are_read_by_the_parties_alone(world: World, page_of: PageClients) -> None:
    """The claimant reads it on the claim; a third organization finds nothing."""
    claim = given.published_claim(world)
    objection = given.raised_objection(world, claim)
    page = reverse("objection_detail", args=[objection.pk])
    assert "We counted" in page_of("officer").get(page).content.decode()
    assert "We counted" in page_of("stranger").get(page).content.decode()
    assert page_of("buyer").get(page).status_code == 404


def test_the_certificate_says_what_it_is_and_where_to_check_it(
    world: World, page_of: PageClients
) -> None:
    """On the sheet that is printed."""
    certificate = given.certified(world)
    text = page_of("officer").get(reverse("certificate_detail", args=[certificate.pk])).content
    page = text.decode()
    assert "Pre-registration" in page
    assert "no national code" in page
    assert f"/verify/?number={certificate.number}" in page
    checked = page_of("").get(f"/verify/?number={certificate.number}").content.decode()
    assert "It holds today" in checked


def test_a_claim_that_is_over_shows_where_it_stopped(world: World, page_of: PageClients) -> None:
    """Stopped clocks are told in words, passed terms are marked."""
    with clock.stopped_at(given.at("2026-09-28")):
        claim = given.claim_to_supplement(world)
    page = page_of("officer").get(reverse("claim_detail", args=[claim.pk])).content.decode()
    assert "10 working days are left" in page
    assert "has passed" in page
    assert "The calibration record" in page


def test_public_notices_are_listed_by_the_api(world: World, api_of: ApiClients) -> None:
    """Without signing in."""
    claim = given.published_claim(world)
    (row,) = api_of("").get(reverse("api_list_public_notices")).json()["results"]
    assert row["id"] == str(claim.pk)
    assert row["rights"] == ["hold", "use", "operate"]
    assert "evidence" not in row


def test_the_code_of_a_rule_is_told_by_the_api(world: World, api_of: ApiClients) -> None:
    """As problem details."""
    dataset = approved_dataset(world, source_kind="statutory_duty")
    answer = api_of("officer").post(
        reverse("api_draft_claim", args=[dataset.pk]),
        {"rights": ["hold"], "term_years": 3, "procedure": "CN"},
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "not-registrable-public-duty-data"


def test_a_list_costs_the_same_however_long(
    world: World, page_of: PageClients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, person, organization, roles; count, claims, rights; states and kinds counted."""
    client = page_of("officer")
    for count in (1, 3):
        for _number in range(count):
            given.certified(world)
        with django_assert_num_queries(9):
            assert client.get(reverse("claim_list")).status_code == 200
