"""How the quality of labels is drawn."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.annotation.agreement.alpha import SENTENCES, Agreement, Undefined
from marketplace.annotation.agreement.measured import LabelQuality
from marketplace.annotation.quality.selectors import GoldPoint
from marketplace.credentials.presentation import name_values
from marketplace.web.charts import curves

WORDS: Mapping[Undefined, Promise] = {
    Undefined.NOT_TWICE: gettext_lazy("not defined: no item was labelled twice"),
    Undefined.ALL_ALIKE: gettext_lazy("not defined: all answers are the same"),
    Undefined.NEVER_GIVEN: gettext_lazy("not defined: nobody gave this class"),
    Undefined.FREE: gettext_lazy("not defined: free answers have no values to count"),
}
name_values("labelling_agreement", [(SENTENCES[one], words) for one, words in WORDS.items()])


def agreement_rows(quality: LabelQuality) -> list[tuple[str, Agreement, str]]:
    """Return how far all answers agree and those of each class, or why that is not defined."""
    named = [(_("All answers"), quality.whole)]
    named += [(one.label, one.agreement) for one in quality.classes]
    return [
        (name, one, str(WORDS[one.undefined]) if one.undefined is not None else "")
        for name, one in named
    ]


MOST_DRAWN = 8
"""So many lines can be told apart."""


def gold_chart(points: Mapping[str, Sequence[GoldPoint]]) -> SafeString:
    """Draw by annotator what share of the gold items was right up to each batch."""
    drawn = list(points.items())[:MOST_DRAWN]
    return curves(
        {name: [(str(one.batch), one.percent) for one in each] for name, each in drawn},
        title=_("Gold items right up to each batch, in percent"),
        x_title=_("Batch"),
        y_title=_("Right, in percent"),
        width=300,
        height=160,
    )
