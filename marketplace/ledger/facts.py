"""What may be recorded: facts, declared by each app in its `events.py`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from django.utils.functional import Promise

Plain = str | int | bool | None

KINDS: dict[str, type[Fact]] = {}
"""Every kind of fact by its name."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, in ids, digests, codes and numbers; never personal data.

    `subject` is the one thing it happened to, written `kind:id`; `about` lists what else it
    concerns, so that it shows in their timelines too. `label` is what a timeline says; a fact that
    only follows from another, such as a message to somebody, stays out of timelines.
    `is_from_anybody` says that who acts needs no account and may be a member of the public.
    """

    kind: ClassVar[str] = ""
    label: ClassVar[str | Promise] = ""
    in_timelines: ClassVar[bool] = True
    is_from_anybody: ClassVar[bool] = False

    subject: str
    about: tuple[str, ...] = ()

    def __init_subclass__(cls, **options: object) -> None:
        super().__init_subclass__(**options)
        if cls.kind in KINDS and KINDS[cls.kind].__qualname__ != cls.__qualname__:
            raise ValueError(f"There are two facts of kind {cls.kind!r}.")
        KINDS[cls.kind] = cls

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
