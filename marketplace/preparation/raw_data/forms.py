"""The form by which raw data is destroyed."""

from django.utils.translation import gettext_lazy

from marketplace.web.bounded import forms

# A form of its own: a program that calls the act means it, and confirms nothing.


class DestroyForm(forms.Form):
    """The confirmation that raw data shall be destroyed."""

    confirm = forms.BooleanField(
        label=gettext_lazy("I understand that the raw data cannot be brought back.")
    )
