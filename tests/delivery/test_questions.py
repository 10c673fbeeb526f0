"""A sandbox answers with noise within budgets; the rows stay inside."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from desensitize.privacy.sandbox import Condition, Question
from marketplace.core import clock
from marketplace.core.errors import Invalid, NotAllowed, NotFound, WrongState
from marketplace.delivery.grant.models import Grant
from marketplace.delivery.grant.services import revoke_grant
from marketplace.delivery.sandbox.models import Answer, QuestionBudget, Release
from marketplace.delivery.sandbox.services import ask_question
from marketplace.ledger.models import Entry
from marketplace.preparation.budget.models import BudgetCharge
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.listings.sandbox.models import Sandbox
from marketplace.trading.orders.order.models import Order
from tests.conftest import ApiClients, PageClients
from tests.given import delivery
from tests.given import sandboxes as given
from tests.given.months import next_month
from tests.given.world import World

HALF = Decimal("0.5")
BY_LINE = Question("count", by=("line",))
RAW = ("1204", "1,204", "1311", "1,311", "1002", "1,002", "2.25")


def ask(world: World, grant: Grant, question: Question, epsilon: Any = HALF) -> Answer:
    """Ask as the buyer."""
    amount = Decimal(str(epsilon))
    return ask_question(grant.pk, question=question, epsilon=amount, by=world.actor("buyer"))


def spent(grant: Grant) -> Decimal:
    """Return what the buyer has spent."""
    found = QuestionBudget.objects.filter(grant=grant).first()
    return found.spent if found else Decimal(0)


def test_an_answer_is_kept_paid_for_and_recorded(world: World) -> None:
    """The first one delivers the order; the ledger tells digest and ε, not what was asked."""
    grant = given.granted(world)
    answer = ask(world, grant, BY_LINE)
    assert [cell["group"] for cell in answer.release.result["cells"]] == [["1"], ["2"], ["3"]]
    assert spent(grant) == given.spent_of_all() == HALF
    assert Order.objects.get(pk=grant.order_id).state == "delivered"
    entry = Entry.objects.get(kind="delivery.question_answered")
    assert entry.payload["epsilon"] == "0.500"
    assert entry.payload["question_sha256"] == answer.release.digest
    assert "line" not in str(entry.payload)
    charge = BudgetCharge.objects.get()
    assert (charge.cause, charge.version_id) == (f"release:{answer.release.pk}", grant.version_id)


def test_the_same_question_is_answered_the_same(world: World) -> None:
    """However it is written, and with as much ε or less; it costs nothing and tells nothing."""
    grant = given.granted(world)
    first = ask(world, grant, Question("sum", "boardings", by=("line",)))
    entries = Entry.objects.count()
    for epsilon in ("0.5", "0.5", "0.1"):
        again = ask(world, grant, Question("sum", "boardings", by=("line",)), epsilon)
        assert again == first
        assert again.release.result == first.release.result
    assert (spent(grant), Entry.objects.count()) == (HALF, entries)


def test_a_differencing_attack_pays_for_each_question(world: World) -> None:
    """Totals with and without somebody are two questions with noises of their own; then no more."""
    grant = given.granted(world)
    everybody = ask(world, grant, Question("sum", "boardings"))
    some = Question("sum", "boardings", where=(Condition("line", ("1", "2")),))
    ask(world, grant, some)
    assert spent(grant) == 1
    with pytest.raises(WrongState) as refused:
        ask(world, grant, Question("sum", "boardings", where=(Condition("line", ("1",)),)), "0.001")
    assert refused.value.code == "budget-exhausted"
    assert ask(world, grant, Question("sum", "boardings")) == everybody
    assert Release.objects.count() == 2
    assert spent(grant) == 1


def test_buyers_who_put_their_answers_together_gain_no_second_noise(world: World) -> None:
    """Who asks what was asked gets the same figures; all together keep to a budget of their own."""
    listing = given.published(world, replace(given.OFFERED, epsilon_all=Decimal("2")))
    first, second = (given.granted(world, listing) for _ in range(2))
    # As of contracts of before budgets were reserved, which promised more than there is.
    Sandbox.objects.update(epsilon_all=1)
    one, other = (ask(world, grant, given.COUNT) for grant in (first, second))
    assert one.release == other.release
    assert one != other
    assert (spent(first), spent(second), given.spent_of_all()) == (HALF, HALF, HALF)
    ask(world, first, BY_LINE)
    with pytest.raises(WrongState) as refused:
        ask(world, second, Question("sum", "boardings"))
    assert refused.value.code == "budget-of-all-exhausted"
    assert spent(second) == HALF
    assert ask(world, second, BY_LINE).release.digest
    assert spent(second) == 1


def test_a_monthly_budget_begins_anew(world: World) -> None:
    """With the calendar month; what was answered stays free."""
    offered = replace(
        given.OFFERED, period="month", epsilon=Decimal("0.7"), epsilon_all=Decimal("9.1")
    )
    grant = given.granted(world, offered=offered)
    first = ask(world, grant, given.COUNT, "0.35")
    ask(world, grant, BY_LINE, "0.35")
    with pytest.raises(WrongState):
        ask(world, grant, Question("sum", "boardings"), "0.35")
    later = next_month()
    with clock.stopped_at(later):
        assert ask(world, grant, given.COUNT, "0.35") == first
        ask(world, grant, Question("sum", "boardings"), "0.35")
        assert spent(grant) == Decimal("0.35")


@pytest.mark.parametrize(
    ("question", "epsilon", "code"),
    [
        (given.COUNT, "0.501", "epsilon-out-of-range"),
        (given.COUNT, "0", "epsilon-out-of-range"),
        (given.COUNT, "-1", "epsilon-out-of-range"),
        (given.COUNT, "NaN", "epsilon-out-of-range"),
        (given.COUNT, "0.0001", "epsilon-out-of-range"),
        (Question("sum", "line"), "0.5", "not-declared"),
        (Question("median", "boardings"), "0.5", "bad-question"),
        (Question("sum", "boardings", by=("day",)), "0.5", "groups-unlisted"),
    ],
)
def test_what_cannot_be_asked_costs_nothing(
    question: Question, epsilon: str, code: str, world: World
) -> None:
    """A refusal tells of the question alone, and leaves nothing behind."""
    grant = given.granted(world)
    with pytest.raises(Invalid) as refused:
        ask(world, grant, question, epsilon)
    assert refused.value.code == code
    for model in (Answer, Release, QuestionBudget, BudgetCharge):
        assert not model._default_manager.exists()


def test_groups_that_nobody_listed_stay_hidden_when_small(world: World) -> None:
    """Two rows a day are far below the threshold of their noisy count."""
    answer = ask(world, given.granted(world), Question("count", by=("day",)))
    assert answer.release.result == {"columns": ["day"], "cells": []}
    assert BudgetCharge.objects.get().delta == Decimal("1e-9")


def test_each_question_asks_the_gate_anew(world: World) -> None:
    """A frozen right, a revoked grant, a licence that has run out: nothing is answered or spent."""
    grant = given.granted(world)
    with clock.stopped_at(grant.expires_at), pytest.raises(WrongState) as expired:
        ask(world, grant, given.COUNT)
    assert expired.value.code == "grant-expired"
    assert grant.listing.certificate_id is not None
    freeze_certificate(
        grant.listing.certificate_id, reason="Court order.", by=world.actor("reviewer")
    )
    with pytest.raises(WrongState) as frozen:
        ask(world, grant, given.COUNT)
    assert frozen.value.code == "right-frozen"
    revoke_grant(grant.pk, reason="Misuse.", by=world.actor("reviewer"))
    with pytest.raises(WrongState) as revoked:
        ask(world, grant, given.COUNT)
    assert revoked.value.code == "grant-revoked"
    assert not QuestionBudget.objects.exists()


def test_who_may_ask_and_read(world: World, page_of: PageClients) -> None:
    """The buyer alone: neither seller nor centre sees what was asked."""
    answer = given.answered(world)
    for person in ("officer", "reviewer", "auditor"):
        with pytest.raises(NotAllowed):
            ask_question(answer.grant_id, question=BY_LINE, epsilon=HALF, by=world.actor(person))
        assert page_of(person).get(reverse("answer_detail", args=[answer.pk])).status_code == 404
        page = page_of(person).get(reverse("grant_sandbox", args=[answer.grant_id]))
        assert page.status_code == 200
        assert "Number of rows" not in page.content.decode()
        assert "seen by the buyer alone" in page.content.decode()
    with pytest.raises(NotFound):
        ask_question(answer.grant_id, question=BY_LINE, epsilon=HALF, by=world.actor("stranger"))


def test_a_file_is_not_asked_and_a_sandbox_not_downloaded(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Each way of delivery has its own doors."""
    grant = given.granted(world)
    for route, clients in (("grant_download", page_of), ("api_open_download", api_of)):
        refused = clients("buyer").get(reverse(route, args=[grant.pk]))
        assert refused.status_code == 409
    assert refused.json()["code"] == "another-mode"
    assert page_of("buyer").get(reverse("grant_detail", args=[grant.pk])).status_code == 302


def test_a_bought_file_opens_no_sandbox(world: World, page_of: PageClients) -> None:
    """404 for the page, a clear refusal for the act."""
    grant = delivery.granted(world)
    with pytest.raises(WrongState) as refused:
        ask(world, grant, given.COUNT)
    assert refused.value.code == "another-mode"
    assert page_of("buyer").get(reverse("grant_sandbox", args=[grant.pk])).status_code == 404


def test_a_histogram_has_the_same_parts_at_both_doors(
    world: World, page_of: PageClients, api_of: ApiClients
) -> None:
    """Ten where nobody says how many: the second door is given the answer of the first."""
    grant = given.granted(world)
    asked = {"figure": "histogram", "column": "boardings", "epsilon": "0.5"}
    for nothing in ({}, {"bins": None}, {"bins": ""}):
        answer = api_of("buyer").post(
            reverse("api_ask_question", args=[grant.pk]), asked | nothing, format="json"
        )
        assert answer.json()["question"]["bins"] == 10, answer.content
    for nothing in ({}, {"bins": ""}):
        page = page_of("buyer").post(reverse("grant_ask", args=[grant.pk]), asked | nothing)
        assert page.status_code == 302
    assert Release.objects.count() == 1


def test_no_row_leaves(
    world: World, page_of: PageClients, api_of: ApiClients, caplog: pytest.LogCaptureFixture
) -> None:
    """Pages, API answers, refusals and logs hold no cell of the data."""
    caplog.set_level(logging.DEBUG)
    grant = given.granted(world)
    texts = []
    for data in (
        {"figure": "histogram", "column": "delay_minutes", "bins": 4, "epsilon": "0.4"},
        {"figure": "count", "by": ["day"], "epsilon": "0.3"},
        {"figure": "sum", "column": "day", "epsilon": "0.1"},
        {"figure": "count", "where": [{"column": "line", "values": ["9"]}], "epsilon": "0.1"},
        {"figure": "count", "where": [{"column": "line", "low": "x"}], "epsilon": "0.1"},
        {"figure": "mean", "column": "boardings", "epsilon": "7"},
        {"figure": "mean", "column": "boardings"},
    ):
        address = reverse("api_ask_question", args=[grant.pk])
        texts.append(api_of("buyer").post(address, data, format="json").content.decode())
    for answer in Answer.objects.all():
        texts.append(
            page_of("buyer").get(reverse("answer_detail", args=[answer.pk])).content.decode()
        )
    for person in ("buyer", "officer", "auditor"):
        page = page_of(person).get(reverse("grant_sandbox", args=[grant.pk]))
        texts.append(page.content.decode())
    texts.append(
        api_of("buyer").get(reverse("api_get_grant_sandbox", args=[grant.pk])).content.decode()
    )
    texts += [str(entry.payload) for entry in Entry.objects.all()]
    texts += [
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    ]
    whole = "\n".join(texts)
    assert Answer.objects.count() == 2
    for cell in RAW:
        assert not re.search(rf"(?<![\w.-]){re.escape(cell)}(?![\w-])", whole), cell
    assert "2026-03-0" not in whole


def test_answers_and_budgets_stand_in_the_database(world: World) -> None:
    """Answers are never changed, and no budget is overdrawn, whoever writes."""
    answer = given.answered(world)
    for rows in (Answer.objects.all(), Release.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(created_at=clock.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
    with pytest.raises(DatabaseError), transaction.atomic():
        QuestionBudget.objects.update(spent=Decimal("1.001"))
    assert Answer.objects.get() == answer


def test_the_form_asks_and_shows_the_answer(world: World, page_of: PageClients) -> None:
    """A histogram is drawn with its band, the budget runs down, the same again is free."""
    grant = given.granted(world)
    sent = {"figure": "histogram", "column": "boardings", "bins": "4", "epsilon": "0.5",
            "range": "delay_minutes", "low": "0.5", "high": ""}  # fmt: skip
    address = reverse("grant_ask", args=[grant.pk])
    page = page_of("buyer").post(address, sent, follow=True)
    text = page.content.decode()
    assert page.status_code == 200
    assert "<svg" in text
    assert "ε 0.5" in text
    assert "where delay_minutes is from 0.50 to 10.00" in text
    again = page_of("buyer").post(address, sent, follow=True).content.decode()
    assert "cost nothing" in again
    refused = page_of("buyer").post(address, {"figure": "sum", "epsilon": "0.5"})
    assert refused.status_code == 422
    assert "Choose the column." in refused.content.decode()
    page_of("buyer").post(address, {"figure": "count", "epsilon": "0.5"})
    assert (
        "The budget is spent"
        in page_of("buyer").get(reverse("grant_sandbox", args=[grant.pk])).content.decode()
    )
