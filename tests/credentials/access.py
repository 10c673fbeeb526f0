"""Who is answered what at the addresses of credentials: everybody may check."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from marketplace.core.actor import Actor, Door
from marketplace.credentials.models import Credential, CredentialKind
from marketplace.credentials.services import issue_credential
from tests.given.access import Access
from tests.given.world import World

CLAIMS: Mapping[str, Any] = MappingProxyType(
    {"rights": {"rights": ["hold", "use"]}, "data": {"name": "Invented table"}}
)


def stated(name: str, **changes: Any) -> dict[str, Any]:
    """Make up what a credential states of an attacker that came no further than allowed."""
    figures = {"rate": 0.312, "control": 0.3, "excess": 0.0171, "high": 0.0402}
    return {"name": name, **figures, "passed": True, "outcome": "withstood"} | changes


NOTHING: Mapping[str, float] = MappingProxyType(
    dict.fromkeys(("rate", "control", "excess", "high"), 0.0)
)
TRIED = [
    stated("position"),
    stated("singling out", rate=0.9, excess=0.857, high=0.871, passed=False, outcome="failed"),
    stated("linkage", rate=None, control=None, excess=None, high=None)
    | {"passed": False, "outcome": "unknown"},
    stated("inference"),
    stated("membership", **NOTHING, outcome="nothing"),
    stated("composition", **NOTHING, outcome="nothing"),
]


def issued(number: str = "PR-TEST-0001", claims: Mapping[str, Any] = CLAIMS) -> Credential:
    """Issue a credential."""
    return issue_credential(
        kind=CredentialKind.RIGHT,
        subject="certificate:test",
        number=number,
        claims=dict(claims),
        valid_from=date(2026, 1, 1),
        valid_until=date(2099, 12, 31),
        by=Actor.system(Door.COMMAND),
    )


def credential(world: World) -> dict[str, object]:
    """Return a credential that states what attackers reached."""
    return {"pk": issued(claims={**CLAIMS, "attackers": TRIED}).pk}


def status_list(world: World) -> dict[str, object]:
    """Return the address of a status list."""
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
