"""A model is counted from the labelled messages, sold as scoring by the row, and used."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.delivery.grant.events import GrantIssued
from marketplace.delivery.scoring.services import score_with_grant
from marketplace.delivery.use.selectors import metered
from marketplace.demo.story import dealing
from marketplace.demo.story.annotators import CODES
from marketplace.demo.story.cast import BANK_BUYER
from marketplace.demo.story.citizens import GOLD, ITEMS, LABELLED, MATTERS, WORDS
from marketplace.demo.story.claiming import claiming
from marketplace.demo.story.findings import listing_of
from marketplace.demo.story.hotline import hotline_messages
from marketplace.demo.story.offering import offering
from marketplace.demo.story.registering import registering
from marketplace.demo.story.stage import CLOCKWORK, Glimpse, Stage, StoryBroken, the
from marketplace.demo.story.telling import Done, Step, in_one, recorded
from marketplace.demo.story.trades import Trade
from marketplace.demo.story.training import run_of, training
from marketplace.learning.adapters import training_error
from marketplace.learning.asset.events import ModelAssetMade
from marketplace.learning.asset.services import make_model_asset
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.selectors import models_visible_to
from marketplace.trading.listings.publication.events import ListingPublished

DECLARED: Final[Mapping[str, Any]] = {
    "title": "留言的事项 Matter of a message",
    "target": "label",
    "features": ["message"],
    "family": "words",
    "split": "random",
    "split_column": "",
    "metric": "macro_f1",
    "shards": 1,
    "candidates": 1,
    "seed": 0,
    "error_by": [],
    "words": list(WORDS),
    "labels": list(CODES.values()),
    "epsilon": Decimal("0.09"),
}
TRIES: Final = 3
"""Noise is drawn anew in each run; once in a thousand times it misses a bound by a hair."""
BOUGHT: Final = Trade(MATTERS, BANK_BUYER, "客服留言分类 Sorting of messages to the bank")
KEY: Final = "scoring-1"
BATCHES: Final = (1, 40, 100)
"""So many rows the buyer's programs give to the model at a time."""


def scoring() -> tuple[Step, ...]:
    """Return the steps from the labelled set to a model that is used."""
    declared, trained = training(LABELLED, DECLARED)
    return (
        declared,
        Step(trained.title, _look_trained, _train),
        Step(gettext_lazy("The model becomes an asset of the catalog"), _look_asset, _make_asset),
        in_one(
            gettext_lazy("The model comes to market as scoring"),
            [
                *registering(MATTERS)[2:],
                *claiming(MATTERS),
                *offering(MATTERS),
                Step("", _look_listed, lambda stage: None),
            ],
        ),
        Step(
            gettext_lazy("A bank buys the scoring, and its programs use it"),
            _look_used,
            _buy_and_use,
        ),
    )


def _look_trained(stage: Stage) -> Done | None:
    run = run_of(LABELLED)
    if run is None or not hasattr(run, "model"):
        return None
    return training(LABELLED, DECLARED)[1].look(stage)


def _train(stage: Stage) -> None:
    """Wait for the run; where the noise missed a bound, ask for another.

    Raises:
        StoryBroken: no run ended in a model.
    """
    for seed in range(TRIES):
        declared, trained = training(LABELLED, {**DECLARED, "seed": seed})
        if seed:
            declared.play(stage)
        trained.play(stage)
        if _look_trained(stage) is not None:
            return
    raise StoryBroken(training_error(the(run_of(LABELLED))))


def _model() -> TrainedModel:
    return the(models_visible_to(CLOCKWORK).filter(run=run_of(LABELLED)).first())


def _look_asset(stage: Stage) -> Done | None:
    model = _model()
    if model.asset is None:
        return None
    return Done(MATTERS.description.title, f"model:{model.pk}", ModelAssetMade)


def _make_asset(stage: Stage) -> None:
    said = MATTERS.description
    make_model_asset(
        _model().pk, title=said.title, abstract=said.abstract, by=stage.actor(MATTERS.officer)
    )


def _look_listed(stage: Stage) -> Done | None:
    listing = listing_of(MATTERS)
    if listing is None:
        return None
    return recorded(f"listing:{listing.pk}", ListingPublished, listing.title)


def _look_used(stage: Stage) -> Done | None:
    grant = dealing.grant_by_key(KEY)
    rows = metered(grant).rows if grant is not None else 0
    if grant is None or rows < sum(BATCHES):
        return None
    return Done(_("%(rows)s rows scored") % {"rows": rows}, f"grant:{grant.pk}", GrantIssued)


def _buy_and_use(stage: Stage) -> None:
    """Order, sign, wait for access, and give rows of other messages to the model."""
    dealing.sign(BOUGHT, KEY, stage)
    stage.hands.work_until(
        lambda: Glimpse(0.0, _("Waiting for the pipeline"), is_over=not dealing.waits(BOUGHT, KEY))
    )
    others = hotline_messages(GOLD + ITEMS + sum(BATCHES))[GOLD + ITEMS :]
    for size in BATCHES:
        rows = [{"message": one.text} for one in others[:size]]
        score_with_grant(
            the(dealing.grant_by_key(KEY)).pk,
            rows=rows,
            with_reasons=False,
            by=stage.actor(BANK_BUYER),
        )
