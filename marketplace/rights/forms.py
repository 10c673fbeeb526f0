"""Forms of the rights pages: parsing and help, no rules of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.rights.choices import EvidenceKind, Industry, RemarkKind, Right
from marketplace.rights.profile import Profile, default_procedure
from marketplace.web.bounded import forms

USUAL_YEARS = 3


class ClaimForm(forms.Form):
    """What is claimed."""

    procedure = forms.ChoiceField(
        label=_("Procedure"),
        required=False,
        help_text=_("It decides the terms of the register; days are working days."),
    )
    rights = forms.MultipleChoiceField(
        label=_("Claimed rights"),
        choices=Right.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Each can be claimed by itself. To list the data you need the right to operate."
        ),
    )
    term_years = forms.IntegerField(
        label=_("Term in years"),
        help_text=_("At most what the procedure allows; it can be renewed."),
    )
    industry = forms.ChoiceField(
        label=_("Industry"),
        choices=[("", _("Not stated")), *Industry.choices],
        required=False,
        help_text=_("A section of GB/T 4754; it stands on the certificate."),
    )
    restrictions = forms.CharField(
        label=_("Restrictions"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How far the rights reach, such as a place or a purpose. Empty: no limits."),
    )
    contract_grants_right = forms.BooleanField(
        label=_("A contract grants these rights to us"),
        required=False,
        help_text=_("Matters for data that is processed for somebody else, or produced jointly."),
    )

    def __init__(self, *args: Any, offered: Sequence[Profile], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["procedure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (
                each.name,
                gettext("%(title)s: confirmed for up to %(years)d years, notice of %(days)d days")
                % {
                    "title": each.title,
                    "years": each.longest_validity_years,
                    "days": each.notice_workdays,
                },
            )
            for each in offered
        ]
        if not offered:
            return
        first = offered[0]
        field.initial = first.name
        self.fields["rights"].initial = list(first.duty_rights)
        self.fields["term_years"].initial = min(USUAL_YEARS, first.longest_validity_years)
        if len(offered) == 1 and first.name == default_procedure():
            field.widget = forms.HiddenInput()


class TransferForm(forms.Form):
    """What passes, and to whom."""

    acquirer_uscc = forms.CharField(
        label=_("Acquirer"),
        max_length=18,
        help_text=_("Its unified social credit code; it must be a verified organization."),
    )
    rights = forms.MultipleChoiceField(
        label=_("Rights that pass"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What you do not choose stays with you. None chosen: all pass."),
    )
    limits = forms.CharField(
        label=_("Limits"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "How far the rights pass, such as a share, a place or a purpose; beyond, they stay "
            "with you. Empty: they pass wholly, and you keep nothing of them."
        ),
    )
    reference = forms.CharField(
        label=_("Contract"),
        max_length=120,
        required=False,
        help_text=_("Its number, as both sides know it. No names of people."),
    )

    def __init__(self, *args: Any, rights: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["rights"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, Right(code).label) for code in rights]


class RenewalForm(forms.Form):
    """For how long a right is renewed."""

    term_years = forms.IntegerField(
        label=_("Term in years"),
        help_text=_("It runs from the day on which the renewal is registered."),
    )


class ChangeForm(forms.Form):
    """What a certificate shall state."""

    grounds = forms.CharField(
        label=_("What changed, and why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The register reads it. No names of people."),
    )
    restrictions = forms.CharField(
        label=_("Restrictions"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As they shall stand. Empty: no limits."),
    )
    industry = forms.ChoiceField(
        label=_("Industry"),
        choices=[("", _("Not stated")), *Industry.choices],
        required=False,
        help_text=_("A section of GB/T 4754; it stands on the certificate."),
    )
    term_years = forms.IntegerField(
        label=_("Term in years"),
        help_text=_("It can become shorter; a longer one is a renewal."),
    )


class CancellationForm(forms.Form):
    """Why a right is given up."""

    grounds = forms.CharField(
        label=_("Why is the right given up?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands in the register. No names of people."),
    )


class EvidenceForm(forms.Form):
    """A file that supports a claim."""

    kind = forms.ChoiceField(label=_("What the file shows"), choices=EvidenceKind.choices)
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("As it shall stand on the certificate. Empty: the name of the file."),
    )
    upload = forms.FileField(label=_("File"), allow_empty_file=True)


class ExhibitForm(forms.Form):
    """A file that a party to an objection shows."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        required=False,
        help_text=_("What it shows. Empty: the name of the file."),
    )
    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("Both parties and the centre's reviewers can read it."),
    )


class SubmitForm(forms.Form):
    """Nothing to fill in; it carries the sentences on what is missing."""


class SupplementForm(forms.Form):
    """Everything that is missing, one point a line."""

    missing = forms.CharField(
        label=_("What is missing"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One point a line. Name everything: before acceptance you can ask only once."),
    )


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConfirmForm(forms.Form):
    """What the reviewer has looked at."""

    checklist = forms.MultipleChoiceField(
        label=_("I have checked"),
        choices=CHECKLISTS[CaseKind.RIGHT],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class ObjectionForm(forms.Form):
    """What is held against a claim."""

    text = forms.CharField(
        label=_("Objection"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Say which right is wrong and why. The claimant and the centre read it, nobody else."
        ),
    )


class DecideObjectionForm(forms.Form):
    """The decision and why."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("rejected", _("Reject the objection: the claim continues")),
            ("upheld", _("Uphold the objection: the claim ends")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class RemarkForm(forms.Form):
    """What is remarked on a certificate."""

    kind = forms.ChoiceField(label=_("Kind of remark"), choices=RemarkKind.choices)
    authority = forms.CharField(
        label=_("Authority"),
        max_length=120,
        required=False,
        help_text=_("The court or body that ordered it. Needed for a freeze or a control."),
    )
    document_number = forms.CharField(
        label=_("Number of the document"),
        max_length=80,
        required=False,
        help_text=_("As it stands on the order. Needed for a freeze or a control."),
    )
    text = forms.CharField(
        label=_("What is remarked"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read it: no names of people."),
    )


class LiftRemarkForm(forms.Form):
    """Who ordered that a remark is lifted."""

    authority = forms.CharField(label=_("Authority"), max_length=120, required=False)
    document_number = forms.CharField(
        label=_("Number of the document"), max_length=80, required=False
    )
