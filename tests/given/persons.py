"""Requests of persons in each state, reached by acts."""

from __future__ import annotations

from typing import Any

from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import NOBODY
from marketplace.preparation.execution import execute_run
from marketplace.preparation.masking.services import start_masking
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.person_request.choices import PersonRequestKind
from marketplace.trading.orders.person_request.finding import search_rows
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.services import (
    ask_as_person,
    ask_for_person,
    close_unproven,
    confirm_removal,
    grant_person_request,
    note_rows_left,
    prove_identity,
    refuse_person_request,
)
from tests.given import preparation, trading
from tests.given.shelf import kept
from tests.given.world import World

ACCESS, OBJECTION, WITHDRAWAL = (
    PersonRequestKind.ACCESS,
    PersonRequestKind.OBJECTION,
    PersonRequestKind.WITHDRAWAL,
)
NUMBER = 7
"""Which of the invented people asks."""
CELLS = preparation.people().splitlines()[1 + NUMBER].split(",")
NAME, ID_NUMBER, MOBILE = CELLS[:3]
CONTACT = "Call +86 591 5550 1234 in the afternoon."
PROOF = "Identity card seen at the centre's counter on 3 March 2026, and a bill of the number."
REASON = "The law on road transport is the basis, and no consent was asked (article 13)."


def asking(named: str, kind: PersonRequestKind = WITHDRAWAL, **changes: Any) -> dict[str, Any]:
    """Return what a person asks."""
    return {
        "named": named,
        "kind": kind,
        "name": NAME,
        "identifiers": [ID_NUMBER, MOBILE],
        "contact": CONTACT,
        **changes,
    }


@kept
def received(
    world: World, listing: Listing | None = None, kind: PersonRequestKind = WITHDRAWAL
) -> PersonRequest:
    """Let a person ask."""
    listing = listing or trading.published(world)
    return ask_as_person(**asking(str(listing.pk), kind), by=NOBODY)


@kept
def recorded(world: World, kind: PersonRequestKind = WITHDRAWAL) -> PersonRequest:
    """Let an officer record what a person asks."""
    listing = trading.published(world)
    sent = asking(str(listing.pk), kind)
    return ask_for_person(**sent, how_proved=PROOF, by=world.actor("officer"))


@kept
def unsearched(
    world: World, request: PersonRequest | None = None, kind: PersonRequestKind = WITHDRAWAL
) -> PersonRequest:
    """Let a reviewer see who it is; nobody has looked for the rows yet."""
    request = request or received(world, kind=kind)
    return prove_identity(request.pk, how_proved=PROOF, by=world.actor("reviewer"))


@kept
def proved(
    world: World, request: PersonRequest | None = None, kind: PersonRequestKind = WITHDRAWAL
) -> PersonRequest:
    """Let the rows be looked for too."""
    return searched(unsearched(world, request, kind))


def searched(request: PersonRequest) -> PersonRequest:
    """Let the software look for the rows."""
    search_rows(request.pk)
    return PersonRequest.objects.get(pk=request.pk)


@kept
def closed(world: World) -> PersonRequest:
    """Let nobody prove to be the person."""
    pk = received(world).pk
    return close_unproven(pk, reason="Nobody came.", by=world.actor("reviewer"))


@kept
def refused(world: World) -> PersonRequest:
    """Let the holder refuse."""
    return refuse_person_request(proved(world).pk, reason=REASON, by=world.actor("officer"))


@kept
def answered(world: World, request: PersonRequest | None = None) -> PersonRequest:
    """Let the holder open the answer."""
    request = request or proved(world, kind=ACCESS)
    return grant_person_request(request.pk, by=world.actor("officer"))


@kept
def granted(world: World, request: PersonRequest | None = None) -> PersonRequest:
    """Let the holder grant that rows leave, and the software look for them once more."""
    pk = (request or proved(world)).pk
    return searched(grant_person_request(pk, by=world.actor("officer")))


@kept
def confirmed(world: World, request: PersonRequest | None = None) -> PersonRequest:
    """Let the centre confirm it."""
    return confirm_removal((request or granted(world)).pk, by=world.actor("second_reviewer"))


def masked_again(world: World, version: DatasetVersion) -> DatasetVersion:
    """Desensitize a source version anew by its confirmed policy."""
    run = start_masking(version.pk, by=world.actor("officer"))
    execute_run(run.pk)
    run.refresh_from_db()
    assert run.result_version is not None, (run.error_code, run.error_parameters)
    note_rows_left(version.dataset_id, by=preparation.SYSTEM)
    return run.result_version


def listed_people(world: World, **changes: Any) -> Listing:
    """Bring a version about people to the market that is still personal information."""
    version = preparation.classified_version(world, personal_basis="consent")
    masked = preparation.masked(world, version, **changes)
    trading.valued(world, masked)
    return trading.published(world, version=masked)


def source_of(listing: Listing) -> DatasetVersion:
    """Return the source version of what is listed."""
    parent = listing.revision.version.parent
    assert parent is not None
    return parent


def dataset_of(listing: Listing) -> Dataset:
    """Return the dataset of what is listed."""
    return source_of(listing).dataset
