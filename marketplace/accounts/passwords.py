"""Passwords that many people have, as they are or dressed up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import digits

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_CHARACTERS = 5
LETTER_FOR = str.maketrans("@4310$5!7", "aaeiossit")
"""What people write for a letter."""


class DerivedPasswordValidator(CommonPasswordValidator):
    """Refuse a common password with ornaments, twice, or two of them together.

    Django's list of 20,000, which lies on disk, holds hardly one of 12 characters. Whoever must
    write 12 writes `Password2024!` or `qwertyqwerty`, and guessers begin with those. Three words
    and more are a phrase, and pass.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuse such a password.

        Raises:
            ValidationError: it is one (`password-too-common`).
        """
        if any(self._is_common(core) for core in _cores(password)):
            raise ValidationError(
                _(
                    "This password is a common one, or made of common ones. Choose four words that "
                    "do not belong together."
                ),
                code="password-too-common",
            )

    def get_help_text(self) -> str:
        """Say what is refused."""
        return _("Your password can’t be made of one or two commonly used ones.")

    def _is_common(self, core: str) -> bool:
        if len(set(core)) < FEWEST_CHARACTERS:
            return True
        once = next(
            core[:length]
            for length in range(1, len(core) + 1)
            if core[:length] * (len(core) // length) == core
        )
        return any(
            self._is_piece(once[:place]) and self._is_piece(once[place:])
            for place in range(len(once))
        )

    def _is_piece(self, text: str) -> bool:
        return (
            not text.strip(digits) or text in self.passwords or text.strip(digits) in self.passwords
        )


def _cores(password: str) -> Iterator[str]:
    """Yield a password without ornaments, and with the letters that figures stand for."""
    lower = password.lower()
    for text in (lower, lower.translate(LETTER_FOR), lower.rstrip("!").translate(LETTER_FOR)):
        yield re.sub(r"[\W_]+", "", text)
    yield re.sub(r"[\W_]+", "", lower.strip(digits + "!?.").translate(LETTER_FOR))
