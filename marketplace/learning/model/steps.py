"""How a model is kept: a part of the act that ends its run."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from marketplace.core import Actor, Door, WrongState, locked
from marketplace.credentials.services import revoke_credential
from marketplace.credentials.states import StatusReason
from marketplace.learning.grounds.locks import Grounds
from marketplace.learning.model.card import card_digest, card_of
from marketplace.learning.model.events import ModelReplaced, ModelTrained
from marketplace.learning.model.issue import issue_for
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.rules import check_in_use
from marketplace.learning.model.selectors import is_verdict_withdrawn, models_visible_to
from marketplace.learning.model.states import MODEL, ModelState
from marketplace.learning.run.models import TrainingRun
from marketplace.ledger.services.recording import record
from marketplace.preparation.report.selectors import membership_of
from marketplace.preparation.report.services import withdraw_report
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path


def keep_model(
    run: TrainingRun, grounds: Grounds, *, path: Path, report: Mapping[str, Any], by: Actor
) -> TrainedModel:
    """Keep a model with its card and its credential.

    Raises:
        WrongState: the file is not the one that was measured (`digest-mismatch`), or the model that
            was trained again is out of use by now (`model-withdrawn`).
    """
    former = _former(run)
    file = store_path(
        path,
        name=f"model-{run.pk}.onnx",
        purpose=Purpose.MODEL,
        organization_id=run.organization_id,
        content_type="application/octet-stream",
        by=by,
    )
    if file.sha256 != report["sha256"]:
        raise WrongState(
            _("The model changed while it was stored. Start the training again."),
            code="digest-mismatch",
        )
    pk, card = uuid4(), card_of(run, grounds, report, former)
    digest = card_digest(card)
    model = TrainedModel.objects.create(
        pk=pk,
        run=run,
        title=run.title,
        organization=run.organization,
        version=run.version,
        certificate=grounds.certificate,
        file=file,
        card=card,
        card_sha256=digest,
        credential=issue_for(run, grounds, card, card_sha256=digest, subject=f"model:{pk}", by=by),
        replaces=former,
    )
    record(
        ModelTrained(
            subject=f"model:{model.pk}",
            about=model.concerns,
            sha256=file.sha256,
            card_sha256=digest,
            trained_on=run.version.sha256,
            certificate=grounds.certificate.number,
            replaces=former.file.sha256 if former else "",
        ),
        by=by,
    )
    if former is not None:
        _replace(former, model, by=by)
    return model


def _former(run: TrainingRun) -> TrainedModel | None:
    """Lock the model that is trained again."""
    if run.replaces_id is None:
        return None
    former = locked(models_visible_to(Actor.system(Door.TASK)), pk=run.replaces_id)
    check_in_use(former)
    return former


def end_offers(model: TrainedModel, *, reason: str, by: Actor) -> None:
    """Withdraw the verdict on a locked model that is an asset.

    Whatever was sold of it rests on that, and is refused from this transaction on.
    """
    if model.asset is None or is_verdict_withdrawn(model):
        return
    withdraw_report(membership_of(model.asset).pk, reason=reason, by=by)


def _replace(former: TrainedModel, model: TrainedModel, *, by: Actor) -> None:
    """Let a model take the place of another, whose credential ends."""
    MODEL.move(former, ModelState.REPLACED)
    former.save(update_fields=["state"])
    revoke_credential(former.credential_id, reason=StatusReason.SUPERSEDED, by=by)
    end_offers(former, reason=gettext_noop("Another model took its place."), by=by)
    replaced = model.card["replaces"]
    record(
        ModelReplaced(
            subject=f"model:{former.pk}",
            about=(*former.concerns, f"model:{model.pk}"),
            successor=str(model.pk),
            sha256=model.file.sha256,
            reason=replaced["because"],
            shards_retrained=tuple(map(str, replaced["shards_retrained"])),
            shards_kept=tuple(map(str, replaced["shards_kept"])),
        ),
        by=by,
    )
