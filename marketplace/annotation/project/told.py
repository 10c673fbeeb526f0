"""Schemes and answers as the formats of others take them, and files packed together."""

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from marketplace.annotation import formats
from marketplace.annotation.project.choices import LabelKind
from marketplace.annotation.project.reading import WholeText
from marketplace.annotation.project.scheme import Scheme
from marketplace.core.bounds import read_json

KINDS = {
    LabelKind.ONE: formats.SchemeKind.ONE,
    LabelKind.SEVERAL: formats.SchemeKind.SEVERAL,
    LabelKind.SPANS: formats.SchemeKind.SPANS,
    LabelKind.TEXT: formats.SchemeKind.TEXT,
    # Corrections are told as a JSON object of the columns that are another way.
    LabelKind.FIELDS: formats.SchemeKind.TEXT,
}
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of each file in a ZIP, so that the same set gives the same bytes."""


def scheme_told(scheme: Scheme, *, guideline: str = "", version: str = "1") -> formats.Scheme:
    classes = tuple(formats.LabelClass(one.code, one.label, one.key) for one in scheme.classes)
    return formats.Scheme(KINDS[scheme.kind], classes, guideline=guideline, version=version)


def value_told(answer: Mapping[str, Any], whole: WholeText) -> formats.Value:
    """Return what was said as the formats take it: places count in the whole text of an item."""
    spans = sorted(
        formats.Span(
            one["start"] + whole.starts[one["column"]],
            one["end"] + whole.starts[one["column"]],
            one["label"],
        )
        for one in answer["spans"]
    )
    text = str(answer.get("text", ""))
    if "fields" in answer:
        text = json.dumps(answer["fields"], ensure_ascii=False, sort_keys=True)
    return formats.Value(tuple(answer["classes"]), tuple(spans), text)


def corrections_of(text: str) -> dict[str, str]:
    """Read corrections as `value_told` wrote them.

    Raises:
        ValueError: it is no JSON object of texts.
    """
    found = read_json(text.encode())
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise ValueError("Corrections are an object of texts.")
    return found


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(
                zipfile.ZipInfo(name, FIRST_DAY), content, compress_type=zipfile.ZIP_DEFLATED
            )
    return target.getvalue()
