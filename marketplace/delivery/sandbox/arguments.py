"""What a question takes at both doors. How groups and conditions are written, each door knows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from desensitize.privacy.sandbox import COUNT, HISTOGRAM, MEAN, SUM, Condition, Question
from marketplace.core.arguments import Choice, Column, Number, Whole

FIGURES = [
    (COUNT, _("Number of rows")),
    (SUM, _("Sum")),
    (MEAN, _("Mean")),
    (HISTOGRAM, _("Histogram")),
]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked, and what of ε to spend on its answer."""

    figure: Annotated[str, Choice(label=_("What you ask for"), choices=FIGURES)]
    column: Annotated[str, Column(label=_("Of which column"))] = ""
    bins: Annotated[int, Whole(label=_("Parts of a histogram"), least=0, most=50)] = 10
    epsilon: Annotated[
        Decimal,
        Number(
            label=_("ε to spend"),
            help=_("Twice as much halves the noise."),
            digits=9,
            places=3,
        ),
    ]

    def question(self, *, by: tuple[str, ...], where: tuple[Condition, ...]) -> Question:
        """Return the question; only a histogram has parts."""
        bins = self.bins if self.figure == HISTOGRAM else 0
        return Question(figure=self.figure, column=self.column, by=by, where=where, bins=bins)
