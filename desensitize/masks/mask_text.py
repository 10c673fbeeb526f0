"""Mask personal data inside longer text."""

import re

import polars as pl

from desensitize.detectors.cn_name import COMPOUND, SURNAMES
from desensitize.detectors.cn_name_in_text import names_in
from desensitize.detectors.registry import DETECTORS
from desensitize.masks.contract import Mask, MaskContext, MaskDescription, elementwise
from desensitize.masks.options import OptionDescription
from desensitize.masks.texts import as_text

# Between ASCII letters and digits and anything else; Chinese characters stand outside.
EDGE = r"(?-u:\b)"
HAN = r"\p{Han}"
SURNAME = rf"(?:{COMPOUND}|[{SURNAMES}])"
# Whatever stands behind these is a name, also one that no list has.
CUES = "姓名|名字|联系人|收件人|寄件人|收货人|户名|法定代表人|签收人|我叫|名叫"
LABELS = (
    f"{CUES}|患者|病人|户主|业主|客户|家属|法人|经办人|申请人|投诉人|报案人|当事人|本人|"
    "举报人|来电人|负责人"
)
CAPITALIZED = r"\p{Lu}[\p{L}'’.-]{0,30}"
ENGLISH_NAME = rf"{CAPITALIZED}(?:[ \t]{CAPITALIZED}){{0,3}}"
# What goes before the name of a town, a street or an estate is no part of it.
BESIDE_PLACE = (
    "在住于是到从我们的与及了有来向往给被把让您请问称说址由叫去找跟对因为家位已离距至经过映诉报点"
)
OF_PLACE = rf"[{HAN}--[{BESIDE_PLACE}]]"
PLACE = rf"{OF_PLACE}{{1,8}}?(?:省|自治区|市|区|县|州|旗|镇|乡|街道)"
PART = rf"{OF_PLACE}{{1,7}}?"
STREET = r"(?:大道|大街|路|街|巷|胡同|弄|里|道|村)"
ESTATE = r"(?:小区|花园|家园|苑|公寓|新村|港湾|广场|大厦|名邸|山庄|雅居|华庭|城|园|府|里|院)"
STEPS = r"(?:号院|号楼|号|弄|栋|幢|座|楼|层|单元|室|户|组)"
FURTHER = (
    rf"(?:[ \t]?[0-9A-Za-z一二三四五六七八九十-]{{1,8}}[ \t]?{STEPS})*"
    r"(?:[ \t]?[0-9]{2,4}(?-u:\b))?"
)
HOUSE = rf"[ \t]?[0-9一二三四五六七八九十]{{1,5}}[ \t]?{STEPS}{FURTHER}"
# Down to a house from a town on, or down three steps of administration to a street.
ADDRESS = (
    rf"(?:{PLACE}){{1,5}}{PART}(?:{STREET}|{ESTATE}){HOUSE}"
    rf"|(?:{PLACE}){{3,5}}{PART}(?:{STREET}|{ESTATE})"
)
HOUSES = (
    rf"{PART}{STREET}[ \t]?[0-9]{{1,5}}(?:号院|号楼|号|弄|组){FURTHER}",
    rf"{PART}{ESTATE}[ \t]?[0-9A-Za-z]{{1,3}}(?:号楼|栋|幢|座|单元|号){FURTHER}",
    rf"[0-9]{{1,3}}(?:号楼|栋|幢|座|单元)[ \t]?[0-9]{{1,4}}(?:室|户|单元)?{FURTHER}",
)
MOST_OF_FORM = 5
"""A name has characters beside those of its form in law."""
ACCOUNT = r"(?i:微信|weixin|wechat|v信|vx|QQ|扣扣)"
IS = r"[ \t]{0,2}[:=是为]?[ \t]{0,2}"
HANDLES = (
    rf"({ACCOUNT}(?:号码|号|账号){IS})[A-Za-z0-9][A-Za-z0-9_-]{{4,19}}",
    rf"({ACCOUNT}{IS})[A-Za-z]{{2,}}[0-9_-][A-Za-z0-9_-]{{1,18}}",
)
COMPANY = re.compile(
    r"[\u3400-\u9fff()]{2,20}?(?:有限责任公司|股份有限公司|有限公司|合伙企业|经营部|商行)"
)
BEFORE_COMPANY = re.compile(
    r".*(?:投诉|举报|反映|联系|起诉|要求|单位|公司|机构|因为|属于|名叫|雇主|老板|商家|[在于是从由被让给向与的])"
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
    (rf"((?:{LABELS})[ \t]{{0,4}}[:=][ \t]{{0,4}}){HAN}[{HAN}·]{{1,7}}", "$1"),
    (rf"((?:{CUES})[ \t]{{0,4}}[是为叫]?[ \t]{{0,4}}){SURNAME}{HAN}{{1,2}}", "$1"),
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
    addresses, plates …) without asking for check digits, accounts of messengers, addresses down to
    a house, names of companies, names behind words such as “姓名” or before titles, and any further
    run of at least `least_digits` digits, also with signs, blanks or glued letters between them. Of
    a longer number no digit is left beside a mark. A Chinese name that nothing announces is found
    where its characters and what stands beside it speak for one: some are overlooked, so do not
    take the result for anonymous. The text is brought into Unicode's NFKC form first and cleared
    of characters that nobody sees, so that neither full-width digits nor these hide a number. Nulls
    stay null; what has no text becomes null.
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
        for form in (ADDRESS, *_forms(numbers=False), *HOUSES):
            text = text.str.replace_all(form, WORDS)
        text = elementwise(text, _without_names)
        for form, kept in (*NAMES, *((one, "$1") for one in HANDLES)):
            text = text.str.replace_all(form, kept.replace("$1", "${1}") + WORDS)
        more = self.options.integer("least_digits") - 1
        text = text.str.replace_all(rf"\d(?:{BETWEEN}\d){{{more},}}", NUMBER)
        return text.str.replace_all(WHOLE_NUMBER, mark).str.replace_all(WORDS, mark)


def _without_names(texts: pl.Series) -> pl.Series:
    """Return texts with a sign in place of each name of a person or company in Chinese."""
    return pl.Series(
        texts.name,
        [None if one is None else _unnamed(one) for one in texts.to_list()],
        dtype=pl.String,
    )


def _unnamed(text: str) -> str:
    if text.isascii():
        return text
    named = COMPANY.sub(_without_company, text)
    parts, end = [], 0
    for start, stop in names_in(named):
        parts += [named[end:start], WORDS]
        end = stop
    return "".join([*parts, named[end:]])


def _without_company(found: re.Match[str]) -> str:
    """Return what stands before the name of a company, and a sign for the name."""
    name = found.group()
    before = BEFORE_COMPANY.match(name[:-4])
    kept = before.group() if before is not None else ""
    return kept + WORDS if len(name) - len(kept) > MOST_OF_FORM else name


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
