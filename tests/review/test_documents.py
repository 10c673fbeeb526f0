"""The documents by which an organization is verified: encrypted, by few, examined as they are."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts.member.services import make_owner, step_down
from marketplace.accounts.models import Organization
from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.accounts.organization.services import examine_organization, verify_organization
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.review.models import OrganizationDocument
from marketplace.review.selectors import documents_visible_to
from marketplace.review.services import attach_document
from marketplace.vault.places import vault_folder
from tests.conftest import PageClients
from tests.given.letters import proved
from tests.given.vault import scan, upload
from tests.given.world import EXAMINATION, World, documented, examined

SECRET = b"%PDF-1.7 Identity card of the legal representative Invented Name"
ONE = b"%PDF-1.7 One for all"
KINDS = OrganizationDocumentKind


def waiting(world: World) -> Organization:
    """Return an organization that waits, whose applicant has proved the address."""
    proved(world.person("pending"))
    return world.organization("pending")


def test_nothing_is_examined_before_every_document(world: World) -> None:
    """The sentence names what is missing; an examiner's word does not take its place."""
    pk, by = waiting(world).pk, world.actor("second_administrator")
    for kind in (KINDS.REGISTRATION, KINDS.MANDATE):
        attach_document(
            pk,
            kind=kind,
            upload=scan(kind),
            by=world.actor("pending"),
        )
    with pytest.raises(WrongState, match="Identity of the legal representative") as refused:
        examine_organization(pk, **EXAMINATION, by=by)
    assert refused.value.code == "documents-missing"
    documented(pk)
    assert examine_organization(pk, **EXAMINATION, by=by).examined_at is not None


def test_the_same_file_is_no_second_document(world: World, page_of: PageClients) -> None:
    """One scan that is attached three times shows one thing; the form says which file is wanted."""
    pk, by = waiting(world).pk, world.actor("pending")
    attach_document(pk, kind=KINDS.REGISTRATION, upload=scan("One"), by=by)
    with pytest.raises(Invalid, match="Mandate of whoever applied") as refused:
        attach_document(pk, kind=KINDS.MANDATE, upload=scan("One"), by=by)
    assert refused.value.code == "document-repeated"
    assert OrganizationDocument.objects.filter(organization=pk).count() == 1
    sent = {"kind": KINDS.REPRESENTATIVE.value, "upload": SimpleUploadedFile("a.pdf", ONE)}
    attach_document(pk, kind=KINDS.REGISTRATION, upload=upload(ONE, name="b.pdf"), by=by)
    answer = page_of("pending").post(reverse("document_attach", args=[pk]), sent)
    assert answer.status_code == 422
    assert "Document of registration" in answer.content.decode()
    attach_document(pk, kind=KINDS.REGISTRATION, upload=scan("Another"), by=by)
    attach_document(pk, kind=KINDS.MANDATE, upload=scan("One"), by=by)


def test_what_is_exchanged_after_the_examination_is_examined_again(world: World) -> None:
    """One administrator has seen a true mandate, and the applicant attaches another."""
    pk = examined(waiting(world).pk).pk
    applicant = world.actor("pending")
    attach_document(pk, kind=KINDS.MANDATE, upload=scan("Forged"), by=applicant)
    with pytest.raises(WrongState) as refused:
        verify_organization(pk, by=world.actor("administrator"))
    assert refused.value.code == "not-examined"
    assert OrganizationDocument.objects.filter(organization=pk, kind="mandate").count() == 2
    examined(pk)
    assert verify_organization(pk, by=world.actor("administrator")).state == "verified"


def test_what_is_exchanged_while_it_is_examined_is_said(world: World, page_of: PageClients) -> None:
    """The examiner's page was opened before: nothing is examined that nobody has seen."""
    pk = documented(waiting(world).pk).pk
    client = page_of("second_administrator")
    page = client.get(reverse("organization_detail", args=[pk]))
    sent = {**EXAMINATION, "seen_version": page.context["policy_seen"]}
    attach_document(
        pk,
        kind=KINDS.MANDATE,
        upload=scan("Forged"),
        by=world.actor("pending"),
    )
    answer = client.post(reverse("organization_examine", args=[pk]), sent)
    assert answer.status_code == 422
    assert "Somebody else has saved this" in answer.content.decode()
    assert Organization.objects.get(pk=pk).examined_at is None


def test_few_see_who_represents_an_organization(world: World, page_of: PageClients) -> None:
    """Administrators and whoever applied; reviewers, auditors and strangers learn of none."""
    pk = world.organization("pending").pk
    card = upload(SECRET, name="card.pdf")
    kept = attach_document(pk, kind=KINDS.REPRESENTATIVE, upload=card, by=world.actor("pending"))
    address = reverse("document_download", args=[kept.pk])
    for person in ("reviewer", "auditor", "treasurer", "stranger", "officer"):
        assert page_of(person).get(address).status_code == 404, person
    for person in ("administrator", "second_administrator", "pending"):
        answer = page_of(person).get(address)
        assert b"".join(answer) == SECRET, person
        assert answer.headers["Content-Disposition"].startswith("attachment"), person
    looks = Entry.objects.filter(kind="review.document_opened")
    seen_by = {
        world.person(name).pk for name in ("administrator", "second_administrator", "pending")
    }
    assert set(looks.values_list("person_id", flat=True)) == seen_by, "each look is on record"
    stored = vault_folder() / kept.file.path
    assert SECRET[8:30] not in stored.read_bytes()


def test_a_founder_who_stepped_down_sees_no_documents(world: World) -> None:
    """Who applied once is a colleague like others, once the organization can act."""
    founder = world.person("officer")
    make_owner(world.person("colleague").pk, by=world.actor("officer"))
    assert documents_visible_to(world.actor("officer")).exists()
    step_down(founder.pk, by=world.actor("officer"))
    assert not documents_visible_to(world.actor("officer")).exists()
    with pytest.raises(NotAllowed):
        attach_document(
            world.organization("officer").pk,
            kind=KINDS.MANDATE,
            upload=scan("x"),
            by=world.actor("officer"),
        )
    assert documents_visible_to(world.actor("colleague")).exists()


def test_a_colleague_attaches_nothing(world: World) -> None:
    """An owner does, of a verified organization too; the verification stands."""
    bureau = world.organization("officer")
    with pytest.raises(NotAllowed):
        attach_document(
            bureau.pk,
            kind=KINDS.MANDATE,
            upload=scan("x"),
            by=world.actor("colleague"),
        )
    by = world.actor("officer")
    attach_document(bureau.pk, kind=KINDS.MANDATE, upload=scan("Renewed"), by=by)
    assert world.organization("officer").state == "verified"
    for content, name in (("", "scan.pdf"), ("<script>", "scan.pdf"), ("%PDF-1.7 x", "scan.html")):
        with pytest.raises(Invalid):
            attach_document(bureau.pk, kind=KINDS.MANDATE, upload=upload(content, name=name), by=by)
    assert OrganizationDocument.objects.filter(organization=bureau, kind="mandate").count() == 2
