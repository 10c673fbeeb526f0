"""Mask personal data inside longer text."""

import polars as pl

from desensitize.detectors.cn_name import COMPOUND, SURNAMES
from desensitize.detectors.registry import DETECTORS
from desensitize.masks.contract import Mask, MaskContext, MaskDescription
from desensitize.masks.options import OptionDescription
from desensitize.masks.texts import as_text

# Between ASCII letters and digits and anything else; Chinese characters stand outside.
EDGE = r"(?-u:\b)"
HAN = r"\p{Han}"
SURNAME = rf"(?:{COMPOUND}|[{SURNAMES}])"
CUES = (
    "姓名|名字|联系人|收件人|寄件人|收货人|患者|病人|户主|户名|业主|客户|家属|法定代表人|法人|经办人|签收人|申请人|"
    "投诉人|报案人|当事人|本人|我叫|名叫"
)
TITLES = "先生|女士|小姐|太太|老师|医生|大夫|同志|师傅|经理|主任|教授|律师|同学"
CAPITALIZED = r"\p{Lu}[\p{L}'’.-]{0,30}"
ENGLISH_NAME = rf"{CAPITALIZED}(?:[ \t]{CAPITALIZED}){{0,3}}"
PLACE = rf"[{HAN}0-9]{{1,12}}?[省市区县州旗镇乡村]"
ADDRESS = (
    rf"(?:{PLACE}){{1,5}}[{HAN}A-Za-z0-9]{{1,24}}?(?:路|街|巷|道|弄|里|村|苑|小区|号|栋|幢|座|楼)"
    r"(?:[ \t]?[0-9A-Za-z一二三四五六七八九十-]{1,8}[ \t]?"
    r"(?:号院|号楼|号|弄|栋|幢|座|楼|层|单元|室|户))*"
)
# Written with signs that the run of digits below does not cover.
MACHINES = (
    r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}",
    r"\d{1,3}(?:\.\d{1,3}){3}",
    r"[0-9A-Fa-f]{1,4}(?:::?[0-9A-Fa-f]{1,4}){3,7}",
)
# What may stand between digits of one number: one sign, a few blanks or dashes, or glued letters.
BETWEEN = r"(?:[.,·_/]|[ \t()\-–—]{1,3}|[A-Za-z]{1,8})?"
# Stand for the mark until the end, in place of numbers and of words; cleared from the text before.
NUMBER, WORDS = "\ue000", "\ue001"
BESIDE = BETWEEN.replace("/]", "/:]")
WHOLE_NUMBER = rf"(?:\d{BESIDE})*{NUMBER}(?:{BESIDE}[\d{NUMBER}])*"
UNSEEN = rf"[\p{{Cf}}{NUMBER}{WORDS}]"
ADDRESSES = ("CN_ADDRESS", "ADDRESS")
NAMES = (
    (rf"((?:{CUES})[ \t]{{0,4}}[:=][ \t]{{0,4}}){HAN}[{HAN}·]{{1,7}}", "$1"),
    (rf"((?:{CUES})[ \t]{{0,4}}[是为叫]?[ \t]{{0,4}}){SURNAME}{HAN}{{1,2}}", "$1"),
    (rf"{SURNAME}{HAN}{{0,2}}({TITLES})", "|$1"),
    (
        rf"((?i:name|contact|patient|customer|attn|signed)[ \t]{{0,4}}[:=][ \t]{{0,4}})"
        rf"{ENGLISH_NAME}",
        "$1",
    ),
    (rf"{EDGE}((?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?[ \t]{{1,4}}){ENGLISH_NAME}", "$1"),
)


class MaskText(Mask):
    """Put a mark in place of the personal data that stand inside a text; the rest stays in clear.

    Masked are what the detectors know (identity numbers, mobiles, landlines, cards, e-mail
    addresses, plates …) without asking for check digits, addresses, names behind words such as
    “姓名” or before titles, and any further run of at least `least_digits` digits, also with signs,
    blanks or glued letters between them. Of a longer number no digit is left beside a mark. The
    text is brought into Unicode's NFKC form first and cleared of characters that nobody sees, so
    that neither full-width digits nor these hide a number. Names without
    such a neighbour are not found: do not take the result for anonymous. Nulls stay null; what
    has no text becomes null.
    """

    description = MaskDescription(
        "mask_text",
        (
            OptionDescription("mark", "text", default="***"),
            OptionDescription("least_digits", "integer", default=6, minimum=3, maximum=18),
        ),
        releases_clear=True,
        masks_within=True,
        takes=("text",),
    )

    def expression(self, values: pl.Expr, context: MaskContext) -> pl.Expr:
        """Return the texts with marks in them."""
        mark = self.options.text("mark").replace("$", "$$")
        text = as_text(values, context.dtype).str.normalize("NFKC").str.replace_all(UNSEEN, "")
        # Longer addresses go before the detector's, which ends at the house.
        for form in _forms(numbers=True):
            text = text.str.replace_all(form, NUMBER)
        for form in (ADDRESS, *_forms(numbers=False)):
            text = text.str.replace_all(form, WORDS)
        for form, kept in NAMES:
            before, _, after = kept.rpartition("|") if "|" in kept else (kept, "", "")
            text = text.str.replace_all(form, _around(before, after))
        more = self.options.integer("least_digits") - 1
        text = text.str.replace_all(rf"\d(?:{BETWEEN}\d){{{more},}}", NUMBER)
        return text.str.replace_all(WHOLE_NUMBER, mark).str.replace_all(WORDS, mark)


def _around(before: str, after: str) -> str:
    return before.replace("$1", "${1}") + WORDS + after.replace("$1", "${1}")


def _forms(*, numbers: bool) -> list[str]:
    """Return the forms of the detectors: those of numbers, or those of addresses."""
    # Accounts go first: a card's form would take only the digits behind their letters.
    detectors = sorted(DETECTORS.values(), key=lambda one: one.kind != "IBAN")
    embedded = [
        one.embedded
        for one in detectors
        if one.embedded is not None and (one.kind not in ADDRESSES) == numbers
    ]
    if numbers:
        embedded = [*MACHINES, *embedded]
    # An edge on one side is enough: digits that run into a word are a number all the same.
    return [f"{EDGE}(?:{form})" for form in embedded] + [f"(?:{form}){EDGE}" for form in embedded]
