"""Passwords that many people have, as they are or dressed up."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from string import digits

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OF_HERE = frozenset(
    {
        *(
            "data",
            "asset",
            "assets",
            "dataasset",
            "dataassets",
            "exchange",
            "market",
            "marketplace",
        ),
        *("trading", "centre", "center", "datatrading", "tradingcentre", "datatradingcentre"),
        *("dataexchange", "datamarket", "officer", "reviewer", "buyer", "seller", "finance"),
        *("auditor", "owner", "administrator", "treasurer", "数据", "数据资产", "交易", "交易中心"),
        *("数据交易", "数据交易中心", "管理员"),
    }
)
"""Words that whoever guesses tries here first, besides names of centre, organization and person."""
FEWEST_CHARACTERS = 5
ORNAMENTS = re.compile(r"[\W_]+")
FEWEST_FIGURES = 16
"""Fewer are a date, a telephone number or an identity number without its birthday."""
RUNS = (digits * 13, digits[::-1] * 13)
LETTER_FOR = str.maketrans("@4310$5!7", "aaeiossit")
"""What people write for a letter."""


class DerivedPasswordValidator(CommonPasswordValidator):
    """Refuse a common password, or a word of this place, with ornaments, twice, or two together.

    Django's list of 20,000, which lies on disk, holds hardly one of 12 characters. Whoever must
    write 12 writes `Password2024!` or `qwertyqwerty`, and guessers begin with those. Three words
    and more are a phrase, and pass.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuse such a password.

        Raises:
            ValidationError: it is one (`password-too-common`).
        """
        words = self.passwords | OF_HERE | _names_here(user)
        if any(_is_common(core, words) for core in _cores(password)):
            raise ValidationError(
                _(
                    "This password is a common one, or made of common ones. Choose four words that "
                    "do not belong together."
                ),
                code="password-too-common",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be made of one or two commonly used ones.")


def _names_here(user: AbstractBaseUser | None) -> frozenset[str]:
    """Return the names of the centre, a person and their organization, whole and word by word."""
    names = [settings.CENTRE_NAME, settings.CENTRE_NAME_CHINESE, settings.CENTRE_DOMAIN]
    names += [getattr(user, "name", ""), getattr(user, "email", "").partition("@")[0]]
    organization = getattr(user, "organization", None)
    if organization is not None:
        names.append(organization.name)
    words = [re.findall(r"\w+", name.lower()) for name in names]
    whole = {"".join(each) for each in words} | {"".join(reversed(each)) for each in words}
    return frozenset(whole.union(*words)) - {""}


def _is_common(core: str, words: AbstractSet[str]) -> bool:
    if len(set(core)) < FEWEST_CHARACTERS:
        return True
    if not core.strip(digits) and len(core) >= FEWEST_FIGURES:
        return any(core in run for run in RUNS)
    once = next(
        core[:length]
        for length in range(1, len(core) + 1)
        if core[:length] * (len(core) // length) == core
    )
    return any(
        _is_piece(once[:place], words) and _is_piece(once[place:], words)
        for place in range(len(once))
    )


def _is_piece(text: str, words: AbstractSet[str]) -> bool:
    return not text.strip(digits) or text in words or text.strip(digits) in words


def _cores(password: str) -> Iterator[str]:
    """Yield a password without ornaments, and with the letters that figures stand for."""
    lower = password.lower()
    for text in (lower, lower.translate(LETTER_FOR), lower.rstrip("!").translate(LETTER_FOR)):
        # Of signs alone nothing would be left.
        yield ORNAMENTS.sub("", text) or text
    if bare := ORNAMENTS.sub("", lower.strip(digits + "!?.").translate(LETTER_FOR)):
        yield bare
