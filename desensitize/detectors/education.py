"""Degrees of education."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="EDUCATION",
    role="quasi",
    pattern=(
        r"(?:文盲|半文盲|小学|初中|高中|中专|中技|技校|职高|大专|专科|高职|本科|大学|大学本科"
        r"|学士|硕士|研究生|硕士研究生|博士|博士研究生|博士后|MBA|EMBA)"
        r"(?:及以上|及以下|以上|以下|毕业|学历|在读|肄业)?|其他"
        r"|(?i:(?:primary|elementary|middle|high|secondary|vocational) school(?: diploma)?"
        r"|bachelor|master|doctorate|phd|associate|college|diploma|university)"
        r"(?i:'?s?(?: degree)?)?"
    ),
    minimum_share=0.95,
    minimum_distinct=2,
    headers=(
        "学历",
        "文化程度",
        "教育程度",
        "受教育程度",
        "education",
        "degree",
        "schooling",
        "education level",
        "xueli",
        "wenhuachengdu",
        "whcd",
        "=xl",
    ),
)
