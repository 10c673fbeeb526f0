"""Who is answered what at the addresses of credentials: everybody may check."""

from __future__ import annotations

from datetime import date

from marketplace.core.actor import Actor, Door
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.services.issuing import issue_credential
from tests.given.access import Access
from tests.given.world import World


def issued(number: str = "PR-TEST-0001") -> Credential:
    """Issue a credential."""
    return issue_credential(
        kind=CredentialKind.RIGHT,
        subject="certificate:test",
        number=number,
        claims={"rights": ["hold", "use"], "data": {"name": "Invented table"}},
        valid_from=date(2026, 1, 1),
        valid_until=date(2099, 12, 31),
        by=Actor.system(Door.COMMAND),
    )


def credential(world: World) -> dict[str, object]:
    """Answer a credential."""
    return {"pk": issued().pk}


def status_list(world: World) -> dict[str, object]:
    """Answer the address of a status list."""
    given = issued()
    return {"issuer": given.issuer, "purpose": "revocation", "number": given.status_list}


ROWS = [
    Access("credential_sheet", 200, 200, 200, 200, credential, is_page=True),
    Access("status_list", 200, 200, 200, 200, status_list),
    Access("did_document", 404, 404, 404, 404),
    Access("verify", 200, 200, 200, 200, is_page=True),
    Access("credential_detail", 200, 200, 200, 200, credential, is_page=True),
    Access("credential_json", 200, 200, 200, 200, credential),
    Access("api_get_credential", 200, 200, 200, 200, credential),
    Access(
        "api_check_credential_number", 200, 200, 200, 200, lambda world: {"number": "NO-SUCH-1"}
    ),
]
