"""The acts on requests of persons and their doors."""

from __future__ import annotations

from typing import Any

from tests.given import persons
from tests.given import trading as given
from tests.given.doors import DoorCase, Things, To, to
from tests.given.world import World
from tests.trading.orders.doors_of_disputes import key_of

SERVICES = "trading.orders.person_request.services"
PROOF = {"how_proved": persons.PROOF}
REASON = {"reason": persons.REASON}


def listed(world: World) -> Things:
    """Return data on the market."""
    return {"pk": given.published(world).pk}


def asked_by(route: str, **more: str) -> To:
    """Return a sender of what a person asks, on a form or by the API."""

    def sent_of(things: Things) -> dict[str, Any]:
        sent = persons.asking(str(things["pk"])) | more
        sent["kind"] = sent["kind"].value
        if not route.startswith("api_"):
            sent["identifiers"] = "\n".join(sent["identifiers"])
        return sent

    return to(route, sent_of)


def to_pick_up(world: World) -> Things:
    """Return an answer that is there to be read."""
    return {"reference": persons.answered(world).reference}


def picked_up(things: Things) -> dict[str, str]:
    """Return a reference and a number."""
    return {"reference": things["reference"], "identifier": persons.MOBILE}


CASES = [
    DoorCase(
        act=f"{SERVICES}.ask_as_person",
        given=listed,
        actor="",
        page=asked_by("person_request_ask"),
        api=asked_by("api_ask_as_person"),
        fact="trading.person_request_received",
        scope="",
        again="new",
        only="anybody may ask, and twice is two: else numbers would tell who has asked",
    ),
    DoorCase(
        act=f"{SERVICES}.ask_for_person",
        given=listed,
        actor="officer",
        page=asked_by("person_request_record", **PROOF),
        api=asked_by("api_ask_for_person", **PROOF),
        fact="trading.person_request_recorded",
        scope="trade",
        not_allowed="stranger",
        not_visible="",
        again="new",
        only="the data is named by a listing, which all may see; twice on a page is two",
    ),
    DoorCase(
        act=f"{SERVICES}.read_identity",
        given=key_of(persons.received),
        actor="reviewer",
        page=to("person_request_identity"),
        api=to("api_read_identity"),
        fact="trading.person_identity_read",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(persons.proved),
        again="told-once",
    ),
    DoorCase(
        act=f"{SERVICES}.prove_identity",
        given=key_of(persons.received),
        actor="reviewer",
        page=to("person_request_prove", PROOF),
        api=to("api_prove_identity", PROOF),
        fact="trading.person_identity_proved",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(persons.closed),
    ),
    DoorCase(
        act=f"{SERVICES}.close_unproven",
        given=key_of(persons.received),
        actor="reviewer",
        page=to("person_request_close", REASON),
        api=to("api_close_unproven", REASON),
        fact="trading.person_request_closed",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(persons.proved),
    ),
    DoorCase(
        act=f"{SERVICES}.grant_person_request",
        given=key_of(persons.proved),
        actor="officer",
        page=to("person_request_grant"),
        api=to("api_grant_person_request"),
        fact="trading.person_request_granted",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(persons.unsearched),
    ),
    DoorCase(
        act=f"{SERVICES}.refuse_person_request",
        given=key_of(persons.proved),
        actor="officer",
        page=to("person_request_refuse", REASON),
        api=to("api_refuse_person_request", REASON),
        fact="trading.person_request_refused",
        scope="trade",
        not_allowed="reviewer",
        not_visible="stranger",
        wrong_state=key_of(persons.granted),
    ),
    DoorCase(
        act=f"{SERVICES}.confirm_removal",
        given=key_of(persons.granted),
        actor="second_reviewer",
        page=to("person_request_confirm"),
        api=to("api_confirm_removal"),
        fact="trading.person_removal_confirmed",
        scope="administer",
        not_allowed="officer",
        not_visible="stranger",
        wrong_state=key_of(persons.proved),
    ),
    DoorCase(
        act=f"{SERVICES}.pick_up_answer",
        given=to_pick_up,
        actor="",
        page=to("person_request_answer", picked_up),
        api=to("api_pick_up_answer", picked_up),
        fact="trading.person_answer_picked_up",
        scope="",
        again="told-once",
        only="whoever has the reference and a number of the person reads it, without an account",
    ),
]
