"""The form in which an officer opens a feed."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.catalog.feed.choices import Every
from marketplace.catalog.source.extraction import Extraction, Mode
from marketplace.catalog.source.models import DatabaseSource
from marketplace.web.bounded import forms

EXTRACTION = ("mode", "key", "changed_at", "overlap_minutes", "deleted", "list_every")


class FeedForm(forms.Form):
    """How often, from when on, and from where."""

    every = forms.ChoiceField(label=_("How often"), choices=Every.choices)
    first_on = forms.DateField(
        label=_("First expected on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    grace_hours = forms.IntegerField(
        label=_("Late after so many hours"),
        initial=24,
        help_text=_("Counted from the end of the day. You and your buyers are told."),
    )
    source_id = forms.TypedChoiceField(
        label=_("Drawn from"),
        required=False,
        empty_value=None,
        help_text=_("What was last drawn from it is drawn again on each day."),
    )
    mode = forms.ChoiceField(label=_("How its rows come"), choices=Mode.choices, required=False)
    key = forms.CharField(
        label=_("Key"),
        required=False,
        help_text=_(
            "The columns that tell each row from every other, with commas between them. For new "
            "rows alone: the one column whose number counts up."
        ),
    )
    changed_at = forms.CharField(
        label=_("Column with the moment of the last change"), required=False, strip=False
    )
    overlap_minutes = forms.IntegerField(
        label=_("Minutes that are drawn again"),
        initial=10,
        required=False,
        help_text=_(
            "Longer than the longest transaction there: a row may be committed after others that "
            "changed later."
        ),
    )
    deleted = forms.CharField(
        label=_("Column that says that a row is deleted"),
        required=False,
        strip=False,
        help_text=_("True, a number other than 0, or a moment. Leave it empty where none does."),
    )
    list_every = forms.IntegerField(
        label=_("All keys are listed each so many times"),
        initial=0,
        required=False,
        help_text=_("To find rows that are not there any more. 0: rows never go."),
    )

    def __init__(self, *args: Any, sources: Iterable[DatabaseSource], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["source_id"]
        assert isinstance(field, forms.TypedChoiceField)
        named = [(str(each.pk), each.name) for each in sources]
        field.choices = [("", _("Nothing: it is uploaded, or sent by a program")), *named]
        if not named:
            for name in EXTRACTION:
                del self.fields[name]

    def extraction(self) -> Extraction:
        sent = self.cleaned_data
        return Extraction(
            mode=sent.get("mode") or Mode.FULL.value,
            key=tuple(filter(None, (part.strip() for part in sent.get("key", "").split(",")))),
            changed_at=sent.get("changed_at", ""),
            overlap_minutes=sent.get("overlap_minutes") or 0,
            deleted=sent.get("deleted", ""),
            list_every=sent.get("list_every") or 0,
        )
