from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organization
from marketplace.annotation.kinds.kind import Answer, Scheme
from marketplace.annotation.project.models import (
    LabellingProject,
)
from marketplace.annotation.project.plans import LabellingPlan
from marketplace.annotation.project.scheme import written_classes
from marketplace.catalog.version.models import Column, DatasetVersion
from marketplace.core.arguments import arguments_of
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class VersionForm(forms.Form):
    """Which passed version is labelled."""

    version = forms.TypedChoiceField(label=_("Masked version"), coerce=UUID)

    def __init__(self, *args: Any, versions: Iterable[DatasetVersion], **options: Any) -> None:
        """Offer the versions whose risk report has passed."""
        super().__init__(*args, **options)
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (str(version.pk), str(version)) for version in versions
        ]


class PlanForm(ActForm):
    """A plan, with its classes in lines and the columns of one version to tick."""

    takes = staticmethod(LabellingPlan)
    field_order = ("title", "kind", "classes", "columns", "rows", "overlap_percent")
    classes = forms.CharField(
        label=_("Classes"),
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
        return LabellingPlan(**self.taken(), classes=written_classes(self.cleaned_data["classes"]))

    @classmethod
    def filled(cls, project: LabellingProject) -> dict[str, Any]:
        classes = "\n".join(f"{one['code']} = {one['label']}" for one in project.classes)
        own = {"classes": classes, "organizations": [one.pk for one in project.admitted.all()]}
        names = [one.name for one in arguments_of(LabellingPlan) if one.name not in own]
        return {name: getattr(project, name) for name in names} | own


# What it asks follows from the scheme of a project and the texts of an item: no signature says it.
class ItemAnswerForm(forms.Form):
    def __init__(
        self, *args: Any, scheme: Scheme, texts: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.scheme, self.texts = scheme, texts
        self.fields = scheme.kind.fields(scheme, texts) | self.fields

    def answer(self) -> Answer:
        """Return what a valid form says.

        Raises:
            Invalid: a piece stands in no text.
        """
        return self.scheme.kind.answer_of(self.cleaned_data, self.texts)
