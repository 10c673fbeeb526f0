"""Versions that can be trained on, training runs and models in each state, reached by acts."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import polars as pl

from marketplace.catalog.approval.services import approve_dataset, submit_dataset
from marketplace.catalog.grade.services import grade_dataset
from marketplace.catalog.version.models import DatasetVersion
from marketplace.core.actor import NOBODY, Actor, Door
from marketplace.delivery.grant.models import Grant
from marketplace.learning.asset.services import make_model_asset
from marketplace.learning.model.execution import execute_training
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.services import retrain_model, settle_models, withdraw_model
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.services import start_training
from marketplace.learning.training.declaration import Declaration
from marketplace.learning.training.table import read_table
from marketplace.trading.listings.listing.models import Listing
from marketplace.trading.listings.publication.services import publish_listing, submit_listing
from marketplace.trading.orders.person_request.models import PersonRequest
from marketplace.trading.orders.person_request.services import ask_as_person
from tests.given import persons, trading
from tests.given.catalog import CONTENT_CHECKLIST, SLIGHT, approved_dataset, source_version
from tests.given.delivery import granted
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


def callers(rows: int = 4000) -> str:
    """Return the table of numbers as CSV, each row with the telephone number of somebody."""
    phones = [caller(number) for number in range(rows)]
    return numbers(rows).with_columns(phone=pl.Series(phones)).write_csv()


def caller(row: int) -> str:
    """Return the invented telephone number that stands in a row."""
    return f"139{(row * 7919 + 54321) % 10**8:08d}"


SHARDS = 4


@kept
def model_of_callers(world: World) -> TrainedModel:
    """Return a model in shards on a version about people, without their numbers."""
    dataset = approved_dataset(world, table=callers(), personal_basis="consent")
    version = classified(source_version(dataset))
    document = policy_document(
        version,
        phone="drop",
        **{
            name: {"role": "other", "mask": "keep", "options": {}}
            for name in ("first", "second", "district", "group", "day", "label")
        },
    )
    prepared = masked(world, version, document=document)
    certified(world, dataset=dataset)
    run = start_training(prepared.pk, **{**DECLARED, "shards": SHARDS}, by=world.actor("officer"))
    execute_training(run.pk)
    run.refresh_from_db()
    assert run.state == "done", (run.error_code, run.error_parameters)
    return run.model


def trained_row(model: TrainedModel) -> int:
    """Return the first row of the table of callers on which a model was trained."""
    declaration = Declaration.from_dict(model.card["declaration"])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        pl.read_csv(io.StringIO(callers())).write_parquet(path)
        return int((~read_table([path], declaration).held).argmax())


@kept
def rows_withdrawn(world: World) -> TrainedModel:
    """Return a model trained on a row whose person has proved who they are and wants it out."""
    model = model_of_callers(world)
    withdraw_rows(world, model, row=trained_row(model))
    model.refresh_from_db()
    return model


def withdraw_rows(world: World, model: TrainedModel, *, row: int) -> PersonRequest:
    """Let a person prove who they are and withdraw consent, and their rows be looked for."""
    asked = {
        **persons.asking(model.card["data"]["risk_report"]),
        "identifiers": [caller(row)],
    }
    request = ask_as_person(**asked, by=NOBODY)
    return persons.proved(world, request)


@kept
def forgettable(world: World) -> TrainedModel:
    """Return such a model after its data was prepared anew, without the row."""
    model = rows_withdrawn(world)
    persons.masked_again(world, model.version.source)
    return model


@kept
def successor(world: World) -> TrainedModel:
    """Return the model that took the place of such a one, and never saw the row."""
    model = forgettable(world)
    settle_models(by=SYSTEM)
    run = retrain_model(model.pk, by=world.actor("officer"))
    execute_training(run.pk)
    run.refresh_from_db()
    assert run.state == "done", (run.error_code, run.error_parameters)
    return run.model


NAMED: dict[str, str] = {
    "title": "Crowded stops, a model",
    "abstract": "Tells from two measures and the district whether a stop is crowded.",
}


@kept
def asset(world: World) -> TrainedModel:
    """Return a model that is a draft of the catalog."""
    return make_model_asset(model(world).pk, **NAMED, by=world.actor("officer"))


@kept
def valued_asset(world: World) -> DatasetVersion:
    """Return the version of a model that is reviewed, under a right of its own, and valued."""
    version = asset(world).asset
    assert version is not None, "it was just made"
    grade_dataset(version.dataset_id, impacts=SLIGHT, negative_list=(), by=world.actor("officer"))
    submit_dataset(version.dataset_id, by=world.actor("officer"))
    approve_dataset(version.dataset_id, checklist=CONTENT_CHECKLIST, by=world.actor("reviewer"))
    version = DatasetVersion.objects.get(pk=version.pk)
    trading.valued(world, version)
    return version


@kept
def offered(world: World, mode: str = "file", **changes: Any) -> Listing:
    """Return a published listing of a model."""
    listing = trading.drafted(world, valued_asset(world), delivery_mode=mode, **changes)
    submit_listing(listing.pk, by=world.actor("officer"))
    return publish_listing(
        listing.pk, checklist=trading.LISTING_CHECKLIST, by=world.actor("second_reviewer")
    )


@kept
def sold(world: World, mode: str = "file", *, quota: int | None = None, **changes: Any) -> Grant:
    """Return the grant of a model that was bought, with a quota of rows where one is given."""
    if quota is not None:
        changes["terms"] = replace(trading.OFFER.terms, quota_rows=quota)
    order = trading.placed(world, offered(world, mode, **changes))
    return granted(world, trading.paid(world, order))
