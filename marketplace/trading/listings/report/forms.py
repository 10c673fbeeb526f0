import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Invalid
from marketplace.core.bounds import OutOfBounds, read_json
from marketplace.trading.listings.report.content import ReportContent
from marketplace.web.bounded import forms

LONGEST = 200_000


class ReportForm(forms.Form):
    """A report as JSON."""

    content = forms.CharField(
        label=gettext_lazy("The report as JSON"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "kind (statistics or model-card), title, summary, and sections with heading, text, "
            "figures (name, value, unit) and bars (label, value) of one chart."
        ),
    )

    def clean_content(self) -> ReportContent:
        try:
            values: Any = read_json(self.cleaned_data["content"])
        except OutOfBounds as error:
            raise forms.ValidationError(str(error)) from None
        except ValueError:
            raise forms.ValidationError(_("This is no JSON. Check brackets and commas.")) from None
        try:
            return ReportContent.from_json(values)
        except Invalid as refused:
            raise forms.ValidationError(refused.sentence) from None


def as_text(content: ReportContent) -> str:
    """Write a report as a person edits it."""
    return json.dumps(content.as_json(), indent=2, ensure_ascii=False)
