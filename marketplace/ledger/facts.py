"""What may be recorded: facts, declared by each app in its `events.py`."""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from typing import Any, ClassVar, cast, dataclass_transform

from django.utils.functional import Promise

Plain = str | int | bool | None

KINDS: dict[str, type[Fact]] = {}
"""Every kind of fact by its name."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Declared:
    """What a subclass names in its first line; its fields are those of a frozen dataclass."""

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    in_timelines: ClassVar[bool]
    is_from_anybody: ClassVar[bool]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __init_subclass__(
        cls,
        *,
        kind: str = "",
        label: str | Promise = "",
        in_timelines: bool = True,
        is_from_anybody: bool = False,
    ) -> None:
        super().__init_subclass__()
        if kind in KINDS and KINDS[kind].__qualname__ != cls.__qualname__:
            raise ValueError(f"There are two facts of kind {kind!r}.")
        cls.kind, cls.label = kind, label
        cls.in_timelines, cls.is_from_anybody = in_timelines, is_from_anybody
        dataclass(frozen=True, kw_only=True)(cls)
        if kind:
            KINDS[kind] = cast("type[Fact]", cls)


class Fact(Declared):
    """Something that happened, in ids, digests, codes and numbers; never personal data.

    `subject` is the one thing it happened to, written `kind:id`; `about` lists what else it
    concerns, so that it shows in their timelines too. `label` is what a timeline says; a fact that
    only follows from another, such as a message to somebody, stays out of timelines.
    `is_from_anybody` says that who acts needs no account and may be a member of the public.
    """

    subject: str
    about: tuple[str, ...] = ()

    def payload(self) -> dict[str, Plain | list[str]]:
        """Return the fields of this kind, checked to be plain.

        Raises:
            TypeError: a field is of a type that an entry may not hold.
        """
        answer: dict[str, Plain | list[str]] = {}
        for field in fields(self):
            if field.name in ("subject", "about"):
                continue
            value = getattr(self, field.name)
            if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
                answer[field.name] = list(value)
            elif value is None or isinstance(value, str | int | bool):
                answer[field.name] = value
            else:
                raise TypeError(f"{self.kind}.{field.name} may not hold a {type(value).__name__}.")
        return answer
