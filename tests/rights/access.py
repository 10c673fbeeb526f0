"""Who is answered what at the addresses of rights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.given import rights as given
from tests.given.access import SIGN_IN, Access
from tests.given.catalog import approved_dataset
from tests.given.remarks import judicially_frozen
from tests.given.world import World
from tests.rights.reached import objection, shown_exhibit
from tests.rights.senders import a

Reach = Callable[[World], dict[str, Any]]


def evidence(world: World) -> dict[str, Any]:
    """Return a file of evidence."""
    claim = given.drafted_claim(world)
    return {"pk": claim.pk, "evidence_pk": given.attached(world, claim).pk}


def exhibit(world: World) -> dict[str, Any]:
    """Return a file of an objection."""
    shown = shown_exhibit(world)
    return {"pk": shown.objection_id, "exhibit_pk": shown.pk}


def one_of(reach: Reach, name: str) -> Reach:
    """Return a builder of the address of a file itself."""
    return lambda world: {"pk": reach(world)[name]}


DATASET = a(approved_dataset)
DRAFT = a(given.drafted_claim)
SUBMITTED = a(given.submitted_claim)
PUBLISHED = a(given.published_claim)
CERTIFICATE = a(given.certified)
OBJECTION = a(objection)
REMARK = a(judicially_frozen)

ROWS = [
    Access("claim_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("certificate_list", SIGN_IN, 200, 200, 200, is_page=True),
    Access("claim_draft", SIGN_IN, 404, 200, 403, DATASET, is_page=True),
    Access("claim_detail", SIGN_IN, 404, 200, 200, DRAFT, is_page=True),
    Access("claim_review", SIGN_IN, 404, 403, 200, SUBMITTED, is_page=True, joined=403),
    Access("evidence_download", SIGN_IN, 404, 200, 200, evidence),
    Access("claim_object", SIGN_IN, 200, 200, 200, PUBLISHED, is_page=True),
    Access("public_notice_list", 200, 200, 200, 200, is_page=True),
    Access("public_notice_feed", 200, 200, 200, 200),
    Access("public_notice", 200, 200, 200, 200, PUBLISHED, is_page=True),
    Access(
        "objection_detail",
        SIGN_IN,
        404,
        200,
        200,
        OBJECTION,
        is_page=True,
        stranger_is="buyer",
    ),
    Access("certificate_detail", SIGN_IN, 404, 200, 200, CERTIFICATE, is_page=True),
    Access("exhibit_download", SIGN_IN, 404, 200, 200, exhibit, stranger_is="buyer"),
    Access("certificate_transfer", SIGN_IN, 404, 200, 403, CERTIFICATE, is_page=True),
    Access("certificate_renew", SIGN_IN, 404, 200, 403, CERTIFICATE, is_page=True),
    Access("certificate_change", SIGN_IN, 404, 200, 403, CERTIFICATE, is_page=True),
    Access("certificate_give_up", SIGN_IN, 404, 200, 403, CERTIFICATE, is_page=True),
    Access("certificate_remark", SIGN_IN, 404, 403, 200, CERTIFICATE, is_page=True, joined=403),
    Access("remark_lift", SIGN_IN, 404, 403, 200, REMARK, is_page=True, joined=403),
    Access("api_list_claims", 401, 200, 200, 200),
    Access("api_get_claim", 401, 404, 200, 200, DRAFT),
    Access("api_get_evidence", 401, 404, 200, 200, one_of(evidence, "evidence_pk")),
    Access("api_list_evidence", 401, 404, 200, 200, DRAFT),
    Access("api_list_public_notices", 200, 200, 200, 200),
    Access("api_list_objections", 401, 200, 200, 200),
    Access("api_get_objection", 401, 404, 200, 200, OBJECTION, stranger_is="buyer"),
    Access(
        *("api_get_exhibit", 401, 404, 200, 200),
        one_of(exhibit, "exhibit_pk"),
        stranger_is="buyer",
    ),
    Access("api_list_exhibits", 401, 404, 200, 200, OBJECTION, stranger_is="buyer"),
    Access("api_list_certificates", 401, 200, 200, 200),
    Access("api_get_certificate", 401, 404, 200, 200, CERTIFICATE),
    Access("api_get_remark", 401, 404, 200, 200, REMARK),
    Access("api_list_remarks", 401, 404, 200, 200, CERTIFICATE),
]
