from django.utils.translation import gettext_lazy as _

from marketplace.trading.treasury.held_line.choices import Says
from marketplace.web.bounded import forms


class SaysForm(forms.Form):
    """What a held line is."""

    says = forms.ChoiceField(label=_("What the line is"), choices=Says.choices)
