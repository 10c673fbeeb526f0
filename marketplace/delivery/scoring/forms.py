"""The form of a row, made of what a model takes."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from marketplace.learning.model.scoring import LONGEST_TEXT
from marketplace.learning.training.declaration import Kind
from marketplace.web.bounded import forms

NOTHING = ("", _("No value"))


class RowForm(forms.Form):
    """A field for each feature of a model; one that stays empty has no value."""

    def __init__(
        self, data: Any = None, *, schema: Mapping[str, Any], labels: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        self.names: dict[str, str] = {}
        for place, feature in enumerate(schema["features"]):
            # A column may be called anything, a field of a form may not.
            field = f"feature_{place}"
            self.names[field] = feature["name"]
            self.fields[field] = _field(feature, labels.get(feature["name"]) or feature["name"])

    def row(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            name: None if given[field] in (None, "") else given[field]
            for field, name in self.names.items()
        }


class TableForm(forms.Form):
    upload = forms.FileField(
        label=_("File"),
        help_text=_("CSV, separated by commas, in UTF-8."),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".csv,text/csv"}),
    )

    def clean_upload(self) -> bytes:
        upload = self.cleaned_data["upload"]
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if upload.size > most:
            raise forms.ValidationError(
                _("The file is larger than %(most)s. Send it in parts.")
                % {"most": filesizeformat(most)}
            )
        content: bytes = upload.read()
        return content


def _field(feature: Mapping[str, Any], label: str) -> Any:
    if feature["kind"] == Kind.NUMBER:
        usual = float(f"{feature['usual']:.6g}")
        return forms.FloatField(label=label, required=False, initial=usual)
    if feature["kind"] == Kind.CATEGORY:
        choices = [NOTHING, *((value, value) for value in feature["values"])]
        return forms.ChoiceField(
            label=label, required=False, choices=choices, initial=feature["usual"]
        )
    text = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=text)
