from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.version.models import Column
from marketplace.trading.listings.income_share.models import ShareGround
from marketplace.web.bounded import forms


class IncomeShareForm(forms.Form):
    uscc = forms.CharField(label=_("Unified social credit code of the organization"), max_length=18)
    ground = forms.ChoiceField(label=_("Ground"), choices=ShareGround)
    percent = forms.DecimalField(
        label=_("Percent of your income"),
        max_digits=7,
        decimal_places=4,
        help_text=_("Of what is released to you, after the centre's fee."),
    )
    rows = forms.IntegerField(
        label=_("Rows that are theirs"),
        required=False,
        min_value=1,
        help_text=_("Where they get that part of the percent by their rows; else leave it empty."),
    )


class ShapleyForm(forms.Form):
    """What part of the income is divided, and who brought which rows."""

    percent = forms.DecimalField(
        label=_("Percent of your income to divide"),
        max_digits=7,
        decimal_places=4,
        help_text=_("Of what is released to you, after the centre's fee."),
    )
    ground = forms.ChoiceField(label=_("Ground"), choices=ShareGround, initial=ShareGround.SOURCE)
    source_column = forms.ChoiceField(
        label=_("Column of the source"),
        help_text=_("In which a row says where it came from."),
    )
    key_column = forms.ChoiceField(
        label=_("Column of the record"),
        required=False,
        help_text=_("Rows with one value of it are one record, which its sources share."),
    )
    parties = forms.CharField(
        label=_("Sources and whose they are"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line: the value of the column, =, and the unified social credit code of the "
            "organization. Rows of your own count too; name yourself for them."
        ),
    )

    def __init__(self, *given: Any, columns: Sequence[Column], **options: Any) -> None:
        super().__init__(*given, **options)
        named = [(one.name, one.label or one.name) for one in columns]
        for field, choices in (
            ("source_column", named),
            ("key_column", [("", _("Each row is a record")), *named]),
        ):
            chosen = self.fields[field]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = choices

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


class AnswerForm(forms.Form):
    is_agreed = forms.TypedChoiceField(
        label=_("Answer"),
        choices=[("yes", _("Agree")), ("no", _("Decline"))],
        coerce=lambda value: value == "yes",
    )
