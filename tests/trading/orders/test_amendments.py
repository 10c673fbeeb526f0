"""A signed contract is amended by both sides: what changes, what stays, and what runs out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.urls import reverse

from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import expire_grants, look_at_download
from marketplace.ledger.models import Entry
from marketplace.notices.models import Notice
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.plans import Subscription
from marketplace.trading.listings.terms.usage_policy import policy_digest, terms_of_policy
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.amendment.services import expire_amendments
from marketplace.trading.orders.contract.models import Contract
from marketplace.trading.orders.contract.usage_policy import agreement_policy
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.services import sign_amendment
from marketplace.trading.orders.termination.services import terminate_contract
from tests.conftest import PageClients
from tests.given import amendments, disputes
from tests.given import trading as given
from tests.given.pipeline import catch_up
from tests.given.world import PASSWORD, World


def test_the_terms_hold_once_both_have_signed(world: World) -> None:
    """Until then the contract stays; afterwards order, policy and what the text names agree."""
    order = given.completed(world)
    before = Contract.objects.get()
    amendment = amendments.proposed(world, order, licence_months=24, purpose="Pricing alone.")
    assert (amendment.number, amendment.state, amendment.side) == (1, "proposed", "buyer")
    assert "until now “12 months from the delivery”, from now on “24 months" in amendment.text
    assert before.digest in amendment.text
    amendments.signed(world, amendment, "officer")
    assert Order.objects.get().agreed_terms.licence_months == 12
    amendment = amendments.signed(world, amendment, "buyer")
    assert amendment.state == "in_force"
    order = Order.objects.get()
    assert (order.agreed_terms.licence_months, order.agreed_terms.purpose) == (24, "Pricing alone.")
    assert amendment.agreed["changes"] == {
        "purpose": [given.OFFER.terms.purpose, "Pricing alone."],
        "licence_months": [12, 24],
    }
    policy = agreement_policy(order)
    assert terms_of_policy(policy) == order.agreed_terms
    assert amendment.agreed["policy_sha256"] == policy_digest(policy)
    contract = Contract.objects.get()
    assert (contract.text, contract.document) == (before.text, before.document)
    second = amendments.in_force(world, amendments.proposed(world, order, audit="report"))
    assert second.number == 2
    assert second.agreed["previous_sha256"] == amendment.digest
    kinds = Entry.objects.filter(subject=f"amendment:{amendment.pk}").order_by("id")
    assert [(each.kind, each.payload.get("is_concluded")) for each in kinds] == [
        ("trading.amendment_proposed", None),
        ("trading.amendment_signed", False),
        ("trading.amendment_signed", True),
    ]


def test_the_licence_lasts_longer(world: World) -> None:
    """The grant follows, also where it had run out already."""
    order = given.paid(world)
    catch_up()
    before = Grant.objects.get().expires_at
    amendments.in_force(world, amendments.proposed(world, order, licence_months=24))
    catch_up()
    grant = Grant.objects.get()
    assert 364 <= (grant.expires_at - before).days <= 366
    assert Entry.objects.filter(kind="delivery.grant_amended").count() == 1
    assert Notice.objects.filter(kind="contract_amended").exists()


def test_a_shorter_licence_ends_at_once(world: World) -> None:
    """Access asks the terms anew before the grant has followed them; a longer one opens again."""
    order = given.paid(world)
    catch_up()
    grant = Grant.objects.get()
    amendments.in_force(world, amendments.proposed(world, order, licence_months=1))
    with clock.stopped_at(clock.now() + timedelta(days=40)):
        assert Grant.objects.get().expires_at > clock.now()
        with pytest.raises(WrongState) as refused:
            look_at_download(grant.pk, by=world.actor("buyer"))
    assert refused.value.code == "grant-expired"
    catch_up()
    with clock.stopped_at(clock.now() + timedelta(days=40)):
        assert expire_grants(by=given.SYSTEM) == [grant.pk]
    amendments.in_force(world, amendments.proposed(world, order, licence_months=3))
    catch_up()
    assert Grant.objects.get().state == "active"


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"is_exclusive": True}, "is_exclusive", "is the listing's"),
        ({"public_purpose": True}, "public_purpose", "Order it anew"),
        ({"acceptance_days": 9}, "acceptance_days", "runs since the delivery"),
        ({"is_marked": True}, "is_marked", "written already"),
        ({"columns": ("line",)}, "columns", "fixed by their digest"),
        ({"rows": (["line", "not-null"],)}, "rows", "fixed by their digest"),
        ({"licence_months": 0}, "licence_months", "Choose 1 to 60"),
    ],
)
def test_what_stays_says_what_to_do(
    world: World, changes: dict[str, Any], field: str, says: str
) -> None:
    """Each by the field, and nothing is kept."""
    order = given.completed(world)
    with pytest.raises(Invalid) as refused:
        amendments.proposed(world, order, **changes)
    assert says in refused.value.fields[field][0]
    assert not Amendment.objects.exists()


def test_before_the_payment_other_columns_can_be_agreed(world: World) -> None:
    """No copy is written yet; but a column that is none is refused."""
    order = given.signed(world)
    with pytest.raises(Invalid) as refused:
        amendments.proposed(world, order, columns=("nothing",))
    assert "has no column “nothing”" in refused.value.fields["columns"][0]
    amendments.in_force(world, amendments.proposed(world, order, columns=("line",)))
    assert Order.objects.get().agreed_terms.columns == ("line",)


def test_a_subscription_keeps_its_term(world: World) -> None:
    """The price would have to change."""
    plan = Subscription(amount=Decimal("1000.00"), period_months=1, periods=12)
    order = given.paid(world, given.placed(world, given.published(world, plan=plan)))
    with pytest.raises(Invalid) as refused:
        amendments.proposed(world, order, licence_months=24)
    assert "Subscribe anew" in refused.value.fields["licence_months"][0]


def test_a_licence_cannot_have_ended_already(world: World) -> None:
    """Who wants it over terminates."""
    order = given.completed(world)
    with clock.stopped_at(clock.now() + timedelta(days=100)), pytest.raises(Invalid) as refused:
        amendments.proposed(world, order, licence_months=3)
    assert "terminate the contract" in refused.value.fields["licence_months"][0]


def test_nothing_to_amend(world: World) -> None:
    """The same terms; and a second amendment while one waits, unless it is the same."""
    order = given.completed(world)
    with pytest.raises(Invalid) as refused:
        amendments.proposed(world, order, licence_months=12)
    assert refused.value.code == "amendment-unchanged"
    first = amendments.proposed(world, order)
    assert amendments.proposed(world, order) == first
    with pytest.raises(WrongState) as waits:
        amendments.proposed(world, order, by="officer")
    assert waits.value.code == "amendment-waiting"


def test_only_a_contract_in_force(world: World) -> None:
    """Not in a dispute; what waits goes on waiting."""
    order = given.delivered(world)
    amendment = amendments.proposed(world, order)
    amendments.signed(world, amendment, "buyer")
    disputes.opened(world, order)
    with pytest.raises(WrongState) as refused:
        amendments.signed(world, amendment, "officer")
    assert refused.value.code == "not-amendable"
    with pytest.raises(WrongState) as refused:
        amendments.proposed(world, order, by="officer")
    assert refused.value.code == "not-amendable"
    assert expire_amendments(by=given.SYSTEM) == []


def test_it_runs_out_with_its_contract_or_its_day(world: World) -> None:
    """The centre's software ends it; both are told."""
    order = given.completed(world)
    first = amendments.proposed(world, order)
    with clock.stopped_at(clock.now() + timedelta(days=60)):
        with pytest.raises(WrongState) as refused:
            amendments.signed(world, first, "officer")
        assert refused.value.code == "amendment-over"
        assert expire_amendments(by=given.SYSTEM) == [first.pk]
        assert expire_amendments(by=given.SYSTEM) == []
    second = amendments.proposed(world, order)
    terminate_contract(order.pk, reason="It is over.", by=world.actor("buyer"))
    assert expire_amendments(by=given.SYSTEM) == [second.pk]
    assert {each.state for each in Amendment.objects.all()} == {"expired"}
    with pytest.raises(NotAllowed):
        expire_amendments(by=world.actor("administrator"))


def test_no_signature_while_a_proof_is_in_doubt(world: World) -> None:
    """As for the contract itself."""
    amendment = amendments.proposed(world)
    certificate = amendment.contract.order.listing.certificate
    assert certificate is not None
    freeze_certificate(certificate.pk, reason="Somebody objects.", by=world.actor("reviewer"))
    with pytest.raises(WrongState):
        amendments.signed(world, amendment, "officer")
    assert not AmendmentSignature.objects.exists()


def test_the_digest_has_to_be_read(world: World) -> None:
    """That of the contract is another's."""
    amendment = amendments.proposed(world)
    with pytest.raises(Invalid) as refused:
        sign_amendment(
            amendment.pk,
            digest=amendment.contract.digest,
            password=PASSWORD,
            by=world.actor("officer"),
        )
    assert refused.value.code == "contract-digest-mismatch"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE orders_amendmentsignature SET side = 'seller'",
        "DELETE FROM orders_amendmentsignature",
    ],
)
def test_signatures_only_grow(world: World, statement: str) -> None:
    """The database itself refuses a change."""
    amendments.in_force(world)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_both_sides_and_the_auditor_read_it(world: World, page_of: PageClients) -> None:
    """Each change, who signed how, and that it holds; the contract's page names it."""
    amendment = amendments.in_force(world)
    for person in ("officer", "buyer", "auditor"):
        page = page_of(person).get(reverse("amendment_detail", args=[amendment.pk]))
        read = page.content.decode()
        assert "24 months from the delivery" in read
        assert "Signed by both sides, in force" in read
        assert read.count("Acceptance witnessed by the centre,") == 2
        contract = page_of(person).get(reverse("contract_detail", args=[amendment.contract_id]))
        assert reverse("amendment_detail", args=[amendment.pk]) in contract.content.decode()


def test_the_desk_names_what_waits(world: World, page_of: PageClients) -> None:
    """Until one's own side has signed."""
    amendment = amendments.proposed(world)
    address = reverse("amendment_detail", args=[amendment.pk])
    assert address in page_of("officer").get(reverse("desk")).content.decode()
    amendments.signed(world, amendment, "officer")
    assert address not in page_of("officer").get(reverse("desk")).content.decode()
    assert address in page_of("buyer").get(reverse("desk")).content.decode()


def test_a_refused_form_says_where(world: World, page_of: PageClients) -> None:
    """Unchanged, and past negotiation; the page says what stays."""
    contract = given.completed(world).contract
    address = reverse("contract_amend", args=[contract.pk])
    page = page_of("buyer").get(address)
    assert "The price stays: it was paid, or invoiced, as a whole." in page.content.decode()
    sent = {
        name: value
        for name, value in replace(given.OFFER.terms).as_json().items()
        if value not in (False, [])
    }
    refused = page_of("buyer").post(address, sent)
    assert refused.status_code == 422
    assert "These are the terms that hold already" in refused.content.decode()
