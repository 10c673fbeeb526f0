from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.roles import ROLES_OF_KIND, Role
from marketplace.web.bounded import forms


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
