"""Marks on English that an application may show, and so translates: the library itself does not."""


def mark_text(text: str) -> str:
    """Mark a text."""
    return text


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark a text that differs by a number."""
    return one, many
