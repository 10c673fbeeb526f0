"""Look for the rows of a person in what is still there of the holder's source versions.

Outside any transaction: only keeping what was found is an act.
"""

import json
from typing import Any
from uuid import UUID

from desensitize.persons import count_rows, rows_with
from marketplace.core import Actor, Door, WrongState, visible
from marketplace.preparation.exclusion.excluding import person_key
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.selectors import (
    person_requests_visible_to,
    searchable_versions,
)
from marketplace.trading.orders.person_request.services import keep_search
from marketplace.trading.orders.person_request.states import SEARCHED_IN
from marketplace.vault.chunks import DamagedFile
from marketplace.vault.services import decrypt_into, work_folder

MOST_ROWS = 200
"""Of so many rows of each version a person gets a copy; they are told how many there are."""


def search_rows(request_id: UUID) -> None:
    """Search for the rows of a request and keep what was found; what waits for none is left."""
    by = Actor.system(Door.TASK)
    request = visible(person_requests_visible_to(by), pk=request_id)
    if request.searched_at is not None or request.state not in SEARCHED_IN:
        return
    found, versions = _found(request)
    rows = json.dumps({"versions": versions}, ensure_ascii=False, default=str).encode()
    keep_search(request.pk, found=found, rows=None if request.is_removal else rows, by=by)


def _found(request: PersonRequest) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return by version how many rows there are, and those rows for who asks for a copy."""
    key, found, versions = person_key(request.dataset), [], []
    for version in searchable_versions(request.dataset):
        count, rows = None, []
        try:
            with work_folder() as folder:
                source = decrypt_into(version.file, folder)
                count = count_rows(source, request.codes, key)
                if count and not request.is_removal:
                    rows = rows_with(source, request.codes, key, most=MOST_ROWS).to_dicts()
        except (WrongState, DamagedFile):
            # Destroyed meanwhile, or damaged: who decides sees that it was not read.
            pass
        found.append({"version": str(version.pk), "number": version.number, "rows": count})
        versions.append(
            {
                "number": version.number,
                "rows": count,
                "kept_until": version.raw_until.isoformat() if version.raw_until else "",
                "copy": rows,
            }
        )
    return found, versions
