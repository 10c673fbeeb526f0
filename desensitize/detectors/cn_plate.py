"""Number plates of Chinese vehicles, also of those with new energy (GA 36-2018)."""

from desensitize.detectors.contract import Detector

PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
PLATE = (
    rf"(?i:{PROVINCE}[A-Z][·._/\- ]?(?:[0-9A-Z]{{5,6}}|[0-9A-Z]{{4}}[挂学警港澳使领试超])"
    rf"|WJ[- ]?(?:[0-9]|{PROVINCE}){{1,3}}[- ]?[0-9A-Z]{{4,5}}"
    r"|[使领][0-9]{6}|[0-9]{6}[使领])"
)

DETECTOR = Detector(
    kind="CN_PLATE",
    role="direct",
    pattern=PLATE,
    embedded=rf"(?i:{PROVINCE}[A-Z][·._/\- ]?[0-9A-Z]{{5,6}})",
    headers=(
        "车牌",
        "车牌号",
        "车牌号码",
        "号牌",
        "号牌号码",
        "=plate",
        "plate number",
        "license plate",
        "licence plate",
        "car plate",
        "chepai",
        "chepaihao",
        "cph",
    ),
)
