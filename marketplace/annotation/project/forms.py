from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.annotation.kinds.kind import Answer, Scheme
from marketplace.annotation.kinds.registry import CHOICES
from marketplace.annotation.project.models import (
    LONGEST_EXAMPLES,
    LONGEST_GUIDELINE,
    LONGEST_TITLE,
    LabellingProject,
)
from marketplace.annotation.project.plans import LabellingPlan
from marketplace.annotation.project.sampling import QualityLimit
from marketplace.annotation.project.scheme import written_classes
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.web.bounded import forms


class VersionForm(forms.Form):
    """Which passed version is labelled."""

    version = forms.TypedChoiceField(label=_("Masked version"), coerce=UUID)

    def __init__(self, *args: Any, versions: Iterable[DatasetVersion], **options: Any) -> None:
        """Offer the versions whose risk report has passed."""
        super().__init__(*args, **options)
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (str(version.pk), str(version)) for version in versions
        ]


class PlanForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("Annotators read it: name neither your organization nor the dataset."),
    )
    kind = forms.ChoiceField(label=_("What is asked of an item"), choices=CHOICES)
    classes = forms.CharField(
        label=_("Classes"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One a line: code = name. In this order they get the keys 1 to 9, then a, b… Free "
            "answers and corrected columns have none."
        ),
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns that annotators are shown"), widget=forms.CheckboxSelectMultiple
    )
    rows = forms.IntegerField(label=_("Rows to label, from the first on"), min_value=1)
    overlap_percent = forms.IntegerField(
        label=_("Share that several annotators label, in percent"), initial=20
    )
    overlap_count = forms.IntegerField(label=_("Annotators of such an item"), initial=2)
    gold_percent = forms.IntegerField(
        label=_("Gold items of a batch, in percent"),
        initial=10,
        help_text=_("Items whose right label you set. They look like all others."),
    )
    batch_size = forms.IntegerField(label=_("Items of a batch"), initial=20)
    pass_percent = forms.IntegerField(
        label=_("Share of the first gold items that must be right, in percent"), initial=80
    )
    price = forms.DecimalField(
        label=_("Price of an accepted item"),
        min_value=0,
        help_text=_("Paid to the annotator's organization when a batch is accepted."),
    )
    quality_limit = forms.ChoiceField(
        label=_("Acceptance quality limit"),
        choices=QualityLimit.choices,
        initial=QualityLimit.USUAL,
        help_text=_(
            "How many labels of a sample are looked at follows from it (GB/T 2828.1-2012)."
        ),
    )
    organizations = forms.MultipleChoiceField(
        label=_("Organizations whose annotators may label"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        columns: Iterable[Column],
        services: Iterable[Organization],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["columns"].choices = [  # type: ignore[attr-defined]
            (one.name, f"{one.label} ({one.name})" if one.label else one.name) for one in columns
        ]
        self.fields["organizations"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.name) for one in services
        ]

    def plan(self) -> LabellingPlan:
        sent = dict(self.cleaned_data)
        sent["classes"] = written_classes(sent["classes"])
        sent["organizations"] = [UUID(pk) for pk in sent["organizations"]]
        return LabellingPlan(**sent)

    @staticmethod
    def filled(project: LabellingProject) -> dict[str, Any]:
        names = (
            *("title", "kind", "columns", "rows", "overlap_percent", "overlap_count"),
            *("gold_percent", "batch_size", "pass_percent", "price", "quality_limit"),
        )
        classes = "\n".join(f"{one['code']} = {one['label']}" for one in project.classes)
        admitted = [str(one.pk) for one in project.admitted.all()]
        plain = {name: getattr(project, name) for name in names}
        return {**plain, "classes": classes, "organizations": admitted}


class GuidelineForm(forms.Form):
    text = forms.CharField(
        label=_("Guideline"),
        max_length=LONGEST_GUIDELINE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("When an item is of which class, and what to do in doubt."),
    )
    examples = forms.CharField(
        label=_("Examples"),
        required=False,
        max_length=LONGEST_EXAMPLES,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line: an invented item, its label, and why."),
    )


class AnswerForm(forms.Form):
    def __init__(
        self, *args: Any, scheme: Scheme, texts: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.scheme, self.texts = scheme, texts
        self.fields |= scheme.kind.fields(scheme, texts)

    def answer(self) -> Answer:
        """Return what a valid form says.

        Raises:
            Invalid: a piece stands in no text.
        """
        return self.scheme.kind.answer_of(self.cleaned_data, self.texts)
