from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.member.forms import RolesForm
from marketplace.accounts.proposal.models import ChangeProposal, ProposalKind
from marketplace.core import longest_of
from marketplace.web.bounded import forms

REASON = _("What it rests on: a letter, a resolution, a court's decision, with date and number.")


class ChangeForm(RolesForm):
    """A change of a person; roles are asked where it sets them."""

    kind = forms.ChoiceField(label=_("What is to change"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason and evidence"),
        max_length=longest_of(ChangeProposal),
        help_text=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("kind", "roles", "reason")

    def __init__(self, *args: Any, changes: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, ProposalKind(kind).label) for kind in changes]
        if ProposalKind.CENTRE_ROLES in changes:
            self.fields["roles"].required = False
            self.fields["roles"].help_text = _("Only where roles are to be set.")
        else:
            del self.fields["roles"]


class InviteChangeForm(RolesForm):
    """Somebody is to be invited, with roles at the centre, else as an owner."""

    email = forms.EmailField(label=_("E-mail address"))
    reason = forms.CharField(
        label=_("Reason and evidence"),
        max_length=longest_of(ChangeProposal),
        help_text=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("email", "roles", "reason")

    def __init__(self, *args: Any, change: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if change != ProposalKind.JOIN_CENTRE:
            del self.fields["roles"]
