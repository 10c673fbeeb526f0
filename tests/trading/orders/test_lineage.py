"""What happens at the source reaches everything made from it: at every door, from its commit on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from marketplace.accounts.member.services import set_roles
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.lineage.models import Origin
from marketplace.catalog.lineage.selectors import datasets_below, origins_above
from marketplace.catalog.lineage.services import declare_origin, withdraw_origin
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import open_download
from marketplace.preparation.recall.services import recall_report
from marketplace.preparation.report.choices import RecallCause
from marketplace.preparation.report.selectors import report_of
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.freeze.services import freeze_certificate, unfreeze_certificate
from marketplace.trading.listings import gate
from marketplace.trading.listings.gate.upstream import Trouble, Upstream, upstream_of
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.lineage.selectors import lineage_of
from marketplace.trading.orders.lineage.services import declare_bought_origin
from marketplace.trading.orders.negotiation.services import place_order
from tests.conftest import PageClients
from tests.given import delivery, origins
from tests.given import trading as given
from tests.given.catalog import approved_dataset, draft_dataset
from tests.given.pipeline import catch_up
from tests.given.rights import certified
from tests.given.state import changed_tables, kept_rows
from tests.given.world import World

WHY = "It is claimed by somebody else."


def opened(world: World, grant: Grant) -> object:
    """Let the buyer download."""
    return open_download(grant.pk, byte_range=None, by=world.actor("buyer"))


def test_a_freeze_three_levels_up_shuts_every_door_at_once(world: World) -> None:
    """Before any reaction ran: the download, a new order, the next act of an order."""
    grant = delivery.granted(world)
    listing = Listing.objects.get(pk=grant.order.listing_id)
    source = origins.certified_three_levels_up(world, listing.product.dataset)
    placed = given.placed(world, listing)
    opened(world, grant)
    freeze_certificate(source.pk, reason=WHY, by=world.actor("reviewer"))
    assert Listing.objects.get(pk=listing.pk).state == "published", "nothing ran yet"
    acts: list[Callable[[], object]] = [
        lambda: opened(world, grant),
        lambda: accept_order(placed.pk, by=world.actor("officer")),
        lambda: place_order(
            listing.pk, purpose=given.PURPOSE, request_key="again", by=world.actor("buyer")
        ),
    ]
    for act in acts:
        with pytest.raises(WrongState) as refused:
            act()
        assert refused.value.code == "upstream-frozen"
    catch_up()
    assert Listing.objects.get(pk=listing.pk).state == "suspended"
    unfreeze_certificate(source.pk, by=world.actor("reviewer"))
    opened(world, grant)
    catch_up()
    assert Listing.objects.get(pk=listing.pk).state == "published", "given back by itself"


def test_an_origin_named_late_shuts_at_once(world: World) -> None:
    """Whoever sells learns of the freeze, and names the origin then."""
    grant = delivery.granted(world)
    dataset = grant.order.listing.product.dataset
    other = certified(world, dataset=draft_approved(world))
    freeze_certificate(other.pk, reason=WHY, by=world.actor("reviewer"))
    origins.made_from(world, dataset, other.dataset)
    with pytest.raises(WrongState) as refused:
        opened(world, grant)
    assert refused.value.code == "upstream-frozen"
    catch_up()
    assert Listing.objects.get(pk=grant.order.listing_id).state == "suspended"


def draft_approved(world: World) -> Dataset:
    """Return another approved dataset of the seller."""
    return approved_dataset(world, title="Another table")


def test_the_seller_does_not_unsay_an_origin(world: World) -> None:
    """Else a freeze ended with a click; a reviewer does, and no reviewer for themselves."""
    grant = delivery.granted(world)
    dataset = grant.order.listing.product.dataset
    source = origins.certified_three_levels_up(world, dataset)
    freeze_certificate(source.pk, reason=WHY, by=world.actor("reviewer"))
    catch_up()
    origin = Origin.objects.get(dataset=dataset)
    kept = kept_rows()
    for person in ("officer", "colleague", "buyer", "administrator", "auditor"):
        with pytest.raises((NotAllowed, NotFound)):
            withdraw_origin(origin.pk, reason=WHY, by=world.actor(person))
    assert changed_tables(kept) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Origin.objects.filter(pk=origin.pk).update(
            withdrawn_at=origin.created_at + timedelta(days=1),
            withdrawn_by_id=world.person("officer").pk,
        )
    withdraw_origin(origin.pk, reason="Another table.", by=world.actor("second_reviewer"))
    opened(world, grant)
    catch_up()
    assert Listing.objects.get(pk=grant.order.listing_id).state == "published"


def test_nothing_is_made_from_itself(world: World) -> None:
    """Directly, and over another one."""
    one, other = (draft_dataset(world, title=title) for title in ("One", "Other"))
    origins.made_from(world, one, other)
    kept = kept_rows()
    for dataset, upstream in ((other, one), (one, one)):
        with pytest.raises(Invalid) as refused:
            origins.made_from(world, dataset, upstream)
        assert refused.value.code == "origin-circle"
    assert changed_tables(kept) == []
    assert datasets_below(other.pk) == [one.pk]
    assert [each.upstream_id for each in origins_above(one.pk)] == [other.pk]


def test_data_from_elsewhere_is_named_with_its_credential(world: World) -> None:
    """What is no digest is refused."""
    dataset = draft_dataset(world)
    by = world.actor("officer")
    with pytest.raises(Invalid) as refused:
        declare_origin(dataset.pk, reference="Census", credential_sha256="abc", by=by)
    assert list(refused.value.fields) == ["credential_sha256"]
    for nothing in ({}, {"upstream_id": draft_dataset(world).pk, "reference": "Census"}):
        with pytest.raises(Invalid):
            declare_origin(dataset.pk, **nothing, by=by)  # type: ignore[arg-type]
    named = declare_origin(dataset.pk, reference="Census 2020", credential_sha256="a" * 64, by=by)
    again = declare_origin(dataset.pk, reference="Census 2020", credential_sha256="A" * 64, by=by)
    assert again == named


def test_what_was_bought_reaches_what_was_made_from_it(world: World) -> None:
    """Its recall does, and nobody else's data is named."""
    order = given.delivered(world)
    roles = frozenset({"buyer", "officer"})
    set_roles(world.person("second_buyer").pk, roles=roles, by=world.actor("buyer"))
    made = draft_dataset(world, by="second_buyer", title="Made from bought data")
    by = world.actor("second_buyer")
    with pytest.raises(Invalid):
        declare_origin(made.pk, upstream_id=order.listing.product.dataset_id, by=by)
    with pytest.raises(NotFound):
        declare_bought_origin(made.pk, order_id=order.pk, by=world.actor("stranger"))
    origin = declare_bought_origin(made.pk, order_id=order.pk, by=by)
    made.refresh_from_db()
    assert (origin.kind, origin.upstream_version_id) == (
        "bought",
        order.listing.revision.version_id,
    )
    assert [each.trouble for each in upstream_of(made)] == [None]
    report = report_of(order.listing.revision.version_id)
    assert report is not None
    recall_report(report.pk, cause=RecallCause.REIDENTIFIED, by=given.SYSTEM)
    assert [each.trouble for each in upstream_of(made)] == [Trouble.RECALLED]
    lineage = lineage_of(made, by)
    assert [(step.trouble, step.is_open) for step in lineage.above] == [(Trouble.RECALLED, False)]


def test_what_must_not_be_offered_finds_the_gate_shut(world: World) -> None:
    """The contract says that what is made belongs to the seller."""
    origin = origins.declared_origin(world)
    Origin.objects.filter(pk=origin.pk).update(forbids_offering=True)
    dataset = origin.dataset
    dataset.refresh_from_db()
    assert [each.trouble for each in upstream_of(dataset)] == [Trouble.LICENCE]


def test_how_certificates_count(world: World) -> None:
    """A freeze of one holder is enough; cancelled counts where nobody holds the right."""
    origin = origins.declared_origin(world)
    dataset = origin.dataset

    def trouble(*states: tuple[str, str]) -> Trouble | None:
        ids = {"one": world.organization("officer").pk, "other": world.organization("buyer").pk}
        held = tuple(Certificate(organization_id=ids[who], state=state) for who, state in states)
        return Upstream(origin, dataset, certificates=held).trouble

    assert trouble() is None
    assert trouble(("one", "in_force")) is None
    assert trouble(("one", "frozen")) == Trouble.FROZEN
    assert trouble(("one", "frozen"), ("one", "in_force")) is None
    assert trouble(("one", "frozen"), ("other", "in_force")) == Trouble.FROZEN
    assert trouble(("one", "cancelled")) == Trouble.CANCELLED
    assert trouble(("one", "cancelled"), ("other", "in_force")) is None
    assert trouble(("one", "superseded"), ("one", "in_force")) is None
    assert trouble(("one", "expired")) is None
    dataset.negative_list = ["secret"]
    assert trouble(("one", "in_force")) == Trouble.NEGATIVE


def test_the_page_draws_it(world: World, page_of: PageClients) -> None:
    """Each level, with what is wrong, to who holds the data and to reviewers alone."""
    dataset = draft_dataset(world, title="Far down")
    source = origins.certified_three_levels_up(world, dataset)
    freeze_certificate(source.pk, reason=WHY, by=world.actor("reviewer"))
    address = reverse("dataset_lineage", args=[dataset.pk])
    page = page_of("officer").get(address).content.decode()
    for words in ("Near", "Middle", source.dataset.title, "Its right is frozen"):
        assert words in page
    assert page_of("buyer").get(address).status_code == 404
    assert "Withdraw the origin" in page_of("reviewer").get(address).content.decode()


def test_a_listing_without_origins_asks_nothing_more(world: World) -> None:
    """Most have none."""
    listing = given.published(world)
    assert gate.bound_proofs(listing).upstream == ()
