"""Every row of the table of four eyes, tried by every kind of person, in every order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from marketplace.accounting.services import approve_recognition
from marketplace.accounts.four_eyes import CENTRE, FOUR_EYES, is_second
from marketplace.accounts.member.changes import change_roles
from marketplace.accounts.member.services import set_roles
from marketplace.accounts.models import Person
from marketplace.accounts.organization.services import verify_organization
from marketplace.accounts.proposal.services import approve_change
from marketplace.accounts.roles import Role
from marketplace.accounts.setting.services import confirm_setting
from marketplace.appraisal.appraisal.services import approve_appraisal
from marketplace.appraisal.ceiling.services import approve_ceiling
from marketplace.catalog.approval.services import approve_dataset
from marketplace.catalog.lineage.services import withdraw_origin
from marketplace.core import triggers
from marketplace.core.actor import Actor, Door
from marketplace.core.errors import NotAllowed, NotFound
from marketplace.preparation.policy.services import confirm_roles
from marketplace.review.checklists import CHECKLISTS
from marketplace.rights.entry.services import decide_remark, lift_remark
from marketplace.rights.hearing.services import decide_objection
from marketplace.rights.registration.services import ask_supplement, confirm_claim
from marketplace.trading.listings.assessment.services import approve_assessment
from marketplace.trading.listings.publication.services import publish_listing
from marketplace.trading.orders.approval.services import approve_signing
from marketplace.trading.orders.dispute.services import decide_dispute
from marketplace.trading.orders.person_request.services import confirm_removal
from marketplace.trading.orders.recall.services import decide_reidentification
from marketplace.trading.orders.signature.services import sign_amendment, sign_contract
from marketplace.trading.treasury.bank_account.services import (
    confirm_bank_account,
    prove_bank_account,
)
from marketplace.trading.treasury.bank_item.services import confirm_reversal
from marketplace.trading.treasury.closing.services import confirm_closing
from marketplace.trading.treasury.held_line.services import confirm_held_line
from marketplace.trading.treasury.payment.services import confirm_payment, confirm_statement
from marketplace.trading.treasury.payout.services import approve_disbursement
from marketplace.trading.treasury.reconciliation.services import confirm_bank_item
from tests.given import (
    accounting,
    amendments,
    appraisal,
    assessments,
    ceilings,
    centre,
    disputes,
    limits,
    money,
    origins,
    persons,
    recalls,
)
from tests.given import catalog as content
from tests.given import relabelled as herds
from tests.given import remarks as entered
from tests.given import rights as claims
from tests.given import trading as given
from tests.given.letters import proved
from tests.given.two import proposed, with_roles
from tests.given.world import PASSWORD, World, engage, examined, invite

WHY = "A third of the rows cannot be used."


@dataclass(frozen=True, kw_only=True)
class Pair:
    """How somebody begins, and how a second person decides.

    `begun_by` and `by` are people of the world; the second account of who begins is opened where
    `by` works, with the role that decides.
    """

    begin: Callable[[World], Any]
    decide: Callable[[Any, Actor], object]
    begun_by: str
    by: str
    role: Role = Role.REVIEWER
    colleague: str = "colleague"


def points(kind: str) -> list[str]:
    """Return every point of a checklist."""
    return [code for code, _sentence in CHECKLISTS[kind]]


def lifting(world: World) -> Any:
    """Ask to lift a freeze."""
    remark = entered.judicially_frozen(world)
    return lift_remark(remark.pk, **entered.COURT, by=world.actor("reviewer"))


def applied(world: World) -> Any:
    """Return an organization that waits, whose documents were examined."""
    proved(world.person("pending"))
    return examined(world.organization("pending").pk)


def on_colleague(world: World) -> Any:
    """Propose a change of somebody."""
    return proposed(world, "colleague", "reset-factors")


def on_administrator(world: World) -> Any:
    """Propose a change of an administrator, where there is a third."""
    with_roles(world, "reviewer", "reviewer", "administrator")
    return proposed(world, "second_administrator", "reset-factors")


def relabelled(world: World) -> Any:
    """Return a policy that waits for a reviewer."""
    return herds.policy_in_force(herds.relabelled_herd(world))


def objected(world: World) -> Any:
    """Object to a published claim."""
    return claims.raised_objection(world, claims.published_claim(world))


def one_side_signed(world: World) -> Any:
    """Sign an amendment for the seller."""
    amendment = amendments.proposed(world)
    return amendments.signed(world, amendment, "officer")


def approved_to_sign(world: World) -> Any:
    """Approve that the buyer's clerk signs a contract that the seller has signed."""
    contract = limits.approved(world).contract
    return limits.signed_by(world, contract, "officer")


def approved_to_amend(world: World) -> Any:
    """Approve that the buyer's clerk signs an amendment that the seller has signed."""
    amendment = limits.amendment_of(limits.approved_to_amend(world))
    return amendments.signed(world, amendment, "officer")


def confirmed(claim: Any, by: Actor) -> object:
    """Certify a claim."""
    return confirm_claim(claim.pk, checklist=claims.RIGHT_CHECKLIST, by=by)


PAIRS: dict[str, Pair] = {
    "organization": Pair(
        begin=applied,
        decide=lambda row, by: verify_organization(row.pk, by=by),
        begun_by="pending",
        by="administrator",
        role=Role.ADMINISTRATOR,
        colleague="reviewer",
    ),
    "examined organization": Pair(
        begin=applied,
        decide=lambda row, by: verify_organization(row.pk, by=by),
        begun_by="second_administrator",
        by="administrator",
        role=Role.ADMINISTRATOR,
        colleague="reviewer",
    ),
    "setting": Pair(
        begin=lambda world: centre.proposed_fee(world),
        decide=lambda row, by: confirm_setting(row.pk, by=by),
        begun_by="second_administrator",
        by="administrator",
        role=Role.ADMINISTRATOR,
        colleague="reviewer",
    ),
    "change": Pair(
        begin=on_colleague,
        decide=lambda row, by: approve_change(row.pk, by=by),
        begun_by="administrator",
        by="second_administrator",
        role=Role.ADMINISTRATOR,
        colleague="treasurer",
    ),
    "change of oneself": Pair(
        begin=on_administrator,
        decide=lambda row, by: approve_change(row.pk, by=by),
        begun_by="second_administrator",
        by="reviewer",
        role=Role.ADMINISTRATOR,
        colleague="treasurer",
    ),
    "content": Pair(
        begin=content.submitted_dataset,
        decide=lambda row, by: approve_dataset(row.pk, checklist=points("content"), by=by),
        begun_by="officer",
        by="reviewer",
    ),
    "origin": Pair(
        begin=origins.declared_origin,
        decide=lambda row, by: withdraw_origin(row.pk, reason=WHY, by=by),
        begun_by="officer",
        by="reviewer",
    ),
    "policy": Pair(
        begin=relabelled,
        decide=lambda row, by: confirm_roles(row.pk, columns=["sex"], by=by),
        begun_by="officer",
        by="reviewer",
    ),
    "relabelling": Pair(
        begin=relabelled,
        decide=lambda row, by: confirm_roles(row.pk, columns=["sex"], by=by),
        begun_by="officer",
        by="reviewer",
    ),
    "claim": Pair(
        begin=claims.reviewed_claim,
        decide=lambda row, by: ask_supplement(row.pk, missing=["The calibration record"], by=by),
        begun_by="officer",
        by="reviewer",
    ),
    "examination": Pair(
        begin=claims.waived_claim,
        decide=confirmed,
        begun_by="reviewer",
        by="second_reviewer",
        colleague="treasurer",
    ),
    "objection": Pair(
        begin=objected,
        decide=lambda row, by: decide_objection(row.pk, is_upheld=False, reason=WHY, by=by),
        begun_by="stranger",
        by="reviewer",
    ),
    "remark": Pair(
        begin=entered.proposed_freeze,
        decide=lambda row, by: decide_remark(row.pk, is_confirmed=True, by=by),
        begun_by="reviewer",
        by="second_reviewer",
        colleague="treasurer",
    ),
    "lifting": Pair(
        begin=lifting,
        decide=lambda row, by: decide_remark(row.pk, is_confirmed=True, by=by),
        begun_by="reviewer",
        by="second_reviewer",
        colleague="treasurer",
    ),
    "valuation": Pair(
        begin=appraisal.submitted,
        decide=lambda row, by: approve_appraisal(row.pk, checklist=points("valuation"), by=by),
        begun_by="officer",
        by="reviewer",
    ),
    "ceiling": Pair(
        begin=ceilings.submitted,
        decide=lambda row, by: approve_ceiling(row.pk, checklist=points("ceiling"), by=by),
        begun_by="officer",
        by="reviewer",
    ),
    "listing": Pair(
        begin=given.submitted,
        decide=lambda row, by: publish_listing(row.pk, checklist=points("listing"), by=by),
        begun_by="officer",
        by="reviewer",
    ),
    "signing": Pair(
        begin=limits.asked,
        decide=lambda row, by: approve_signing(row.pk, by=by),
        begun_by="second_buyer",
        by="buyer",
        role=Role.BUYER,
        colleague="auditor",
    ),
    "approved contract": Pair(
        begin=approved_to_sign,
        decide=lambda row, by: sign_contract(row.pk, digest=row.digest, password=PASSWORD, by=by),
        begun_by="buyer",
        by="second_buyer",
        role=Role.BUYER,
        colleague="auditor",
    ),
    "approved amendment": Pair(
        begin=approved_to_amend,
        decide=lambda row, by: sign_amendment(row.pk, digest=row.digest, password=PASSWORD, by=by),
        begun_by="buyer",
        by="second_buyer",
        role=Role.BUYER,
        colleague="auditor",
    ),
    "contract": Pair(
        begin=given.signed_by_seller,
        decide=lambda row, by: sign_contract(row.pk, digest=row.digest, password=PASSWORD, by=by),
        begun_by="officer",
        by="buyer",
        role=Role.BUYER,
        colleague="auditor",
    ),
    "amendment": Pair(
        begin=one_side_signed,
        decide=lambda row, by: sign_amendment(row.pk, digest=row.digest, password=PASSWORD, by=by),
        begun_by="officer",
        by="buyer",
        role=Role.BUYER,
        colleague="auditor",
    ),
    "dispute": Pair(
        begin=disputes.proposed,
        decide=lambda row, by: decide_dispute(row.pk, refund=Decimal("1.00"), reason=WHY, by=by),
        begun_by="reviewer",
        by="second_reviewer",
        colleague="treasurer",
    ),
    "reidentification": Pair(
        begin=recalls.examined,
        decide=lambda row, by: decide_reidentification(row.pk, is_confirmed=True, by=by),
        begun_by="reviewer",
        by="second_reviewer",
        colleague="treasurer",
    ),
    "disbursement": Pair(
        begin=money.proposed_refund,
        decide=lambda row, by: approve_disbursement(row.pk, by=by),
        begun_by="treasurer",
        by="second_treasurer",
        role=Role.FINANCE,
        colleague="administrator",
    ),
    "person_request": Pair(
        begin=persons.granted,
        decide=lambda row, by: confirm_removal(row.pk, by=by),
        begun_by="officer",
        by="second_reviewer",
    ),
    "assessment": Pair(
        begin=assessments.made,
        decide=lambda row, by: approve_assessment(row.pk, by=by),
        begun_by="officer",
        by="reviewer",
        colleague="finance",
    ),
    "payment": Pair(
        begin=given.told_paid,
        decide=lambda row, by: confirm_payment(row.pk, by=by),
        begun_by="treasurer",
        by="second_treasurer",
        role=Role.FINANCE,
        colleague="reviewer",
    ),
    "statement": Pair(
        begin=money.waiting_statement,
        decide=lambda row, by: confirm_statement(row.pk, by=by),
        begun_by="treasurer",
        by="second_treasurer",
        role=Role.FINANCE,
        colleague="reviewer",
    ),
    "bank item": Pair(
        begin=money.proposed_item,
        decide=lambda row, by: confirm_bank_item(row.pk, by=by),
        begun_by="treasurer",
        by="second_treasurer",
        role=Role.FINANCE,
        colleague="reviewer",
    ),
    "reversal": Pair(
        begin=money.reversing_item,
        decide=lambda row, by: confirm_reversal(row.pk, by=by),
        begun_by="treasurer",
        by="second_treasurer",
        role=Role.FINANCE,
        colleague="reviewer",
    ),
    "held line": Pair(
        begin=money.said_line,
        decide=lambda row, by: confirm_held_line(row.pk, by=by),
        begun_by="treasurer",
        by="second_treasurer",
        role=Role.FINANCE,
        colleague="reviewer",
    ),
    "closing": Pair(
        begin=money.proposed_closing,
        decide=lambda row, by: confirm_closing(row.pk, by=by),
        begun_by="treasurer",
        by="second_treasurer",
        role=Role.FINANCE,
        colleague="reviewer",
    ),
    "bank account": Pair(
        begin=money.vouched_account,
        decide=lambda row, by: prove_bank_account(row.pk, by=by),
        begun_by="treasurer",
        by="second_treasurer",
        role=Role.FINANCE,
        colleague="reviewer",
    ),
    "stated bank account": Pair(
        begin=money.proved_account,
        decide=lambda row, by: confirm_bank_account(row.pk, by=by),
        begun_by="finance",
        by="officer",
        role=Role.OFFICER,
        colleague="colleague",
    ),
    "recognition": Pair(
        begin=accounting.proposed,
        decide=lambda row, by: approve_recognition(row.pk, checklist=points("booking"), by=by),
        begun_by="finance",
        by="reviewer",
    ),
}


def test_every_row_is_tried() -> None:
    """A new row without people who try it fails here."""
    assert set(PAIRS) == set(FOUR_EYES)


@pytest.mark.parametrize("name", FOUR_EYES)
def test_nobody_decides_who_belongs_to_whose_matter_it_is(name: str) -> None:
    """By whichever account; and no rule forgets to say whose matter it is."""
    row, first, other, begun = FOUR_EYES[name], uuid4(), uuid4(), uuid4()
    outside = Actor(person_id=uuid4(), organization_id=uuid4(), roles=frozenset(row.roles))
    of = () if row.whose == CENTRE else (first, other)
    assert is_second(name, begun, outside, of=of)
    with pytest.raises(ValueError, match=re.escape(row.whose)):
        is_second(name, begun, outside, of=() if of else (first,))
    if not of:
        return
    for own in of:
        joined = replace(outside, other_organizations=frozenset({own}))
        assert not is_second(name, begun, joined, of=of)
        inside = replace(outside, organization_id=own)
        assert is_second(name, begun, inside, of=of) == row.is_from_within
    both = replace(outside, organization_id=first, other_organizations=frozenset({other}))
    assert not is_second(name, begun, both, of=of)


@pytest.mark.parametrize("name", PAIRS)
def test_the_database_has_the_trigger(name: str, world: World) -> None:
    """And the centre does not start without it."""
    kept = FOUR_EYES[name].kept
    assert (kept.table, kept.trigger) in triggers.wanted(connection.vendor)
    assert triggers.faults(connection) == []


def second_account(world: World, pair: Pair, *, role: Role) -> Person:
    """Open another account of who begins, where the second person works."""
    house, name = world.organization(pair.by), f"{pair.begun_by}+second"
    if house == world.organization("administrator"):
        engage(world, name, {role})
    else:
        invite(world, OWNERS.get(pair.by, pair.by), name, {role})
    return world.person(name)


OWN_RIGHT = ("contract", "amendment", "approved contract", "approved amendment")
"""Who signed for their side signs again, which changes nothing; who approved signs alone, which
needs no approval."""
BOTH_SIDES = ("contract", "amendment")
"""Who has an account with the other side signs for none, neither first nor second."""
OWNERS = {"second_buyer": "buyer"}
"""Who invites, where the second person of a row owns nothing."""
ORDERS = ("account first", "account afterwards", "role afterwards")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", PAIRS)
def test_one_human_being_is_no_second_person(name: str, order: str, world: World) -> None:
    """Neither who began, nor their second account, nor a colleague decides; somebody else does."""
    pair = PAIRS[name]
    other_role = Role.FINANCE if pair.role != Role.FINANCE else Role.REVIEWER
    early = pair.role if order == "account first" else other_role
    person = None if order == "account afterwards" else second_account(world, pair, role=early)
    if name in BOTH_SIDES and person is not None:
        with pytest.raises(NotAllowed, match="the other side"):
            pair.begin(world)
        return
    begun = pair.begin(world)
    if person is None:
        person = second_account(world, pair, role=pair.role)
    elif early != pair.role:
        roles = frozenset({pair.role.value})
        if pair.by == "buyer":
            set_roles(person.pk, roles=roles, by=world.actor("buyer"))
        else:
            # Who begins may be an administrator, and decides on no account of their own.
            change_roles(person, roles, by=Actor.system(Door.COMMAND))
    second = world.person(f"{pair.begun_by}+second")
    people = [f"{pair.begun_by}+second", pair.colleague]
    if name not in OWN_RIGHT:
        people.append(pair.begun_by)
    for by in [world.actor(each) for each in people]:
        with pytest.raises((NotAllowed, NotFound)):
            pair.decide(begun, by)
    refused_by_the_database(name, world.person(pair.begun_by).pk, second.pk)
    assert pair.decide(begun, world.actor(pair.by)) is not None


def refused_by_the_database(name: str, begun_by: UUID, second: UUID) -> None:
    """Write the second account into the row by hand, where a row waits for a second person."""
    kept = FOUR_EYES[name].kept
    if name == "amendment":
        columns = "created_at, side, person_id, kind, evidence, signed_at, amendment_id"
        copied = columns.replace("side", "'buyer'").replace("person_id", "%s")
        statement = (
            f"INSERT INTO {kept.table} (id, {columns}) SELECT %s, {copied} FROM {kept.table} "
            "WHERE person_id = %s LIMIT 1"
        )
        given_ids = [key(uuid4()), key(second), key(begun_by)]
    elif name in ("approved contract", "approved amendment"):
        statement, given_ids = approved_by_hand(kept.table, begun_by, second)
    elif kept.first_table:
        columns = "created_at, digest, station, subject, confirmed_by_id"
        statement = (
            f"INSERT INTO {kept.table} (id, {columns}) SELECT %s, created_at, {kept.link}, "
            f"'reviewer', 'nothing', %s FROM {kept.first_table} WHERE {kept.first} = %s LIMIT 1"
        )
        given_ids = [key(uuid4()), key(second), key(begun_by)]
    else:
        statement = (
            f"UPDATE {kept.table} SET {kept.second} = %s "
            f"WHERE {kept.first} = %s AND {kept.second} IS NULL"
        )
        given_ids = [key(second), key(begun_by)]
    with (
        pytest.raises(IntegrityError, match="four eyes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, given_ids)


def approved_by_hand(table: str, approver: UUID, signer: UUID) -> tuple[str, list[str]]:
    """Return what copies the seller's signature as the buyer's, approved by its own signatory."""
    text = "amendment_id" if "amendment" in table else "contract_id"
    columns = f"created_at, kind, evidence, signed_at, mandate, {text}"
    return (
        f"INSERT INTO {table} (id, side, person_id, approved_by_id, {columns}) "
        f"SELECT %s, 'buyer', %s, %s, {columns} FROM {table} WHERE side = 'seller' AND {text} = "
        f"(SELECT {text} FROM {table} ORDER BY signed_at DESC LIMIT 1)",
        [key(uuid4()), key(signer), key(approver)],
    )


def key(pk: UUID) -> str:
    """Return the id as the database keeps it."""
    return str(pk) if connection.vendor == "postgresql" else pk.hex
