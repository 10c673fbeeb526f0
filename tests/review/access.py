"""Who is answered what at the addresses of review."""

from __future__ import annotations

from marketplace.review.models import Case, OrganizationDocument
from tests.given.access import SIGN_IN, Access
from tests.given.catalog import submitted_dataset
from tests.given.world import World, documented


def case(world: World) -> dict[str, object]:
    """Return the open case of a dataset."""
    return {"pk": Case.objects.get(subject=f"dataset:{submitted_dataset(world).pk}").pk}


def waiting(world: World) -> dict[str, object]:
    """Return an organization that waits."""
    return {"pk": world.organization("pending").pk}


def document(world: World) -> dict[str, object]:
    """Return a document of an organization that waits."""
    pk = documented(world.organization("pending").pk).pk
    return {"pk": OrganizationDocument.objects.filter(organization=pk)[0].pk}


ROWS = [
    Access(
        "organization_documents", SIGN_IN, 404, 200, 200, waiting, as_party="pending", is_page=True
    ),
    Access("document_download", SIGN_IN, 404, 200, 404, document, as_party="pending"),
    Access("api_get_document", 401, 404, 200, 404, document, as_party="pending"),
    Access("api_list_documents", 401, 404, 200, 200, waiting, as_party="pending"),
    Access("api_list_open_cases", 401, 200, 200, 200),
    Access("api_list_cases", 401, 200, 200, 200),
    Access("api_get_case", 401, 404, 200, 200, case),
]
