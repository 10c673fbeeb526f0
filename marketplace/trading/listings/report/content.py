"""What a report says: sections of text, figures and one chart each, as plain values.

The schema is told in `docs/how-to/sell-and-read-a-report.md`. A report holds no row of the data.
"""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Self

import rfc8785
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import Invalid
from marketplace.core.bounds import decimal_of

MOST_SECTIONS, MOST_FIGURES, MOST_BARS = 20, 60, 60
LONGEST_NAME, LONGEST_TEXT = 120, 4000


class ReportKind(TextChoices):
    STATISTICS = "statistics", gettext_lazy("Statistics")
    MODEL = "model-card", gettext_lazy("Model card")


@dataclass(frozen=True)
class Figure:
    """A named figure: a number in decimal notation, or a word."""

    name: str
    value: str
    unit: str = ""


@dataclass(frozen=True)
class Bar:
    label: str
    value: str


@dataclass(frozen=True)
class Section:
    """A part of a report; `bars` make one chart."""

    heading: str
    text: str = ""
    figures: tuple[Figure, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class ReportContent:
    kind: str
    title: str
    sections: tuple[Section, ...]
    summary: str = ""

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """Read a report from plain values.

        Raises:
            Invalid: it is no report of the schema; the sentence says where.
        """
        given = _fields(values, {"kind", "title", "summary", "sections"}, _("the report"))
        kind = _text(given.get("kind"), LONGEST_NAME, "kind")
        if kind not in ReportKind.values:
            raise _refused(_("“kind” must be statistics or model-card."))
        return cls(
            kind=kind,
            title=_text(given.get("title"), LONGEST_NAME, "title"),
            summary=_text(given.get("summary", ""), LONGEST_TEXT, "summary", may_be_empty=True),
            sections=tuple(
                _section(one, place)
                for place, one in enumerate(_many(given.get("sections"), MOST_SECTIONS, "sections"))
            ),
        )

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = asdict(self)
        return plain | {"sections": [_plain_section(section) for section in self.sections]}

    def as_bytes(self) -> bytes:
        """Return the canonical JSON (RFC 8785) that is delivered and signed."""
        return rfc8785.dumps(self.as_json())

    @property
    def sha256(self) -> str:
        """Return the digest of the delivered bytes, as hex."""
        return hashlib.sha256(self.as_bytes()).hexdigest()


def _plain_section(section: Section) -> dict[str, Any]:
    return asdict(section) | {
        "figures": [asdict(figure) for figure in section.figures],
        "bars": [asdict(bar) for bar in section.bars],
    }


def _section(values: Any, place: int) -> Section:
    where = _("section %(number)d") % {"number": place + 1}
    given = _fields(values, {"heading", "text", "figures", "bars"}, where)
    return Section(
        heading=_text(given.get("heading"), LONGEST_NAME, "heading"),
        text=_text(given.get("text", ""), LONGEST_TEXT, "text", may_be_empty=True),
        figures=tuple(
            _figure(one, where) for one in _many(given.get("figures", []), MOST_FIGURES, "figures")
        ),
        bars=tuple(_bar(one, where) for one in _many(given.get("bars", []), MOST_BARS, "bars")),
    )


def _figure(values: Any, where: str) -> Figure:
    given = _fields(values, {"name", "value", "unit"}, where)
    return Figure(
        name=_text(given.get("name"), LONGEST_NAME, "name"),
        value=_text(given.get("value"), LONGEST_NAME, "value"),
        unit=_text(given.get("unit", ""), LONGEST_NAME, "unit", may_be_empty=True),
    )


def _bar(values: Any, where: str) -> Bar:
    given = _fields(values, {"label", "value"}, where)
    value = _text(given.get("value"), LONGEST_NAME, "value")
    try:
        is_number = abs(decimal_of(value)) < 10**15
    except ValueError:
        is_number = False
    if not is_number:
        raise _refused(_("In %(where)s a bar's value is no number.") % {"where": where})
    return Bar(label=_text(given.get("label"), LONGEST_NAME, "label"), value=value)


def _fields(values: Any, names: set[str], where: str) -> dict[str, Any]:
    if not isinstance(values, dict) or set(values) - names:
        raise _refused(
            _("In %(where)s only these names can stand: %(names)s.")
            % {"where": where, "names": ", ".join(sorted(names))}
        )
    return values


def _many(values: Any, most: int, name: str) -> list[Any]:
    if not isinstance(values, list) or len(values) > most or (name == "sections" and not values):
        raise _refused(
            _("“%(name)s” must be a list of at most %(most)d.") % {"name": name, "most": most}
        )
    return values


def _text(value: Any, most: int, name: str, *, may_be_empty: bool = False) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    is_text = isinstance(value, str) and len(value) <= most and "\x00" not in value
    if not is_text or not (may_be_empty or value.strip()):
        raise _refused(
            _("“%(name)s” must be a text of at most %(most)d characters, and not empty.")
            % {"name": name, "most": most}
        )
    return str(value)


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, code="report-malformed", fields={"content": [sentence]})
