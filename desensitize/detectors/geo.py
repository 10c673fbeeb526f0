"""Coordinates of places."""

import re

from desensitize.detectors.contract import Detector

DEGREES = r"[-+]?[0-9]{1,3}\.[0-9]{2,15}°?"
NAMED = r"(?:(?:lat|lon|lng|latitude|longitude|纬度|经度)[:=]? ?)?"
LETTERED = rf"{NAMED}(?:[NSEW] ?)?{DEGREES}(?: ?[NSEW])?"
MINUTES = r"""[0-9]{1,3}°[0-9]{1,2}['′](?:[0-9]{1,2}(?:\.[0-9]+)?["″])?"""
NUMBER = re.compile(r"[-+]?[0-9]{1,3}\.([0-9]+)")
FINE = 3


def is_place(value: str) -> bool:
    """Return whether two numbers can be a latitude and a longitude, in whatever order.

    Such as have two decimals only must lie in China: prices in pairs look the same elsewhere.
    """
    found = list(NUMBER.finditer(value))
    if len(found) != 2 or "°" in value:
        return True
    first, second = (float(one.group()) for one in found)
    if all(len(one.group(1)) >= FINE for one in found):
        return min(abs(first), abs(second)) <= 90 and max(abs(first), abs(second)) <= 180
    return 17 < min(first, second) < 54 and 73 < max(first, second) < 136


DETECTOR = Detector(
    kind="GEO",
    role="quasi",
    pattern=(
        rf"[(\[]?{LETTERED}(?: ?[,;|/] ?| ){LETTERED}[)\]]?"
        rf"|(?:POINT ?\()[-0-9. ]{{5,40}}\)"
        rf"|(?:[NSEW东西南北]{{0,2}} ?{MINUTES} ?[NSEW]?[, ]{{0,2}}){{1,2}}"
    ),
    check=is_place,
    headers=(
        "经度",
        "纬度",
        "经纬度",
        "坐标",
        "latitude",
        "longitude",
        "lat",
        "lon",
        "lng",
        "coordinates",
        "gps",
        "geo",
        "=location",
        "jingdu",
        "weidu",
        "jingweidu",
        "zuobiao",
        "=jd",
        "=wd",
    ),
)
