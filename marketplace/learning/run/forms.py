"""The form that declares a training run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from marketplace.catalog.version.models import Column
from marketplace.learning.run.choices import FamilyChoice, MetricChoice, SplitChoice
from marketplace.learning.training.declaration import MOST_CANDIDATES, MOST_SHARDS
from marketplace.web.bounded import forms


class StartTrainingForm(forms.Form):
    """What is trained on which columns of a version."""

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
