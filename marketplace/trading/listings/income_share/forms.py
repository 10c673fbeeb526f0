from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.trading.listings.income_share.services import propose_shapley_shares
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm


class ShapleyForm(ActForm):
    """What part of the income is divided, and who brought which rows."""

    takes = staticmethod(propose_shapley_shares)
    parties = forms.CharField(
        label=_("Sources and whose they are"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line: the value of the column, =, and the unified social credit code of the "
            "organization. Rows of your own count too; name yourself for them."
        ),
    )

    def clean_parties(self) -> list[dict[str, str]]:
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["parties"].splitlines())):
            name, is_there, code = line.rpartition("=")
            if not is_there or not name.strip() or not code.strip():
                raise forms.ValidationError(
                    _("“%(line)s” is not a source, = and a code.") % {"line": line}
                )
            found.append({"source": name.strip(), "uscc": code.strip()})
        return found

    def taken(self) -> dict[str, Any]:
        """Return the sources beside what else the act takes."""
        return super().taken() | {"parties": self.cleaned_data["parties"]}


class AnswerForm(forms.Form):
    is_agreed = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Agree")), ("no", _("Decline"))],
        coerce=lambda value: value == "yes",
    )
