"""Acceptance by sampling, and pay for what is accepted."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from django.urls import reverse

from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.services import hand_in_batch, take_batch
from marketplace.annotation.closing.services import close_labelling
from marketplace.annotation.pay.models import LabelPay
from marketplace.annotation.pay.selectors import pay_visible_to
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.sampling import PLANS, QualityLimit, plan_for
from marketplace.annotation.project.services import publish_labelling
from marketplace.core.errors import Invalid, Refusal, WrongState
from marketplace.trading.books.models import Account
from tests.conftest import ApiClients, PageClients
from tests.given import annotation as given
from tests.given.money import seller_account
from tests.given.world import World


@pytest.mark.parametrize(
    ("limit", "lot", "size", "accept"),
    [
        ("2.5", 5, 5, 0),
        ("2.5", 20, 5, 0),
        ("2.5", 60, 20, 1),
        ("4.0", 2, 2, 0),
        ("4.0", 20, 3, 0),
        ("4.0", 50, 13, 1),
        ("4.0", 100, 20, 2),
        ("6.5", 1, 1, 0),
        ("6.5", 15, 2, 0),
        ("6.5", 16, 8, 1),
        ("6.5", 90, 13, 2),
        ("6.5", 91, 20, 3),
    ],
)
def test_plans_are_those_of_the_standard(limit: str, lot: int, size: int, accept: int) -> None:
    """Read off the tables by hand; of a small lot all are looked at."""
    plan = plan_for(lot, limit)
    assert (plan.size, plan.accept) == (size, accept)


def test_every_lot_has_a_plan() -> None:
    """Of each limit that can be chosen; a larger lot is never looked at less."""
    assert set(PLANS) == set(QualityLimit)
    for limit in QualityLimit:
        sizes = [plan_for(lot, limit).size for lot in range(1, 101)]
        assert all(0 < size <= lot for lot, size in enumerate(sizes, start=1))


def earned(world: World, person: str) -> Decimal:
    """Return what an organization's account of sales and work holds."""
    rows = Account.objects.filter(kind="seller", organization=world.organization(person))
    return sum((row.balance for row in rows), Decimal(0))


def test_an_accepted_batch_is_paid_by_its_items(world: World) -> None:
    """Gold items among them, what was skipped not; to the annotator's organization at once."""
    batch = given.labelled(world)
    task = batch.tasks.all()[0]
    given.label(world, task, None, skipped="Cut off.", by="annotator")
    project = batch.annotator.project
    held = funds_of(project).held
    assert funds_of(project).promised == Decimal("1.50")
    hand_in_batch(batch.pk, by=world.actor("annotator"))
    assert given.inspected(world, batch).state == "accepted"
    assert earned(world, "annotator") == Decimal("1.20")
    funds = funds_of(project)
    assert (funds.held, funds.paid) == (held - Decimal("1.20"), Decimal("1.20"))
    assert funds.promised == 0
    line = vars(pay_visible_to(world.actor("labeller")).get())
    assert (line["number"], line["paid_items"], line["paid_amount"]) == (1, 4, Decimal("1.20"))


def test_a_batch_goes_back_twice_and_is_then_refused(world: World) -> None:
    """Its annotator may change it each time; for good nothing is paid and its items are free."""
    batch = given.sent_in(world)
    by = world.actor("annotator")
    items = Item.objects.filter(tasks__batch=batch, gold__isnull=True)
    for place in (0, 1):
        assert given.inspected(world, batch, place).state == "returned"
        assert take_batch(batch.annotator.project_id, by=by).pk == batch.pk
        given.label(world, batch.tasks.all()[0], given.HIGH, by="annotator")
        hand_in_batch(batch.pk, by=by)
    assert set(items.values_list("taken", flat=True)) == {1}
    assert given.inspected(world, batch, 2).state == "refused"
    assert set(items.values_list("taken", flat=True)) == {0}
    assert not LabelPay.objects.exists()
    with pytest.raises(WrongState):
        inspect_batch(batch.pk, wrong=[], by=world.actor("officer"))


def test_a_returned_batch_says_where_it_was_wrong(world: World, page_of: PageClients) -> None:
    """To its annotator, who opens it again."""
    batch = given.returned(world)
    page = page_of("annotator").get(reverse("item_batch", args=[batch.pk]))
    assert page.status_code == 200
    assert f"wrong: {batch.sample[0]}." in page.content.decode()


def test_only_what_is_in_the_sample_is_wrong(world: World) -> None:
    """A place beside it is refused."""
    batch = given.sent_in(world)
    beside = next(place for place in range(1, 6) if place not in batch.sample)
    with pytest.raises(Invalid):
        inspect_batch(batch.pk, wrong=[beside], by=world.actor("officer"))


def test_no_batch_is_given_out_without_money_for_it(world: World) -> None:
    """What batches under way may cost counts as spent; an accepted one is."""
    project = given.ready(world)
    publish_labelling(project.pk, by=world.actor("officer"))
    given.begin(world, project, "annotator")
    by = world.actor("annotator")
    given.funded(world, project, "1.49")
    with pytest.raises(WrongState) as refused:
        take_batch(project.pk, by=by)
    assert refused.value.code == "labelling-not-funded"
    given.funded(world, project, "0.01")
    batch = take_batch(project.pk, by=by)
    given.begin(world, project, "second_annotator")
    with pytest.raises(WrongState):
        take_batch(project.pk, by=world.actor("second_annotator"))
    given.inspected(world, given.handed_in(world, batch, by="annotator"))
    with pytest.raises(WrongState):
        take_batch(project.pk, by=by)
    assert funds_of(project).held == 0


def test_no_more_is_set_aside_than_there_is(world: World) -> None:
    """To the cent; what is set aside and not spent comes back when the project is closed."""
    project = given.ready(world)
    owned = seller_account(world).balance
    by = world.actor("finance")
    with pytest.raises(WrongState) as refused:
        fund_labelling(project.pk, amount=owned + Decimal("0.01"), request_key="1", by=by)
    assert refused.value.code == "balance-too-low"
    for _again in range(2):
        fund_labelling(project.pk, amount=owned, request_key="2", by=by)
    assert earned(world, "officer") == 0
    close_labelling(project.pk, by=world.actor("officer"))
    assert earned(world, "officer") == owned
    assert funds_of(project).held == 0


def test_a_project_with_a_batch_that_waits_is_not_closed(world: World) -> None:
    """Its labels are to be paid first."""
    batch = given.sent_in(world)
    with pytest.raises(WrongState) as refused:
        close_labelling(batch.annotator.project_id, by=world.actor("officer"))
    assert refused.value.code == "batches-undecided"
    given.inspected(world, batch)
    close_labelling(batch.annotator.project_id, by=world.actor("officer"))


def test_each_reads_their_own_pay(world: World, api_of: ApiClients) -> None:
    """The owner by pseudonym, the service organization its people, an annotator themself."""
    given.accepted(world)
    seen = {
        person: len(api_of(person).get(reverse("api_list_label_pay")).json()["results"])
        for person in ("officer", "labeller", "annotator", "second_annotator", "other_annotator")
    }
    assert seen == {
        "officer": 1,
        "labeller": 1,
        "annotator": 1,
        "second_annotator": 0,
        "other_annotator": 0,
    }


PEOPLE = ("annotator", "second_annotator")


def step(world: World, project: LabellingProject, chance: Random) -> None:
    """Do one thing that somebody may do, whatever comes of it."""
    person = chance.choice(PEOPLE)
    by = world.actor(person)
    batches = list(Batch.objects.filter(annotator__project=project, is_qualification=False))
    match chance.randrange(6):
        case 0:
            take_batch(project.pk, by=by)
        case 1:
            tasks = Task.objects.filter(annotator__person_id=world.person(person).pk)
            task = chance.choice(list(tasks))
            skipped = chance.choice(["", "", "", "Cut off."])
            given.label(world, task, None if skipped else given.LOW, by=person, skipped=skipped)
        case 2:
            batch = chance.choice(batches)
            given.handed_in(world, batch, by=person)
        case 3 | 4:
            batch = chance.choice(batches)
            wrong = [place for place in batch.sample if chance.random() < 0.15]
            inspect_batch(batch.pk, wrong=wrong, by=world.actor("officer"))
        case 5:
            given.funded(world, project, f"{chance.randrange(1, 200) / 100:.2f}")


@pytest.mark.parametrize("seed", [1, 2])
def test_pay_equals_accepted_items_after_any_history(world: World, seed: int) -> None:
    """To the cent: labels of accepted batches by price are what was paid, and all else is held."""
    project = given.qualified(world)
    given.begin(world, project, "second_annotator")
    chance = Random(seed)
    paid_in = funds_of(project).held + earned(world, "officer")
    for _step in range(60):
        try:
            step(world, project, chance)
        except (Refusal, IndexError):
            continue
    labelled = Task.objects.filter(batch__state="accepted", answer__isnull=False).count()
    funds = funds_of(project)
    assert labelled > 0
    assert earned(world, "annotator") == funds.paid == labelled * project.price
    assert funds.held + funds.paid + earned(world, "officer") == paid_in
    assert 0 <= funds.promised <= funds.held
    taken = Item.objects.filter(project=project, gold__isnull=True)
    for item in taken:
        tasks = Task.objects.filter(item=item).exclude(batch__state="refused")
        kept = tasks.exclude(batch__state="accepted", answer__isnull=True)
        assert item.taken == kept.count()


def test_closing_leaves_no_labelled_item_unpaid(world: World, page_of: PageClients) -> None:
    """What is labelled is handed in as it is, inspected and paid; the rest goes back."""
    project = given.qualified(world)
    batch = take_batch(project.pk, by=world.actor("annotator"))
    for task in batch.tasks.all()[:3]:
        given.label(world, task, given.HIGH, by="annotator")
    given.begin(world, project, "second_annotator")
    idle = take_batch(project.pk, by=world.actor("second_annotator"))
    by, before = world.actor("officer"), earned(world, "officer")
    assert close_labelling(project.pk, by=by).state == "ending"
    batch.refresh_from_db()
    assert (batch.state, batch.tasks.filter(is_lost=True).count()) == ("handed_in", 2)
    assert len(batch.sample) == 3
    for act in (
        lambda: take_batch(project.pk, by=world.actor("annotator")),
        lambda: given.label(world, idle.tasks.all()[0], given.LOW, by="second_annotator"),
    ):
        with pytest.raises(WrongState) as refused:
            act()
        assert refused.value.code == "labelling-not-open"
    with pytest.raises(WrongState) as waits:
        close_labelling(project.pk, by=by)
    assert waits.value.code == "batches-undecided"
    assert given.inspected(world, batch).pay.items == 3
    page = page_of("officer").get(reverse("labelling_detail", args=[project.pk]))
    assert "This project is being closed" in page.content.decode()
    assert close_labelling(project.pk, by=by).state == "closed"
    assert earned(world, "officer") == before + Decimal("60.00") - Decimal("0.90")


def test_a_batch_that_went_back_is_mended_before_the_end(world: World) -> None:
    """Its annotator can still label it and hand it in, and is paid; then the project is closed."""
    batch = given.returned(world)
    project, by = batch.annotator.project, world.actor("officer")
    assert close_labelling(project.pk, by=by).state == "ending"
    with pytest.raises(WrongState) as waits:
        close_labelling(project.pk, by=by)
    assert waits.value.code == "batches-returned"
    mended = given.handed_in(world, batch, by="annotator")
    assert given.inspected(world, mended).pay.items == 5
    assert close_labelling(project.pk, by=by).state == "closed"
