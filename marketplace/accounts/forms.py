from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.checklist import POINTS
from marketplace.accounts.models import Organization, Person, Token
from marketplace.accounts.roles import ROLES_OF_KIND, OrganizationKind, Role, signs_contracts
from marketplace.core import Scope, longest_of
from marketplace.web.bounded import forms


class OrganizationForm(forms.Form):
    """What an application says of the organization."""

    name = forms.CharField(label=_("Registered name"), max_length=longest_of(Organization, "name"))
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=longest_of(Organization, "uscc"),
        help_text=_("18 characters of GB 32100, as on the certificate of registration."),
    )
    contact = forms.CharField(
        label=_("Public contact"),
        max_length=longest_of(Organization, "contact"),
        help_text=_("An office address, not a person's: it is shown on certificates."),
    )
    is_abroad = forms.BooleanField(
        label=_("It is registered outside the mainland of China, or uses the data there"),
        required=False,
    )


class ApplyForm(OrganizationForm):
    """An organization asks to take part."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (kind.value, kind.label) for kind in OrganizationKind if kind != OrganizationKind.CENTRE
        ],
    )
    person_name = forms.CharField(label=_("Your name"), max_length=80)
    email = forms.EmailField(label=_("Your e-mail address"))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters."),
    )
    roles = forms.MultipleChoiceField(
        label=_("What you will do"),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (role.value, role.label)
            for role in (Role.OFFICER, Role.FINANCE, Role.BUYER, Role.AUDITOR)
        ],
    )
    field_order = ("name", "kind", "uscc", "contact", "is_abroad")


class ExamineForm(forms.Form):
    """What was looked at, and in which documents."""

    checklist = forms.MultipleChoiceField(
        label=_("Points of the checklist"), widget=forms.CheckboxSelectMultiple, choices=POINTS
    )
    evidence = forms.CharField(
        label=_("Documents seen"),
        max_length=longest_of(Organization, "evidence"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Document of registration, representative and mandate, with number and date."),
    )


class RolesForm(forms.Form):
    """The roles that fit an organization's kind."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, organization_kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["roles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (role.value, role.label) for role in Role if role in ROLES_OF_KIND[organization_kind]
        ]


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


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=longest_of(Token, "name"), help_text=_("What will use it?")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may be used for"),
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ.value],
    )
    days = forms.IntegerField(label=_("Days until it expires"))

    def __init__(
        self, *args: Any, scopes: Iterable[str], longest_days: int, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field, allowed = self.fields["scopes"], frozenset(scopes)
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (scope.value, scope.explained) for scope in Scope if scope.value in allowed
        ]
        self.fields["days"].initial = min(90, longest_days)
        self.fields["days"].help_text = _("At most %(most)d.") % {"most": longest_days}


class TokenPolicyForm(forms.Form):
    """What the tokens of an organization's people may be used for, and their longest life."""

    scopes = forms.MultipleChoiceField(
        label=_("What tokens may be used for"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(scope.value, scope.explained) for scope in Scope],
        required=False,
        help_text=_("With none, tokens open nothing."),
    )
    days = forms.IntegerField(label=_("Longest life in days"))
