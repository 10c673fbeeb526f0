from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class StatementForm(forms.Form):
    statement = forms.FileField(
        label=_("Bank statement"),
        help_text=_(
            "camt.053 (001.02 or 001.08), or CSV in UTF-8 or GB 18030 in one of five layouts. What "
            "was imported before changes nothing."
        ),
    )
