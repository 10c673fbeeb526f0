"""Hardware addresses of network devices (IEEE 802)."""

from desensitize.detectors.contract import Detector

PAIR = "[0-9A-Fa-f]{2}"

DETECTOR = Detector(
    kind="MAC",
    role="direct",
    pattern=rf"(?:{PAIR}(?::{PAIR}){{5}}|{PAIR}(?:-{PAIR}){{5}}|[0-9A-Fa-f]{{4}}(?:\.[0-9A-Fa-f]{{4}}){{2}})",
    headers=("mac", "mac address", "mac地址", "物理地址", "macdizhi"),
)
