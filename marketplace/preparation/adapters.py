"""Turn what the library refuses, and why runs fail, into sentences in the reader's language."""

from collections.abc import Mapping

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desensitize.errors import TABLE_SENTENCES, DesensitizeError, TableError
from desensitize.masks import MASKS, OptionDescription
from marketplace.catalog.quality.adapters import SENTENCES as QUALITY_SENTENCES
from marketplace.catalog.version import adapters as tables
from marketplace.core import Invalid
from marketplace.preparation.mask.words import CHOICE_LABELS, MASK_LABELS, OPTION_LABELS

# The sentences of what is refused of a synthetic copy and of the domains declared for it.

COPY_SENTENCES: Mapping[str, Promise] = {
    "copy-needs-delta": gettext_lazy(
        "A synthetic copy needs a δ above 0, such as 0.000000001. Give one."
    ),
    "bad-copy-rows": gettext_lazy("The rows of a copy must be a whole number from 1 to %(limit)s."),
    "domain-needed": gettext_lazy(
        "Which values column “%(column)s” can have is not declared, and the data must not tell. "
        "List its values, give its bounds, or leave the column out."
    ),
    "bad-domain": gettext_lazy(
        "The values or bounds of column “%(column)s” cannot be used for a synthetic copy. Declare "
        "them anew."
    ),
    "bad-domains": gettext_lazy(
        "The values and bounds of the columns cannot be read. Declare them anew."
    ),
    "too-many-domains": gettext_lazy(
        "A synthetic copy has from 1 to %(limit)s columns. Declare as many."
    ),
}


# The sentences of what a sandbox refuses: its declaration and the questions asked of it.

QUESTION_SENTENCES: Mapping[str, Promise] = {
    "bad-declaration": gettext_lazy(
        "The declaration of the sandbox cannot be read. Declare it anew."
    ),
    "nothing-declared": gettext_lazy("Declare at least one column with bounds or with values."),
    "too-much-declared": gettext_lazy("A sandbox declares at most %(limit)s columns."),
    "bad-decimals": gettext_lazy(
        "The decimal places of column “%(column)s” must be a whole number from 0 to 6."
    ),
    "bad-values": gettext_lazy(
        "The values of column “%(column)s” must be %(limit)s texts at most, each once and not "
        "empty."
    ),
    "unit-declared": gettext_lazy(
        "Column “%(column)s” tells persons apart, so nothing can be asked about it. Leave it out."
    ),
    "bad-question": gettext_lazy(
        "The question cannot be read. Ask for a count, sum, mean or histogram."
    ),
    "not-declared": gettext_lazy(
        "Column “%(column)s” cannot be used here. Use a column that the seller declared for it."
    ),
    "value-not-declared": gettext_lazy(
        "A value of the condition on column “%(column)s” is not among those that the seller "
        "declared."
    ),
    "bad-range": gettext_lazy(
        "The range of column “%(column)s” must have a lower end not above its upper one, "
        "within the declared bounds and decimal places."
    ),
    "column-repeated": gettext_lazy(
        "Column “%(column)s” is named twice for the same. Name it once."
    ),
    "bad-bins": gettext_lazy(
        "A histogram has %(low)s to %(high)s bins, each at least one step of the column wide."
    ),
    "too-many-groups": gettext_lazy(
        "Group by at most %(limit)s columns; a histogram is not grouped."
    ),
    "too-many-conditions": gettext_lazy("Give at most %(limit)s conditions."),
    "too-many-cells": gettext_lazy(
        "The answer would have %(cells)s figures; at most %(limit)s are allowed. Group by less."
    ),
    "groups-unlisted": gettext_lazy(
        "The values of column “%(column)s” are not declared, so only counts can be grouped by it."
    ),
}
"""One sentence a code of the library."""


Parameters = Mapping[str, str | int | float]

LIBRARY_SENTENCES: Mapping[str, Promise] = {
    **COPY_SENTENCES,
    **QUESTION_SENTENCES,
    **QUALITY_SENTENCES,
    "standard-input-twice": gettext_lazy(
        "Standard input can be read once. Name a file for the other argument."
    ),
    "unknown-mask": gettext_lazy("There is no mask “%(name)s”."),
    "unknown-option": gettext_lazy("The mask “%(mask)s” has no setting “%(option)s”."),
    "missing-option": gettext_lazy("The mask “%(mask)s” needs the setting “%(option)s”."),
    "bad-option": gettext_lazy(
        "The setting “%(option)s” of the mask “%(mask)s” must be %(expected)s."
    ),
    "key-needed": gettext_lazy(
        "The pseudonyms of column “%(column)s” need a key. Tell the centre: the key is missing."
    ),
    "bad-key": gettext_lazy("The key of the pseudonyms is damaged. Tell the centre."),
    # Of the kernels; a policy refuses such settings before.
    "bad-ff1-key": gettext_lazy("An FF1 key must have 16, 24 or 32 bytes."),
    "bad-ff1-value": gettext_lazy(
        "Value %(position)s cannot be encrypted in its form. Use only the first %(radix)s numerals "
        "of 0–9, a–z and A–Z, at most %(most)s of them."
    ),
    "bad-ff1-tweak": gettext_lazy("An FF1 tweak must have at most %(limit)s bytes."),
    "bad-ff1-tweak-digits": gettext_lazy("An FF1 tweak must be written as hexadecimal digits."),
    "bad-ff1-radix": gettext_lazy(
        "The numerals of FF1 must be a whole number from %(low)s to %(high)s."
    ),
    "bad-separators": gettext_lazy(
        "The characters that stay must be ASCII characters, and none of the numerals."
    ),
    "unknown-role": gettext_lazy(
        "There is no class “%(role)s”. Use direct, quasi, sensitive or other."
    ),
    "unknown-order": gettext_lazy("There is no order of rows “%(name)s”."),
    "unknown-method": gettext_lazy("There is no search method “%(name)s”."),
    "unknown-template": gettext_lazy("There is no policy template “%(name)s”."),
    "unknown-shape": gettext_lazy("There are no values called “%(name)s”."),
    "unknown-detector": gettext_lazy("There is no detector “%(name)s”."),
    "unknown-column": gettext_lazy("The table has no column “%(column)s”."),
    "uncovered-column": gettext_lazy(
        "The policy says nothing about column “%(column)s”. Choose a mask for it."
    ),
    "column-twice": gettext_lazy(
        "The policy has two rules for column “%(column)s”. Keep one of them."
    ),
    "direct-released": gettext_lazy(
        "Column “%(column)s” identifies people directly and would be released in clear. Choose a "
        "mask for it."
    ),
    "generalize-needs-quasi": gettext_lazy(
        "The search makes no column coarser that names persons or is sensitive. Choose another "
        "mask for column “%(column)s”."
    ),
    "from-to-mask": gettext_lazy(
        "Column “%(column)s” cannot come as two columns, from and to: its mask makes no intervals. "
        "Choose one that does, or let it come as one column."
    ),
    "from-to-type": gettext_lazy(
        "Column “%(column)s” cannot come as two columns, from and to: it holds neither numbers nor "
        "dates. Let it come as one column."
    ),
    "from-to-label": gettext_lazy(
        "Column “%(column)s” cannot come as two columns, from and to: “%(label)s” is no interval "
        "that holds its values. Write it as “20-39” or “[20, 40)”, or let it come as one column."
    ),
    "from-to-name": gettext_lazy(
        "Column “%(column)s” would come as “%(name)s”, and another column is called so. Let it "
        "come as one column."
    ),
    "from-to-long": gettext_lazy(
        "Column “%(column)s” cannot come as two columns, from and to: their names would have more "
        "than %(limit)s characters. Let it come as one column."
    ),
    "bad-smallest-class": gettext_lazy("The smallest class must be a whole number of at least 1."),
    "bad-suppression-limit": gettext_lazy(
        "The share of rows that may be left out must lie between 0 and 1."
    ),
    "bad-policy": gettext_lazy(
        "This is no policy. It needs columns, each with name, role, mask and options, and may have "
        "smallest_class, suppression_limit and method."
    ),
    "no-columns-left": gettext_lazy(
        "The policy leaves out every column, so nothing would remain. Keep at least one."
    ),
    "bad-hierarchy": gettext_lazy(
        "The hierarchy of column “%(column)s” cannot be used. Give each value one row, all rows "
        "the same number of levels, and each label one label at the next level."
    ),
    "hierarchy-ragged": gettext_lazy(
        "Row %(row)s of the hierarchy of column “%(column)s” has another number of levels than the "
        "first row. Give all rows the same number."
    ),
    "hierarchy-value-twice": gettext_lazy(
        "The value in row %(row)s of the hierarchy of column “%(column)s” occurs in an earlier row "
        "too. Keep one of the two."
    ),
    "hierarchy-label-split": gettext_lazy(
        "In row %(row)s of the hierarchy of column “%(column)s” a label goes to another label at "
        "level %(level)s than in an earlier row. Levels may only merge what came before."
    ),
    "no-quasi-identifiers": gettext_lazy("Name at least one quasi-identifier to generalize."),
    "search-too-large": gettext_lazy(
        "There are %(nodes)s ways to generalize these columns; at most %(limit)s can be looked at. "
        "Generalize fewer columns, or give them hierarchies with fewer levels."
    ),
    "suppression-exceeded": gettext_lazy(
        "To reach classes of %(smallest_class)s rows, %(suppressed)s of %(rows)s rows would have "
        "to be left out, more than the policy allows. Generalize or leave out further columns."
    ),
    "recoding-unfit": gettext_lazy(
        "Column “%(column)s” has values that no label in force stands for: %(values)s, in "
        "%(rows)s rows.%(named)s Earlier versions show labels of their own for what they hold. "
        "Give the new values levels in a policy of this version; it is then tried with all that "
        "went out before."
    ),
    "recoding-open": gettext_lazy(
        "The mask “%(mask)s” of column “%(column)s” gives each version values by what else is in "
        "it, so that two versions tell more than each. Choose a mask that gives a value the same "
        "result in every version, such as ranges."
    ),
    "unknown-model": gettext_lazy("There is no kind “%(name)s” of this privacy model."),
    "bad-diversity": gettext_lazy(
        "The l of diversity must be a number of at least 1, whole but for entropy, and c a number "
        "above 0."
    ),
    "bad-closeness": gettext_lazy("The t of closeness must be a number between 0 and 1."),
    "bad-presence": gettext_lazy("Presence needs two shares between 0 and 1, the lower one first."),
    "bad-limits": gettext_lazy(
        "The limits of a verdict need a k of at least 2, and shares between 0 and 1."
    ),
    "bad-guesses": gettext_lazy("The guesses of an attacker cannot be read."),
    "bad-known": gettext_lazy(
        "What an attacker knows must be a whole number of columns, at least 1."
    ),
    "protection-needs-sensitive": gettext_lazy(
        "Something is asked of the values of column “%(column)s”, which is not classed as "
        "sensitive. Class it so."
    ),
    "protection-unseen": gettext_lazy(
        "Column “%(column)s” is masked by “%(mask)s”, whose values cannot be put into levels "
        "before they are masked, so nothing can be asked of them. Ask nothing, or choose ranges, "
        "levels or cut dates."
    ),
    "bad-model": gettext_lazy(
        "“%(text)s” cannot be read. Write the column, the number and the kind."
    ),
    "unknown-report": gettext_lazy(
        "A report cannot be written as “%(ending)s”. Name it .html or .json."
    ),
    "bad-fraction": gettext_lazy(
        "A threshold or sampling fraction must be a share above 0 and at most 1."
    ),
    "sensitive-is-quasi": gettext_lazy(
        "Column “%(column)s” cannot be a quasi-identifier and sensitive at once. Choose one."
    ),
    "unordered-column": gettext_lazy(
        "The values of column “%(column)s” have no order, as numbers and dates have. Ask for t "
        "with equal distances."
    ),
    "population-needed": gettext_lazy(
        "What is asked of the population needs a table of the population. Choose one."
    ),
    "out-of-reach": gettext_lazy(
        "Not even with “*” in every generalized column do classes of %(smallest_class)s rows reach "
        "what is asked. Ask for less of the sensitive columns, or use more data."
    ),
    "no-rows-left": gettext_lazy(
        "No row would remain: the table has too few rows alike for a smallest class of "
        "%(smallest_class)s. Leave out a quasi-identifier, or use more data."
    ),
    "bad-privacy-budget": gettext_lazy(
        "A privacy budget needs an ε above 0 and a δ of at least 0 and below 1, as numbers."
    ),
    "privacy-budget-spent": gettext_lazy(
        "The privacy budget does not allow this release: ε %(epsilon)s and δ %(delta)s are left. "
        "Ask for less, or release nothing more of this table."
    ),
    "bad-privacy-ledger": gettext_lazy(
        "The record of what the releases of this table have spent cannot be used. Tell the centre."
    ),
    "bad-contribution": gettext_lazy(
        "The rows that count for one person must be a whole number of at least 1, and more than "
        "1 only with a column that tells persons apart."
    ),
    "bad-bounds": gettext_lazy(
        "Bounds must be finite numbers in rising order. Choose them without looking at the data."
    ),
    "delta-needed": gettext_lazy(
        "The values of column “%(column)s” are not known beforehand. List them, or count with a δ "
        "above 0, by which small cells are left out."
    ),
    "whole-column-sharded": gettext_lazy(
        "The mask “%(mask)s” needs all values of column “%(column)s” at once, but the table lies "
        "in several files. Choose another mask."
    ),
    "unknown-engine": gettext_lazy("There is no engine “%(name)s”."),
    "extra-missing": gettext_lazy(
        "The engine “%(engine)s” is not installed here. Tell the centre: the package "
        "“%(package)s” is missing."
    ),
    # The table reader's own sentence is for uploads.
    "write-failed": gettext_lazy(
        "The result could not be written to the centre's disk. Tell the centre, then start again."
    ),
}
"""One sentence a code of the library that is not about files."""

RUN_SENTENCES: Mapping[str, Promise] = {
    "worker-lost": gettext_lazy(
        "The work broke off %(attempts)s times, most likely for want of memory. Tell the centre, "
        "or try with less data."
    ),
    "content-not-approved": gettext_lazy(
        "The dataset was opened for changes while the run went on. Start again after approval."
    ),
    "version-outdated": gettext_lazy(
        "Newer data was uploaded while the run went on. Go on with the newest version."
    ),
    "persons-left": gettext_lazy(
        "Persons are to leave this data since the run began. Start it again."
    ),
    "digest-mismatch": gettext_lazy(
        "The masked file changed while it was stored, and was thrown away. Start the run again."
    ),
    "file-damaged": gettext_lazy(
        "The stored source file is damaged or missing. Tell the centre: it has to restore a backup."
    ),
    "file-removed": gettext_lazy("The source file was removed. Upload the data again."),
    "risk-missing": gettext_lazy(
        "The risk report of this version was withdrawn. Nothing is copied from it any more."
    ),
    "disk-full": gettext_lazy(
        "The centre's disk has no room for the work. Tell the centre, then start again."
    ),
    "dataset-budget-spent": gettext_lazy(
        "The privacy budget of the dataset does not allow this copy: all its versions, copies and "
        "sandboxes share it, and what is promised to buyers is kept for them. Nothing was spent."
    ),
    "unexpected": gettext_lazy(
        "The work failed for a reason that the centre has to look into. Tell it this run's number."
    ),
}
"""One sentence a code that this app gives to failed runs itself."""

SENTENCES: Mapping[str, Promise] = {**LIBRARY_SENTENCES, **RUN_SENTENCES}


def refusal_of(error: DesensitizeError, *, field: str = "") -> Invalid:
    """Turn a refusal of the library into `Invalid`, on a field where one is named."""
    sentence = sentence_of(error.code, error.parameters)
    return Invalid(sentence, code=error.code, fields={field: [sentence]} if field else None)


def sentence_of(code: str, parameters: Parameters) -> str:
    if code in TABLE_SENTENCES and code not in SENTENCES:
        return tables.refusal_of(TableError(code, **parameters)).sentence
    if code not in SENTENCES:
        return str(SENTENCES["unexpected"])
    worded = {name: _worded(name, value) for name, value in parameters.items()}
    if code == "bad-option":
        worded["expected"] = _expected(str(parameters["mask"]), str(parameters["option"]))
    sentence = str(SENTENCES[code]) % worded
    if parameters.get("nearest"):
        sentence += " " + _("Did you mean “%(name)s”?") % {"name": parameters["nearest"]}
    return sentence


def _worded(name: str, value: str | int | float) -> str:
    if not isinstance(value, str):
        return number_format(value, use_l10n=True, force_grouping=True)
    labels = {"mask": MASK_LABELS, "option": OPTION_LABELS}.get(name, {})
    return str(labels.get(value, value))


def _expected(mask: str, option: str) -> str:
    described = MASKS[mask].description.options if mask in MASKS else ()
    for description in described:
        if description.name == option:
            return _kind_of(description)
    return _("of the right kind")


def _kind_of(description: OptionDescription) -> str:
    low, high = description.minimum, description.maximum
    match description.kind:
        case "choice":
            choices = ", ".join(str(CHOICE_LABELS.get(one, one)) for one in description.choices)
            return _("one of %(choices)s") % {"choices": choices}
        case "text":
            return _("a text")
        case "column":
            return _("the name of another column")
        case "table":
            return _("a list of rows of texts")
        case "integer" | "number" if low is not None and high is not None:
            return _("a number from %(low)s to %(high)s") % {
                "low": number_format(low),
                "high": number_format(high),
            }
        case "integer" | "number" if low is not None:
            return _("a number of at least %(low)s") % {"low": f"{low:g}"}
    return _("a number that fits the other settings")
