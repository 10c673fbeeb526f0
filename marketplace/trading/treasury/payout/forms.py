"""Forms of money that is to go out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class ReasonForm(forms.Form):
    """Why money stays, or why a word about it is taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
