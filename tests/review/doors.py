"""The acts on documents of organizations, and their doors."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marketplace.accounts.services import refuse_organization
from tests.given.doors import DoorCase, Send, Things
from tests.given.world import World


def scan() -> SimpleUploadedFile:
    """Return a scan to be sent."""
    return SimpleUploadedFile("licence.pdf", b"%PDF-1.7 invented")


def pending(world: World) -> Things:
    """Return an organization that waits."""
    return {"pk": world.organization("pending").pk}


def refused(world: World) -> Things:
    """Return an organization whose application was refused."""
    pk = world.organization("pending").pk
    return {"pk": refuse_organization(pk, reason="Unknown.", by=world.actor("administrator")).pk}


CASES = [
    DoorCase(
        act="review.services.attach_document",
        given=pending,
        actor="pending",
        page=lambda things: Send(
            reverse("document_attach", args=[things["pk"]]),
            {"kind": "registration", "upload": scan()},
        ),
        api=lambda things: Send(
            reverse("api_attach_document", args=[things["pk"]]),
            {"kind": "registration", "upload": scan()},
        ),
        api_format="multipart",
        fact="review.document_attached",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=refused,
        again="already",
    ),
]
