"""The forms of a reason and of a confirmation."""

from django.utils.translation import gettext_lazy

from marketplace.web.bounded import forms


class DestroyForm(forms.Form):
    """The confirmation that raw data shall be destroyed."""

    confirm = forms.BooleanField(
        label=gettext_lazy("I understand that the raw data cannot be brought back.")
    )


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
