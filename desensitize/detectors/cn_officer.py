"""Licences of officers and soldiers of the Chinese forces."""

from desensitize.detectors.contract import Detector

FORCE = "[军兵士文职武警海空陆火战联政后装参北南东西中沈兰济成广]"

DETECTOR = Detector(
    kind="CN_OFFICER",
    role="direct",
    pattern=rf"{FORCE}{{1,3}}字?第? ?[0-9A-Za-z]{{4,9}}号?",
    embedded=rf"{FORCE}{{1,2}}字第 ?[0-9]{{4,8}}号",
    minimum_share=0.9,
    headers=(
        "军官证",
        "士兵证",
        "军人证",
        "警官证",
        "officer licence",
        "officer license",
        "military id",
        "junguanzheng",
        "shibingzheng",
    ),
)
