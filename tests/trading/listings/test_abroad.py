"""Important data goes to a buyer from abroad only with a security assessment on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from marketplace.accounts.models import Organization
from marketplace.accounts.organization.services import apply_organization
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import clock
from marketplace.core.actor import NOBODY
from marketplace.core.errors import Invalid, NotAllowed, WrongState
from marketplace.ledger.models import Entry
from marketplace.trading.listings.abroad.models import SecurityAssessment
from marketplace.trading.listings.abroad.services import record_security_assessment
from marketplace.trading.orders.contract.services import accept_order
from marketplace.trading.orders.order.models import Order
from tests.given import trading as given
from tests.given.abroad import REFERENCE, from_abroad, important
from tests.given.world import PASSWORD, World, code


def test_an_application_says_whether_it_is_from_abroad(world: World) -> None:
    """Domestic unless it is said."""
    applied = apply_organization(
        name="Overseas Analytics",
        kind=OrganizationKind.COMPANY,
        uscc=code("newcomer"),
        contact="1 Harbour Road",
        person_name="Olga",
        email="olga@example.org",
        password=PASSWORD,
        roles=frozenset({Role.BUYER.value}),
        is_abroad=True,
        by=NOBODY,
    )
    assert Organization.objects.get(pk=applied.pk).is_abroad
    assert Organization.objects.filter(is_abroad=True).count() == 1


def test_a_buyer_from_abroad_is_refused_important_data(world: World) -> None:
    """With its sentence and code, and nothing changed; a domestic one orders."""
    listing = important(world)
    given.placed(world, listing, by="stranger")
    from_abroad(world)
    with pytest.raises(WrongState) as refused:
        given.placed(world, listing)
    assert refused.value.code == "security-assessment-missing"
    assert "article 31" in refused.value.sentence
    assert Order.objects.count() == 1


def test_data_that_is_not_important_is_not_asked(world: World) -> None:
    from_abroad(world)
    assert given.placed(world).state == "placed"


def test_with_an_assessment_on_record_it_goes_on(world: World) -> None:
    """For that buyer and until its last day; accepting asks again."""
    listing, buyer = important(world), from_abroad(world)
    until = clock.today() + timedelta(days=20)

    def recorded() -> SecurityAssessment:
        return record_security_assessment(
            listing.pk,
            uscc=buyer.uscc,
            reference=REFERENCE,
            valid_until=until,
            by=world.actor("reviewer"),
        )

    assert recorded().pk == recorded().pk
    assert Entry.objects.filter(kind="trading.security_assessment_recorded").count() == 1
    order = given.placed(world, listing)
    SecurityAssessment.objects.update(valid_until=clock.today() - timedelta(days=1))
    with pytest.raises(WrongState) as refused:
        accept_order(order.pk, by=world.actor("officer"))
    assert refused.value.code == "security-assessment-missing"
    SecurityAssessment.objects.update(valid_until=until)
    assert accept_order(order.pk, by=world.actor("officer")).state == "accepted"


def test_only_the_centre_records_one_and_of_a_buyer_from_abroad(world: World) -> None:
    listing, domestic = important(world), world.organization("stranger")
    for person in ("officer", "buyer"):
        with pytest.raises(NotAllowed):
            record_security_assessment(
                listing.pk,
                uscc=domestic.uscc,
                reference=REFERENCE,
                valid_until=clock.today(),
                by=world.actor(person),
            )
    with pytest.raises(Invalid) as refused:
        record_security_assessment(
            listing.pk,
            uscc=domestic.uscc,
            reference=" ",
            valid_until=clock.today() - timedelta(days=1),
            by=world.actor("reviewer"),
        )
    assert set(refused.value.fields) == {"uscc", "reference", "valid_until"}
    assert not SecurityAssessment.objects.exists()
