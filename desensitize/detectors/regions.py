"""Provinces and cities of China, as people write them."""

from desensitize.detectors.word_lists import any_of

PROVINCES, CITIES = any_of("provinces"), any_of("cities")
SUFFIX = "(?:省|市|县|区|州|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|自治州)?"
REGION = (
    rf"(?:(?:{PROVINCES}){SUFFIX}[ /-]?)?(?:{CITIES}){SUFFIX}|(?:{PROVINCES}){SUFFIX}"
    rf"|(?:{PROVINCES})(?:省|市|自治区)?[ /-]?[\u4e00-\u9fff]{{1,6}}[市县区州]"
    r"(?:[\u4e00-\u9fff]{1,6}[县区])?"
    r"|[\u4e00-\u9fff]{2,4}[区县]"
)
