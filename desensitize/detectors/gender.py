"""Sex or gender."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="GENDER",
    role="quasi",
    pattern=r"\s*(?:男|女|男性|女性|未知|(?i:male|female|m|f|man|woman|other|unknown))\s*",
    minimum_share=0.95,
    minimum_distinct=2,
    headers=("性别", "sex", "gender", "xingbie"),
)
