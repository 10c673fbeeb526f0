"""Models are kept, used, suspended and withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from marketplace.core import Actor, locked, visible
from marketplace.credentials.services import (
    reinstate_credential,
    revoke_credential,
    suspend_credential,
)
from marketplace.credentials.states import CredentialState, StatusReason
from marketplace.jobs.steps import end_done, held_job
from marketplace.learning.grounds.choices import Trouble
from marketplace.learning.grounds.locks import grounds_of, hold_grounds
from marketplace.learning.grounds.rules import check_grounds
from marketplace.learning.model.answering import give_rows
from marketplace.learning.model.events import (
    ModelOpened,
    ModelReinstated,
    ModelSuspended,
    ModelWithdrawn,
)
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.rules import (
    check_open_model,
    check_owns,
    check_retrain_model,
    check_score_rows,
    check_settles,
    check_withdraw_model,
)
from marketplace.learning.model.scoring import Scored
from marketplace.learning.model.selectors import models_in_use, models_visible_to
from marketplace.learning.model.states import MODEL, OUT_OF_USE, ModelState
from marketplace.learning.model.steps import end_offers, keep_model
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.selectors import active_retraining
from marketplace.learning.run.steps import TRAININGS, queue_training
from marketplace.learning.training.declaration import Declaration
from marketplace.ledger.services.recording import record
from marketplace.vault.services import open_stored

CAUSES: Mapping[Trouble, StatusReason] = {
    Trouble.RIGHT: StatusReason.CANCELLED,
    Trouble.FROZEN: StatusReason.ORDERED,
    Trouble.EXPIRED: StatusReason.EXPIRED,
    Trouble.ROWS: StatusReason.FORGOTTEN,
    Trouble.VERDICT: StatusReason.RECALLED,
    Trouble.RETIRED: StatusReason.WITHDRAWN,
    Trouble.UPSTREAM: StatusReason.ORDERED,
}


@dataclass(frozen=True)
class OpenedModel:
    """A model with its bytes, for whoever may have them now."""

    model: TrainedModel
    content: bytes


@transaction.atomic
def finish_training(
    run_id: UUID, *, attempt: int, path: Path, report: Mapping[str, Any], by: Actor
) -> TrainingRun:
    """Keep the model of a training run with its card and its credential, all or nothing.

    Raises:
        NotFound: there is no such training run.
        NotAllowed: the actor is not the centre's software.
        WrongState: the run was cancelled or taken over; or right, verdict or origins do not stand
            any more; or the file is not the one that was measured (`digest-mismatch`).
    """
    run = held_job(run_id, attempt=attempt, queue=TRAININGS, by=by)
    grounds = hold_grounds(run.version, run.organization)
    check_grounds(grounds)
    keep_model(run, grounds, path=path, report=report, by=by)
    end_done(run)
    return run


@transaction.atomic
def score_rows(
    model_id: UUID, *, rows: Sequence[Mapping[str, Any]], with_reasons: bool, by: Actor
) -> list[Scored]:
    """Give rows to a model, and count them.

    What the model rests on is asked anew. Count and answer are one transaction: a request that
    breaks off has counted nothing, and the same one again is answered as the first time.

    Raises:
        NotFound: there is no such model among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is withdrawn, or what it rests on does not stand; the code says which.
        Invalid: a row does not fit the model's schema (`bad-row`).
    """
    model = visible(models_visible_to(by), pk=model_id)
    check_owns(model, by)
    check_score_rows(model, by, hold_grounds(model.version, model.organization))
    return give_rows(model, rows, with_reasons=with_reasons, by=by)


@transaction.atomic
def open_model(model_id: UUID, *, by: Actor) -> OpenedModel:
    """Give a model's bytes to its organization; what it rests on is asked anew.

    Raises:
        NotFound: there is no such model among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is withdrawn, or what it rests on does not stand; or the stored file is
            damaged.
    """
    model = visible(models_visible_to(by), pk=model_id)
    check_owns(model, by)
    check_open_model(model, by, hold_grounds(model.version, model.organization))
    with open_stored(model.file) as stored:
        content = stored.read()
    record(
        ModelOpened(subject=f"model:{model.pk}", about=model.concerns, sha256=model.file.sha256),
        by=by,
    )
    return OpenedModel(model, content)


@transaction.atomic
def withdraw_model(model_id: UUID, *, by: Actor) -> TrainedModel:
    """Take a model out of use for good. Withdrawing it again changes nothing.

    Raises:
        NotFound: there is no such model among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
    """
    model = locked(models_visible_to(by), pk=model_id)
    check_owns(model, by)
    if model.state == ModelState.WITHDRAWN:
        return model
    check_withdraw_model(model, by)
    MODEL.move(model, ModelState.WITHDRAWN)
    model.save(update_fields=["state"])
    end_offers(model, reason=gettext_noop("The model was withdrawn."), by=by)
    revoke_credential(model.credential_id, reason=StatusReason.WITHDRAWN, by=by)
    record(ModelWithdrawn(subject=f"model:{model.pk}", about=model.concerns), by=by)
    return model


@transaction.atomic
def retrain_model(model_id: UUID, *, by: Actor) -> TrainingRun:
    """Ask a worker to train a model again whose data does not stand, on the newest that does.

    As it was declared, and of its shards those alone whose rows are not the same any more. What
    comes of it takes its place. Where it is being trained again already, that run is answered.

    Raises:
        NotFound: there is no such model among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: it is out of use; or what it was trained on stands (`nothing-to-forget`), or no
            newer version of the data does (`version-missing`); or less of the privacy budget is
            left than its ε (`dataset-budget-spent`).
    """
    model = locked(models_visible_to(by), pk=model_id)
    check_owns(model, by)
    existing = active_retraining(model.pk)
    if existing is not None:
        return existing
    version = check_retrain_model(model, by)
    declaration = Declaration.from_dict(model.card["declaration"])
    return queue_training(version, declaration, model.title, replaces_id=model.pk, by=by)


def settle_models(*, by: Actor) -> list[TrainedModel]:
    """Suspend the models that do not stand, reinstate those that stand again; return both.

    It is for reading: each use asks anew, whatever stands here. Each model is a transaction of its
    own.

    Raises:
        NotAllowed: the actor is not the centre's software.
    """
    check_settles(by)
    keys = list(models_in_use().values_list("pk", flat=True))
    return [model for pk in keys if (model := _settled(pk, by)) is not None]


@transaction.atomic
def _settled(pk: UUID, by: Actor) -> TrainedModel | None:
    model = locked(models_visible_to(by), pk=pk)
    trouble = grounds_of(model.version, model.organization).trouble
    if model.state in OUT_OF_USE or (trouble or "") == model.trouble:
        return None
    _settle(model, trouble, by=by)
    return model


def _settle(model: TrainedModel, trouble: Trouble | None, *, by: Actor) -> None:
    target = ModelState.STANDING if trouble is None else ModelState.SUSPENDED
    if model.state != target:
        MODEL.move(model, target)
    model.trouble = trouble or ""
    model.save(update_fields=["state", "trouble"])
    subject, about = f"model:{model.pk}", model.concerns
    if trouble is None:
        if model.credential.state == CredentialState.SUSPENDED:
            reinstate_credential(model.credential_id, by=by)
        record(ModelReinstated(subject=subject, about=about), by=by)
        return
    if model.credential.state != CredentialState.REVOKED:
        suspend_credential(model.credential_id, reason=CAUSES[trouble], by=by)
    record(ModelSuspended(subject=subject, about=about, reason=trouble.value), by=by)
