"""From what citizens said to a hotline to a model that is sold by the row, by acts alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count, islice
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from marketplace.accounts.roles import Role
from marketplace.annotation.acceptance.services import inspect_batch
from marketplace.annotation.arbitration.selectors import disputed_of
from marketplace.annotation.arbitration.services import arbitrate_item
from marketplace.annotation.batch.funds import funds_of
from marketplace.annotation.batch.models import Annotator, Batch, ItemLook, Task
from marketplace.annotation.batch.services import take_batch
from marketplace.annotation.kinds.kind import Answer
from marketplace.annotation.labelled_set.choices import LabelFormat
from marketplace.annotation.labelled_set.models import LabelledSet
from marketplace.annotation.labelled_set.services import make_labelled_set, take_out_labels
from marketplace.annotation.project.models import LabellingProject
from marketplace.annotation.project.reading import cells_of, texts_of
from marketplace.annotation.project.services import (
    open_labelling,
    publish_labelling,
    set_gold,
    write_guideline,
)
from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.dataset.models import Dataset
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.version.annotations import ColumnAnnotation
from marketplace.catalog.version.models import DatasetVersion
from marketplace.catalog.version.services import annotate_columns
from marketplace.core.errors import Refusal, WrongState
from marketplace.delivery.scoring.services import score_with_grant
from marketplace.delivery.use.selectors import metered
from marketplace.demo.story.annotators import (
    CLASSES,
    CODES,
    first_of_two,
    label_batch,
    matters_of,
    second_of_two,
)
from marketplace.learning.asset.services import make_model_asset
from marketplace.learning.model.execution import execute_training
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.services import open_model, score_rows
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.services import start_training
from marketplace.rights.freeze.services import freeze_certificate
from marketplace.trading.books.models import Account
from marketplace.trading.listings.plans import Band, Metered, Unit
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from tests.given import annotation as labelling
from tests.given import delivery, hotline, preparation, trading
from tests.given.catalog import CONTENT_CHECKLIST, SLIGHT, source_version
from tests.given.rights import certified
from tests.given.world import World, invite

READERS = {
    "annotator": first_of_two,
    "second_annotator": first_of_two,
    "other_annotator": first_of_two,
    "fourth_annotator": second_of_two,
}
"""Who labels, and how they read what is of two matters: one of them differs from the others."""
ITEMS, GOLD, BATCH = 600, 8, 100
EPSILON = Decimal("0.08")
PRICE = Decimal("0.05")
BY_ROW = Metered(unit=Unit.ROW.value, bands=(Band(0, Decimal("0.20")),), cap=Decimal("100.00"))
TRIES = 3
"""Once in some thousand times the noise misses a bound, and the run is asked for again."""


def labelled(world: World) -> LabellingProject:
    """Have masked messages labelled by four people, decided on, accepted and paid."""
    by, version = world.actor("officer"), hotline.masked(world, ITEMS + GOLD)
    certified(world, dataset=version.dataset)
    project = opened(world, version)
    invite(world, "second_labeller", "fourth_annotator", {Role.ANNOTATOR})
    write_guideline(project.pk, text="One matter a message.", examples="", by=by)
    # By what is of one matter alone everybody qualifies.
    clear = (row for row in count(1) if len(matters_of(text_of(project, row))) == 1)
    for row in islice(clear, GOLD):
        answer = Answer((first_of_two(text_of(project, row)),))
        set_gold(project.pk, row=row, answer=answer, by=by)
    labelling.funded(world, project)
    publish_labelling(project.pk, by=by)
    for batch in labelled_batches(world, project):
        batch.refresh_from_db()
        if not batch.is_qualification:
            inspect_batch(batch.pk, wrong=[], by=by)
    return project


def opened(world: World, version: DatasetVersion) -> LabellingProject:
    """Open a project over masked messages."""
    planned = labelling.plan(
        list(labelling.services(world)),
        title="What messages are about",
        classes=list(CLASSES),
        columns=["message"],
        rows=ITEMS + GOLD,
        overlap_percent=20,
        batch_size=BATCH,
        gold_percent=3,
        price=PRICE,
    )
    return open_labelling(version.pk, plan=planned, by=world.actor("officer"))


def text_of(project: LabellingProject, row: int) -> str:
    """Return what annotators read of a row."""
    return texts_of(cells_of(project, row))["message"]


def labelled_batches(world: World, project: LabellingProject) -> Iterator[Batch]:
    """Let everybody take batches and label them, in turns, until nothing is left for them."""
    left = dict(READERS)
    while left:
        for person, read in list(left.items()):
            actor = world.actor(person)
            try:
                batch = take_batch(project.pk, by=actor)
            except WrongState as refused:
                if refused.code != "nothing-to-label":
                    raise
                del left[person]
                continue
            yield label_batch(batch, read, by=actor)


def check_pay(project: LabellingProject) -> None:
    """Check that each accepted label is paid to the cent, and that each item was shown first."""
    tasks = Task.objects.filter(annotator__project=project, batch__is_qualification=False)
    of_items = tasks.filter(item__gold__isnull=True)
    labels = Counter(of_items.values_list("item_id", flat=True))
    shared = sum(times == 2 for times in labels.values())
    assert of_items.count() == ITEMS + shared
    assert shared == pytest.approx(ITEMS * 0.2, abs=50)
    assert tasks.count() > of_items.count()
    answers = of_items.exclude(answer=None).values_list("answer", flat=True)
    said = Counter(str(answer and answer["classes"][0]) for answer in answers)
    assert set(said) == set(CODES.values()), "Somebody read the messages."
    assert max(said.values()) < of_items.count() / 3
    assert funds_of(project).paid == PRICE * tasks.count()
    paid = Account.objects.filter(kind="seller", organization__kind="service")
    assert sum(one.balance for one in paid) == PRICE * tasks.count()
    assert not Task.objects.filter(looks=None).exists()
    assert ItemLook.objects.count() == Task.objects.count()
    assert Annotator.objects.filter(project=project, qualified_at=None).count() == 0


def accepted_set(world: World, project: LabellingProject) -> LabelledSet:
    """Decide where annotators disagree, and make a dataset of what was accepted."""
    by, disputed = world.actor("officer"), disputed_of(project)
    assert disputed, "one of the four takes what is of two matters otherwise"
    for one in disputed:
        answer = Answer((first_of_two(text_of(project, one.item.row)),))
        arbitrate_item(one.item.pk, answer=answer, by=by)
    return make_labelled_set(
        project.pk, title="Messages by matter", abstract="By four people.", by=by
    )


def approved(world: World, dataset_id: UUID) -> Dataset:
    """Bring a dataset that was made here through content review."""
    officer = world.actor("officer")
    grade_dataset(dataset_id, impacts=SLIGHT, negative_list=(), by=officer)
    submit_dataset(dataset_id, by=officer)
    return approve_dataset(dataset_id, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))


def prepared(world: World, made: LabelledSet) -> DatasetVersion:
    """Desensitize the labelled set once more, which leaves the masked text as it is."""
    said = [ColumnAnnotation("message", "Message, masked"), ColumnAnnotation("label", "Matter")]
    annotate_columns(made.version_id, columns=said, by=world.actor("officer"))
    approved(world, made.version.dataset_id)
    version = preparation.classified(source_version(made.version.dataset))
    document = preparation.policy_document(
        version,
        message={"mask": "mask_text", "role": "sensitive"},
        label={"mask": "keep", "role": "other", "options": {}},
    )
    return preparation.masked(world, version, document=document)


def counted_model(world: World, version: DatasetVersion) -> TrainedModel:
    """Train on it by declared words, and again where the noise missed a bound."""
    run: TrainingRun | None = None
    for seed in range(TRIES):
        run = start_training(
            version.pk,
            title="Matter of a message",
            target="label",
            features=["message"],
            family="words",
            split="random",
            split_column="",
            metric="macro_f1",
            shards=1,
            candidates=1,
            seed=seed,
            error_by=[],
            words=list(hotline.WORDS.values()),
            labels=list(CODES.values()),
            epsilon=EPSILON,
            by=world.actor("officer"),
        )
        execute_training(run.pk)
        run.refresh_from_db()
        if run.state == "done":
            break
    assert run is not None
    assert run.state == "done", run.error_code
    return run.model


def sold(world: World, model: TrainedModel) -> Any:
    """Offer the model as scoring by the row, a second officer approving; let a buyer order it."""
    officer = world.actor("officer")
    asset = make_model_asset(model.pk, title="Matter", abstract="Tells matters.", by=officer).asset
    assert asset is not None
    approved(world, asset.dataset_id)
    asset = DatasetVersion.objects.get(pk=asset.pk)
    trading.valued(world, asset)
    listing = trading.drafted(world, asset, plan=BY_ROW, delivery_mode="scoring")
    submit_listing(listing.pk, by=officer)
    reviewer = world.actor("second_reviewer")
    listing = publish_listing(listing.pk, checklist=trading.LISTING_CHECKLIST, by=reviewer)
    return delivery.granted(world, trading.signed(world, trading.placed(world, listing)))


def asked(grant: Any, secret: str, *texts: str) -> Any:
    """Ask for matters as a program does."""
    return APIClient().post(
        reverse("api_score_with_grant", args=[grant.pk]),
        {"rows": [{"message": text} for text in texts]},
        headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": f'"{uuid4()}"'},
        format="json",
    )


def test_from_what_citizens_say_to_a_model_that_is_sold(world: World) -> None:
    """And from the act that freezes the hotline's right on, every door of it is closed."""
    project = labelled(world)
    check_pay(project)
    made = accepted_set(world, project)
    assert made.items == GOLD + ITEMS
    version = prepared(world, made)
    certified(world, dataset=version.dataset)
    model = counted_model(world, version)
    card = model.card
    assert card["scores"]["beats_baseline"]
    assert card["membership"]["upper_bound"] <= 0.05
    assert card["pedigree"]["labelling"]["items"] == GOLD + ITEMS
    assert card["privacy"]["epsilon"] == str(EPSILON)
    grant = sold(world, model)
    issued = delivery.keyed(world, grant=grant)
    single = asked(grant, issued.secret, "电梯坏了没人修，物业不管。")
    assert single.status_code == 200, single.content
    batch = asked(grant, issued.secret, *(one.text for one in hotline.messages(100)))
    assert len(batch.json()["scores"]) == 100
    assert metered(grant).rows == 101
    freeze_certificate(
        project.version.dataset.certificates.get().pk,
        reason="A court asked for it.",
        by=world.actor("reviewer"),
    )
    buyer, officer = world.actor("buyer"), world.actor("officer")
    row = {"message": "停水了。"}
    uses: list[tuple[str, Callable[[], object]]] = [
        ("right-frozen", lambda: opened(world, project.version)),
        (
            "right-frozen",
            lambda: take_out_labels(made.pk, form=LabelFormat.PARQUET.value, by=officer),
        ),
        ("upstream", lambda: open_model(model.pk, by=officer)),
        ("upstream", lambda: counted_model(world, version)),
        ("upstream", lambda: score_rows(model.pk, rows=[row], with_reasons=False, by=officer)),
        ("upstream-frozen", lambda: trading.placed(world, grant.order.listing)),
        (
            "upstream-frozen",
            lambda: score_with_grant(grant.pk, rows=[row], with_reasons=False, by=buyer),
        ),
    ]
    for code, use in uses:
        with pytest.raises(Refusal) as refused:
            use()
        assert refused.value.code == code
    assert asked(grant, issued.secret, "停水了。").status_code == 409
    assert metered(grant).rows == 101
