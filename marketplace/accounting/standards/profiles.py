"""Accounting standards as data: one TOML file a profile, no code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from marketplace.accounting.standards.refusals import RuleRefused

FOLDER = Path(__file__).resolve().parent.parent / "profiles"
DEFAULT = "cas"
LISTS = ("capitalized", "expensed", "asset_conditions", "development_conditions")
TEXTS = ("name", "title", "revaluation")
REVALUATIONS = ("forbidden", "active_market")
RULES = (
    "recognition", "cut_off", "amortization", "impairment", "inventory", "grant", "tax",
    "appraisal", "disclosure",
)  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """What a standard lets an entity book.

    `applies_from` is the first day of its rule on data, None where it never began;
    `nominal_amount` is what a gift without a reliable fair value is booked at; `rules` cites the
    source of each rule; `titles` are by language; `tax_life_months` of 0 means that no income
    tax is paid.
    """

    name: str
    title: str
    applies_from: date | None
    capitalized: tuple[str, ...]
    expensed: tuple[str, ...]
    asset_conditions: tuple[str, ...]
    development_conditions: tuple[str, ...]
    reverses_impairment: bool
    revaluation: str
    nominal_amount: Decimal
    tax_life_months: int
    tax_rate: Decimal
    rules: Mapping[str, str]
    titles: Mapping[str, str]

    def title_in(self, language: str | None) -> str:
        """Return the title in a language, such as `zh-hans`, where the profile has it."""
        return self.titles.get((language or "").lower(), self.title)

    def rule(self, name: str) -> str:
        """Return the source of a rule."""
        return self.rules[name]


def profile_names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def profile_named(name: str) -> Profile:
    """Return a profile of the centre by name, in any case.

    Raises:
        RuleRefused: there is none of this name.
    """
    names = profile_names()
    if name.lower() not in names:
        raise _wrong(
            _("There is no accounting profile “%(name)s”. Choose one of: %(names)s.")
            % {"name": name, "names": ", ".join(each.upper() for each in names)}
        )
    return load_profile(FOLDER / f"{name.lower()}.toml")


def load_profile(path: Path) -> Profile:
    """Read and check a profile file.

    Raises:
        RuleRefused: it is no TOML, or an entry is missing, unknown or of the wrong form.
        OSError: the file cannot be opened.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(
            _("The profile %(file)s is no TOML file: %(reason)s.")
            % {"file": path.name, "reason": error}
        ) from error
    return profile_of(found)


def profile_of(found: Mapping[str, object]) -> Profile:
    """Check the entries of a profile; errors as for `load_profile`."""
    unknown = sorted(set(found) - set(Profile.__dataclass_fields__))
    if unknown:
        raise _wrong(
            _("A profile has no entry “%(name)s”: remove it or correct its name.")
            % {"name": unknown[0]}
        )
    lists = {name: _texts(found, name) for name in LISTS}
    both = sorted(set(lists["capitalized"]) & set(lists["expensed"]))
    if both:
        raise _wrong(
            _("“%(kind)s” is both capitalized and expensed: leave it in one list.")
            % {"kind": both[0]}
        )
    revaluation = _text(found, "revaluation")
    if revaluation not in REVALUATIONS:
        raise _wrong(_("revaluation is forbidden or active_market."))
    rules = found.get("rules")
    if not isinstance(rules, Mapping) or any(not _is_text(rules.get(name)) for name in RULES):
        raise _wrong(_("Cite a source for each rule under [rules]: %s.") % ", ".join(RULES))
    applies_from = found.get("applies_from")
    if applies_from is not None and type(applies_from) is not date:
        raise _wrong(_("Give applies_from as a day, such as 2024-01-01, or leave it out."))
    reverses, life = found.get("reverses_impairment"), found.get("tax_life_months")
    if not isinstance(reverses, bool):
        raise _wrong(_("Give reverses_impairment as true or false."))
    if not isinstance(life, int) or isinstance(life, bool) or not 0 <= life <= 1200:
        raise _wrong(_("Give tax_life_months as whole months from 0 to 1,200."))
    titles = found.get("titles", {})
    if not isinstance(titles, Mapping) or not all(_is_text(each) for each in titles.values()):
        raise _wrong(_("Give the titles as texts by language, or leave them out."))
    return Profile(
        name=_text(found, "name"),
        title=_text(found, "title"),
        applies_from=applies_from,
        capitalized=lists["capitalized"],
        expensed=lists["expensed"],
        asset_conditions=lists["asset_conditions"],
        development_conditions=lists["development_conditions"],
        reverses_impairment=reverses,
        revaluation=revaluation,
        nominal_amount=_decimal(found, "nominal_amount"),
        tax_life_months=life,
        tax_rate=_decimal(found, "tax_rate"),
        rules={name: str(source) for name, source in rules.items()},
        titles={str(language).lower(): str(title) for language, title in titles.items()},
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text(found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(_("The profile needs a text “%s”.") % name)
    return value


def _texts(found: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = found.get(name)
    if not isinstance(value, list) or not value or not all(_is_text(each) for each in value):
        raise _wrong(_("The profile needs a list of texts “%s”.") % name)
    return tuple(value)


def _decimal(found: Mapping[str, object], name: str) -> Decimal:
    value = found.get(name)
    try:
        number = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise _wrong(_('Write “%s” as decimal text of zero or more, such as "0.25".') % name)
    return number


def _wrong(sentence: str) -> RuleRefused:
    return RuleRefused("profile-unusable", sentence)
