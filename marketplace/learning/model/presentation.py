"""What a model's card says, in words and charts."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.learning.grounds.locks import grounds_of
from marketplace.learning.grounds.rules import SENTENCES
from marketplace.learning.model.card import LIMIT_OF_EPSILON, LIMITS
from marketplace.learning.model.models import TrainedModel
from marketplace.learning.model.states import OUT_OF_USE
from marketplace.trading.listings.sheet.model import ScoreLine, interval_reason, score_lines
from marketplace.web.charts import curves
from marketplace.web.shares import percent

ATTACKERS: dict[str, str | Promise] = {
    "surprise: pairs": gettext_lazy("How little the model is surprised, of any two rows"),
    "surprise: threshold": gettext_lazy("How little the model is surprised, by a threshold"),
    "surprise beyond other models: pairs": gettext_lazy(
        "How much less it is surprised than models that did not see the row, of any two rows"
    ),
    "surprise beyond other models: threshold": gettext_lazy(
        "How much less it is surprised than models that did not see the row, by a threshold"
    ),
}
LIMITS_IN_WORDS: dict[str, Promise] = dict(
    zip(
        (*LIMITS, LIMIT_OF_EPSILON),
        (
            gettext_lazy(
                "The scores hold for rows like those held out. Of other places, times or people "
                "they say nothing."
            ),
            gettext_lazy(
                "The model tells how probable a label is; it decides nothing about a person."
            ),
            gettext_lazy(
                "Membership was tried by the attackers named here, on the splits counted here; "
                "others may come further."
            ),
            gettext_lazy(
                "ε holds for the bytes of the model, and for a row, not for a person with several. "
                "Scores and numbers of rows on this card are exact."
            ),
        ),
        strict=True,
    )
)


@dataclass(frozen=True)
class CardView:
    figures: list[ScoreLine]
    interval_reason: str
    labels: list[tuple[str, str, str, str]]
    groups: list[tuple[str, list[tuple[str, str, str, str]]]]
    attackers: list[tuple[str, str, bool]]
    calibration: SafeString
    calibration_error: str
    splits: str
    advantage: str
    most: str
    epsilon: str
    most_by_epsilon: str
    limits: list[str]


def card_view(model: TrainedModel) -> CardView:
    card = model.card
    scores, privacy, noise = card["scores"], card["membership"], card["privacy"]
    return CardView(
        figures=score_lines(scores),
        interval_reason=interval_reason(scores),
        labels=[_label(one) for one in scores["labels"]],
        groups=[
            (name, [_group(one) for one in groups]) for name, groups in scores["groups"].items()
        ],
        attackers=[
            (str(ATTACKERS[name]), _short(one["high"]), name == privacy["attacker"])
            for name, one in privacy["attackers"].items()
        ],
        calibration=_calibration(scores["calibration"]["bins"]),
        calibration_error=percent(scores["calibration"]["error"]),
        splits=number_format(privacy["splits"]),
        advantage=_short(privacy["upper_bound"]),
        most=_short(privacy["most"]),
        epsilon=number_format(noise["epsilon"]) if noise else "",
        most_by_epsilon=_short(noise["most_advantage"]) if noise else "",
        limits=[str(LIMITS_IN_WORDS.get(one, one)) for one in card["limits"]],
    )


@dataclass(frozen=True)
class ShardView:
    """What the page of a model shows of a shard: whether it was kept when rows were forgotten."""

    number: int
    rows: str
    made: str
    sha256: str


def shards_view(model: TrainedModel) -> list[ShardView]:
    """Return the shards of a model, numbered from 1."""
    made = {False: _("Trained on its rows"), True: _("Kept from the model before, to the byte")}
    if model.card["replaces"]:
        made[False] = _("Trained again, without the rows that went")
    return [
        ShardView(
            number,
            number_format(one["rows"], force_grouping=True),
            made[one["is_kept"]],
            one["sha256"],
        )
        for number, one in enumerate(model.card["shards"], start=1)
    ]


def trouble_in_words(model: TrainedModel) -> str:
    """Say why a model may not be used at this moment; "" where it may, or is out of use."""
    trouble = grounds_of(model.version, model.organization).trouble
    if trouble is None or model.state in OUT_OF_USE:
        return ""
    return str(SENTENCES[trouble])


def _label(one: dict[str, Any]) -> tuple[str, str, str, str]:
    return (
        one["label"],
        number_format(one["rows"], force_grouping=True),
        number_format(one["guessed"], force_grouping=True),
        number_format(one["right"], force_grouping=True),
    )


def _group(one: dict[str, Any]) -> tuple[str, str, str, str]:
    return (
        one["value"] or "—",
        number_format(one["rows"], force_grouping=True),
        percent(one["error"]),
        f"{percent(one['low'])} – {percent(one['high'])}",
    )


def _calibration(bins: list[dict[str, Any]]) -> SafeString:
    said, right = str(_("As it says")), str(_("As it was"))
    labels = [percent(one["said"]) for one in bins]
    return curves(
        {
            right: list(zip(labels, (one["right"] for one in bins), strict=True)),
            said: list(zip(labels, (one["said"] for one in bins), strict=True)),
        },
        title=_("How often the likeliest label is right, by how probable the model calls it"),
        x_title=_("Probability by the model"),
        y_title=_("Share that is right"),
    )


def _short(value: float) -> str:
    return number_format(round(value, 3), 3)
