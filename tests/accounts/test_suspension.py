"""A suspended organization: what is closed to its people and programs, and what goes on."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from marketplace.accounts.actors import actor_of
from marketplace.accounts.organization.services import reinstate_organization, suspend_organization
from marketplace.accounts.suspension import OPEN, SUSPENSION, matter_of
from marketplace.accounts.token.services import create_token, revoke_token
from marketplace.core import clock
from marketplace.core.actor import Door
from marketplace.core.scopes import EVERY
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.delivery.services import accept_delivery, complete_silent_orders
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.order.states import OrderState
from marketplace.web.navigation import OWN_PLACES, PLACES, links_for
from tests.accounts.test_second_factor_everywhere import ROUTES
from tests.conftest import ApiClients, PageClients
from tests.given import disputes, money, trading
from tests.given.access import handled, views_by_route
from tests.given.client import Program
from tests.given.delivery import keyed, rows_of
from tests.given.gathered import ROWS
from tests.given.insiders import annotating, without_role
from tests.given.pipeline import catch_up
from tests.given.world import World

WHY = "Fees of March are unpaid."
VIEWS = views_by_route()
CODE = "organization-suspended"
OWN = {
    *("desk", "notice_list", "notice_read", "notices_read", "notice_choices", "account_tokens"),
    *("token_revoke", "address_ask", "api_list_tokens", "api_get_token", "api_revoke_token"),
    *("api_get_person", "api_ask_for_address_proof", "api_list_notices", "api_mark_notice_read"),
    *("api_mark_all_read", "api_get_email_choices", "api_choose_emails"),
    *("organization_documents", "document_attach", "document_download", "api_list_documents"),
    *("api_get_document", "api_attach_document"),
}
"""What stays open of what is no visitor's: explanation, messages, one's own, the documents."""
POSTED = {
    *("set_language", "check_file", "openapi", "api_apply_organization", "api_accept_invitation"),
    *("api_prove_address", "api_check_credential_number", "api_report_reidentification"),
    *("api_ask_as_person", "api_pick_up_answer"),
}
"""Public addresses of which no row tells a GET."""
SECRET = {"calendar_feed", "sharing_file"}
"""Whoever has their address opens them; it is a program's, and closed with its token or key."""


def suspended(world: World, person: str) -> None:
    """Suspend the organization of a person."""
    suspend_organization(world.organization(person).pk, reason=WHY, by=world.actor("administrator"))


def test_nobody_suspends_the_centre(world: World, api_of: ApiClients) -> None:
    """It would take away the roles by which it is reinstated: nobody decides on their own."""
    centre = world.organization("second_administrator")
    refused = api_of("administrator").post(
        reverse("api_suspend_organization", args=[centre.pk]),
        {"reason": WHY},
        content_type="application/json",
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "not-allowed")
    centre.refresh_from_db()
    assert centre.state == "verified"
    assert actor_of(World.person("administrator"), door=Door.PAGE).has("administrator")


def test_every_address_belongs_to_one_matter() -> None:
    """A new one needs a decision on what becomes of it; what a line names exists."""
    words = Counter(word for matter in SUSPENSION for word in matter.words)
    assert [word for word, times in words.items() if times > 1] == []
    ours = [(name, path) for name, path in ROUTES if not path.startswith("/admin/")]
    missing = {path for _name, path in ours if matter_of(path) is None}
    assert missing == set(), "name the first word in SUSPENSION of accounts/suspension.py"
    used = {path.removeprefix("/").removeprefix("api/v1/").partition("/")[0] for _n, path in ours}
    assert set(words) - used == set()
    paths = dict(ours)
    assert set(paths) >= OPEN
    misplaced = {
        name
        for matter in SUSPENSION
        for name in matter.opens
        if matter_of(paths[name]) is not matter
    }
    assert misplaced == set()


def test_open_is_what_is_public_and_what_is_named_here() -> None:
    """Nothing else opens; sign-in, factors and password are the library's."""
    public = {row.route for row in ROWS if row.nobody not in (302, 401, 405)} - SECRET
    library = {name for name in OPEN if name.startswith(("account_", "mfa_"))} - {"account_tokens"}
    assert OPEN - library == public | OWN | POSTED


def test_the_desk_says_why_and_leads_nowhere_closed(world: World, page_of: PageClients) -> None:
    """Whoever applied exchanges the documents; nobody's menu leads to what is closed."""
    trading.paid(world)
    suspended(world, "officer")
    for person in ("officer", "finance", "colleague"):
        client, by = page_of(person), world.actor(person)
        page = client.get(reverse("desk")).content.decode()
        assert WHY in page
        assert "no role" not in page
        for link in (*links_for(by, "/", PLACES), *links_for(by, "/", OWN_PLACES)):
            assert client.get(link.url).status_code in (200, 302), link.url
        assert client.get(reverse("notice_list")).status_code == 200
        assert "/orders/" not in page
    documents = reverse("organization_documents", args=[world.organization("officer").pk])
    assert page_of("officer").get(documents).status_code == 200
    refused = page_of("officer").get(reverse("order_list"))
    assert refused.status_code == 403
    assert "is suspended" in refused.content.decode()


@pytest.mark.parametrize(("become", "told"), [(without_role, "no role"), (annotating, "desk")])
def test_who_acts_for_nobody_is_told_so(
    become: object, told: str, world: World, page_of: PageClients
) -> None:
    """By the desk; the lists of trade are empty or closed."""
    order = trading.paid(world)
    assert callable(become)
    become(world, "buyer")
    assert told in page_of("buyer").get(reverse("desk")).content.decode()
    assert page_of("buyer").get(reverse("order_detail", args=[order.pk])).status_code == 404
    assert str(order.pk) not in page_of("buyer").get(reverse("order_list")).content.decode()


def test_a_token_opens_nothing_at_any_address(world: World, chance: Random) -> None:
    """Each is answered the name of the rule, whatever the scopes; and all again afterwards."""
    person = chance.choice(("officer", "buyer", "finance"))
    issued = create_token(name="export", days=1, scopes=EVERY, by=world.actor(person))
    client = Program(headers={"Authorization": f"Bearer {issued.secret}"})
    assert client.get("/api/v1/orders/").status_code == 200
    suspended(world, person)
    open_to_it = set()
    for name, address in ROUTES:
        of_class = getattr(VIEWS.get(name), "cls", None)
        if of_class is None or "TokenAuthentication" not in str(of_class.authentication_classes):
            continue
        for method in handled(VIEWS[name]):
            answer = getattr(client, method)(address)
            if answer.status_code != 403 or CODE.encode() not in answer.content:
                open_to_it.add((name, method, answer.status_code))
    assert open_to_it == set()
    reinstate_organization(world.organization(person).pk, by=world.actor("administrator"))
    assert client.get("/api/v1/orders/").status_code == 200


def test_a_calendar_address_opens_nothing(world: World) -> None:
    """It is a token of its own."""
    scopes = frozenset({"calendar"})
    issued = create_token(name="Calendar", days=1, scopes=scopes, by=world.actor("buyer"))
    address = reverse("calendar_feed", args=[issued.secret])
    assert Client().get(address).status_code == 200
    suspended(world, "buyer")
    assert Client().get(address).status_code == 403


def test_keys_of_its_buyers_go_on_and_its_own_do_not(world: World, page_of: PageClients) -> None:
    """Whoever paid a suspended seller has what was bought; a suspended buyer has it back later."""
    issued = keyed(world)
    page = reverse("grant_detail", args=[issued.key.grant_id])
    suspended(world, "officer")
    catch_up()
    assert rows_of(issued).status_code == 200
    assert page_of("buyer").get(page).status_code == 200
    suspended(world, "buyer")
    closed = rows_of(issued)
    assert (closed.status_code, closed.json()["code"]) == (403, CODE)
    assert page_of("buyer").get(page).status_code == 403
    for person in ("officer", "buyer"):
        reinstate_organization(world.organization(person).pk, by=world.actor("administrator"))
    assert rows_of(issued).status_code == 200


def test_its_offers_leave_the_market_and_come_back(world: World, page_of: PageClients) -> None:
    """At once, and by themselves."""
    listing, market = trading.published(world), reverse("market")
    address = reverse("listing_public", args=[listing.pk])
    visitor = page_of("")
    assert address in visitor.get(market).content.decode()
    suspended(world, "officer")
    assert address not in visitor.get(market).content.decode()
    place = {"purpose": trading.PURPOSE, "request_key": "one"}
    refused = page_of("buyer").post(reverse("order_place", args=[listing.pk]), place)
    assert not Order.objects.exists(), refused.status_code
    catch_up()
    assert Listing.objects.get(pk=listing.pk).state == "suspended"
    reinstate_organization(world.organization("officer").pk, by=world.actor("administrator"))
    catch_up()
    assert Listing.objects.get(pk=listing.pk).state == "published"
    assert address in visitor.get(market).content.decode()


def test_silence_is_taken_for_consent_of_a_buyer_alone(world: World) -> None:
    """While the seller is suspended it is not; the buyer may still accept."""
    order = trading.delivered(world)
    suspended(world, "officer")
    catch_up()
    assert order.acceptance_due_on is not None
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        assert complete_silent_orders(by=trading.SYSTEM) == []
    assert accept_delivery(order.pk, by=world.actor("buyer")).state == OrderState.COMPLETED


def test_silence_of_a_suspended_buyer_is_consent(world: World) -> None:
    """Its seller waits no longer for its money than agreed."""
    order = trading.delivered(world)
    suspended(world, "buyer")
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        assert complete_silent_orders(by=trading.SYSTEM) == [order.pk]


def test_money_goes_on(world: World) -> None:
    """What a suspended seller holds is paid out by two; a suspended buyer pays, and is refunded."""
    account = money.seller_account(world)
    suspended(world, "officer")
    sent = money.proposed_payout(world, account, amount=Decimal("10.00"))
    assert money.approved(world, sent).state == "approved"


def test_a_suspended_buyer_is_refunded(world: World) -> None:
    """By two, as any other."""
    order = trading.paid(world)
    suspended(world, "buyer")
    refund = money.proposed_refund(world, order)
    assert money.approved(world, refund).state == "approved"


def test_a_suspended_buyer_pays_what_it_owes(world: World) -> None:
    """By its bank; the centre books it."""
    charge = money.charge_of(trading.signed(world))
    suspended(world, "buyer")
    money.pay_in(world, charge, charge.amount)
    assert Order.objects.get().state == OrderState.PAID


@pytest.mark.parametrize("side", ["officer", "buyer"])
def test_disputes_go_on(side: str, world: World) -> None:
    """The other side opens one, and the centre decides it."""
    order, other = trading.delivered(world), {"officer": "buyer", "buyer": "officer"}[side]
    suspended(world, side)
    opened = disputes.opened(world, order, by=other)
    mediated = disputes.proposed(world, opened)
    assert disputes.decided(world, mediated).state == "decided"


def test_nobody_is_asked_twice_for_their_own(world: World, page_of: PageClients) -> None:
    """A person ends their token, and reads their own entry and nobody else's."""
    issued = create_token(name="export", days=1, scopes=EVERY, by=world.actor("officer"))
    suspended(world, "officer")
    by = actor_of(world.person("officer"), door=Door.PAGE)
    assert revoke_token(issued.token.pk, by=by).revoked_at is not None
    own = page_of("officer").get(reverse("api_get_person", args=[world.person("officer").pk]))
    other = page_of("officer").get(reverse("api_get_person", args=[world.person("finance").pk]))
    assert (own.status_code, other.status_code) == (200, 404)


def test_what_is_closed_is_closed_by_name(world: World, page_of: PageClients) -> None:
    """Also what there is not, and the admin: nothing is looked for."""
    suspended(world, "buyer")
    for address in ("/admin/", "/nothing-here/", "/api/v1/orders/", "/calendar/"):
        assert page_of("buyer").get(address).status_code == 403, address
    assert settings.SESSION_COOKIE_NAME in page_of("buyer").cookies
