"""Unified social credit codes of organizations (GB 32100-2015)."""

from stdnum.cn import uscc

from desensitize.detectors.contract import Detector


def is_credit_code(value: str) -> bool:
    """Say whether 18 characters are a credit code with its check character."""
    return bool(uscc.is_valid(value.strip()))


DETECTOR = Detector(
    kind="CN_USCC",
    role="other",
    pattern=r"\s*[0-9A-HJ-NPQRTUWXY]{18}\s*",
    check=is_credit_code,
    headers=(
        "统一社会信用代码",
        "信用代码",
        "组织机构代码",
        "uscc",
        "credit code",
        "shehuixinyongdaima",
    ),
)
