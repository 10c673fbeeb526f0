"""Policies as TOML files."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

from desensitize.errors import DesensitizeError
from desensitize.policy.model import Policy


def load_policy(path: Path) -> Policy:
    """Read a policy from a TOML file.

    Raises:
        DesensitizeError: `bad-policy`, or what the rules and thresholds raise.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DesensitizeError("bad-policy", reason="there is no such file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DesensitizeError("bad-policy", reason="it is not valid TOML") from error
    return Policy.from_dict(document)


def dump_policy(policy: Policy) -> str:
    """Write a policy as TOML text that `load_policy` reads back unchanged."""
    document = policy.to_dict()
    lines = [f"{name} = {_value(value)}" for name, value in document.items() if name != "columns"]
    for column in document["columns"]:
        lines += ["", "[[columns]]"]
        lines += [f"{name} = {_value(value)}" for name, value in column.items()]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{_text(str(name))} = {_value(item)}" for name, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, str):
        return _text(value)
    return json.dumps(value)


def _text(value: str) -> str:
    # JSON's escapes are TOML's too, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
