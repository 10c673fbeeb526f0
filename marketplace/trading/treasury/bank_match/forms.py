from marketplace.web.bounded import forms


class MatchForm(forms.Form):
    """The outgoing money of which something is said."""

    disbursement = forms.UUIDField(widget=forms.HiddenInput)
