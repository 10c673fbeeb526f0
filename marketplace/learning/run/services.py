"""Declare training runs and cancel them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.catalog.dataset.selectors import datasets_visible_to
from marketplace.core import Actor, Invalid, locked, visible
from marketplace.core.arguments import refused
from marketplace.jobs.states import JobState
from marketplace.jobs.steps import end_cancelled
from marketplace.learning.run import arguments as taken
from marketplace.learning.run.choices import MetricChoice, SplitChoice
from marketplace.learning.run.declaring import Chosen, declared
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.rules import (
    check_cancel_training,
    check_cancels_training,
    check_start_training,
    check_trains,
)
from marketplace.learning.run.selectors import (
    active_training,
    trainable_versions_visible_to,
    training_runs_visible_to,
)
from marketplace.learning.run.steps import TRAININGS, queue_training


@transaction.atomic
def start_training(
    version_id: UUID,
    *,
    title: Annotated[str, taken.TITLE],
    target: Annotated[str, taken.TARGET],
    features: Annotated[Sequence[str], taken.FEATURES],
    family: Annotated[str, taken.FAMILY],
    words: Annotated[Sequence[str], taken.WORDS] = (),
    labels: Annotated[Sequence[str], taken.LABELS] = (),
    epsilon: Annotated[Decimal | None, taken.EPSILON] = None,
    split: Annotated[str, taken.SPLIT] = SplitChoice.RANDOM.value,
    split_column: Annotated[str, taken.SPLIT_COLUMN] = "",
    metric: Annotated[str, taken.METRIC] = MetricChoice.MACRO_F1.value,
    candidates: Annotated[int, taken.CANDIDATES] = 1,
    shards: Annotated[int, taken.SHARDS] = 1,
    seed: Annotated[int, taken.SEED] = 0,
    error_by: Annotated[Sequence[str], taken.ERROR_BY] = (),
    by: Actor,
) -> TrainingRun:
    """Ask a worker to train a model on a prepared version, as it is declared here.

    Where noise hides each row, its ε is spent of the dataset's privacy budget, before a cell is
    read and for good. A run of the same declaration that is under way is answered instead.

    Raises:
        NotFound: there is no such prepared version among those the actor may see.
        NotAllowed: the actor is no officer of its organization.
        WrongState: right, verdict or origins do not stand; the code says which. Or less of the
            privacy budget is left than ε (`dataset-budget-spent`).
        Invalid: a value is out of its limits; a column is none of the version's, or does not fit
            what it is chosen for; words, labels and ε do not fit the family.
    """
    version = visible(trainable_versions_visible_to(by), pk=version_id)
    version.dataset = locked(
        datasets_visible_to(by).select_related("organization"), pk=version.dataset_id
    )
    check_trains(version, by)
    declaration = declared(
        version,
        Chosen(
            target,
            features,
            family,
            split,
            split_column,
            metric,
            shards,
            candidates,
            seed,
            error_by,
            words,
            labels,
            epsilon,
        ),
    )
    existing = active_training(version, declaration.digest)
    if existing is not None:
        return existing
    check_start_training(version, by)
    return queue_training(version, declaration, _fit(title), by=by)


def _fit(title: str) -> str:
    """Return a title that can be kept, without its margins."""
    if wrong := refused(start_training, title=title):
        raise Invalid(_("Correct the fields that are marked."), fields=wrong)
    return title.strip()


@transaction.atomic
def cancel_training(run_id: UUID, *, by: Actor) -> TrainingRun:
    """End a training run that waits or works. Cancelling it again changes nothing.

    A worker that is busy with it stops at its next report.

    Raises:
        NotFound: there is no such training run among those the actor may see.
        NotAllowed: the actor is neither an officer of its organization nor the administrator.
        WrongState: it ended already.
    """
    run = locked(training_runs_visible_to(by), pk=run_id)
    check_cancels_training(run, by)
    if run.state == JobState.CANCELLED:
        return run
    check_cancel_training(run, by)
    end_cancelled(run, queue=TRAININGS, by=by)
    return run
