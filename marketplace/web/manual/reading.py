"""The description of the API as its pages show it: groups, operations, fields, examples, curl."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from marketplace.web.examples import Schema, example_of, kind_in, resolved
from marketplace.web.manual import words_of
from marketplace.web.openapi import written

FORM = "application/vnd.oai.openapi+json"
JSON, MULTIPART = "application/json", "multipart/form-data"
SITE = "https://centre.example"
DEEPEST = 3
"""How many levels of fields within fields are shown; the description has all."""
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Field:
    """A field of a body, or a parameter: its name with those above it, and what it may hold."""

    name: str
    kind: str
    is_required: bool
    about: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """With which status an operation is refused, and why."""

    status: str
    why: str


@dataclass(frozen=True)
class Operation:
    name: str
    group: str
    method: str
    path: str
    summary: str
    about: str
    scopes: tuple[str, ...]
    is_public: bool
    parameters: tuple[Field, ...]
    media: str
    body: tuple[Field, ...]
    answers: tuple[str, ...]
    """The statuses with which it succeeds."""
    gives: tuple[Field, ...]
    refused: tuple[Refused, ...]
    example: str
    """What is sent, as JSON; "" where nothing is."""
    answer: str
    """What is answered, as JSON; "" where it is none."""

    @property
    def curl(self) -> str:
        """Return the command that calls it."""
        words = ["curl"]
        if self.method not in {"GET", "POST"} or (self.method == "POST" and not self.media):
            words.append(f"--request {self.method}")
        if not self.is_public:
            words.append('--header "Authorization: Bearer YOUR-TOKEN"')
        if any(one.name == "Idempotency-Key" for one in self.parameters):
            words.append("""--header 'Idempotency-Key: "A-NEW-UUID"'""")
        if self.media == JSON:
            words.append('--header "Content-Type: application/json"')
            words.append(f"--data {shlex.quote(self.example)}")
        elif self.media == MULTIPART:
            words += [f"--form {one.name}={_form_value(one)}" for one in self.body]
        words.append(f'"{SITE}{self.path}"')
        return " \\\n    ".join(words)

    def fits(self, words: list[str]) -> bool:
        """Return whether all words occur in what it is called."""
        told = f"{self.name} {self.path} {self.summary} {self.about}".lower()
        return all(word in told for word in words)


@dataclass(frozen=True)
class Group:
    """The operations on things of one kind."""

    name: str
    operations: list[Operation] = field(default_factory=list)

    @property
    def label(self) -> str:
        plain = re.sub(r"(?<!^re)-", " ", self.name).capitalize()
        return words_of(get_language() or "").groups.get(self.name, plain)


def _form_value(one: Field) -> str:
    return "@file" if one.kind == "binary" else (one.values[0] if one.values else "TEXT")


@lru_cache(maxsize=4)
def description(language: str) -> dict[str, Any]:
    described: dict[str, Any] = json.loads(written(language, FORM))
    return described


@lru_cache(maxsize=4)
def groups(language: str) -> dict[str, Group]:
    """Return all groups by name, each with its operations in the order of their addresses."""
    described = description(language)
    found: dict[str, Group] = {}
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                one = _operation(described, path, method, methods[method])
                found.setdefault(one.group, Group(one.group)).operations.append(one)
    return dict(sorted(found.items()))


def _operation(described: Schema, path: str, method: str, said: Schema) -> Operation:
    components = described["components"]
    bodies = said.get("requestBody", {}).get("content", {})
    media = next(iter(bodies), "")
    body = bodies[media].get("schema", {}) if media else {}
    done = {status: one for status, one in said["responses"].items() if status < "300"}
    gives: Schema = {}
    for answer in done.values():
        gives = answer.get("content", {}).get(JSON, {}).get("schema", {}) or gives
    return Operation(
        name=said["operationId"],
        group=said["tags"][0],
        method=method.upper(),
        path=path,
        summary=str(said.get("summary", said["operationId"])),
        about=str(said.get("description", "")),
        scopes=tuple(said.get("x-token-scopes", ())),
        is_public=not said.get("security"),
        parameters=tuple(_parameter(one, components) for one in said.get("parameters", ())),
        media=media,
        body=tuple(fields_of(body, components)),
        answers=tuple(done),
        gives=tuple(fields_of(gives, components)),
        refused=tuple(_refused(said["responses"], components)),
        example=_as_text(example_of(body, components)) if media == JSON else "",
        answer=_as_text(example_of(gives, components)) if gives else "",
    )


def _as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _parameter(said: Schema, components: Schema) -> Field:
    kind, values = kind_of(said["schema"], components)
    is_needed = bool(said.get("required"))
    return Field(
        said["name"], kind, is_needed, _without_values(said.get("description", "")), values
    )


def _without_values(about: str) -> str:
    """Return what is told of a field without the list of its values, which stand beside it."""
    return about.split("* `")[0].strip()


def _refused(answers: Schema, components: Schema) -> Iterator[Refused]:
    for status, said in answers.items():
        if status >= "400":
            name = said.get("$ref", "").rpartition("/")[2]
            shared = components["responses"][name] if name else said
            yield Refused(status, said.get("description") or shared["description"])


def kind_of(schema: Schema, components: Schema) -> tuple[str, tuple[str, ...]]:
    """Return what a value is, in a word, and the values that it may have where they are few."""
    found = resolved(schema, components)
    if "enum" in found:
        return "string", tuple(str(value) for value in found["enum"] if value not in ("", None))
    kind = kind_in(found)
    if kind == "array":
        inner, values = kind_of(found.get("items", {}), components)
        return f"{inner}[]", values
    return found.get("format") or kind, ()


def fields_of(schema: Schema, components: Schema, above: str = "") -> Iterator[Field]:
    """Yield the fields of a body, those within others below them."""
    found = resolved(schema, components)
    if found.get("type") == "array":
        yield from fields_of(found["items"], components, above)
        return
    for name, one in found.get("properties", {}).items():
        kind, values = kind_of(one, components)
        is_needed = name in found.get("required", ())
        about = _without_values(one.get("description") or one.get("title", ""))
        yield Field(f"{above}{name}", kind, is_needed, about, values)
        if above.count(".") + 1 < DEEPEST:
            yield from fields_of(one, components, f"{above}{name}.")
