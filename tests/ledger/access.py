"""Who is answered what at the addresses of the ledger: everybody may look."""

from __future__ import annotations

from marketplace.core.actor import Actor, Door
from marketplace.ledger.models import Entry
from marketplace.ledger.services.sealing import seal_all
from marketplace.ledger.services.verification import keep_audit, verify_ledger
from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def entry(world: World) -> dict[str, object]:
    """Return an entry."""
    return {"reference": Entry.objects.latest("id").reference}


def sealed_entry(world: World) -> dict[str, object]:
    """Return an entry that is sealed, with its proof."""
    found = entry(world)
    seal_all()
    return found


def sealed(world: World) -> dict[str, object]:
    """Seal what there is."""
    seal_all()
    return {}


def audited(world: World) -> dict[str, object]:
    """Audit what there is."""
    seal_all()
    keep_audit(verify_ledger(), seconds=0.1, by=Actor.system(Door.COMMAND))
    return {}


def sizes(world: World) -> dict[str, object]:
    """Return two sizes at which nothing was signed."""
    return {"first": 1, "size": 2}


ROWS = [
    Access("ledger", 200, 200, 200, 200, sealed, is_page=True),
    Access("ledger_entry", 200, 200, 200, 200, sealed_entry, is_page=True),
    Access("ledger_audits", 200, 200, 200, 200, audited, is_page=True),
    Access("api_list_ledger_audits", 200, 200, 200, 200, audited),
    Access("api_list_witness_checks", 200, 200, 200, 200),
    Access("ledger_check", SIGN_IN, 403, 200, 403, is_page=True, as_party="auditor"),
    Access("verifier", 200, 200, 200, 200),
    Access("check_file", 200, 200, 200, 200, is_page=True),
    Access("ledger_receipt", 409, 409, 409, 409, entry),
    Access("log_checkpoint", 404, 404, 404, 404),
    Access("log_checkpoint_of", 404, 404, 404, 404, lambda world: {"size": 1}),
    Access("log_keys", 200, 200, 200, 200),
    Access("log_entries", 404, 404, 404, 404, lambda world: {"place": "000"}),
    Access("log_tile", 404, 404, 404, 404, lambda world: {"level": 0, "place": "000"}),
    Access("api_prove_ledger_consistency", 404, 404, 404, 404, sizes),
    Access("api_check_ledger", 401, 403, 200, 403, lambda world: {"after": 0}, as_party="auditor"),
    Access("api_list_ledger_entries", 200, 200, 200, 200),
    Access("api_get_ledger_entry", 200, 200, 200, 200, entry),
    Access("api_get_ledger_head", 404, 404, 404, 404),
]
