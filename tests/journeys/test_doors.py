"""Every act through every door: the same effect, the same refusals, and twice is once.

Each run asks both doors of each act as who may not, who may not see, and a visitor. As who may it
asks half of the acts, through one of the doors, drawn, and so it asks what the act decides by
itself, whichever door asks it: that it was done already, and that the right is lost, in a way that
is drawn too. What both doors of an act take is compared each time. Of the states in which an act is
refused it draws half: `test_offered_acts.py` of each app tries acts in many more. The campaign asks
all of it through both doors. That a new thing is
made once is asked of both, since each knows it by a key of its own. Addresses that no `Access` row
is written of are asked here what `test_access.py` asks of others.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.urls import resolve, reverse

from marketplace.core.arguments import arguments_of
from marketplace.ledger.models import Entry
from marketplace.web.taking import EMPTY
from tests.conftest import ApiClients, PageClients
from tests.given import wild
from tests.given.access import handled
from tests.given.asked import VIEWS, check_address
from tests.given.both_doors import check_same_taken
from tests.given.doors import DoorCase, Doors, Send, Things
from tests.given.gathered import CASES, OF_CASES
from tests.given.insiders import INSIDERS, faults_at, own_ids, without_role
from tests.given.joined import joined
from tests.given.junk import FEW, Wild, check_junk, send_wild_bodies
from tests.given.state import Rows, changed_tables, kept_rows, undone
from tests.given.tenancy import elsewhere, lowered, names_a_thing, put_out, told
from tests.given.tried import act_of
from tests.given.world import PEOPLE, World

HALF = 0.5
"""How often an act gets a wild value."""

EVERY = pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.campaign)], ids=["drawn", "every"]
)
DOORS = ("page", "api")
BY_ROLE = (
    *("reviewer", "second_reviewer", "treasurer", "administrator"),
    *("second_administrator", "auditor", "annotator", "second_annotator", "other_annotator"),
)
"""Whose role alone shows them other people's things."""

ANY_ROLE = {
    "accounts.member.services.make_owner",
    "accounts.member.services.step_down",
    "accounts.invitation.services.invite_person",
    "accounts.invitation.services.resend_invitation",
    "accounts.invitation.services.withdraw_invitation",
    "accounts.member.services.deactivate_person",
    "accounts.member.services.reactivate_person",
    "accounts.member.services.set_roles",
    "accounts.token.services.set_token_policy",
    "accounts.limit.services.set_signing_limit",
    "rights.hearing.services.object_to_claim",
    "rights.hearing.services.attach_exhibit",
    "rights.transfer.services.join_transfer",
    "trading.treasury.bank_account.services.confirm_bank_account",
    "trading.treasury.payout.services.approve_disbursement",
    "trading.treasury.payout.services.reject_disbursement",
    "trading.orders.settlement.services.set_off_credit",
    "trading.orders.approval.services.approve_signing",
    "trading.orders.approval.services.refuse_signing",
}
"""Acts that every role of an organization has."""

SEEN_BY_ROLE = {
    "trading.listings.demand.services.answer_demand",
    "annotation.batch.services.take_batch",
}
"""Acts on things that are seen by a role, of whatever organization."""
NO_ROLE = {
    "accounts.person.services.ask_for_address_proof",
    "accounts.token.services.create_token",
    "accounts.token.services.revoke_token",
    "notices.services.choose_emails",
    "accounts.organization.services.reapply_organization",
    "review.services.attach_document",
    "notices.services.mark_notice_read",
    "notices.services.mark_all_read",
}
"""Acts on what is one's own alone. A token opens no more than its person may."""


@pytest.fixture
def doors(page_of: PageClients, api_of: ApiClients) -> Doors:
    """Return the doors."""
    return Doors(page_of, api_of)


def has_key(sent: Send) -> bool:
    """Return whether a form carries the key that makes it one, however often it is sent."""
    return bool(sent.data.get("request_key"))


def facts(kind: str) -> int:
    """Count the entries of a kind."""
    return Entry.objects.filter(kind=kind).count()


def body(response: HttpResponse) -> str:
    """Show what came back, for a failure's message."""
    return f"{response.status_code} {response.content.decode(errors='replace')[:2000]}"


def refusals(case: DoorCase, door: str) -> dict[str, int]:
    """Return who is refused with which status: who may not, who may not see, and a visitor."""
    if not case.not_allowed:
        assert case.only, "Say why nobody is refused."
    asked = {
        case.not_allowed: 403,
        case.not_visible: 404,
        # The sign-in page, or 401; the last wins where a reason stands for a person.
        "": 302 if door == "page" else 401,
    }
    return asked if case.actor else {person: asked[person] for person in asked if person}


def open_doors(case: DoorCase) -> list[str]:
    """Name the doors that an act has."""
    return [door for door in DOORS if case.leads_through(door)]


@EVERY
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_act_through_each_door(
    case: DoorCase, every: bool, doors: Doors, world: World, chance: Random, wildly: Wild
) -> None:
    """Refused to whoever may not, behind either door; then one fact, and sent twice still one.

    A wild value in a field of what one of them takes is answered; all else is as it should be. Half
    of a run's acts are sent as who may, and half take a wild value.
    """
    things = case.given(world)
    before = kept_rows()
    for door in open_doors(case):
        check_refused(case, door, doors, things)
    check_other_version(case, doors, things)
    check_gets(case, doors, things, chance, every=every)
    check_insiders(case, doors, things)
    check_empty_form(case, doors, things, before)
    with undone():
        check_same_taken(case, things, doors.page_of(case.actor))
    assert changed_tables(before) == []
    if take_aways(case) and not every:
        with undone():
            person = chance.choice(take_aways(case))(world, case.actor)
            check_rightless(case, chance.choice(open_doors(case)), doors, things, person)
    if PEOPLE.get(case.actor) == "centre":
        for door in open_doors(case) if every else [chance.choice(open_doors(case))]:
            with undone():
                check_joined(case, door, doors, world, things)
    if every or chance.random() < HALF:
        is_both = every or case.again == "new"
        for door in open_doors(case) if is_both else [chance.choice(open_doors(case))]:
            with undone():
                check_once(case, door, doors, things)
    if every or chance.random() < HALF:
        door = wild.lot(case).choice(open_doors(case))
        send_wild_bodies(case, door, things, wildly, FEW)
    for row in OF_CASES[case.act]:
        if every or chance.random() < HALF:
            with undone():
                check_junk(row, row.path(things), wildly)
    wildly.check()


@pytest.mark.campaign
@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_door_is_closed_to_whoever_lost_the_right(
    case: DoorCase, doors: Doors, world: World
) -> None:
    """In whichever way."""
    things = case.given(world)
    for door in open_doors(case):
        for take_away in take_aways(case):
            with undone():
                check_rightless(case, door, doors, things, take_away(world, case.actor))


def check_gets(
    case: DoorCase, doors: Doors, things: Things, chance: Random, *, every: bool
) -> None:
    """Ask the addresses of the case that no row is written of as `test_access.py` asks others."""
    for row in OF_CASES[case.act]:
        address = row.path(things)
        clients = doors.api_of if address.startswith("/api/") else doors.page_of
        check_address(row, address, clients, chance, every=every)


def check_insiders(case: DoorCase, doors: Doors, things: Things) -> None:
    """Ask the same addresses as the party that acts for nobody any more, in each way."""
    rows, wrong = OF_CASES[case.act], []
    for insider in INSIDERS if case.actor and rows else ():
        with undone():
            person, ids = insider.become(World(), case.actor), own_ids()
            for row in rows if person else ():
                address = row.path(things)
                clients = doors.api_of if address.startswith("/api/") else doors.page_of
                wrong += faults_at(row, address, clients(person), insider, ids)
    assert wrong == []


LEADS_BACK = {"trading.listings.product.services.declare_key"}
"""Acts of which a form without a field leads back to the page with a message."""

LOOKS = {"annotation_itemlook"}
"""What grows when a page is shown."""


def check_empty_form(case: DoorCase, doors: Doors, things: Things, before: Rows) -> None:
    """422 where a page that takes only POST is sent no field, and nothing changed.

    Not where every field has a default, which holds at the API too.
    """
    if case.page is None or not case.page(things).data:
        return
    takes = arguments_of(act_of(case))
    if takes and all(one.given and one.given() not in EMPTY for one in takes):
        return
    if "get" in handled(VIEWS[case.page.route]):
        return
    with undone():
        answer: Any = doors.page_of(case.actor).post(case.page.path(things), {})
        assert answer.status_code == (302 if case.act in LEADS_BACK else 422), body(answer)
        assert set(changed_tables(before)) <= LOOKS, body(answer)


def check_refused(case: DoorCase, door: str, doors: Doors, things: Things) -> None:
    """403, 404 where they may not see it, to sign in where nobody is."""
    wanted = refusals(case, door)
    answers = {person: doors.send(case, door, things, person) for person in wanted}
    assert {person: answer.status_code for person, answer in answers.items()} == wanted, door
    check_hidden(case, door, doors, things, answers)


def check_other_version(case: DoorCase, doors: Doors, things: Things) -> None:
    """412 for an act on a version that is not the thing's, before anything is done.

    A view that says `compares = False` answers 400 and undoes what it did.
    """
    if case.api is None or not case.actor:
        return
    view = resolve(case.api(things).path).func.cls  # type: ignore[attr-defined]
    if view.creates or not view.changes:
        return
    answer = doors.send(case, "api", things, case.actor, match='"0"')
    assert answer.status_code == (412 if view.compares else 400), body(answer)


def check_once(case: DoorCase, door: str, doors: Doors, things: Things) -> None:
    """One fact, whichever door; the same request sent a second time changes nothing."""
    before = facts(case.fact)
    key = "" if door == "page" or not case.actor or case.again != "new" else "one-key"
    first = doors.send(case, door, things, case.actor, key)
    assert first.status_code in (200, 201, 302), body(first)
    assert facts(case.fact) == before + 1, body(first)
    if case.actor and first.status_code == 201:
        assert doors.api_of(case.actor).get(first.headers["Location"]).status_code == 200
    assert Entry.objects.filter(kind=case.fact).latest("id").door == door
    if case.again == "told-once":
        # What is told once holds a secret that is not kept.
        return
    if case.again == "new" and not key and not (case.page and has_key(case.page(things))):
        assert case.only
        return
    kept = kept_rows()
    second = doors.send(case, door, things, case.actor, key)
    assert changed_tables(kept) == [], body(second)
    answered = (403, 404, 409, 422) if case.again == "refused" else (200, 201, 302)
    assert second.status_code in answered, body(second)


def check_hidden(
    case: DoorCase, door: str, doors: Doors, things: Things, answers: dict[str, Any]
) -> None:
    """What somebody may not see is answered, to the byte, as what does not exist."""
    make = case.page if door == "page" else case.api
    if case.not_visible not in answers or make is None:
        return
    address = make(things).path
    if names_a_thing(address):
        missing = elsewhere(address)
        nothing = doors.send(case, door, things, case.not_visible, address=missing)
        assert told(answers[case.not_visible], address) == told(nothing, missing)


def take_aways(case: DoorCase) -> tuple[Callable[[World, str], str], ...]:
    """Return what leaves the actor without the right: a low role, none, being suspended."""
    if not case.actor or case.act in NO_ROLE:
        return ()
    return (*(() if case.act in ANY_ROLE else (lowered,)), without_role, put_out)


OF_THE_CENTRE = {
    "pipeline.services.retry_set_aside",
    "pipeline.services.retry_all_set_asides",
    "notices.services.send_email_again",
    "accounts.setting.services.propose_setting",
    "accounts.setting.services.confirm_setting",
    "accounts.setting.services.drop_setting",
    "accounts.setting.services.announce",
    "accounts.setting.services.end_announcement",
    "trading.treasury.payment.services.import_statement",
    "trading.treasury.payment.services.confirm_statement",
    "trading.treasury.payment.services.reject_statement",
    "trading.treasury.closing.services.propose_closing",
    "trading.treasury.closing.services.confirm_closing",
    "trading.treasury.closing.services.reject_closing",
    "trading.treasury.batch.services.make_batch",
    # Of a payment that fits nothing nobody knows whose money it is.
    "trading.treasury.payout.services.propose_return",
    "trading.treasury.bank_match.services.confirm_match",
    "trading.treasury.bank_match.services.decline_match",
    "trading.treasury.bank_match.services.withdraw_match",
    "trading.treasury.reconciliation.services.propose_bank_item",
    "trading.treasury.reconciliation.services.confirm_bank_item",
    "trading.treasury.bank_item.services.reject_bank_item",
    "trading.treasury.bank_item.services.propose_reversal",
    "trading.treasury.bank_item.services.confirm_reversal",
    "trading.treasury.bank_item.services.reject_reversal",
    "trading.treasury.held_line.services.propose_held_line",
    "trading.treasury.held_line.services.confirm_held_line",
    "trading.treasury.held_line.services.reject_held_line",
    # Who proposed takes back what nobody has decided: it opens nothing.
    "accounts.proposal.services.withdraw_change",
}
"""Acts on a matter of the centre alone, which its people do whatever other accounts they hold."""


def check_joined(case: DoorCase, door: str, doors: Doors, world: World, things: Things) -> None:
    """403 for somebody of the centre who has an account in every organization that it concerns.

    The account has been joined with theirs by a passport; what they may see stays as it is.
    """
    joined(world, case.actor)
    recorded = Entry.objects.count()
    answer = doors.send(case, door, things, case.actor)
    if case.act in OF_THE_CENTRE:
        assert answer.status_code in (200, 201, 302), body(answer)
        return
    assert answer.status_code == 403, body(answer)
    assert Entry.objects.count() == recorded


def check_rightless(case: DoorCase, door: str, doors: Doors, things: Things, person: str) -> None:
    """403 for a low role and for whoever's organization is suspended; 404 for no role at all."""
    if not person:
        return
    recorded = Entry.objects.count()
    answer = doors.send(case, door, things, person)
    # Whose role alone shows them what is others' no longer sees it.
    by = World().actor(person)
    hidden = case.actor in BY_ROLE or case.act in SEEN_BY_ROLE or not (by.roles or by.is_suspended)
    assert answer.status_code in ((403, 404) if hidden else (403,)), body(answer)
    assert Entry.objects.count() == recorded


IN_A_WRONG_STATE = [case for case in CASES if case.wrong_state]


# Each is here twice, for a run and for the campaign: about half of a run's are drawn.
@pytest.mark.drawn(len(IN_A_WRONG_STATE))
@EVERY
@pytest.mark.parametrize("case", IN_A_WRONG_STATE, ids=str)
def test_wrong_state_is_refused(
    case: DoorCase, every: bool, doors: Doors, world: World, chance: Random
) -> None:
    """409 behind a door, and nothing changed."""
    assert case.wrong_state
    things = case.wrong_state(world)
    before = kept_rows()
    for door in open_doors(case) if every else [chance.choice(open_doors(case))]:
        answer = doors.send(case, door, things, case.actor)
        assert answer.status_code == 409, body(answer)
        assert changed_tables(before) == [], body(answer)


BY_ADMIN = [case for case in CASES if case.admin]


def send_by_admin(case: DoorCase, doors: Doors, things: Things, person: str) -> Any:
    """Return the admin's response to the action on the thing."""
    assert case.admin
    sent = {"action": case.admin[1], "_selected_action": [str(things["pk"])]}
    return doors.page_of(person).post(reverse(case.admin[0]), sent)


@pytest.mark.parametrize("case", BY_ADMIN, ids=str)
def test_act_happens_through_the_admin(case: DoorCase, doors: Doors, world: World) -> None:
    """One fact, and a second time none."""
    things = case.given(world)
    before = facts(case.fact)
    send_by_admin(case, doors, things, "administrator")
    entry = Entry.objects.filter(kind=case.fact).latest("id")
    assert (facts(case.fact), entry.door) == (before + 1, "admin")
    kept = kept_rows()
    send_by_admin(case, doors, things, "administrator")
    assert changed_tables(kept) == []


@pytest.mark.parametrize("case", BY_ADMIN, ids=str)
def test_the_admin_is_closed_to_everybody_else(case: DoorCase, doors: Doors, world: World) -> None:
    """Also to whoever may do it on the page."""
    things = case.given(world)
    kept = kept_rows()
    for person in ("officer", "reviewer", "auditor"):
        assert send_by_admin(case, doors, things, person).status_code == 302
    assert changed_tables(kept) == []


def test_every_action_of_the_admin_is_a_case() -> None:
    """A new one needs a row."""
    offered = {
        (f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", action)
        for model, shown in admin.site._registry.items()
        if model.__module__.startswith("marketplace.")
        for action in shown.actions or ()
    }
    assert offered == {case.admin for case in BY_ADMIN}
