"""Chinese landline telephone numbers: area code, number and extension."""

from desensitize.detectors.contract import Detector

AREA = (
    r"0(?:10|2[0-57-9]|3[1-9][0-9]|4[1-8][0-9]|5[1-9][0-9]|6[36][0-9]|69[12]|7[0-9]{2}"
    r"|8[1-9][0-9]|9[0-9]{2})"
)
COUNTRY = r"(?:(?:\+|00)86[- ]?)?"
EXTENSION = r"(?:(?: ?(?:-|转|ext\.?|x|#) ?)[0-9]{1,6})?"
NUMBER = rf"{COUNTRY}\(?{AREA}\)?[- ]?[2-9][0-9]{{2,3}}[- ]?[0-9]{{4}}{EXTENSION}"
ABROAD = r"(?:\+|00)86[- ]?(?:10|2[0-57-9]|[3-9][0-9]{2})[- ][2-9][0-9]{6,7}"

DETECTOR = Detector(
    kind="CN_LANDLINE",
    role="direct",
    pattern=rf"(?:{NUMBER}|{ABROAD})",
    embedded=rf"{COUNTRY}\(?{AREA}\)?[- ][2-9][0-9]{{6,7}}{EXTENSION}",
    minimum_share=0.85,
    headers=(
        "座机",
        "固话",
        "固定电话",
        "办公电话",
        "宅电",
        "传真",
        "landline",
        "fax",
        "office phone",
        "home phone",
        "zuoji",
        "guhua",
        "gudingdianhua",
        "bangongdianhua",
        "chuanzhen",
        "gddh",
    ),
)
