"""What an officer says of columns, and the rules that it keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.catalog.dataset.grading import HarmDegree, HarmedObject
from marketplace.core import Invalid
from marketplace.core.arguments import Choice, Column, Text, arguments_of


@dataclass(frozen=True)
class ColumnAnnotation:
    """What a column is. `code_list` holds one `code = meaning` a line.

    `harmed` and `degree` say whom misuse of the column could harm at worst, and how badly; both are
    "" where it harms nobody or nobody graded it.
    """

    name: Annotated[str, Column()]
    label: Annotated[str, Text(label=gettext_lazy("Label"), longest=60)] = ""
    meaning: Annotated[str, Text(label=gettext_lazy("Meaning"), longest=300, lines=2)] = ""
    unit: Annotated[str, Text(label=gettext_lazy("Unit"), longest=30)] = ""
    code_list: Annotated[str, Text(label=gettext_lazy("Code list"), longest=4000, lines=2)] = ""
    harmed: Annotated[
        str,
        Choice(
            label=gettext_lazy("Whom misuse of it alone would harm"),
            choices=HarmedObject,
            nothing=gettext_lazy("Nobody"),
        ),
    ] = ""
    degree: Annotated[
        str,
        Choice(
            label=gettext_lazy("How badly"), choices=HarmDegree, nothing=gettext_lazy("No harm")
        ),
    ] = ""


SAID = tuple(one.name for one in arguments_of(ColumnAnnotation) if one.name != "name")
"""What is said of a column besides its name."""
LONGEST = {
    one.name: one.kind.longest
    for one in arguments_of(ColumnAnnotation)
    if isinstance(one.kind, Text)
}
"""How long each text about a column may be."""


def checked(
    annotations: Sequence[ColumnAnnotation], names: Sequence[str]
) -> list[ColumnAnnotation]:
    """Return the annotations in plain form. A label may stay empty until the dataset is submitted.

    Raises:
        Invalid: a column does not exist or is named twice, a text is too long, or a line of a code
            list is none; `fields` has the names of the columns.
    """
    wrong: dict[str, list[str]] = {}
    answer: dict[str, ColumnAnnotation] = {}
    for annotation in annotations:
        plain = stripped(annotation)
        sentences = faults_of(plain)
        if plain.name not in names:
            sentences = [_unknown(plain.name, names)]
        elif plain.name in answer:
            sentences = [_("This column is explained twice. Keep one of the two.")]
        if sentences:
            wrong[plain.name] = sentences
        answer[plain.name] = plain
    if wrong:
        raise Invalid(_("Some columns need corrections."), fields=wrong)
    return list(answer.values())


def stripped(annotation: ColumnAnnotation) -> ColumnAnnotation:
    """Return an annotation without blanks around what it says."""
    lines = [line.strip() for line in annotation.code_list.splitlines() if line.strip()]
    return ColumnAnnotation(
        name=annotation.name,
        label=annotation.label.strip(),
        meaning=annotation.meaning.strip(),
        unit=annotation.unit.strip(),
        code_list="\n".join(lines),
        harmed=annotation.harmed,
        degree=annotation.degree,
    )


def faults_of(annotation: ColumnAnnotation) -> list[str]:
    sentences = [
        _("The %(part)s has %(count)d characters; at most %(most)d are allowed. Shorten it.")
        % {"part": part, "count": len(getattr(annotation, name)), "most": most}
        for name, part in (
            ("label", _("label")),
            ("meaning", _("meaning")),
            ("unit", _("unit")),
            ("code_list", _("code list")),
        )
        if len(getattr(annotation, name)) > (most := LONGEST[name])
    ]
    for number, line in enumerate(annotation.code_list.splitlines(), start=1):
        code, sign, meaning = line.partition("=")
        if not (sign and code.strip() and meaning.strip()):
            sentences.append(
                _("Line %(number)d of the code list is not “code = meaning”. Write it that way.")
                % {"number": number}
            )
            break
    if bool(annotation.harmed) != bool(annotation.degree):
        sentences.append(_("Say both whom misuse would harm and how badly, or neither."))
    elif annotation.harmed and not (
        annotation.harmed in HarmedObject.values and annotation.degree in HarmDegree.values
    ):
        sentences.append(_("There is no such harm. Choose whom and how badly from the lists."))
    if any("\x00" in text for text in vars(annotation).values()):
        sentences.append(_("This holds a character that cannot be stored. Type it again."))
    return sentences


def _unknown(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=1)
    if near:
        return _("There is no column of this name. Did you mean “%(near)s”?") % {"near": near[0]}
    return _("There is no column of this name. Use the names in the header of the file.")
