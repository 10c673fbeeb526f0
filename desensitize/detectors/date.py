"""Calendar dates and moments."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="DATE",
    role="other",
    pattern=(
        r"\s*(?:1[89]|20)[0-9]{2}(?:[-/.][01]?[0-9][-/.][0-3]?[0-9]|年[01]?[0-9]月[0-3]?[0-9]日)"
        r"(?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)?\s*"
    ),
    headers=("日期", "时间", "date", "time", "riqi", "shijian"),
)
