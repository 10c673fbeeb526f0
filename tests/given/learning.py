"""Versions that can be trained on, training runs and models in each state, reached by acts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import Actor, Door
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.services import withdraw_model
from marketplace.learning.run.execution import execute_training
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.services import start_training
from tests.given.catalog import approved_dataset, source_version
from tests.given.preparation import classified, masked, policy_document
from tests.given.rights import certified
from tests.given.shelf import kept
from tests.given.world import World
from tests.learning.tables import numbers

SYSTEM = Actor.system(Door.TASK)
DECLARED: dict[str, Any] = {
    "title": "Whether a stop is crowded",
    "target": "label",
    "features": ["first", "second", "district"],
    "family": "linear",
    "split": "random",
    "split_column": "",
    "metric": "macro_f1",
    "shards": 1,
    "candidates": 1,
    "seed": 0,
    "error_by": ["district"],
}
ROW: dict[str, Any] = {"first": 2.5, "second": 0.1, "district": "north"}


@kept
def prepared(world: World) -> DatasetVersion:
    """Return a prepared version about no person, whose right nobody has certified."""
    dataset = approved_dataset(world, table=numbers().write_csv())
    version = classified(source_version(dataset))
    document = policy_document(
        version,
        **{
            name: {"role": "other", "mask": "keep", "options": {}}
            for name in ("first", "second", "district", "group", "day", "label")
        },
    )
    return masked(world, version, document=document)


@kept
def trainable(world: World) -> DatasetVersion:
    """Return a prepared version under a right in force."""
    version = prepared(world)
    certified(world, dataset=version.dataset)
    return version


def declared(world: World, **changes: Any) -> TrainingRun:
    """Return a training run that waits for a worker."""
    values = {**DECLARED, **changes}
    return start_training(trainable(world).pk, **values, by=world.actor("officer"))


def trained(world: World, **changes: Any) -> TrainingRun:
    """Return a training run that ended."""
    run = declared(world, **changes)
    execute_training(run.pk)
    run.refresh_from_db()
    return run


@kept
def model(world: World) -> TrainedModel:
    """Return a model that can be used."""
    run = trained(world)
    assert run.state == "done", (run.error_code, run.error_parameters)
    return run.model


def withdrawn_model(world: World) -> TrainedModel:
    """Return a model that was taken out of use."""
    return withdraw_model(model(world).pk, by=world.actor("officer"))


def model_key(world: World) -> dict[str, UUID]:
    """Return the key of a model that can be used."""
    return {"pk": model(world).pk}
