import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.forms import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from desensitize.tables import Reading, SeenColumn, Survey
from desensitize.tables.days import FORMS, is_day
from desensitize.tables.kinds import COMPRESSIONS, KINDS
from desensitize.tables.reading import FILL, LEAVE_OUT, MOST_ROWS_OUT, NOTE, TOTAL
from marketplace.catalog.dataset.choices import SEPARATOR_SIGNS, Encoding
from marketplace.catalog.intake.presentation import ODDITIES, row_words, type_words
from marketplace.catalog.intake.proposals import Proposal
from marketplace.catalog.intake.services import take_file
from marketplace.catalog.version.annotations import LONGEST, ColumnAnnotation
from marketplace.core import Invalid
from marketplace.core.arguments import argument_of
from marketplace.web.bounded import forms
from marketplace.web.taking import form_field

COLUMNS_SHOWN = 120
"""So many columns are shown to be mended; what is odd comes first, the rest is named as it is."""
LONGEST_LIST = 2_000
RANGE = re.compile(r"\s*([0-9]{1,9})(?:\s*[-–—~至]\s*([0-9]{1,9}))?\s*")
ANEW = ("encoding", "separator", "sheet", "header")
"""What makes another table of a file: names and rows are proposed anew then."""


class UploadForm(forms.Form):
    upload = forms.FileField(label=_("File"), allow_empty_file=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        limit = filesizeformat(settings.CENTRE["UPLOAD_MAX_BYTES"])
        field = self.fields["upload"]
        field.help_text = _t(
            "XLSX, CSV (UTF-8, GB18030 or UTF-16) or Parquet, also packed as zip, gz, zst, bz2 or "
            "xz; at most %(limit)s. Titles above the header, totals and remarks may stay in it."
        ) % {"limit": limit}
        field.widget.attrs["accept"] = ",".join([*KINDS, *COMPRESSIONS])


@dataclass(frozen=True)
class ColumnRow:
    """A column of the page: what stands in the file, and the fields that mend it."""

    position: int
    seen: SeenColumn
    type: str
    oddity: str
    name: BoundField
    day: BoundField | None
    label: BoundField
    unit: BoundField
    meaning: BoundField
    code_list: BoundField
    proposal: Proposal


# What it asks follows from the columns of a file: no signature says it.
class ReadingForm(forms.Form):
    """How a table is read. What is not shown stays as it is."""

    header = forms.IntegerField(
        label=_("Row of the header"),
        min_value=1,
        max_value=10_000_000,
        help_text=_("The row that names the columns. What stands above it is left out."),
    )
    more_out = forms.CharField(
        label=_("Other rows to leave out"),
        required=False,
        max_length=LONGEST_LIST,
        help_text=_("Their numbers in the file, for example 3, 17-20."),
    )

    def __init__(
        self,
        *args: Any,
        seen: Survey,
        reading: Reading,
        proposals: Sequence[Proposal],
        said: Mapping[str, Mapping[str, str]],
        asks: bool = False,
        **options: Any,
    ) -> None:
        self.seen, self.read = seen, reading
        self.proposals, self.said = proposals, said
        odd = [str(row.number) for row in seen.odd if row.kind in (TOTAL, NOTE)]
        out = [str(number) for number in reading.rows_out]
        initial: dict[str, Any] = {
            "header": reading.header or 1,
            "rows_out": [number for number in out if number in odd],
            "more_out": ", ".join(number for number in out if number not in odd)[:LONGEST_LIST],
        }
        initial |= {name: getattr(reading, name) for name in ("encoding", "separator", "sheet")}
        initial |= {"ragged": reading.ragged}
        super().__init__(*args, **({"initial": initial} | options))
        self._add_file_fields()
        self._add_row_fields()
        if asks:
            self.fields["other_columns"] = form_field(argument_of(take_file, "other_columns"))
        for position in self.shown():
            self._add_column(position)

    def _add_file_fields(self) -> None:
        form = self.seen.form
        if form.kind == "csv":
            self.fields["encoding"] = forms.ChoiceField(
                label=_("Encoding"), choices=Encoding.choices
            )
            self.fields["separator"] = forms.ChoiceField(
                label=_("Fields separated by"),
                choices=SEPARATOR_SIGNS,
            )
        if len(self.seen.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=[(name, name) for name in self.seen.sheets]
            )
        if form.kind == "parquet":
            del self.fields["header"], self.fields["more_out"]

    def _add_row_fields(self) -> None:
        odd = [row for row in self.seen.odd if row.kind in (TOTAL, NOTE)]
        if odd:
            self.fields["rows_out"] = forms.MultipleChoiceField(
                label=_("Rows that are no data"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(row.number), row_words(row)) for row in odd],
                help_text=_("Ticked rows are left out."),
            )
        if self.seen.short or self.seen.long:
            self.fields["ragged"] = forms.ChoiceField(
                label=_("Rows with more or fewer fields than the header"),
                widget=forms.RadioSelect,
                choices=[
                    (FILL, _("Fill up those that are too short; leave out those too long")),
                    (LEAVE_OUT, _("Leave them all out")),
                ],
                help_text=_t("Too short: %(short)d. Too long: %(long)d.")
                % {"short": self.seen.short, "long": self.seen.long},
            )

    def shown(self) -> list[int]:
        """Return the columns that are shown, in their order."""
        every = range(min(len(self.seen.columns), len(self.read.names)))
        first = sorted(every, key=lambda position: not self.seen.columns[position].oddity)
        return sorted(first[:COLUMNS_SHOWN])

    def _add_column(self, position: int) -> None:
        column = self.seen.columns[position]
        self.fields[f"name-{position}"] = forms.CharField(
            label=_t("Name of column %(position)d") % {"position": position + 1},
            required=False,
            max_length=200,
            initial=self.read.names[position],
            widget=forms.TextInput(attrs=_small("control", position)),
        )
        self._add_words(position)
        day = self.read.days[position] if self.read.days else ""
        if day or any(is_day(sample, form) for sample in column.samples[:1] for form in FORMS):
            self.fields[f"day-{position}"] = forms.ChoiceField(
                label=_t("Days of column %(position)d") % {"position": position + 1},
                required=False,
                initial=day,
                choices=[("", _("as it stands")), *((form, _day_words(form)) for form in FORMS)],
                widget=forms.Select(attrs=_small("select", position)),
            )

    def _add_words(self, position: int) -> None:
        """Add what is said of a column: as it was typed before, else as it is proposed."""
        proposal = self.proposals[position]
        said = self.said.get(self.read.names[position], {})
        for name in LONGEST:
            field = form_field(argument_of(ColumnAnnotation, name))
            field.initial = said.get(name, getattr(proposal, name))
            field.widget.attrs |= _small("control", position)
            field.widget.attrs["aria-label"] = f"{field.label}: {position + 1}"
            self.fields[f"{name}-{position}"] = field

    def file_fields(self) -> list[BoundField]:
        """Return the fields that are about the file as a whole."""
        names = ("sheet", "header", "encoding", "separator", "more_out")
        return [self[name] for name in names if name in self.fields]

    def row_fields(self) -> list[BoundField]:
        """Return the questions about rows and about other columns."""
        names = ("ragged", "rows_out", "other_columns")
        return [self[name] for name in names if name in self.fields]

    def columns(self) -> Iterator[ColumnRow]:
        types = (
            {column.name: column.dtype for column in self.seen.info.columns}
            if self.seen.info
            else {}
        )
        for position in self.shown():
            column = self.seen.columns[position]
            day = f"day-{position}"
            yield ColumnRow(
                position=position + 1,
                seen=column,
                type=type_words(types.get(self.read.names[position], "")),
                oddity=str(ODDITIES.get(column.oddity, "")),
                name=self[f"name-{position}"],
                day=self[day] if day in self.fields else None,
                proposal=self.proposals[position],
                **{name: self[f"{name}-{position}"] for name in LONGEST},
            )

    def clean_more_out(self) -> tuple[int, ...]:
        listed = re.split(r"[,，、;；]", self.cleaned_data["more_out"].strip())
        numbers: set[int] = set()
        for part in filter(str.strip, listed):
            found = RANGE.fullmatch(part)
            first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
            if last < first or last - first > MOST_ROWS_OUT:
                raise forms.ValidationError(
                    _t("“%(part)s” is no number of a row, nor the first and last of some.")
                    % {"part": part.strip()[:40]}
                )
            numbers.update(range(first, last + 1))
        return tuple(sorted(numbers))

    @property
    def reads_anew(self) -> bool:
        """Return whether what was sent makes another table, which nobody has seen yet."""
        return any(
            name in self.fields and self.cleaned_data[name] != getattr(self.read, name)
            for name in ANEW
        )

    def annotations(self) -> list[ColumnAnnotation]:
        """Return what was said of the columns that are shown and read."""
        sent = self.cleaned_data
        return [
            ColumnAnnotation(
                name=name, **{word: sent[f"{word}-{position}"].strip() for word in LONGEST}
            )
            for position in self.shown()
            if (name := sent[f"name-{position}"].strip())
        ]

    def place(self, refusal: Invalid) -> None:
        """Put the sentences of a refusal on the columns or fields that they are about."""
        sent = self.cleaned_data
        places = {
            sent[f"name-{position}"].strip(): f"label-{position}" for position in self.shown()
        }
        told = False
        for name, sentences in refusal.fields.items():
            field = places.get(name) or (name if name in self.fields else None)
            for sentence in sentences:
                self.add_error(field, sentence)
                told = True
        if not told:
            self.add_error(None, refusal.sentence)

    def reading(self) -> Reading:
        sent = self.cleaned_data
        said = {name: sent[name] for name in ANEW if name in self.fields}
        if self.reads_anew:
            return replace(Reading(), **said)
        ticked = {int(number) for number in sent.get("rows_out", ())}
        odd: dict[str, set[int]] = {}
        for row in self.seen.odd:
            if row.kind in (TOTAL, NOTE):
                odd.setdefault(row.kind, set()).add(row.number)
        names, days = list(self.read.names), list(self.read.days or ("",) * len(self.read.names))
        for position in self.shown():
            names[position] = sent[f"name-{position}"].strip()
            days[position] = sent.get(f"day-{position}", days[position])
        return replace(
            self.read,
            **said,
            names=tuple(names),
            days=tuple(days),
            rows_out=tuple(sorted(ticked | set(sent.get("more_out", ())))),
            kept=tuple(kind for kind, rows in sorted(odd.items()) if not rows & ticked),
            ragged=sent.get("ragged", self.read.ragged),
        )


def _small(kind: str, position: int) -> dict[str, str]:
    return {
        "class": f"form-{kind} form-{kind}-sm",
        "aria-label": _t("Column %(position)d") % {"position": position + 1},
    }


def _day_words(form: str) -> str:
    for sign, digits in (("%Y", "2026"), ("%m", "03"), ("%d", "31")):
        form = form.replace(sign, digits)
    return form
