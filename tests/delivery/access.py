"""Who is answered what at the addresses of delivery."""

from __future__ import annotations

from typing import Any

from tests.given import copies, learning, reports, sandboxes
from tests.given import delivery as given
from tests.given.access import SIGN_IN, Access
from tests.given.world import World


def granted(world: World) -> dict[str, Any]:
    """Return a grant that is open."""
    return {"pk": given.granted(world).pk}


def order(world: World) -> dict[str, Any]:
    """Return an order whose data is open to its buyer."""
    return {"pk": given.granted(world).order_id}


def paper(world: World) -> dict[str, Any]:
    """Return a paper of an order whose data is open to its buyer."""
    return {"pk": given.granted(world).order_id, "name": "contract.json"}


def key(world: World) -> dict[str, Any]:
    """Return a key in force."""
    return {"pk": given.keyed(world).key.pk}


def for_programs(world: World) -> dict[str, Any]:
    """Return a grant that is open to programs."""
    return {"pk": given.for_programs(world).pk}


def by_use(world: World) -> dict[str, Any]:
    """Return a grant whose rows are paid by use."""
    return {"pk": given.by_use(world).pk}


def nothing(world: World) -> dict[str, Any]:
    """Return no names."""
    return {}


def share(world: World) -> dict[str, Any]:
    """Return the share of every key."""
    return {"share": "centre"}


def schema(world: World) -> dict[str, Any]:
    """Return the schema of every key."""
    return {"share": "centre", "schema": "licensed"}


def table(world: World) -> dict[str, Any]:
    """Return the table of every key."""
    return {"share": "centre", "schema": "licensed", "table": "data"}


def unsigned(world: World) -> dict[str, Any]:
    """Return an address that the centre never signed."""
    return {"signed": "made-up"}


def copied(world: World) -> dict[str, Any]:
    """Return an order whose data is written for its buyer."""
    order = copies.ordered(world, columns=("line",))
    copies.asked(world, order)
    return {"pk": order.pk}


def sandbox(world: World) -> dict[str, Any]:
    """Return a bought sandbox with an answer."""
    return {"pk": sandboxes.answered(world).grant_id}


def scoring(world: World) -> dict[str, Any]:
    """Return the scoring of a model that was bought."""
    return {"pk": learning.sold(world, "scoring").pk}


def answer(world: World) -> dict[str, Any]:
    """Return a private answer."""
    return {"pk": sandboxes.answered(world).pk}


def report(world: World) -> dict[str, Any]:
    """Return a bought report."""
    return {"pk": reports.granted(world).pk}


ROWS = [
    Access("grant_list", SIGN_IN, 200, 200, 200, is_page=True, as_party="buyer"),
    Access("order_papers", SIGN_IN, 404, 200, 200, order, as_party="buyer", is_page=True),
    Access("order_archive", SIGN_IN, 404, 200, 200, order, as_party="buyer"),
    Access("order_paper", SIGN_IN, 404, 200, 200, paper, as_party="buyer"),
    Access("api_list_papers", 401, 404, 200, 200, order, as_party="buyer"),
    Access("api_get_archive", 401, 404, 200, 200, order, as_party="buyer"),
    Access("order_dossier", SIGN_IN, 404, 200, 404, order, as_party="buyer", is_page=True),
    Access("order_dossier_archive", SIGN_IN, 404, 200, 404, order),
    Access("api_read_dossier", 401, 404, 200, 404, order),
    Access("api_save_dossier", 401, 404, 200, 404, order, as_party="buyer"),
    Access("order_grant", SIGN_IN, 404, 302, 302, given=order, as_party="buyer"),
    Access("api_get_order_grant", 401, 404, 200, 200, given=order, as_party="buyer"),
    Access("order_copy", SIGN_IN, 404, 200, 200, given=copied, as_party="buyer"),
    Access("api_get_order_copy", 401, 404, 200, 200, given=copied, as_party="buyer"),
    Access("grant_detail", SIGN_IN, 404, 200, 200, given=granted, as_party="buyer", is_page=True),
    Access("grant_download", SIGN_IN, 404, 200, 403, given=granted, as_party="buyer"),
    Access("grant_codebook", SIGN_IN, 404, 200, 403, given=granted, as_party="buyer"),
    Access(
        "grant_changelog", SIGN_IN, 404, 200, 200, given=granted, is_page=True, as_party="buyer"
    ),
    Access("grant_manifest", SIGN_IN, 404, 200, 200, given=granted, as_party="buyer"),
    Access("api_get_codebook", 401, 404, 200, 403, given=granted, as_party="buyer"),
    Access("api_get_grant_key", 401, 404, 200, 200, given=key, as_party="buyer"),
    Access(*("api_get_grant_running_month", 401, 404, 200, 200), given=by_use, as_party="buyer"),
    Access("api_list_grant_uses", 401, 404, 200, 200, given=for_programs, as_party="buyer"),
    # Only a key opens them, not a person who is signed in.
    Access("api_get_grant_changes", 401, 401, 401, 401, given=for_programs, as_party="buyer"),
    Access("api_get_grant_rows", 401, 401, 401, 401, given=for_programs, as_party="buyer"),
    *(
        Access(f"sharing_{name}", 401, 401, 401, 401, given=names)
        for name, names in (
            ("shares", nothing),
            ("share", share),
            ("schemas", share),
            ("all_tables", share),
            ("tables", schema),
            ("table_version", table),
            ("table_metadata", table),
            ("table_query", table),
            ("table_changes", table),
        )
    ),
    # Opened by a signature alone, which nobody has here.
    Access("sharing_file", 404, 404, 404, 404, given=unsigned),
    Access("grant_sandbox", SIGN_IN, 404, 200, 200, given=sandbox, as_party="buyer", is_page=True),
    Access("grant_report", SIGN_IN, 404, 200, 200, given=report, as_party="buyer", is_page=True),
    Access("grant_report_file", SIGN_IN, 404, 200, 403, given=report, as_party="buyer"),
    Access("api_open_report", 401, 404, 200, 403, given=report, as_party="buyer"),
    Access("grant_score", SIGN_IN, 404, 200, 403, given=scoring, as_party="buyer", is_page=True),
    Access("grant_score_table", 405, 405, 405, 405, given=scoring),
    Access("api_score_with_grant", 401, 405, 405, 405, given=scoring),
    Access("api_score_table_with_grant", 401, 405, 405, 405, given=scoring),
    Access("answer_detail", SIGN_IN, 404, 200, 404, given=answer, as_party="buyer", is_page=True),
    Access("api_get_grant_sandbox", 401, 404, 200, 200, given=sandbox, as_party="buyer"),
    Access("api_list_grant_answers", 401, 404, 200, 200, given=sandbox, as_party="buyer"),
    Access("api_list_grants", 401, 200, 200, 200),
    Access("api_get_grant", 401, 404, 200, 200, given=granted, as_party="buyer"),
    Access("api_open_download", 401, 404, 200, 403, given=granted, as_party="buyer"),
    Access("api_list_grant_downloads", 401, 404, 200, 200, given=granted, as_party="buyer"),
    Access("api_get_grant_changelog", 401, 404, 200, 200, given=granted, as_party="buyer"),
    Access("api_list_grant_revisions", 401, 404, 200, 200, given=granted, as_party="buyer"),
]

SCOPES = {
    "deliver": {
        "api_get_codebook",
        "api_open_download",
        "api_score_table_with_grant",
        "api_score_with_grant",
    },
}
"""The scope that a token needs, of each address beside acts that is not just read."""
