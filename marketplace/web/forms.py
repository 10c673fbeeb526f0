"""Forms that all apps share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class ReasonForm(forms.Form):
    """A reason that is kept; how long it may be, its act says."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
