"""Calendar dates and moments, in whatever forms a column mixes."""

from desensitize.detectors.contract import Detector

YEAR = "(?:1[89]|20)[0-9]{2}"
MONTH = "(?:0?[1-9]|1[0-2])"
DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
ZONE = r"(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?"
SECONDS = r"(?:[:分][0-5][0-9](?:\.[0-9]+)?秒?)?"
TIME = rf"(?:[T ] ?[0-2]?[0-9][:时][0-5][0-9]{SECONDS}(?: ?[AaPp][Mm])?{ZONE})?"
NAMED = (
    "(?:(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
    "|January|February|March|April|June|July|August|September|October|November|December))"
)
WEEKDAY = "(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? "
FORMS = (
    rf"{YEAR}[-/.]{MONTH}(?:[-/.]{DAY})?",
    rf"{YEAR}年{MONTH}月(?:{DAY}[日号]?)?",
    rf"(?:{DAY}[-/.]{MONTH}|{MONTH}[-/.]{DAY})[-/.](?:{YEAR})",
    rf"(?:{DAY}/{MONTH}|{MONTH}/{DAY})/[0-9]{{2}}",
    r"[0-9]{2}[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12][0-9]|3[01])",
    rf"{NAMED}\.? {DAY},? {YEAR}",
    rf"{DAY}[- ]{NAMED}\.?[-, ]{{1,2}}(?:{YEAR}|[0-9]{{2}})",
    # Without separators two digits each are needed.
    rf"{YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])?(?:[0-5][0-9]){{0,2}}",
)

DETECTOR = Detector(
    kind="DATE",
    role="other",
    pattern=rf"(?:{WEEKDAY})?(?:{'|'.join(FORMS)}){TIME}(?: ?星期[一二三四五六日天])?",
    minimum_share=0.85,
    headers=("日期", "时间", "date", "time", "riqi", "shijian"),
)
