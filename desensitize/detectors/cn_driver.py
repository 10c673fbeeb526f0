"""File numbers of Chinese driving licences; the licence's own number is the resident ID."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="CN_DRIVER",
    role="direct",
    # A province and eleven or ten digits more: nothing in the digits tells it from a serial.
    pattern=r"[1-6][0-9]{11}",
    needs_header=True,
    headers=(
        "驾驶证",
        "驾照",
        "驾驶证号",
        "驾驶证档案编号",
        "档案编号",
        "driver licence",
        "driver license",
        "driving licence",
        "driving license",
        "jiashizheng",
        "jiazhao",
    ),
)
