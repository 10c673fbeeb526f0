"""The bureau trains a model on what it has desensitized, and reads what was measured of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.demo.story.findings import masked_of
from marketplace.demo.story.goods import Goods
from marketplace.demo.story.hierarchies import HIERARCHY_COLUMNS
from marketplace.demo.story.stage import CLOCKWORK, Glimpse, Stage, the
from marketplace.demo.story.telling import Done, Step, recorded
from marketplace.learning.adapters import training_error
from marketplace.learning.model.events import ModelTrained
from marketplace.learning.run.events import TrainingFailed, TrainingRequested
from marketplace.learning.run.models import TrainingRun
from marketplace.learning.run.selectors import training_runs_visible_to
from marketplace.learning.run.services import start_training

INCOMES: Final[Mapping[str, Any]] = {
    "title": "收入级别 Income class of an answer",
    "target": "income_class",
    "features": list(HIERARCHY_COLUMNS),
    "family": "linear",
    "split": "random",
    "split_column": "",
    "metric": "macro_f1",
    "shards": 1,
    "candidates": 1,
    # Answers that are alike stand together: where the few groups fall decides how wide scores are.
    "seed": 3,
    "error_by": ["sex"],
}


def training(goods: Goods, declared: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the steps from a declaration to a model with card and credential."""
    return (
        Step(
            gettext_lazy("The officer declares what a model is trained to tell"),
            partial(_look_declared, goods),
            partial(_declare, goods, declared),
        ),
        Step(
            gettext_lazy("The centre trains it, and tries to tell who was trained on"),
            partial(_look_trained, goods),
            partial(_wait, goods),
        ),
    )


def run_of(goods: Goods) -> TrainingRun | None:
    """Find the newest training run on a dataset."""
    version = masked_of(goods)
    if version is None:
        return None
    runs = training_runs_visible_to(CLOCKWORK).filter(version=version)
    return runs.order_by("-created_at").first()


def _look_declared(goods: Goods, stage: Stage) -> Done | None:
    run = run_of(goods)
    if run is None:
        return None
    return recorded(f"training_run:{run.pk}", TrainingRequested, run.title)


def _declare(goods: Goods, declared: Mapping[str, Any], stage: Stage) -> None:
    start_training(the(masked_of(goods)).pk, **declared, by=stage.actor(goods.officer))


def _look_trained(goods: Goods, stage: Stage) -> Done | None:
    """Look for the model; where few rows tell who was in it, for the reason why there is none."""
    run = run_of(goods)
    if run is None or not run.is_final:
        return None
    if not hasattr(run, "model"):
        return Done(training_error(run), f"training_run:{run.pk}", TrainingFailed)
    scores, privacy = run.model.card["scores"], run.model.card["membership"]
    figure = scores["measured"][scores["metric"]]
    what = _("macro F1 %(value)s (baseline %(baseline)s); members are told by at most %(most)s") % {
        "value": number_format(figure["value"], 2),
        "baseline": number_format(scores["baseline"][scores["metric"]], 2),
        "most": number_format(privacy["upper_bound"], 3),
    }
    return Done(what, f"model:{run.model.pk}", ModelTrained)


def _wait(goods: Goods, stage: Stage) -> None:
    def look() -> Glimpse:
        run = the(run_of(goods))
        return Glimpse(run.progress / 1000, run.get_step_display(), is_over=run.is_final)

    stage.hands.work_until(look)
