"""A person's way, page by page: from the identity to rows that left, and what was sold of them."""

from __future__ import annotations

import re

from django.urls import reverse

from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.preparation.execution import execute_run
from marketplace.preparation.report.models import RiskReport
from marketplace.preparation.run.models import Run
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.person_request.finding import search_rows
from marketplace.trading.orders.person_request.models import PersonRequest
from tests.conftest import PageClients
from tests.given import persons
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import World


def work() -> None:
    """Let loop and worker do all that follows."""
    catch_up()
    for run in Run.objects.filter(state="queued"):
        execute_run(run.pk)
    for request in PersonRequest.objects.filter(searched_at=None):
        search_rows(request.pk)
    catch_up()


def test_from_the_identity_to_rows_that_left(world: World, page_of: PageClients) -> None:
    """Asked without an account, seen by the centre, granted, confirmed; recalled, made anew."""
    listing = persons.listed_people(world)
    source = persons.source_of(listing)
    order = given.delivered(world, given.placed(world, listing))
    work()
    visitor, officer = page_of(""), page_of("officer")
    reviewer, second = page_of("reviewer"), page_of("second_reviewer")

    public = visitor.get(reverse("listing_public", args=[listing.pk])).content.decode()
    asking = re.search(r'href="(/person-requests/ask/\?data=[^"]+)"', public)
    assert asking is not None
    assert str(listing.pk) in visitor.get(asking[1]).content.decode()
    sent = persons.asking(str(listing.pk))
    sent |= {"kind": "withdrawal", "identifiers": f"{persons.ID_NUMBER}\n{persons.MOBILE}"}
    page = visitor.post(reverse("person_request_ask"), sent, follow=True).content.decode()
    request = PersonRequest.objects.get()
    assert "Identity to be proved" in page
    own = f"{reverse('person_request_asked')}?reference={request.reference}"

    work()
    for_reviewers = "See who a person is that asks"
    assert for_reviewers in reviewer.get(reverse("desk")).content.decode()
    assert for_reviewers not in officer.get(reverse("desk")).content.decode()
    address = reverse("person_request_detail", args=[request.pk])
    shown = reviewer.post(f"{address}identity/").content.decode()
    assert persons.ID_NUMBER in shown
    reviewer.post(f"{address}prove/", {"how_proved": persons.PROOF})
    work()
    assert "Answer a person" in officer.get(reverse("desk")).content.decode()
    assert persons.ID_NUMBER not in officer.get(address).content.decode()
    officer.post(f"{address}grant/", {"reason": ""})
    work()
    assert "waiting for the centre" in visitor.get(own).content.decode()
    assert second.post(f"{address}confirm/").status_code == 302
    work()

    report = RiskReport.objects.get(version=listing.revision.version)
    assert (report.state, report.recall) == ("withdrawn", "person")
    assert Listing.objects.get(pk=listing.pk).state == "suspended"
    assert Order.objects.get(pk=order.pk).state == "refunded"
    owed = page_of("buyer").get(reverse("order_detail", args=[order.pk])).content.decode()
    assert "State the deletion" in owed
    page_of("buyer").post(reverse("deletion_state", args=[order.pk]), {"statement": "All gone."})

    assert "rows leave" in officer.get(reverse("desk")).content.decode()
    officer.post(reverse("masking_start", args=[source.pk]))
    work()
    run = Run.objects.filter(version=source, kind="mask").latest("created_at")
    assert run.result_version_id != listing.revision.version_id
    assert run.risk_report.figures["rows_read"] == source.rows - 1
    assert "The rows have left" in visitor.get(own).content.decode()
    request.refresh_from_db()
    assert request.identity.removed_at is not None
    assert request.destroyed_at is not None
    assert request.destroyed_at <= clock.now()
    told = " ".join(f"{one.payload} {one.about}" for one in Entry.objects.all())
    assert not [one for one in (persons.NAME, persons.ID_NUMBER, persons.MOBILE) if one in told]
