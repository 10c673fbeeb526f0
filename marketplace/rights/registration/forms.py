from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.rights.claim.choices import EvidenceKind
from marketplace.rights.procedure.profile import Profile, default_procedure
from marketplace.rights.registration.services import attach_evidence, draft_claim
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm

USUAL_YEARS = 3


class ClaimForm(ActForm):
    """What is claimed; it begins with what the first procedure on offer asks for."""

    takes = staticmethod(draft_claim)
    field_order = ("procedure", "rights", "term_years", "industry")

    def __init__(self, *args: Any, offered: Sequence[Profile], **options: Any) -> None:
        super().__init__(*args, **options)
        made = self.fields["procedure"]
        field = forms.ChoiceField(label=made.label, help_text=made.help_text, required=False)
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
        self.fields["procedure"] = field
        if not offered:
            return
        first = offered[0]
        self.initial = {
            "procedure": first.name,
            "rights": list(first.duty_rights),
            "term_years": min(USUAL_YEARS, first.longest_validity_years),
        }
        if len(offered) == 1 and first.name == default_procedure():
            field.widget = forms.HiddenInput()


class FirstEvidenceForm(ActForm):
    """The file that comes with a claim, where it is at hand: what it shows is what is needed."""

    takes = staticmethod(attach_evidence)
    field_order = ("kind", "title", "upload")
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
