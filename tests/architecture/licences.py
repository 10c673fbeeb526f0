"""Read under which licence an installed package stands."""

from __future__ import annotations

from importlib.metadata import Distribution

STATED_ELSEWHERE = {"polars-hash": "MIT"}
"""Packages that state nothing themselves; the page on dependencies says where it is stated."""
LONGEST_NAME = 60
"""Characters; what is longer in the old field is the text of a licence or a sentence about it."""


def licence_of(package: Distribution) -> str:
    """Return what a package states: the expression, the old field, the classifiers, or its file.

    Empty where it states nothing.
    """
    expression, field = _said(package, "License-Expression"), _said(package, "License")
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in package.metadata.get_all("Classifier") or []
        if line.startswith("License :: ") and not line.endswith("Other/Proprietary License")
    ]
    if expression:
        return expression
    if field and "\n" not in field and len(field) <= LONGEST_NAME:
        return field
    return ", ".join(classifiers) or _first_line_of_file(package)


def _said(package: Distribution, name: str) -> str:
    """Return a field of the metadata that stands once at most."""
    return next(iter(package.metadata.get_all(name) or []), "")


def _first_line_of_file(package: Distribution) -> str:
    """Return the title of the licence that comes with a package."""
    named = package.metadata.get_all("License-File") or []
    texts = (package.read_text(f"licenses/{name}") or package.read_text(name) for name in named)
    return next((text.strip().splitlines()[0] for text in texts if text), "")
