"""The form by which a labelled set is named."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class LabelledSetForm(forms.Form):
    """What the new dataset is called, and what is in it."""

    title = forms.CharField(label=_("Title"), max_length=40)
    abstract = forms.CharField(
        label=_("What is in it"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is labelled, by which classes, by how many people."),
    )
