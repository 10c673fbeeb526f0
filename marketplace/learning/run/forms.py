from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import Column
from marketplace.learning.run.choices import LONGEST_LINE, FamilyChoice, MetricChoice, SplitChoice
from marketplace.learning.training.declaration import (
    EPSILONS,
    MOST_CANDIDATES,
    MOST_LABELS,
    MOST_LINES,
    MOST_SHARDS,
)
from marketplace.web.bounded import forms


class LinesField(forms.CharField):
    """What is written one a line."""

    def __init__(self, *, most: int, **options: Any) -> None:
        text = forms.Textarea(attrs={"rows": 4})
        longest = most * LONGEST_LINE
        super().__init__(max_length=longest, required=False, widget=text, **options)

    def clean(self, value: Any) -> list[str]:
        """Return the lines that are not empty."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class StartTrainingForm(forms.Form):
    def __init__(self, *args: Any, columns: Sequence[Column], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(one.name, one.label or one.name) for one in columns]
        self.fields["title"] = forms.CharField(label=_("Title"), max_length=120)
        self.fields["target"] = forms.ChoiceField(
            label=_("Target"),
            choices=named,
            initial=named[-1][0] if named else None,
            help_text=_("The column whose value the model shall tell."),
        )
        self.fields["features"] = forms.MultipleChoiceField(
            label=_("Features"),
            choices=named,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("What the model sees of a row. Do not choose the target."),
        )
        self.fields["family"] = forms.ChoiceField(
            label=_("Family"),
            choices=FamilyChoice.choices,
            help_text=_("Text takes one feature of texts; the others take numbers and categories."),
        )
        self._declare_words()
        self.fields["split"] = forms.ChoiceField(
            label=_("Held out"),
            choices=SplitChoice.choices,
            help_text=_("A quarter of the rows scores the model and is never trained on."),
        )
        self.fields["split_column"] = forms.ChoiceField(
            label=_("Column of the groups or of the time"),
            choices=[("", "—"), *named],
            required=False,
        )
        self.fields["metric"] = forms.ChoiceField(
            label=_("Must beat the baseline by"), choices=MetricChoice.choices
        )
        self.fields["candidates"] = forms.IntegerField(
            label=_("Settings to try"), min_value=1, max_value=MOST_CANDIDATES, initial=1
        )
        self.fields["shards"] = forms.IntegerField(
            label=_("Shards"),
            min_value=1,
            max_value=MOST_SHARDS,
            initial=1,
            help_text=_(
                "Rows that are withdrawn later cost the training of their shard alone. Each shard "
                "needs enough rows of its own."
            ),
        )
        self.fields["seed"] = forms.IntegerField(
            label=_("Seed"), min_value=0, max_value=2**31 - 1, initial=0
        )
        self.fields["error_by"] = forms.MultipleChoiceField(
            label=_("Show errors by"),
            choices=named,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )

    def _declare_words(self) -> None:
        self.fields["words"] = LinesField(
            label=_("Declared words"),
            most=MOST_LINES,
            help_text=_(
                "For the family of declared words: words of the same matter on one line, with "
                "blanks between them. A text counts on the first line of which a word occurs in it."
            ),
        )
        self.fields["labels"] = LinesField(
            label=_("Labels to tell apart"),
            most=MOST_LABELS,
            help_text=_(
                "One a line. Rows with another label are left out. Without any, those that occur; "
                "the family of declared words needs them named."
            ),
        )
        self.fields["epsilon"] = forms.DecimalField(
            label=_("ε that hides each row"),
            min_value=Decimal(str(EPSILONS[0])),
            max_value=Decimal(str(EPSILONS[1])),
            decimal_places=3,
            required=False,
            help_text=_(
                "For the family of declared words: the smaller, the more noise. It is spent of the "
                "privacy budget of the dataset for good, also where no model comes of it."
            ),
        )
