from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.errors import DesensitizeError
from desensitize.privacy import read_hierarchy
from marketplace.preparation.adapters import sentence_of
from marketplace.web.bounded import forms

# The form of a hierarchy: of its own, since rows are typed in ARX's form or come as a file.

FULL_WIDTH = str.maketrans({"；": ";", "＊": "*"})
LARGEST_FILE = 4 * 1024 * 1024


class HierarchyForm(forms.Form):
    """A hierarchy in ARX's form, typed or as a file; a file goes before what is typed."""

    rows = forms.CharField(
        label=gettext_lazy("Hierarchy"),
        required=False,
        strip=False,
        help_text=gettext_lazy(
            "One line a value: the value, then ever coarser labels, parted by semicolons, as in "
            "“Xiamen;coast;*”. Labels may only merge from level to level."
        ),
        widget=forms.Textarea(
            attrs={"rows": 14, "class": "form-control code", "spellcheck": "false"}
        ),
    )
    upload = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("CSV with semicolons in UTF-8, without a header, as ARX writes it."),
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".csv,text/csv"}),
    )

    def __init__(self, *args: Any, column: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.column = column

    def clean(self) -> dict[str, Any]:
        """Read the rows; what is wrong with them is told at the field."""
        cleaned = super().clean() or {}
        place = "upload" if cleaned.get("upload") else "rows"
        try:
            self.read = read_hierarchy(self._text(cleaned), self.column).rows
        except DesensitizeError as error:
            self.add_error(place, sentence_of(error.code, error.parameters))
        except UnicodeDecodeError:
            self.add_error(place, _("The file is not in UTF-8. Save it so, and choose it again."))
        return cleaned

    def _text(self, cleaned: Mapping[str, Any]) -> str:
        upload = cleaned.get("upload")
        if not upload:
            return _plain(str(cleaned.get("rows", "")))
        # One byte more than a hierarchy can have is read of a file that is none.
        return str(upload.read(LARGEST_FILE + 1).decode("utf-8-sig"))


def _plain(typed: str) -> str:
    """Return typed rows parted by plain semicolons where a Chinese keyboard wrote full-width ones.

    A line that has plain ones keeps the others: they belong to its texts.
    """
    lines = typed.splitlines(keepends=True)
    return "".join(line if ";" in line else line.translate(FULL_WIDTH) for line in lines)
