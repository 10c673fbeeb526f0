"""Forms of inquiries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class AskForm(forms.Form):
    """What a buyer wants to know."""

    text = forms.CharField(
        label=_("Your inquiry"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it once it is answered. Name no person."),
    )


class AnswerForm(forms.Form):
    """What the seller answers."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it, with the inquiry. Name no person."),
    )
