"""The acts on documents of organizations, and their doors."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.accounts.organization.services import refuse_organization
from tests.given.doors import DoorCase, Things, to
from tests.given.world import World


def scan(things: Things) -> dict[str, object]:
    """Return a scan as it is sent."""
    upload = SimpleUploadedFile("licence.pdf", b"%PDF-1.7 invented")
    return {"kind": "registration", "upload": upload}


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
        page=to("document_attach", scan),
        api=to("api_attach_document", scan),
        api_format="multipart",
        fact="review.document_attached",
        scope="administer",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=refused,
        again="already",
    ),
]
