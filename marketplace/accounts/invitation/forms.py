from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.member.forms import RolesForm
from marketplace.accounts.person.models import Person
from marketplace.accounts.roles import signs_contracts
from marketplace.core import longest_of
from marketplace.web.bounded import forms


class InviteForm(RolesForm):
    """An offer to join, with what the person may sign for alone where the kind signs contracts."""

    email = forms.EmailField(label=_("E-mail address"))
    limit = forms.DecimalField(
        label=_("May sign alone for up to"),
        max_digits=15,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text=_("Left empty, the centre's own limit holds. An owner can change it later."),
    )
    field_order = ("email", "roles", "limit")

    def __init__(self, *args: Any, organization_kind: str, **options: Any) -> None:
        super().__init__(*args, organization_kind=organization_kind, **options)
        if not signs_contracts(organization_kind):
            del self.fields["limit"]


class AcceptInvitationForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=longest_of(Person, "name"))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters."),
    )
