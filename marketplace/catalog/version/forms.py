from dataclasses import replace
from typing import Any

from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.annotations import LONGEST, SAID, ColumnAnnotation
from marketplace.core.arguments import LONGEST_COLUMN, Choice, argument_of
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm, form_field

COLUMNS_A_PAGE = 40


# A row of a table of which a page shows a part; a program sends any columns at once.
class AnnotationForm(ActForm):
    """What a column is: one row of the table editor."""

    takes = staticmethod(ColumnAnnotation)
    name = forms.CharField(max_length=LONGEST_COLUMN, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        column = self["name"].value() or ""
        for name in SAID:
            field = self.fields[name]
            style = "select" if isinstance(field, forms.ChoiceField) else "control"
            field.widget.attrs |= {
                "class": f"form-{style} form-{style}-sm",
                "aria-label": f"{field.label}: {column}",
            }

    def texts(self) -> list[BoundField]:
        """Return the fields that stand in columns of their own."""
        return [self[name] for name in LONGEST]

    def annotation(self) -> ColumnAnnotation:
        return ColumnAnnotation(**self.taken())


class TickedForm(forms.Form):
    """What is said at once of all columns that are ticked; what is left empty is not said."""

    PARTS = ("meaning", "unit", "harmed", "degree")

    ticked = forms.TypedMultipleChoiceField(required=False, coerce=int)

    def __init__(self, *args: Any, count: int, **options: Any) -> None:
        super().__init__(*args, **{"prefix": "all", **options})
        self.fields["ticked"].choices = [(place, place) for place in range(count)]  # type: ignore[attr-defined]
        for name in self.PARTS:
            field = self.fields[name] = _field_of_several(name)
            style = "select" if isinstance(field, forms.ChoiceField) else "control"
            field.widget.attrs["class"] = f"form-{style} form-{style}-sm"

    def parts(self) -> list[BoundField]:
        """Return the fields that are set at once."""
        return [self[name] for name in self.PARTS]

    def over(self, sent: QueryDict) -> QueryDict:
        """Return what was sent with what is said at once in the rows that are ticked."""
        changed = sent.copy()
        for place in self.cleaned_data["ticked"]:
            for name in self.PARTS:
                if self.cleaned_data[name]:
                    changed[f"form-{place}-{name}"] = self.cleaned_data[name]
        return changed


def _field_of_several(name: str) -> forms.Field:
    one = argument_of(ColumnAnnotation, name)
    change = {"nothing": "—"} if isinstance(one.kind, Choice) else {"lines": 1}
    return form_field(replace(one, kind=replace(one.kind, **change)))


AnnotationFormSet = forms.formset_factory(
    AnnotationForm, extra=0, max_num=COLUMNS_A_PAGE, absolute_max=COLUMNS_A_PAGE, validate_max=True
)


class DictionaryForm(forms.Form):
    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(
            "XLSX or CSV, one row a column of the data. The first row says what stands where: "
            "Column, Label, Unit, Meaning, Code list, in English or Chinese."
        ),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.csv,.txt,.tsv"}),
    )
