"""How a model is kept: a part of the act that ends its run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from marketplace.core.actor import Actor
from marketplace.core.errors import WrongState
from marketplace.learning.grounds.locks import Grounds
from marketplace.learning.model.card import card_digest, card_of
from marketplace.learning.model.events import ModelTrained
from marketplace.learning.model.issue import issue_for
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.run.models import TrainingRun
from marketplace.ledger.services.recording import record
from marketplace.vault.models import Purpose
from marketplace.vault.services import store_path


def keep_model(
    run: TrainingRun, grounds: Grounds, *, path: Path, report: Mapping[str, Any], by: Actor
) -> TrainedModel:
    """Keep a model with its card and its credential.

    Raises:
        WrongState: the file is not the one that was measured (`digest-mismatch`).
    """
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
    pk, card = uuid4(), card_of(run, grounds, report)
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
    )
    record(
        ModelTrained(
            subject=f"model:{model.pk}",
            about=model.concerns,
            sha256=file.sha256,
            card_sha256=digest,
            trained_on=run.version.sha256,
            certificate=grounds.certificate.number,
        ),
        by=by,
    )
    return model
