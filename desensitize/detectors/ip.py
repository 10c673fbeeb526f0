"""Addresses of devices on the internet, versions 4 and 6."""

from ipaddress import ip_address

import polars as pl

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

PART = r"(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
V4 = rf"{PART}(?:\.{PART}){{3}}"
V6 = r"[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.[0-9]{1,3}){0,3}"
# Numbers of versions are small; networks have a part above 99 or begin as private ones do.
CONVINCING = r"(?:^|\.)(?:1[0-9]{2}|2[0-9]{2})(?:\.|$|:|/)|^(?:10|127)\.|:"


def is_address(value: str) -> bool:
    """Return whether a text is an address, which may have a port or the length of a network."""
    if "." in value and value.count(":") <= 1:
        value = value.split(":")[0]
    try:
        ip_address(value.split("/")[0])
    except ValueError:
        return False
    return True


def _believed(_column: SampledColumn, hits: pl.Series) -> bool:
    mean = hits.str.contains(CONVINCING).mean()
    return isinstance(mean, float) and mean >= 0.5


DETECTOR = Detector(
    kind="IP",
    role="direct",
    pattern=rf"(?:{V4}(?::[0-9]{{1,5}}|/[0-9]{{1,2}})?|{V6}(?:/[0-9]{{1,3}})?)",
    check=is_address,
    believed=_believed,
    headers=("ip", "ip address", "ip地址", "登录ip", "client ip", "remote addr", "ipdizhi"),
)
