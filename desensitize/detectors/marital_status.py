"""Marital status."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="MARITAL_STATUS",
    role="quasi",
    pattern=(
        r"(?:未婚|已婚|离异|离婚|丧偶|初婚|再婚|复婚|已婚已育|已婚未育|单身|分居|未说明|保密|其他"
        r"|(?i:single|married|divorced|widowed|separated|never married|unmarried))"
    ),
    minimum_share=0.95,
    minimum_distinct=2,
    headers=(
        "婚姻",
        "婚姻状况",
        "marital",
        "marital status",
        "marriage",
        "hunyin",
        "hunyinzhuangkuang",
        "hyzk",
    ),
)
