"""Build dataclasses from JSON that nobody has to believe."""

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Built = TypeVar("Built")


def built(kind: type[Built], told: object) -> Built:
    """Return what was told as a dataclass, each field of the type that it declares.

    Raises:
        TypeError, LookupError: it is none of these; JSON does not ask for types.
    """
    if not isinstance(told, dict) or not is_dataclass(kind):
        raise TypeError
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    if not set(told) <= names:
        raise LookupError
    made: Any = kind(**{name: _value(hints[name], value) for name, value in told.items()})
    return made  # type: ignore[no-any-return]


def _value(hint: Any, value: object) -> Any:
    if get_origin(hint) is UnionType:
        [wanted] = [each for each in get_args(hint) if each is not type(None)]
        return None if value is None else _value(wanted, value)
    if get_origin(hint) is tuple:
        if not isinstance(value, list | tuple):
            raise TypeError
        return tuple(_value(get_args(hint)[0], each) for each in value)
    if get_origin(hint) is dict:
        if not isinstance(value, dict):
            raise TypeError
        return {_value(str, name): _value(str, each) for name, each in value.items()}
    if is_dataclass(hint):
        return built(hint, value)  # type: ignore[arg-type]
    if type(value) is not hint:
        raise TypeError
    return value
