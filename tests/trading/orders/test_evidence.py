"""The frozen evidence of a dispute, piece by piece, with the entries that prove it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from marketplace.core import clock
from marketplace.ledger.models import Entry
from marketplace.ledger.services.sealing import seal_all
from marketplace.trading.orders.dispute.presentation import Piece, movements_of, pieces_of
from tests.conftest import PageClients
from tests.given import disputes
from tests.given import trading as given
from tests.given.world import World


def test_each_piece_names_side_and_entry(world: World) -> None:
    """What is told later is no piece of it; a fact that is not sealed yet has no number."""
    dispute = disputes.proposed(world)
    pieces = pieces_of(dispute)
    assert [str(piece.reference) for piece in pieces] == [
        fact["reference"] for fact in dispute.dossier["facts"]
    ]
    assert {piece.entry for piece in pieces} == {None}
    sides = {piece.label: piece.side for piece in pieces}
    assert sides["Order placed"] == "Buyer"
    assert sides["Order accepted"] == "Seller"
    assert sides["Payment received and held"] == "Centre"
    assert sides["Order delivered"] == "Software of the centre"
    seal_all()
    numbers = {piece.reference: piece.entry for piece in pieces_of(dispute)}
    seals = dict(
        Entry.objects.filter(reference__in=numbers).values_list("reference", "seal__leaf_index")
    )
    assert numbers == seals
    movements = movements_of(dispute)
    assert [str(movement.amount) for movement in movements][:1] == ["12000.00"]
    assert len(movements) == len(dispute.dossier["transfers"])


@pytest.mark.parametrize("person", ["buyer", "officer", "reviewer", "second_reviewer", "auditor"])
def test_whoever_sees_the_dispute_sees_each_piece(
    person: str, world: World, page_of: PageClients
) -> None:
    """And may open each entry; so may who decides."""
    dispute = disputes.proposed(world, disputes.opened(world, given.completed(world)))
    client = page_of(person)
    page = client.get(reverse("dispute_detail", args=[dispute.pk])).content.decode()
    pieces = pieces_of(dispute)
    assert len(pieces) > 5
    for piece in pieces:
        address = reverse("ledger_entry", args=[piece.reference])
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200, piece.label
    for movement in movements_of(dispute):
        assert movement.label in page


@pytest.mark.parametrize(("count", "is_folded"), [(12, False), (13, True)])
def test_a_long_list_is_folded(count: int, is_folded: bool) -> None:
    """More than a dozen facts stand behind their number."""
    piece = Piece("Order placed", clock.now(), "Buyer", uuid4(), 7)
    context = {"pieces": [piece] * count, "movements": []}
    shown = render_to_string("trading/orders/disputes/partials/evidence.html", context)
    assert ("<details>" in shown, "<details open>" in shown) == (is_folded, not is_folded)
    assert f"{count} facts" in shown
