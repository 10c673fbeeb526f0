from functools import lru_cache

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from marketplace.annotation.batch.exchange import MOST_TASKS
from marketplace.annotation.batch.services import label_item
from marketplace.annotation.kinds.kind import Answer, Scheme
from marketplace.annotation.project.forms import ItemAnswerForm
from marketplace.core.bounds import OutOfBounds, read_json
from marketplace.web.bounded import forms
from marketplace.web.taking import ActForm

LARGEST_FILE = 2_000_000
KEPT_FORMS = 128


class LabelForm(ItemAnswerForm, ActForm):
    """What an item is, or why nobody can say."""

    takes = staticmethod(label_item)

    @property
    def drawn(self) -> SafeString:
        """Return its fields where they are those of any item that is not labelled, else ""."""
        is_alike = not (self.is_bound or self.scheme.kind.needs_texts or any(self.initial.values()))
        return _drawn(self.scheme, get_language()) if is_alike else SafeString("")

    def given(self) -> Answer | None:
        """Return what a valid form says; None where the item is skipped.

        Raises:
            Invalid: a piece stands in no text.
        """
        answer = self.answer()
        return answer if answer.says_anything or not self.cleaned_data["skipped"] else None


@lru_cache(maxsize=KEPT_FORMS)
def _drawn(scheme: Scheme, language: str | None) -> SafeString:
    """Draw the fields of a scheme, which is done once for all who label by it."""
    with override(language):
        form = LabelForm(scheme=scheme, texts={}, initial={"skipped": ""})
        return SafeString("".join(as_crispy_field(field) for field in form))


class TakeInForm(forms.Form):
    """A file of Label Studio's, with labels of one's own."""

    upload = forms.FileField(
        label=_("Export of Label Studio"),
        help_text=_("JSON, not JSON-MIN. All of its labels are taken in, or none."),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".json,application/json"}),
    )

    def clean_upload(self) -> list[object]:
        upload = self.cleaned_data["upload"]
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 2 MB. Export this batch alone."))
        try:
            found = read_json(upload.read())
        except OutOfBounds as error:
            raise forms.ValidationError(str(error)) from None
        except ValueError:
            raise forms.ValidationError(
                _("The file is no JSON. Export it from Label Studio as JSON.")
            ) from None
        if not isinstance(found, list) or len(found) > MOST_TASKS:
            raise forms.ValidationError(
                _("The file is no list of at most 100 tasks. Export this batch alone, as JSON.")
            )
        return found
