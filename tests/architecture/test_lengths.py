"""How long a text may be stands once: on the model. Forms and serializers read it there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField, Model

from tests.architecture.test_house import ROOT

pytestmark = pytest.mark.house

FILES = sorted(
    path for name in ("forms.py", "serializers.py") for path in (ROOT / "marketplace").rglob(name)
)


def models_beside(path: Path) -> list[type[Model]]:
    """Return the models of the noun that a form or serializer belongs to."""
    noun = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    return [one for one in apps.get_models() if one.__module__.rpartition(".")[0] == noun]


def written_lengths(tree: ast.AST) -> Iterator[tuple[str, int, int]]:
    """Yield each field whose length is written as a number, with the number and its line."""
    for statement in ast.walk(tree):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(keywords=keywords)):
                for keyword in keywords:
                    match keyword:
                        case ast.keyword(arg="max_length", value=ast.Constant(value=int(number))):
                            yield name, number, statement.lineno


def test_a_number_is_seen() -> None:
    """Lest the rule below found nothing in anything."""
    tree = ast.parse("class A:\n    text = forms.CharField(max_length=30)\n")
    assert list(written_lengths(tree)) == [("text", 30, 2)]


def test_lengths_are_read_from_the_model() -> None:
    repeated = [
        f"{path.relative_to(ROOT)}:{line}: {name}: longest_of({model.__name__}, “{name}”)"
        for path in FILES
        for name, number, line in written_lengths(ast.parse(path.read_text(encoding="utf-8")))
        for model in models_beside(path)
        for field in model._meta.get_fields()
        if field.name == name and isinstance(field, CharField) and field.max_length == number
    ]
    assert repeated == []
