"""Chinese mobile telephone numbers."""

from desensitize.detectors.contract import Detector

SEGMENT = r"1(?:3[0-9]|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])"
NUMBER = rf"(?:(?:\+|00)?86[- ]?)?{SEGMENT}[- ]?[0-9]{{4}}[- ]?[0-9]{{4}}"

DETECTOR = Detector(
    kind="CN_MOBILE",
    role="direct",
    pattern=rf"\s*{NUMBER}\s*",
    embedded=NUMBER,
    strict=True,
    headers=(
        "手机",
        "电话",
        "联系方式",
        "移动电话",
        "mobile",
        "phone",
        "telephone",
        "cellphone",
        "tel",
        "contact number",
        "shouji",
        "shoujihao",
        "dianhua",
        "lianxifangshi",
    ),
)
