"""An officer makes a dataset of a trained model."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.catalog.dataset.choices import UpdateFrequency
from marketplace.catalog.dataset.descriptions import derived_from
from marketplace.catalog.dataset.services import register_dataset
from marketplace.catalog.lineage.changes import add_origin
from marketplace.catalog.lineage.choices import OriginKind
from marketplace.catalog.new_version.services import add_model_version
from marketplace.core import Actor, locked
from marketplace.learning.asset.events import ModelAssetMade
from marketplace.learning.grounds.locks import Grounds, hold_grounds
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.rules import check_make_model_asset
from marketplace.learning.model.selectors import models_visible_to
from marketplace.ledger.services.recording import record
from marketplace.preparation.report.services import record_membership

TOLD_OF_SCORES = ("rows", "units", "trained_on", "metric", "measured", "baseline")


@transaction.atomic
def make_model_asset(model_id: UUID, *, title: str, abstract: str, by: Actor) -> TrainedModel:
    """Make a dataset whose one version is a trained model, so that it can be offered.

    It is a draft of the catalog, described as the data that the model was trained on, which is
    named as its origin. What attackers could tell of who was trained on stands in place of a risk
    report; the bytes stay where they are stored, so that one digest binds model, card, credential,
    verdict and delivery.

    Raises:
        NotFound: there is no such model among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is an asset already (`model-asset-made`) or withdrawn, or what it rests on
            does not stand; the code says which.
        Invalid: title or abstract is missing or too long.
    """
    model = locked(models_visible_to(by), pk=model_id)
    grounds = hold_grounds(model.version, model.organization)
    check_make_model_asset(model, by, grounds)
    schema, privacy = model.schema, model.card["membership"]
    dataset = register_dataset(
        description=derived_from(
            model.version.described,
            title=title,
            abstract=abstract,
            update_frequency=UpdateFrequency.ONCE.value,
        ),
        request_key=f"model-{model.pk}",
        by=by,
    )
    version = add_model_version(
        dataset.pk,
        file=model.file,
        trained_on=model.version,
        rows=model.card["scores"]["trained_on"],
        columns=[*(one["name"] for one in schema["features"]), schema["target"]],
        by=by,
    )
    add_origin(dataset, model.version.dataset, kind=OriginKind.OWN, version=model.version, by=by)
    record_membership(
        version.pk,
        figures=_figures(model),
        upper_bound=privacy["upper_bound"],
        most=privacy["most"],
        valid_until=_holds_until(grounds),
        credential=model.credential,
        by=by,
    )
    model.asset = version
    model.save(update_fields=["asset"])
    record(
        ModelAssetMade(
            subject=f"model:{model.pk}",
            about=(f"dataset:{dataset.pk}", f"version:{version.pk}", *model.concerns),
            sha256=version.sha256,
            membership_advantage_at_most=f"{privacy['upper_bound']:.4f}",
        ),
        by=by,
    )
    return model


def _figures(model: TrainedModel) -> dict[str, Any]:
    """Return what buyers are told of a model, from its card."""
    card, schema = model.card, model.schema
    return {
        "declaration_digest": card["declaration_digest"],
        "card_sha256": model.card_sha256,
        "family": card["declaration"]["family"],
        "target": schema["target"],
        "labels": schema["labels"],
        "scores": {name: card["scores"][name] for name in TOLD_OF_SCORES},
        "membership": card["membership"],
    }


def _holds_until(grounds: Grounds) -> date:
    """Return the last day on which both the right and the verdict trained under are in date."""
    return min(grounds.certificate.valid_until, grounds.report.valid_until)
