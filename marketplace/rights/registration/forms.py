from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core import longest_of
from marketplace.review.checklists import CHECKLISTS
from marketplace.review.models import CaseKind
from marketplace.rights.claim.choices import EvidenceKind, Industry
from marketplace.rights.claim.models import Claim, Evidence
from marketplace.rights.procedure.profile import Profile, default_procedure
from marketplace.rights.right.choices import Right
from marketplace.web.bounded import forms

USUAL_YEARS = 3


class ClaimForm(forms.Form):
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
        max_length=longest_of(Claim, "restrictions"),
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


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("What the file shows"), choices=EvidenceKind.choices)
    title = forms.CharField(
        label=_("Title"),
        max_length=longest_of(Evidence, "title"),
        required=False,
        help_text=_("As it shall stand on the certificate. Empty: the name of the file."),
    )
    upload = forms.FileField(label=_("File"), allow_empty_file=True)


class FirstEvidenceForm(EvidenceForm):
    """The file that comes with a claim, where it is at hand: what it shows is what is needed."""

    upload = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("Now or later. Further files are attached on the page of the claim."),
    )

    def __init__(self, *args: Any, needs: Sequence[EvidenceKind], **options: Any) -> None:
        super().__init__(*args, **options)
        # Asked only of a file that is there.
        self.fields["kind"].required = False
        if needs:
            self.fields["kind"].initial = needs[0]

    def clean(self) -> dict[str, Any]:
        """Ask what a file shows that is there."""
        sent: dict[str, Any] = super().clean() or {}
        if sent.get("upload") is not None and not sent.get("kind"):
            self.add_error("kind", _("Say what the file shows."))
        return sent


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


class ConfirmForm(forms.Form):
    """What the reviewer has looked at."""

    checklist = forms.MultipleChoiceField(
        label=_("I have checked"),
        choices=CHECKLISTS[CaseKind.RIGHT],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
