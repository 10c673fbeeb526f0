from marketplace.web.bounded import forms


class GuestForm(forms.Form):
    """The organization whose invitation is taken back."""

    organization = forms.UUIDField(widget=forms.HiddenInput)
