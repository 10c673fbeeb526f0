"""The form by which an annotator labels an item."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.annotation.batch.models import LONGEST_SKIP
from marketplace.annotation.project.forms import AnswerForm
from marketplace.annotation.project.scheme import Answer
from marketplace.web.bounded import forms


class LabelForm(AnswerForm):
    """What an item is, or why nobody can say."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask for a reason to skip after what the scheme asks."""
        super().__init__(*args, **options)
        self.fields["skipped"] = forms.CharField(
            label=_("Or skip it, because"), required=False, max_length=LONGEST_SKIP
        )

    def given(self) -> Answer | None:
        """Return what a valid form says; None where the item is skipped.

        Raises:
            Invalid: a piece stands in no text.
        """
        return None if self.cleaned_data["skipped"] and not self._says_anything() else self.answer()

    def _says_anything(self) -> bool:
        return bool(self.cleaned_data.get("pieces") or self.cleaned_data.get("classes"))
