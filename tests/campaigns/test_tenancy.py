"""Every address × method × {a low role, a suspended organization, an expired grant}.

Nobody and another tenant are asked in `test_access`, whose rows these are; requests that would be
right but for who sends them, in `test_doors`.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.core import clock
from marketplace.delivery.grant.models import Download, Grant
from marketplace.ledger.models import Entry
from tests.conftest import ApiClients, PageClients
from tests.given.access import METHODS, Access, by_state
from tests.given.asked import by_methods
from tests.given.gathered import OF_CASES, ROWS
from tests.given.tenancy import lowered, put_out
from tests.given.world import World
from tests.journeys.test_doors import ANY_ROLE, NO_ROLE

OWN = {
    *("set_language", "account_tokens", "token_revoke", "api_revoke_token", "api_create_token"),
    *("notice_read", "notices_read", "api_mark_notice_read", "api_mark_all_read"),
    *("invitation_withdraw", "api_withdraw_invitation", "person_deactivate", "person_reactivate"),
    *("api_deactivate_person", "api_reactivate_person"),
}
"""What everybody does with what is theirs, or every role of an organization with its people."""
OF_ANY_ROLE = {row.route for act in ANY_ROLE | NO_ROLE for row in OF_CASES[act]}
"""What whoever is in the organization may, with whichever role."""
DATA = ("parquet", "arrow", "octet-stream", "ndjson", "csv")
"""What bought data travels as."""
OF_OTHERS = {
    *("hierarchy_download", "exhibit_download", "region_download", "evidence_download"),
    *("person_request_grant", "api_grant_person_request", "document_download"),
}
"""Downloads of what nobody buys, and what is granted to somebody who asks about themselves."""

DELIVERIES = [
    row
    for row in ROWS
    if row.given
    and ("grant" in row.route or "download" in row.route)
    and row.route not in OF_OTHERS
]


@pytest.mark.campaign
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_without_the_right_nothing_happens(
    row: Access, world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """By no method is anything recorded, and HEAD tells what GET tells."""
    address = row.path(row.given(world) if row.given else {})
    clients = api_of if address.startswith("/api/") else page_of
    for take_away in (lowered, put_out):
        person = take_away(world, row.as_party)
        if not person or row.route in OWN | (OF_ANY_ROLE if take_away is lowered else set()):
            continue
        recorded = Entry.objects.count()
        answers = by_methods(METHODS, clients(person), address)
        assert all(answer.status_code < 500 for answer in answers.values())
        assert answers["head"].status_code == answers["get"].status_code
        assert Entry.objects.count() == recorded, take_away.__name__


@pytest.mark.parametrize("rows", by_state(DELIVERIES, at_once=24))
def test_an_expired_grant_gives_nothing(
    rows: list[Access], world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """A second after the licence ran out no method answers bought data, or counts an access."""
    arguments = rows[0].given(world) if rows[0].given else {}
    grant = Grant.objects.get()
    with clock.stopped_at(grant.expires_at + timedelta(seconds=1)):
        for row in rows:
            address = row.path(arguments)
            clients = api_of if address.startswith("/api/") else page_of
            for method, answer in by_methods(METHODS, clients("buyer"), address).items():
                kind = answer.headers.get("Content-Type", "")
                assert not any(data in kind for data in DATA), (address, method, kind)
                assert answer.status_code < 500, (address, method)
    assert not Download.objects.exists()
