"""Places where a person lives, as coarse as a province, a city or a district."""

from desensitize.detectors.contract import Detector
from desensitize.detectors.regions import REGION

DETECTOR = Detector(
    kind="REGION",
    role="quasi",
    pattern=REGION,
    category=True,
    minimum_share=0.9,
    minimum_distinct=3,
    certainty=0.7,
)
