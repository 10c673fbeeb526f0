"""Give rows to a model and count them: a part of each act that answers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from marketplace.core import Actor
from marketplace.learning.grounds.locks import grounds_of, trouble_beyond_gate
from marketplace.learning.grounds.rules import check_grounds, check_trouble
from marketplace.learning.model.models import Scoring, TrainedModel
from marketplace.learning.model.rules import check_in_use, check_state
from marketplace.learning.model.scoring import Scored, read_rows, score
from marketplace.learning.model.selectors import model_of_asset


def hold_model(version_id: UUID) -> TrainedModel:
    """Return the model that a version of the catalog is, where it may be used now.

    The gate asks for its rights and verdicts and those above it, and holds them; here it is asked
    for what the gate cannot know.

    Raises:
        WrongState: the model is out of use, or what it rests on does not stand; the code says
            which.
    """
    model = model_of_asset(version_id)
    check_state(model)
    check_trouble(trouble_beyond_gate(model.version))
    return model


def check_model_stands(version_id: UUID) -> None:
    """Refuse as `hold_model` does, without locks; what goes on asks again with them.

    Raises:
        WrongState: as for `hold_model`.
    """
    model = model_of_asset(version_id)
    check_in_use(model)
    check_grounds(grounds_of(model.version, model.organization))


def give_rows(
    model: TrainedModel, rows: Sequence[Mapping[str, Any]], *, with_reasons: bool, by: Actor
) -> list[Scored]:
    """Return what a model says of rows, whoever may ask, and count them as given to it.

    Raises:
        Invalid: a row does not fit the model's schema (`bad-row`).
    """
    found = score(model, read_rows(model, rows), with_reasons=with_reasons)
    count_rows(model, len(found), by=by)
    return found


def count_rows(model: TrainedModel, rows: int, *, by: Actor) -> None:
    Scoring.objects.create(model=model, person_id=by.person_id, rows=rows)
