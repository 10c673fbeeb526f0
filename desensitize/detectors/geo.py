"""Coordinates of places."""

from desensitize.detectors.contract import Detector

DEGREES = r"[-+]?[0-9]{1,3}\.[0-9]{3,15}°?"
LETTERED = rf"(?:[NSEW] ?)?{DEGREES}(?: ?[NSEW])?"
MINUTES = r"""[0-9]{1,3}°[0-9]{1,2}['′](?:[0-9]{1,2}(?:\.[0-9]+)?["″])?"""

DETECTOR = Detector(
    kind="GEO",
    role="quasi",
    pattern=(
        rf"[(\[]?{LETTERED}(?: ?[,;|/] ?| ){LETTERED}[)\]]?"
        rf"|(?:POINT ?\()[-0-9. ]{{5,40}}\)"
        rf"|(?:[NSEW东西南北]{{0,2}} ?{MINUTES} ?[NSEW]?[, ]{{0,2}}){{1,2}}"
    ),
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
