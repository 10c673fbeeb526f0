from django.utils.translation import gettext_lazy as _

from marketplace.delivery.use.services import LONGEST_LIFE_DAYS
from marketplace.web.bounded import forms


class KeyForm(forms.Form):
    days = forms.IntegerField(
        label=_("Days"),
        min_value=1,
        max_value=LONGEST_LIFE_DAYS,
        initial=90,
        help_text=_(
            "A new key stops the one before at once. At the latest it ends with the licence."
        ),
    )
