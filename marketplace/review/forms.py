from django.utils.translation import gettext_lazy as _

from marketplace.accounts.organization.checklist import OrganizationDocumentKind
from marketplace.web.bounded import forms


class DocumentForm(forms.Form):
    """A document by which an organization is verified."""

    kind = forms.ChoiceField(
        label=_("What the file shows"), choices=OrganizationDocumentKind.choices
    )
    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A scan as PDF or picture. It is kept encrypted; only administrators open it."),
    )
