from marketplace.trading.treasury.bank_match.services import confirm_match
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class MatchForm(ActForm):
    """The outgoing money of which something is said; the button of its row names it."""

    takes = staticmethod(confirm_match)
    disbursement = forms.UUIDField(widget=forms.HiddenInput)
