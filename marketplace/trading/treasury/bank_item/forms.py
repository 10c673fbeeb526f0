from django.utils.translation import gettext_lazy as _

from marketplace.trading.treasury.bank_item.choices import ItemKind
from marketplace.web.bounded import forms


class ItemForm(forms.Form):
    """What a line of the bank's own is."""

    kind = forms.ChoiceField(label=_("What the line is"), choices=ItemKind.choices)
