from django.utils.translation import gettext_lazy as _

from marketplace.accounts.organization.checklist import POINTS
from marketplace.accounts.organization.models import Organization
from marketplace.accounts.roles import OrganizationKind, Role
from marketplace.core import longest_of
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
