from typing import Any

from marketplace.accounts.organization.selectors import organization_with_code
from marketplace.core import Actor
from marketplace.rights.certificate.models import Certificate
from marketplace.rights.right.choices import Right
from marketplace.rights.transfer.services import open_transfer
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class TransferForm(ActForm):
    """What passes of a certificate; a page names the acquirer by its code."""

    takes = staticmethod(open_transfer)

    def __init__(self, sent: Any, certificate: Certificate, by: Actor) -> None:
        super().__init__(sent)
        self.by, made, field = by, self.fields["acquirer_id"], self.fields["rights"]
        self.fields["acquirer_id"] = forms.CharField(label=made.label, help_text=made.help_text)
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, Right(code).label) for code in certificate.rights]

    def taken(self) -> dict[str, Any]:
        """Return what was entered, with the organization that has the code.

        Raises:
            Invalid: there is none.
        """
        code = self.cleaned_data["acquirer_id"]
        acquirer = organization_with_code(code, field="acquirer_id", by=self.by)
        return super().taken() | {"acquirer_id": acquirer.pk}
