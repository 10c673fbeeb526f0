"""Nobody binds their organization above their limit alone, and contracts say on what mandate."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from marketplace.accounts.member.services import deactivate_person, make_owner, step_down
from marketplace.accounts.roles import Role
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.ledger.models import Entry
from marketplace.ledger.verifier import verify
from marketplace.notices.models import Notice
from marketplace.pipeline.models import SetAside
from marketplace.trading.listings.plans import Free, Metered
from marketplace.trading.orders.amendment.models import Amendment, AmendmentSignature
from marketplace.trading.orders.amendment.selectors import amendment_document
from marketplace.trading.orders.approval.models import SigningApproval
from marketplace.trading.orders.approval.services import (
    approve_signing,
    ask_amendment_approval,
    ask_contract_approval,
    refuse_signing,
)
from marketplace.trading.orders.contract.models import Contract, Signature
from marketplace.trading.orders.contract.selectors import contract_document
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.contract.wording import bound_sum
from marketplace.trading.orders.dispute.services import answer_settlement
from marketplace.trading.orders.negotiation.services import cancel_order
from marketplace.trading.orders.order.models import Order
from marketplace.trading.orders.signature.evidence import evidence_digest
from marketplace.trading.orders.signature.services import sign_contract
from tests.conftest import ApiClients, PageClients
from tests.given import amendments, disputes, limits
from tests.given import trading as given
from tests.given.by_owner import altered
from tests.given.client import quoted
from tests.given.limits import LIMIT, REASON, limited, signed_by
from tests.given.passkeys import SoftwareKey
from tests.given.pipeline import catch_up
from tests.given.world import World, invite
from tests.trading.listings.test_plans import METERED, YEARLY

D = Decimal
PRICE = D("12000.00")


def refused_above(world: World, contract: Contract, person: str) -> str:
    """Try to sign above one's limit, which changes nothing; return what is said."""
    before = Signature.objects.count(), Entry.objects.count()
    with pytest.raises(NotAllowed) as refusal:
        signed_by(world, contract, person)
    assert refusal.value.code == "above-limit"
    assert (Signature.objects.count(), Entry.objects.count()) == before
    return refusal.value.sentence


# Signing a contract.


@pytest.mark.parametrize(("clerk", "owner"), [("second_buyer", "buyer"), ("colleague", "officer")])
def test_above_the_limit_nobody_signs_alone(world: World, clerk: str, owner: str) -> None:
    """Of either side: one clerk does not bind the company for any sum."""
    contract = given.contracted(world)
    assert "0.00 CNY" in refused_above(world, contract, clerk)
    limited(world, clerk, PRICE - D("0.01"), by=owner)
    assert "12,000.00 CNY" in refused_above(world, contract, clerk)
    limited(world, clerk, PRICE, by=owner)
    signed_by(world, contract, clerk)
    mandate = Signature.objects.get().mandate
    assert (mandate["basis"], mandate["limit"]) == ("limit", "12000.00")
    assert mandate["limit_set_by"]["person"] == str(world.person(owner).pk)


def test_an_owner_signs_for_any_sum(world: World) -> None:
    """As the only one of an organization must."""
    contract = given.contracted(world)
    signed_by(world, contract, "buyer")
    mandate = Signature.objects.get().mandate
    assert mandate == {
        "name": "Buyer",
        "function": "buyer",
        "basis": "owner",
        "sum": "12000.00",
        "currency": "CNY",
    }


def test_a_colleague_approves_and_the_clerk_signs(world: World) -> None:
    """Each is told; the signature keeps both, and anybody reads the mandate without the centre."""
    approval = limits.asked(world)
    contract = approval.contract
    assert approval.sum == PRICE
    catch_up()
    assert told("approval_asked") == {"buyer"}
    assert "waits" in refused_above(world, contract, "second_buyer")
    approve_signing(approval.pk, by=world.actor("buyer"))
    catch_up()
    assert told("signing_approved") == {"second_buyer"}
    aside = SetAside.objects.exclude(error_code__startswith="broker-")
    assert not aside.exists(), list(aside.values("reaction", "error"))
    key = SoftwareKey().registered(world, "second_buyer")
    sign_contract(
        contract.pk,
        digest=contract.digest,
        assertion=key.over(contract, "buyer"),
        by=world.actor("second_buyer"),
    )
    signature = Signature.objects.get()
    owner = world.person("buyer").pk
    assert signature.approved_by_id == owner
    assert signature.mandate["approved_by"] == {
        "person": str(owner),
        "name": "Buyer",
        "basis": "owner",
    }
    assert signature.mandate["limit"] == "5000.00"
    signed_by(world, contract, "officer")
    document = contract_document(Contract.objects.get())
    lines = verify.check_certificate(document).lines
    assert "For the buyer signed “Second Buyer”, in the function of buyer." in lines
    assert any("above the own limit of 5000.00, approved by Buyer" in line for line in lines)
    assert "Mandate: owner of that side, for any sum." in lines
    assert "It binds each side to 12000.00 in all." in lines


def told(kind: str) -> set[str]:
    """Return who was notified of a kind."""
    addresses = Notice.objects.filter(kind=kind).values_list("person__email", flat=True)
    return {address.partition("@")[0] for address in addresses}


def test_refused_with_a_reason(world: World) -> None:
    """It is told, nothing can be signed, and it can be asked again."""
    approval = limits.asked(world)
    with pytest.raises(Invalid):
        refuse_signing(approval.pk, reason=" ", by=world.actor("buyer"))
    refuse_signing(approval.pk, reason=REASON, by=world.actor("buyer"))
    catch_up()
    assert told("signing_refused") == {"second_buyer"}
    refused_above(world, approval.contract, "second_buyer")
    with pytest.raises(WrongState):
        approve_signing(approval.pk, by=world.actor("buyer"))
    again = ask_contract_approval(approval.contract_id, by=world.actor("second_buyer"))
    assert again != approval
    assert again.state == "asked"


def test_asked_again_it_is_the_same(world: World) -> None:
    """By whom it was asked; another is told that it waits, and nobody asks who needs not."""
    approval = limits.asked(world)
    again = ask_contract_approval(approval.contract_id, by=world.actor("second_buyer"))
    assert again == approval
    invite(world, "buyer", "third_buyer", {Role.BUYER})
    for person, code in (("buyer", "approval-unneeded"), ("third_buyer", "approval-asked")):
        with pytest.raises(WrongState) as refusal:
            ask_contract_approval(approval.contract_id, by=world.actor(person))
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        ask_contract_approval(approval.contract_id, by=world.actor("auditor"))
    with pytest.raises(NotFound):
        ask_contract_approval(approval.contract_id, by=world.actor("stranger"))
    assert SigningApproval.objects.count() == 1


# Who approves.


def test_whose_own_limit_does_not_suffice_approves_nothing(world: World) -> None:
    """Somebody whose limit does, though no owner and no buyer, can: here a finance officer."""
    approval = limits.asked(world)
    invite(world, "buyer", "payer", {Role.FINANCE})
    with pytest.raises(NotAllowed) as refusal:
        approve_signing(approval.pk, by=world.actor("payer"))
    assert refusal.value.code == "above-limit"
    with pytest.raises(NotAllowed):
        refuse_signing(approval.pk, reason=REASON, by=world.actor("payer"))
    limited(world, "payer", PRICE)
    approve_signing(approval.pk, by=world.actor("payer"))
    signed_by(world, approval.contract, "second_buyer")
    approver = Signature.objects.get().mandate["approved_by"]
    assert (approver["basis"], approver["limit"]) == ("limit", "12000.00")


def test_nobody_approves_what_they_ask(world: World) -> None:
    """Nor by their second account, nor somebody of the other side or the centre."""
    invite(world, "buyer", "second_buyer+more", {Role.BUYER})
    limited(world, "second_buyer+more", PRICE)
    approval = limits.asked(world)
    for person in ("second_buyer", "second_buyer+more", "administrator", "auditor"):
        with pytest.raises(NotAllowed):
            approve_signing(approval.pk, by=world.actor(person))
    for person in ("officer", "stranger"):
        with pytest.raises(NotFound):
            approve_signing(approval.pk, by=world.actor(person))
    approval.refresh_from_db()
    assert approval.state == "asked"


def test_who_approved_does_not_sign_on_it(world: World) -> None:
    """Neither do they once their own mandate fell, nor does their second account."""
    approval = limits.asked(world)
    invite(world, "buyer", "payer", {Role.BUYER})
    invite(world, "buyer", "payer+two", {Role.BUYER})
    limited(world, "payer", PRICE)
    approve_signing(approval.pk, by=world.actor("payer"))
    refused_above(world, approval.contract, "payer+two")
    limited(world, "payer", D(0))
    refused_above(world, approval.contract, "payer")


# What an approval is of.


def test_an_approval_is_of_one_text(world: World) -> None:
    """Whoever changes the text in the database finds that it falls, and another is asked for."""
    approval = limits.approved(world)
    contract = approval.contract
    altered(Contract.objects.filter(pk=contract.pk), text="Another.\n", digest="0" * 64)
    contract.refresh_from_db()
    refused_above(world, contract, "second_buyer")
    again = ask_contract_approval(contract.pk, by=world.actor("second_buyer"))
    approval.refresh_from_db()
    assert (approval.state, again.digest) == ("fallen", "0" * 64)


def test_an_approval_is_of_one_sum(world: World) -> None:
    """A dearer order under the same text would need another."""
    approval = limits.approved(world)
    plan = {"kind": "once", "price": "13000.00"}
    given.agreed_otherwise(approval.contract.order_id, plan=plan, price=D("13000.00"))
    refused_above(world, approval.contract, "second_buyer")


def test_an_approval_falls_with_the_mandate_of_who_gave_it(world: World) -> None:
    """Their limit is lowered, they own no more, or they cannot sign in."""
    approval = limits.asked(world)
    make_owner(world.person("second_buyer").pk, by=world.actor("buyer"))
    step_down(world.person("second_buyer").pk, by=world.actor("second_buyer"))
    invite(world, "buyer", "payer", {Role.FINANCE})
    limited(world, "payer", PRICE)
    approve_signing(approval.pk, by=world.actor("payer"))
    limited(world, "payer", LIMIT)
    refused_above(world, approval.contract, "second_buyer")
    limited(world, "payer", PRICE)
    deactivate_person(world.person("payer").pk, by=world.actor("buyer"))
    refused_above(world, approval.contract, "second_buyer")
    again = ask_contract_approval(approval.contract_id, by=world.actor("second_buyer"))
    approve_signing(again.pk, by=world.actor("buyer"))
    signed_by(world, approval.contract, "second_buyer")


def test_nothing_is_approved_that_is_not_to_be_signed(world: World) -> None:
    """The order is cancelled, or somebody of the side has signed meanwhile."""
    approval = limits.asked(world)
    signed_by(world, approval.contract, "buyer")
    with pytest.raises(WrongState):
        approve_signing(approval.pk, by=world.actor("buyer"))
    cancel_order(approval.contract.order_id, by=world.actor("officer"))
    with pytest.raises(WrongState):
        approve_signing(approval.pk, by=world.actor("buyer"))


# What is measured.


def test_the_whole_term_counts(world: World) -> None:
    """All periods, all instalments, the cap of each month; without a cap nothing bounds it."""
    terms = replace(given.OFFER.terms, licence_months=12)
    assert bound_sum(YEARLY, terms) == D("1200.00")
    assert isinstance(METERED, Metered)
    capped = replace(METERED, cap=D("100.00"))
    assert bound_sum(capped, terms) == capped.base + D("1300.00")
    assert bound_sum(replace(METERED, cap=None), terms) is None
    assert bound_sum(Free(), terms) == 0


def test_a_subscription_counts_with_all_its_periods(world: World) -> None:
    """Who may sign for a period does not sign for all of them."""
    listing = given.published(world, price=D("0.00"), plan=YEARLY)
    contract = Contract.objects.get(order=given.accepted(world, given.placed(world, listing)))
    limited(world, limit=D("1199.99"))
    assert "1,200.00 CNY" in refused_above(world, contract, "second_buyer")
    limited(world, limit=D("1200.00"))
    signed_by(world, contract, "second_buyer")


def test_without_a_bound_an_owner_alone_signs_or_approves(world: World) -> None:
    """No limit is high enough for what is paid by use without a cap."""
    contract = given.contracted(world)
    plan = replace(METERED, cap=None)
    given.agreed_otherwise(contract.order_id, plan=plan.as_json())
    limited(world, limit=D("9999999999.99"))
    assert "Nothing bounds the sum" in refused_above(world, contract, "second_buyer")
    approval = ask_contract_approval(contract.pk, by=world.actor("second_buyer"))
    assert approval.sum is None
    invite(world, "buyer", "payer", {Role.FINANCE})
    limited(world, "payer", D("9999999999.99"))
    with pytest.raises(NotAllowed):
        approve_signing(approval.pk, by=world.actor("payer"))
    approve_signing(approval.pk, by=world.actor("buyer"))
    signed_by(world, contract, "second_buyer")
    assert Signature.objects.get().mandate["sum"] is None


def test_another_currency_is_above_every_limit(world: World) -> None:
    """Limits are in the centre's own."""
    contract = given.contracted(world)
    limited(world, limit=D("9999999999.99"))
    altered(Order.objects.filter(pk=contract.order_id), currency="JPY")
    refused_above(world, contract, "second_buyer")


def test_what_is_split_adds_up(world: World) -> None:
    """Two orders of the same seller within a month weigh what one large one does."""
    listing = given.published(world, title="First half")
    contracts = [
        Contract.objects.get(order=given.accepted(world, given.placed(world, listing)))
        for _half in range(2)
    ]
    limited(world, limit=PRICE + D(1))
    signed_by(world, contracts[0], "second_buyer")
    assert "24,000.00 CNY" in refused_above(world, contracts[1], "second_buyer")
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        signed_by(world, contracts[1], "second_buyer")


def test_what_came_to_nothing_or_was_approved_does_not_count(world: World) -> None:
    """A cancelled order leaves the limit whole, and so does what a colleague answers for."""
    approval = limits.approved(world)
    signed_by(world, approval.contract, "second_buyer")
    limited(world, limit=PRICE)
    listing = approval.contract.order.listing
    second, third = (
        Contract.objects.get(order=given.accepted(world, given.placed(world, listing)))
        for _order in range(2)
    )
    signed_by(world, second, "second_buyer")
    refused_above(world, third, "second_buyer")
    cancel_order(second.order_id, by=world.actor("officer"))
    signed_by(world, third, "second_buyer")


def test_who_approves_in_pieces_adds_up_too(world: World) -> None:
    """The limit of the second person is no way round either."""
    approval = limits.asked(world)
    invite(world, "buyer", "payer", {Role.FINANCE})
    limited(world, "payer", PRICE + D(1))
    approve_signing(approval.pk, by=world.actor("payer"))
    signed_by(world, approval.contract, "second_buyer")
    listing = approval.contract.order.listing
    contract = Contract.objects.get(order=given.accepted(world, given.placed(world, listing)))
    second = ask_contract_approval(contract.pk, by=world.actor("second_buyer"))
    with pytest.raises(NotAllowed) as refusal:
        approve_signing(second.pk, by=world.actor("payer"))
    assert refusal.value.code == "above-limit"


def test_an_order_binds_nobody(world: World) -> None:
    """It is placed and accepted above every limit, and taken back until both have signed."""
    order = given.placed(world, by="second_buyer")
    accept_order(order.pk, by=world.actor("colleague"))
    cancel_order(order.pk, by=world.actor("second_buyer"))


# Amendments and settlements.


def test_an_amendment_above_the_limit(world: World) -> None:
    """It counts with the whole contract as amended, of either side."""
    approval = limits.asked_to_amend(world)
    amendment = Amendment.objects.get()
    assert approval.sum == PRICE
    with pytest.raises(NotAllowed) as refusal:
        amendments.signed(world, amendment, "second_buyer")
    assert refusal.value.code == "above-limit"
    with pytest.raises(NotAllowed):
        amendments.signed(world, amendment, "colleague")
    approve_signing(approval.pk, by=world.actor("buyer"))
    amendments.signed(world, amendment, "second_buyer")
    assert AmendmentSignature.objects.get().approved_by_id == world.person("buyer").pk
    amendments.signed(world, amendment, "officer")
    lines = verify.check_certificate(amendment_document(Amendment.objects.get())).lines
    assert "For the buyer signed “Second Buyer”, in the function of buyer." in lines


def test_an_amendment_that_makes_it_dearer_is_weighed_as_it_will_be(world: World) -> None:
    """A higher cap for longer, step by step, does not slip below the limit."""
    plan = replace(METERED, cap=D("100.00"))
    order = given.paid(world, given.placed(world, given.published(world, plan=plan)))
    now = bound_sum(plan, order.agreed_terms)
    assert now is not None
    limited(world, limit=now)
    amendment = amendments.proposed(world, order, plan=replace(plan, cap=D("101.00")))
    with pytest.raises(NotAllowed):
        amendments.signed(world, amendment, "second_buyer")
    approval = ask_amendment_approval(amendment.pk, by=world.actor("second_buyer"))
    assert approval.sum == now + D("13.00")


def test_a_settlement_is_agreed_to_within_ones_limit(world: World) -> None:
    """What a side gives up counts; who says no needs no mandate."""
    dispute = disputes.proposed(world)
    assert dispute.refund is not None
    with pytest.raises(NotAllowed) as refusal:
        answer_settlement(dispute.pk, is_agreed=True, by=world.actor("colleague"))
    assert refusal.value.code == "above-limit"
    limited(world, "colleague", dispute.refund, by="officer")
    answer_settlement(dispute.pk, is_agreed=True, by=world.actor("colleague"))
    answer_settlement(dispute.pk, is_agreed=False, by=world.actor("second_buyer"))


# The database, the ledger and the doors.


def test_the_database_refuses_a_signature_approved_by_its_signatory(world: World) -> None:
    """Copy a signature by hand, as if who signed had approved it."""
    approval = limits.approved(world)
    signed_by(world, approval.contract, "officer")
    clerk = world.person("second_buyer").pk
    columns = "created_at, kind, evidence, signed_at, mandate, contract_id"
    statement = (
        f"INSERT INTO orders_signature (id, side, person_id, approved_by_id, {columns}) "
        f"SELECT %s, 'buyer', %s, %s, {columns} FROM orders_signature"
    )
    keys = [clerk.hex if connection.vendor == "sqlite" else str(clerk)] * 3
    with (
        pytest.raises(IntegrityError, match="four eyes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, keys)


def test_no_name_stands_in_the_ledger(world: World) -> None:
    """It keeps ids, sums and digests; the other side does not read of approvals."""
    approval = limits.approved(world)
    signed_by(world, approval.contract, "second_buyer")
    written = json.dumps([entry.payload for entry in Entry.objects.all()])
    for name in ("Second Buyer", '"Buyer"', "example.org"):
        assert name not in written
    about = Entry.objects.filter(kind__in=("trading.approval_asked", "trading.signing_approved"))
    assert {tuple(entry.about) for entry in about} == {
        (f"organization:{world.organization('buyer').pk}",)
    }
    signed = Entry.objects.get(kind="trading.contract_signed").payload
    assert signed["mandate_sha256"] == evidence_digest(Signature.objects.get().mandate)


def test_pages_show_the_question_to_ones_own_side(world: World, page_of: PageClients) -> None:
    """What it binds to, why one cannot sign, and who signed on what mandate."""
    limited(world)
    contract = given.contracted(world)
    address = reverse("contract_detail", args=[contract.pk])
    page = page_of("second_buyer").get(address).content.decode()
    assert "binds your organization to 12,000.00 CNY in all" in page
    assert "Ask for approval" in page
    asked = page_of("second_buyer").post(reverse("contract_ask_approval", args=[contract.pk]))
    assert asked.status_code == 302
    approval = SigningApproval.objects.get()
    own = page_of("buyer").get(reverse("approval_detail", args=[approval.pk])).content.decode()
    assert "Second Buyer" in own
    assert "Approve" in own
    assert page_of("officer").get(asked["Location"]).status_code == 404
    assert "Approval to sign" not in page_of("officer").get(address).content.decode()
    desk = page_of("buyer").get("/desk/").content.decode()
    assert "Approve that a colleague signs" in desk
    approve_signing(approval.pk, by=world.actor("buyer"))
    signed_by(world, contract, "second_buyer")
    for reader in ("officer", "buyer"):
        page = page_of(reader).get(address).content.decode()
        assert "Second Buyer, Buyer" in page
        assert "Approved by Buyer, an owner, on" in page


def test_by_api_it_is_the_same(world: World, api_of: ApiClients) -> None:
    """Asked, approved and refused with a token that trades; the contract says what is open."""
    limited(world)
    contract = given.contracted(world)
    shown = api_of("second_buyer").get(reverse("api_get_contract", args=[contract.pk])).json()
    assert shown["acts"]["sign_contract"]["code"] == "above-limit"
    assert shown["acts"]["ask_contract_approval"]["allowed"]
    asked = api_of("second_buyer").post(
        reverse("api_ask_contract_approval", args=[contract.pk]),
        headers={"Idempotency-Key": quoted("ask")},
    )
    assert asked.status_code == 200, asked.content
    answer = api_of("buyer").post(
        reverse("api_approve_signing", args=[asked.json()["id"]]),
        headers={"Idempotency-Key": quoted("approve")},
    )
    assert answer.json()["state"] == "approved"
    shown = api_of("second_buyer").get(reverse("api_get_contract", args=[contract.pk])).json()
    assert shown["acts"]["sign_contract"]["allowed"]
