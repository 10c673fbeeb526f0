"""What is booked comes from vouchers, by the questions of a standard, with a second person."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from inspect import signature
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from marketplace.accounting.models import CostKind, Impairment, Recognition
from marketplace.accounting.presentation import note_rows, note_total, schedule_of
from marketplace.accounting.selectors import disclosed, recognitions_visible_to
from marketplace.accounting.services import (
    approve_recognition,
    propose_recognition,
    record_cost,
    record_impairment,
    reverse_cost,
)
from marketplace.accounting.standards.schedule import (
    Booked,
    Loss,
    by_year,
    carrying_on,
    loss_of_test,
)
from marketplace.core.errors import Invalid, Refusal, WrongState
from marketplace.ledger.models import Entry
from tests.conftest import PageClients
from tests.given import accounting as given
from tests.given.catalog import draft_dataset
from tests.given.threads import at_once
from tests.given.world import World

NO = {"met": False, "evidence": ""}


def impaired(
    world: World, recognition: Recognition, on: date, amount: str, voucher: str
) -> Impairment:
    """Record a test."""
    return record_impairment(
        recognition.pk,
        tested_on=on,
        recoverable=Decimal(amount),
        voucher=voucher,
        by=world.actor("finance"),
    )


def test_own_use_is_an_intangible_asset_at_the_sum_of_its_vouchers(world: World) -> None:
    """What the standard does not capitalize is expensed."""
    recognition = given.booked(world)
    assert (recognition.category, recognition.carrying) == ("intangible", Decimal(1080))
    assert recognition.expensed == 70
    assert recognition.entries.count() == len(given.VOUCHERS)
    schedule = schedule_of(recognition)
    assert [(year.year, year.amortized, year.closing) for year in schedule] == [
        (2026, Decimal("300.00"), Decimal("780.00")),
        (2027, Decimal("360.00"), Decimal("420.00")),
        (2028, Decimal("360.00"), Decimal("60.00")),
        (2029, Decimal("60.00"), Decimal("0.00")),
    ]


@pytest.mark.parametrize(
    ("changes", "category", "carrying"),
    [
        ({"purpose": "for_sale", "life_months": None}, "inventory", 1080),
        ({"purpose": "neither", "life_months": None}, "disclosed_only", 0),
        ({"answers": given.answers(controlled=NO)}, "disclosed_only", 0),
        (
            {
                "origin": "self_developed",
                "answers": given.answers(origin="self_developed", intention=NO),
            },
            "disclosed_only",
            0,
        ),
        (
            {"profile": "IFRS", "answers": given.answers(profile="ifrs")},
            "intangible",
            1080,
        ),
    ],
)
def test_the_answers_decide(
    world: World, changes: dict[str, Any], category: str, carrying: int
) -> None:
    """One no, and the data is disclosed only; then everything is expensed."""
    recognition = given.proposed(world, **changes)
    assert (recognition.category, recognition.carrying) == (category, carrying)
    assert recognition.carrying + recognition.expensed == 1150


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"profile": "GAAP"}, "profile"),
        ({"purpose": "fun"}, "purpose"),
        ({"origin": "found"}, "origin"),
        ({"ready_on": date(2126, 1, 1)}, "ready_on"),
        ({"life_months": None}, "life_months"),
        ({"life_months": 0}, "life_months"),
        ({"answers": {}}, "controlled"),
        (
            {"answers": given.answers(lawful={"met": True, "evidence": " "})},
            "lawful_evidence",
        ),
    ],
)
def test_what_is_missing_is_told(world: World, changes: dict[str, Any], field: str) -> None:
    """By field, and nothing is kept."""
    with pytest.raises(Invalid) as refused:
        given.proposed(world, **changes)
    assert field in refused.value.fields
    assert not Recognition.objects.exists()


def test_an_asset_needs_a_voucher(world: World) -> None:
    """Nothing but a voucher gives an amount."""
    with pytest.raises(Invalid, match="Record its costs first"):
        given.proposed(world, draft_dataset(world))


def test_what_was_spent_before_the_rule_stays_expensed(world: World) -> None:
    """Under CAS from 2024 on; IFRS has no such day."""
    dataset = given.costed(world)
    record_cost(
        dataset.pk,
        kind=CostKind.PRICE,
        incurred_on=date(2023, 12, 31),
        amount=Decimal(500),
        voucher="V-9",
        by=world.actor("finance"),
    )
    assert given.proposed(world, dataset).carrying == 1080


def test_a_changed_voucher_stops_the_approval(world: World) -> None:
    """The sum would be another."""
    proposed = given.proposed(world)
    entry = proposed.entries.get(voucher="V-2")
    reverse_cost(entry.pk, by=world.actor("finance"))
    before = Entry.objects.count()
    with pytest.raises(WrongState) as refused:
        approve_recognition(proposed.pk, checklist=given.CHECKLIST, by=world.actor("reviewer"))
    assert refused.value.code == "vouchers-changed"
    assert Entry.objects.count() == before


def test_a_newer_decision_supersedes(world: World) -> None:
    """One is in force, and the older says by which."""
    older = given.booked(world)
    newer = given.booked(world, older.dataset, life_months=24)
    older.refresh_from_db()
    assert older.state == "superseded"
    fact = Entry.objects.get(kind="accounting.recognition_superseded")
    assert fact.payload == {"by_recognition": str(newer.pk)}
    assert disclosed(world.actor("finance")) == [newer]


def test_impairment_and_its_schedule(world: World) -> None:
    """CAS never gives back; the rest is spread over the months that are left."""
    recognition = given.booked(world)
    loss = impaired(world, recognition, date(2026, 6, 30), "640.00", "T-1")
    assert loss.loss == Decimal("320.00")
    assert impaired(world, recognition, date(2026, 6, 30), "640.00", "T-1") == loss
    later = impaired(world, recognition, date(2026, 8, 31), "900.00", "T-2")
    assert later.loss == 0
    first = schedule_of(Recognition.objects.get(pk=recognition.pk))[0]
    assert (first.amortized, first.impaired) == (Decimal("240.00"), Decimal("320.00"))
    assert first.closing == Decimal("520.00")


def test_ifrs_gives_back_up_to_the_depreciated_cost(world: World) -> None:
    """And inventory up to its cost."""
    recognition = given.booked(world, profile="IFRS", answers=given.answers(profile="ifrs"))
    impaired(world, recognition, date(2026, 6, 30), "640.00", "T-1")
    back = impaired(world, recognition, date(2026, 8, 31), "5000.00", "T-2")
    assert back.loss == Decimal("-300.00")
    stock = given.booked(world, draft_dataset_costed(world), purpose="for_sale", life_months=None)
    assert impaired(world, stock, date(2026, 6, 30), "1000.00", "T-1").loss == 80
    assert impaired(world, stock, date(2026, 7, 31), "2000.00", "T-2").loss == -80


def draft_dataset_costed(world: World) -> Any:
    """Return another dataset with vouchers."""
    return given.costed(world, draft_dataset(world, title="Another dataset"))


@pytest.mark.parametrize(
    ("on", "amount", "voucher", "field"),
    [
        (date(2026, 2, 1), "5", "T-2", "tested_on"),
        (date(2126, 2, 1), "5", "T-2", "tested_on"),
        (date(2026, 5, 31), "5", "T-2", "tested_on"),
        (date(2026, 7, 1), "-5", "T-2", "recoverable"),
        (date(2026, 7, 1), "5", " ", "voucher"),
        (date(2026, 7, 1), "5", "T-1", "voucher"),
    ],
)
def test_wrong_tests_are_told(
    world: World, on: date, amount: str, voucher: str, field: str
) -> None:
    """By field."""
    recognition = given.booked(world)
    impaired(world, recognition, date(2026, 6, 30), "640.00", "T-1")
    with pytest.raises(Invalid) as refused:
        impaired(world, recognition, on, amount, voucher)
    assert list(refused.value.fields) == [field]
    assert Impairment.objects.count() == 1


def test_the_database_keeps_tests_as_they_are(world: World) -> None:
    """No change, no deletion."""
    kept = impaired(world, given.booked(world), date(2026, 6, 30), "640.00", "T-1")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        Impairment.objects.filter(pk=kept.pk).update(loss=0)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        Impairment.objects.filter(pk=kept.pk).delete()


def test_the_disclosure_table_rolls_from_year_to_year(world: World, page_of: PageClients) -> None:
    """On the page and as CSV, for those who may see it alone."""
    recognition = given.booked(world)
    rows = note_rows([recognition], 2026)
    assert note_total(rows) == {
        "opening": 0,
        "added": Decimal("1080.00"),
        "amortized": Decimal("300.00"),
        "impaired": 0,
        "closing": Decimal("780.00"),
    }
    assert note_rows([recognition], 2027)[0].opening == Decimal("780.00")
    assert note_rows([recognition], 2025)[0].closing == 0
    answer = page_of("finance").get(reverse("disclosure"), {"form": "csv", "year": "2026"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[1][-5:] == ["0.00", "1080.00", "300.00", "0.00", "780.00"]
    strangers = page_of("stranger").get(reverse("disclosure"), {"form": "csv"})
    assert len(strangers.content.decode().splitlines()) == 1


def test_bookings_are_their_organization_s_own(world: World) -> None:
    """The centre's staff see all, strangers none."""
    recognition = given.proposed(world)
    seen = {
        person: recognitions_visible_to(world.actor(person)).filter(pk=recognition.pk).exists()
        for person in ("finance", "officer", "reviewer", "auditor", "stranger")
    }
    assert seen == {
        "finance": True,
        "officer": True,
        "reviewer": True,
        "auditor": True,
        "stranger": False,
    }


def test_the_list_asks_few_queries(
    world: World, page_of: PageClients, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """However many rows it has."""
    given.booked(world)
    given.booked(world, draft_dataset_costed(world))
    client = page_of("finance")
    for route in ("recognition_list", "disclosure"):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(route)).status_code == 200


@pytest.mark.postgres
def test_of_six_proposals_one_wins(committed_database: None) -> None:
    """One decision waits, however many send it."""
    world = World()
    dataset = given.costed(world)
    answers = at_once(6, lambda number: given.proposed(world, dataset))
    assert sum(isinstance(answer, Recognition) for answer in answers) == 1
    assert sum(isinstance(answer, Refusal) for answer in answers) == 5


def test_a_schedule_by_hand() -> None:
    """A cost of 1,200 over a year from October: three months, then nine; a loss on the way."""
    asset = Booked(Decimal(1200), date(2025, 10, 15), 12)
    plain = by_year(asset, [])
    assert [(year.amortized, year.closing) for year in plain] == [
        (Decimal(300), Decimal(900)),
        (Decimal(900), Decimal(0)),
    ]
    loss = loss_of_test(asset, [], on=date(2025, 12, 31), recoverable=Decimal(450), reverses=False)
    assert loss == 450
    losses = [Loss(date(2025, 12, 31), loss)]
    assert carrying_on(asset, losses, date(2026, 1, 1)) == 400
    assert [year.closing for year in by_year(asset, losses)] == [450, 0]


def test_no_amount_can_be_sent() -> None:
    """The act takes no figure but the life: what is booked comes from vouchers."""
    assert set(signature(propose_recognition).parameters) == {
        *("dataset_id", "profile", "purpose", "origin", "answers", "ready_on", "life_months"),
        "by",
    }
