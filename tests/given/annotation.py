"""Labelling in each of its states, reached by acts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from marketplace.accounts.models import Organization
from marketplace.accounts.organization.services import apply_organization
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.batch.models import Batch, Task
from marketplace.annotation.batch.selectors import free_items
from marketplace.annotation.batch.services import (
    hand_in_batch,
    label_item,
    look_at_item,
    take_batch,
)
from marketplace.annotation.closing.services import close_labelling
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.labelled_set.services import make_labelled_set
from marketplace.annotation.pay.services import fund_labelling
from marketplace.annotation.project.models import Item, LabellingProject
from marketplace.annotation.project.plans import LabellingPlan
from marketplace.annotation.project.services import (
    open_labelling,
    pause_labelling,
    publish_labelling,
    set_gold,
    write_guideline,
)
from marketplace.annotation.renewal.matching import texts_shown
from marketplace.annotation.renewal.selectors import versions_to_go_on_over
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import NOBODY
from marketplace.preparation.report.selectors import report_of
from marketplace.trading.books.models import Account, AccountKind
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.services import ask_as_person
from tests.given import persons
from tests.given.money import seller_account
from tests.given.preparation import masked_version
from tests.given.rights import certified
from tests.given.shelf import kept
from tests.given.world import PASSWORD, World, code, invite, let_in

CLASSES = [{"code": "low", "label": "Low income"}, {"code": "high", "label": "High income"}]
COLUMNS = ["city", "income"]
STEADY = ["city", "age"]
"""Columns that read the same in a version made anew; incomes are blurred by chance each time."""
TITLE = "Incomes by class"
LOW, HIGH = Answer(("low",)), Answer(("high",))
GUIDELINE = "An income below 6,000 is low. In doubt, skip it and say why."
GOLD_ROWS = range(1, 9)
"""The first five are for qualification; three are left to be mixed in."""


def service(world: World, owner: str, name: str, *annotators: str) -> UUID:
    """Let a service organization in, whose people label."""
    applied = apply_organization(
        name=name,
        kind=OrganizationKind.SERVICE,
        uscc=code(owner),
        contact="5 Office Street",
        person_name=owner.replace("_", " ").title(),
        email=f"{owner}@example.org",
        password=PASSWORD,
        roles=frozenset({Role.OFFICER.value}),
        by=NOBODY,
    )
    let_in(applied)
    for annotator in annotators:
        invite(world, owner, annotator, {Role.ANNOTATOR})
    return applied.pk


def services(world: World) -> tuple[UUID, UUID]:
    """Return two service organizations, let in where they are not: of two annotators, of one."""
    found = dict(Organization.objects.filter(kind="service").values_list("name", "pk"))
    if found:
        return found["Evergreen Labelling"], found["Bamboo Labelling"]
    return let_in_services(world)


@kept
def let_in_services(world: World) -> tuple[UUID, UUID]:
    """Let two service organizations in: one of two annotators, one of another."""
    return (
        service(world, "labeller", "Evergreen Labelling", "annotator", "second_annotator"),
        service(world, "second_labeller", "Bamboo Labelling", "other_annotator"),
    )


def plan(admitted: list[UUID], /, **changes: Any) -> LabellingPlan:
    """Return a plan over the table of people: an income is low or high."""
    planned: dict[str, Any] = {
        "title": TITLE,
        "kind": "one",
        "classes": CLASSES,
        "columns": COLUMNS,
        "rows": 20,
        "organizations": admitted,
        "overlap_percent": 50,
        "overlap_count": 2,
        "gold_percent": 20,
        "batch_size": 5,
        "pass_percent": 80,
        "price": Decimal("0.30"),
        "quality_limit": "4.0",
    }
    return LabellingPlan(**(planned | changes))


@kept
def usable(world: World) -> DatasetVersion:
    """Return a masked version under a right to use it."""
    version = masked_version(world)
    certified(world, dataset=version.dataset)
    return version


@kept
def drafted(world: World, **changes: Any) -> LabellingProject:
    """Return a project that is a draft, without guideline and gold items."""
    admitted, _other = services(world)
    version = usable(world)
    return open_labelling(version.pk, plan=plan([admitted], **changes), by=world.actor("officer"))


@kept
def ready(world: World, **changes: Any) -> LabellingProject:
    """Return a draft with guideline and gold items; each gold item is of the class `high`."""
    project, by = drafted(world, **changes), world.actor("officer")
    write_guideline(project.pk, text=GUIDELINE, examples="4,000: low", by=by)
    for row in GOLD_ROWS:
        set_gold(project.pk, row=row, answer=HIGH, by=by)
    return project


def funded(world: World, project: LabellingProject, amount: str = "60.00") -> LabellingProject:
    """Set a part of what the owner earned by a sale aside for a project."""
    if not Account.objects.filter(kind=AccountKind.SELLER).exists():
        seller_account(world)
    return fund_labelling(
        project.pk,
        amount=Decimal(amount),
        request_key=f"fund-{amount}",
        by=world.actor("finance"),
    )


@kept
def published(world: World, **changes: Any) -> LabellingProject:
    """Return a project that is open to annotators, with money for their work."""
    project = funded(world, ready(world, **changes))
    return publish_labelling(project.pk, by=world.actor("officer"))


@kept
def paused(world: World) -> LabellingProject:
    """Return a project in which nobody labels at the moment."""
    return pause_labelling(published(world).pk, by=world.actor("officer"))


@kept
def closed(world: World) -> LabellingProject:
    """Return a project that is over."""
    return close_labelling(published(world).pk, by=world.actor("officer"))


def label(world: World, task: Task, answer: Answer | None, *, by: str, skipped: str = "") -> Task:
    """Look at an item and label or skip it."""
    actor = world.actor(by)
    look_at_item(task.pk, by=actor)
    return label_item(task.pk, answer=answer, skipped=skipped, by=actor)


def label_all(world: World, batch: Batch, *, by: str, gold: Answer = HIGH) -> Batch:
    """Label every item of a batch: gold ones by an answer, the others as low."""
    for task in batch.tasks.select_related("item"):
        label(world, task, gold if task.item.gold is not None else LOW, by=by)
    return batch


def handed_in(world: World, batch: Batch, *, by: str, gold: Answer = HIGH) -> Batch:
    """Label every item of a batch and hand it in."""
    return hand_in_batch(label_all(world, batch, by=by, gold=gold).pk, by=world.actor(by))


@kept
def begun(world: World) -> Batch:
    """Return the batch of gold items with which an annotator has begun, unlabelled."""
    return take_batch(published(world).pk, by=world.actor("annotator"))


@kept
def qualified(world: World, **changes: Any) -> LabellingProject:
    """Return a project in which the annotator has qualified."""
    project = published(world, **changes)
    begin(world, project, "annotator")
    return project


def begin(world: World, project: LabellingProject, person: str, *, gold: Answer = HIGH) -> Batch:
    """Let somebody label the first gold items of a project."""
    batch = take_batch(project.pk, by=world.actor(person))
    return handed_in(world, batch, by=person, gold=gold)


@kept
def taken(world: World, **changes: Any) -> Batch:
    """Return the first batch of real items of an annotator, unlabelled."""
    return take_batch(qualified(world, **changes).pk, by=world.actor("annotator"))


@kept
def labelled(world: World, **changes: Any) -> Batch:
    """Return a batch of real items that is labelled and not handed in."""
    return label_all(world, taken(world, **changes), by="annotator")


@kept
def sent_in(world: World, **changes: Any) -> Batch:
    """Return a batch of real items that is handed in."""
    return hand_in_batch(labelled(world, **changes).pk, by=world.actor("annotator"))


def inspected(world: World, batch: Batch, *wrong: int) -> Batch:
    """Let the officer inspect a batch, with the labels at some places of its sample wrong."""
    batch.refresh_from_db()
    places = [batch.sample[number] for number in wrong]
    return inspect_batch(batch.pk, wrong=places, by=world.actor("officer"))


@kept
def accepted(world: World) -> Batch:
    """Return a batch that was accepted and paid."""
    return inspected(world, sent_in(world))


@kept
def returned(world: World) -> Batch:
    """Return a batch that went back to its annotator."""
    return inspected(world, sent_in(world), 0)


@kept
def disputed(world: World, **changes: Any) -> Item:
    """Return the one of four items about which two annotators disagree."""
    project = published(world, rows=12, overlap_percent=100, **changes)
    for person in ("annotator", "second_annotator"):
        begin(world, project, person)
        batch = take_batch(project.pk, by=world.actor(person))
        label_all(world, batch, by=person)
        task = batch.tasks.get(item__row=9)
        label(world, task, HIGH if person == "annotator" else LOW, by=person)
        inspected(world, hand_in_batch(batch.pk, by=world.actor(person)))
    return Item.objects.get(project=project, row=9)


@kept
def made_alike(world: World) -> LabelledSet:
    """Return a labelled set whose four items two people took for one class."""
    project = published(world, rows=12, overlap_percent=100)
    for person in ("annotator", "second_annotator"):
        begin(world, project, person)
        batch = take_batch(project.pk, by=world.actor(person))
        inspected(world, handed_in(world, batch, by=person))
    return make_labelled_set(
        project.pk,
        title="Labelled incomes",
        abstract="Four incomes by class.",
        by=world.actor("officer"),
    )


@kept
def decided(world: World, **changes: Any) -> Item:
    """Return an item whose disagreement is decided."""
    return arbitrate_item(disputed(world, **changes).pk, answer=HIGH, by=world.actor("officer"))


@kept
def made(world: World, **changes: Any) -> LabelledSet:
    """Return a labelled set: four items of which two people said what they are."""
    return make_labelled_set(
        decided(world, **changes).project_id,
        title="Labelled incomes",
        abstract="Four incomes by class.",
        by=world.actor("officer"),
    )


def labelled_by_city(world: World, project: LabellingProject) -> Item:
    """Let an annotator label a project by its cities, with one label that is wrong; return it."""
    begin(world, project, "annotator")
    texts, wrong, by = shown_by_item(project), None, world.actor("annotator")
    while free_items(project, by).exists():
        batch = take_batch(project.pk, by=by)
        for task in batch.tasks.select_related("item"):
            answer = LOW if texts[task.item_id][0] == "Fuzhou" else HIGH
            if task.item.gold is not None:
                answer = HIGH
            elif wrong is None and answer == LOW:
                wrong, answer = task.item, HIGH
            label(world, task, answer, by="annotator")
        inspected(world, hand_in_batch(batch.pk, by=by))
    assert wrong is not None, "There is a row of the city."
    return wrong


def seen_task(world: World) -> Task:
    """Return an item that the annotator was shown and has not labelled."""
    task = taken(world).tasks.first()
    assert task is not None, "A batch has items."
    look_at_item(task.pk, by=world.actor("annotator"))
    return task


def shared_items(project: LabellingProject) -> set[UUID]:
    """Return the items that two annotators label."""
    return set(Item.objects.filter(project=project, needed=2).values_list("pk", flat=True))


def withdrawn(world: World, version: DatasetVersion) -> PersonRequest:
    """Let a person of the table prove who they are and take their rows out of the data."""
    report = report_of(version.pk)
    assert report is not None, "It was measured."
    assert report.credential is not None, "It has a credential."
    request = ask_as_person(**persons.asking(report.credential.number), by=NOBODY)
    return persons.proved(world, request)


@kept
def of_withdrawn(world: World) -> LabellingProject:
    """Return a project whose labels are all known, of data that a person wants to leave."""
    project = decided(world, columns=STEADY).project
    withdrawn(world, project.version)
    return project


@kept
def renewable(world: World) -> LabellingProject:
    """Return such a project after its data was desensitized anew, without that person."""
    project = of_withdrawn(world)
    persons.masked_again(world, project.version.source)
    return project


def version_anew(project: LabellingProject) -> DatasetVersion:
    """Return the version over which a project can go on."""
    [version] = versions_to_go_on_over(project)
    return version


def shown_by_item(project: LabellingProject) -> dict[UUID, tuple[str, ...]]:
    """Return what annotators are shown of each item of a project that is not gone."""
    items = list(Item.objects.filter(project=project, is_gone=False))
    texts = texts_shown(project, [item.row for item in items], project.version)
    return dict(zip([item.pk for item in items], texts, strict=True))
