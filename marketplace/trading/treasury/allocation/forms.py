from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class SearchForm(forms.Form):
    """Words by which another open amount is found."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
