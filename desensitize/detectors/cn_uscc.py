"""Unified social credit codes of organizations (GB 32100-2015)."""

from stdnum.cn import uscc

from desensitize.detectors.contract import Detector


def is_credit_code(value: str) -> bool:
    """Return whether 18 characters are a credit code with its check character."""
    return bool(uscc.is_valid(value))


DETECTOR = Detector(
    kind="CN_USCC",
    role="other",
    pattern=r"[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]{2}(?:[ -]?[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]){16}",
    # The first two characters say which register keeps which sort of organization.
    likeness=(
        r"(?i:(?:11|12|13|19|21|29|31|32|33|34|35|39|41|49|51|52|53|54|59|61|62|71|72|79|81|89|91|92|93"
        r"|A1|A9|N1|N2|N3|N9|Y1)[1-8][0-9]{5}[0-9A-HJ-NPQRTUWXY]{10})"
    ),
    form_tells=True,
    check=is_credit_code,
    headers=(
        "统一社会信用代码",
        "社会信用代码",
        "信用代码",
        "组织机构代码",
        "税号",
        "纳税人识别号",
        "uscc",
        "credit code",
        "social credit code",
        "shehuixinyongdaima",
        "tongyishehuixinyongdaima",
        "xinyongdaima",
        "shxydm",
    ),
)
