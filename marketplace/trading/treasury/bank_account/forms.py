from django.utils.translation import gettext_lazy as _

from marketplace.web.bounded import forms


class BankAccountForm(forms.Form):
    number = forms.CharField(
        label=_("Account number"),
        max_length=60,
        help_text=_("IBAN, or the digits of a Chinese account. Its holder is the organization."),
    )
    bank_code = forms.CharField(
        label=_("Bank code"),
        max_length=20,
        help_text=_("BIC; of a Chinese account the 12 digits of the bank in the payment system."),
    )
