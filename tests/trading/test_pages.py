"""The pages of trading: what a buyer decides on, and what each side reads."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from marketplace.appraisal.adapters.results import figures_of
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.orders.contract.models import Contract
from tests.conftest import ApiClients, PageClients
from tests.given import trading as given
from tests.given.preparation import masked_version
from tests.given.world import PASSWORD, World


def text(response: Any) -> str:
    """Return what a page says."""
    return str(response.content.decode())


def test_everything_a_buyer_decides_on(world: World, page_of: PageClients) -> None:
    """A visitor reads it all without signing in."""
    listing = given.published(world)
    page = text(page_of("").get(reverse("listing_public", args=[listing.pk])))
    assert listing.certificate is not None
    for part in (
        *("12,000.00 CNY", "208,333.75 CNY", "Transport Bureau", "Boardings", "1204", "2.25"),
        *("Statute of the Transport Bureau", "No column tells anything about a person."),
        *("Planning, research and pricing", listing.certificate.number, "Listing published"),
        *(listing.revision.version.file.sha256, listing.sheet_digest, "Sign in to order"),
    ):
        assert part in page, part


def test_quality_is_told_by_characteristic(world: World, page_of: PageClients) -> None:
    """What was counted on the delivered bytes, and what was not measured."""
    listing = given.published(world)
    page = text(page_of("").get(reverse("listing_public", args=[listing.pk])))
    for part in (
        *("Completeness", "16 of 16 cells are filled", "The source came in on", "Monthly"),
        *("Not measured: the holder has set no rule", "Not measured: you see it at the delivery"),
    ):
        assert part in page, part


def test_risk_is_told_beside_what_the_centre_asks(world: World, page_of: PageClients) -> None:
    """Of data about people: each figure with its threshold, and the signed document."""
    version = masked_version(world)
    given.valued(world, version)
    listing = given.drafted(world, version)
    submit_listing(listing.pk, by=world.actor("officer"))
    listing = publish_listing(
        listing.pk, checklist=given.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )
    page = text(page_of("").get(reverse("listing_public", args=[listing.pk])))
    assert listing.risk_report is not None
    assert listing.risk_report.credential is not None
    figures = listing.risk_report.figures
    for part in (
        *("Smallest group (k)", f'<td class="number text-wrap">{figures["smallest_class"]}</td>'),
        *("at least 5", "Chance to find a known person", "at most 20"),
        *("Rows left out", "at most", "Cells that name a person directly", "none"),
        reverse("credential_detail", args=[listing.risk_report.credential_id]),
        listing.risk_report.credential.number,
    ):
        assert part in page, part
    signed = page_of("").get(reverse("credential_detail", args=[listing.risk_report.credential_id]))
    assert signed.status_code == 200


def test_the_valuation_is_told_with_its_method(world: World, page_of: PageClients) -> None:
    """Method, formula in words, and the signed document; likewise that of the certificate."""
    listing = given.published(world)
    page = text(page_of("").get(reverse("listing_public", args=[listing.pk])))
    assert listing.appraisal is not None
    assert listing.appraisal.credential is not None
    assert listing.certificate is not None
    formula = figures_of(listing.appraisal.result)[0].formula
    for part in (
        *("Cost approach", escape(formula), listing.appraisal.credential.number),
        reverse("credential_detail", args=[listing.appraisal.credential_id]),
        reverse("credential_detail", args=[listing.certificate.credential_id]),
    ):
        assert part in page, part


def test_a_sheet_of_before_is_shown_with_what_it_has(world: World, page_of: PageClients) -> None:
    """Sheets are frozen: what was published before has neither dimensions nor credentials."""
    listing = given.published(world)
    assert listing.sheet is not None
    old = deepcopy(listing.sheet)
    del old["quality"]["dimensions"], old["risk"]["quasi_identifiers"], old["valuation"]["formula"]
    for proof in ("risk", "right", "valuation"):
        del old[proof]["credential"]
    Listing.objects.filter(pk=listing.pk).update(sheet=old)
    page = text(page_of("").get(reverse("listing_public", args=[listing.pk])))
    assert "208,333.75 CNY" in page
    assert "Completeness" not in page


def test_nobody_reads_who_buys(world: World, page_of: PageClients) -> None:
    """The public history leaves out orders, contracts and reviewers."""
    order = given.completed(world)
    page = text(page_of("").get(reverse("listing_public", args=[order.listing_id])))
    assert "Example Insurance" not in page
    assert "Order placed" not in page
    owner = text(page_of("buyer").get(reverse("order_detail", args=[order.pk])))
    assert "Order placed" in owner
    assert "Released to the seller" in owner


@pytest.mark.parametrize(
    ("person", "says"),
    [("buyer", "Order this"), ("officer", "Manage this listing"), ("", "Sign in to order")],
)
def test_the_way_on(person: str, says: str, world: World, page_of: PageClients) -> None:
    """Each reader is led to what they may do."""
    listing = given.published(world)
    assert says in text(page_of(person).get(reverse("listing_public", args=[listing.pk])))


def test_sold_to_one_buyer(world: World, page_of: PageClients) -> None:
    """An exclusive listing that is taken says so and offers no order."""
    listing = given.published(world, exclusive=True)
    given.placed(world, listing)
    page = text(page_of("stranger").get(reverse("listing_public", args=[listing.pk])))
    assert "Sold to one buyer alone" in page
    assert reverse("order_place", args=[listing.pk]) not in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "1 offer"),
        ("?q=minjiang&theme=transport&price_to=12000", "1 offer"),
        ("?q=weather", "Nothing on offer fits"),
        ("?theme=nonsense&price_from=abc&page=999", "1 offer"),
    ],
)
def test_market_narrows(query: str, says: str, world: World, page_of: PageClients) -> None:
    """What cannot be read asks nothing, and never breaks."""
    given.published(world)
    response = page_of("").get(reverse("market") + query)
    assert response.status_code == 200
    assert says in text(response)


def test_market_api_narrows(world: World, api_of: ApiClients) -> None:
    """The same search by the API, with the whole sheet."""
    listing = given.published(world)
    address = reverse("api_search_market")
    (row,) = api_of("").get(address, {"q": "boardings"}).json()["results"]
    assert (row["id"], row["sheet_digest"]) == (str(listing.pk), listing.sheet_digest)
    assert row["sheet"] == listing.sheet
    assert api_of("").get(address, {"q": "weather"}).json()["results"] == []


@pytest.mark.parametrize(
    ("route", "person", "count"),
    [
        *(("market", "", 3), ("api_search_market", "", 1)),
        *(("listing_list", "officer", 9), ("order_list", "buyer", 8)),
    ],
)
def test_lists_ask_few_queries(
    route: str, person: str, count: int, world: World, page_of: PageClients
) -> None:
    """As many for three rows as for one; each choice of a filter is counted by one."""
    client, counts = page_of(person), []
    for titles in (["The first"], ["The second", "The third"]):
        for title in titles:
            given.placed(world, given.published(world, title=title))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(route))
        counts.append(len(queries))
    assert counts == [count, count]


def test_gate_leads_the_seller(world: World, page_of: PageClients, api_of: ApiClients) -> None:
    """A draft says what is missing and where to mend it; the API names the codes."""
    listing = given.drafted(world, given.masked(world))
    page = text(page_of("officer").get(reverse("listing_detail", args=[listing.pk])))
    assert "There is no certificate of the operating right." in page
    assert reverse("claim_draft", args=[listing.product.dataset_id]) in page
    answer = api_of("officer").get(reverse("api_get_listing_gate", args=[listing.pk])).json()
    assert answer["is_open"] is False
    assert [f["code"] for f in answer["findings"]] == [
        *("right-missing", "valuation-missing", "ceiling-missing"),
    ]


def test_submission_refused_on_the_page(world: World, page_of: PageClients) -> None:
    """A closed gate answers 422 with the sentence."""
    listing = given.drafted(world, given.masked(world))
    response = page_of("officer").post(reverse("listing_submit", args=[listing.pk]))
    assert response.status_code == 422
    assert "operating right" in text(response)
    assert Listing.objects.get().state == "draft"


def test_publication_refused_on_the_page(world: World, page_of: PageClients) -> None:
    """The reviewer reads which proof broke, on the page on which they decide."""
    listing = given.submitted(world)
    assert listing.certificate_id is not None
    freeze_certificate(listing.certificate_id, reason="Order.", by=world.actor("reviewer"))
    response = page_of("reviewer").post(
        reverse("listing_publish", args=[listing.pk]), {"checklist": given.LISTING_CHECKLIST}
    )
    assert response.status_code == 422
    assert "is frozen" in text(response)
    assert "The gate is closed" in text(response)


def test_a_reviewer_has_everything_on_one_page(world: World, page_of: PageClients) -> None:
    """The rows that will be sold, the source, the way to the value with its inputs, the risk."""
    listing = given.submitted(world)
    page = text(page_of("second_reviewer").get(reverse("listing_review", args=[listing.pk])))
    assert listing.appraisal is not None
    assert listing.risk_report is not None
    way = figures_of(listing.appraisal.result)
    for part in (
        *("<td>1204</td>", "<td>2.25</td>", "Statute of the Transport Bureau", "208,333.75"),
        *(escape(figure.label) for figure in way),
        *(escape(figure.formula) for figure in way if figure.formula),
        *(escape(figure.source) for figure in way if figure.source),
        *("Cells that name a person directly", "Publish the listing", "No column tells anything"),
        *(listing.revision.version.file.sha256, "The certified right is one over this data"),
    ):
        assert part in page, part


def test_checklist_refused_on_the_page(world: World, page_of: PageClients) -> None:
    """An unticked point is told beside the checklist."""
    listing = given.submitted(world)
    response = page_of("reviewer").post(reverse("listing_publish", args=[listing.pk]), {})
    assert response.status_code == 422
    assert "Tick every point" in text(response)


def test_what_is_next_and_for_whom(world: World, page_of: PageClients) -> None:
    """Each side reads whose turn it is."""
    order = given.placed(world)
    address = reverse("order_detail", args=[order.pk])
    assert "Your turn" in text(page_of("officer").get(address))
    assert "Your turn" not in text(page_of("buyer").get(address))
    given.accepted(world, order)
    assert "Your turn" in text(page_of("buyer").get(address))


def test_another_digest_signs_nothing(world: World, page_of: PageClients) -> None:
    """A page kept from before cannot sign another text; the answer shows the right one."""
    contract = given.contracted(world)
    response = page_of("buyer").post(
        reverse("contract_sign", args=[contract.pk]),
        {"digest": "0" * 64, "read": "on", "password": PASSWORD},
    )
    assert response.status_code == 422
    assert "You have not read this text" in text(response)
    assert f'value="{contract.digest}"' in text(response)
    assert Contract.objects.get().buyer_signed_at is None


def test_unread_contract_is_not_signed(world: World, page_of: PageClients) -> None:
    """The box has to be ticked."""
    contract = given.contracted(world)
    response = page_of("buyer").post(
        reverse("contract_sign", args=[contract.pk]),
        {"digest": contract.digest, "password": PASSWORD},
    )
    assert response.status_code == 422
    assert Contract.objects.get().buyer_signed_at is None
