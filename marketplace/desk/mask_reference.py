"""The reference page on masks."""

from __future__ import annotations

from inspect import cleandoc

from desensitize.masks import MASKS, MaskDescription, OptionDescription

INTRODUCTION = """
What a policy can do to a column. Everywhere, rows stay rows and nulls stay null but where a mask
says otherwise; a value that a mask cannot handle becomes null, is counted and reported, and never
passes through. Lists, records and bytes have no text, so masks of texts make null of them. [How
to add a mask](../how-to/add-a-mask.md).

Keyed masks derive a key for each dataset, column, recipient, mask and purpose by HKDF-SHA256 from
one master key, which comes from a file. Two recipients' values cannot be joined, the same
recipient's can across versions. Who has the master key and the policy can recover what a
reversible mask made: in Python, `make_mask(NAME, OPTIONS).recover(VALUES, keys=KEYS)`.

| word | says |
|---|---|
| reversible | the key's holder can recover the values |
| pseudonymous | a value still tells one person from another: the data stays personal information |
| may show originals | an original value can appear, so a direct identifier cannot have it |
| keyed | needs a key |
| by row number | random, but drawn by key and row number: a table in parts comes out as if whole |
| by content | random, but drawn by key and what the row holds: the same in each version |
| whole column | needs all values at once: refused for a table in parts |
| draws rows | leaves rows out |
| omits the column | the column is not in the release |
""".strip()

FF1_NOTE = """
**Off by default.** No template proposes FF1 and nothing uses it unless a policy names it. It has
been said that third parties hold patents on format-preserving encryption; whether one holds where
you are is for you to find out before you use it. This code was written from the standard and
comes under this project's own licence, which grants no rights under patents of others. Also, FF1
keeps equal values equal and can be undone, so a pseudonym is the better choice unless the form
must stay. FF3 and FF3-1 are not offered: attacks on them have been published.

For checks, single values: `python -m desensitize ff1 encrypt --key-file FILE --tweak HEX --radix N
VALUE…`, or `decrypt`; one result a line, `{"results": […]}` with `--json`, exit 1 with a sentence
when a value cannot be handled. `--key HEX` is there for test keys: everybody on the machine can
read it in the list of processes.
""".strip()


def masks_page(note: str) -> str:
    """Describe every mask with its options, in the order of the registry."""
    parts = ["# Masks", "", note, "", INTRODUCTION, ""]
    for name, mask in MASKS.items():
        parts += [f"## {name}", "", cleandoc(mask.__doc__ or ""), ""]
        parts += [f"*{_traits(mask.description)}*", ""]
        if name == "ff1":
            parts += [FF1_NOTE, ""]
        if mask.description.options:
            parts += ["| option | takes | otherwise |", "|---|---|---|"]
            parts += [_row(option) for option in mask.description.options]
            parts.append("")
    return "\n".join(parts)


def _traits(description: MaskDescription) -> str:
    traits = {
        "reversible": description.reversible,
        "pseudonymous": description.pseudonymous,
        "may show originals": description.releases_clear,
        "keyed": description.needs_key,
        "by row number": description.row_keyed and not description.content_keyed,
        "by content": description.content_keyed,
        "whole column": description.whole_column,
        "draws rows": description.draws_rows,
        "omits the column": description.omits_column,
    }
    return ", ".join(name for name, holds in traits.items() if holds) or "irreversible, without key"


def _row(option: OptionDescription) -> str:
    takes = {"choice": "one of " + ", ".join(f"`{one}`" for one in option.choices)}.get(
        option.kind,
        {
            "integer": "a whole number",
            "number": "a number",
            "text": "a text",
            "column": "the name of another column",
            "table": "rows of texts",
        }.get(option.kind, option.kind),
    )
    if option.minimum is not None:
        takes += f", at least {option.minimum:g}"
    if option.maximum is not None:
        takes += f", at most {option.maximum:g}"
    default = "—" if option.default is None else f"`{option.default}`"
    if option.default == " -":
        default = "blank and hyphen"
    return f"| `{option.name}` | {takes} | {'needed' if option.required else default} |"
