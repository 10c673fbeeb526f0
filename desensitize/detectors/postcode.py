"""Chinese postcodes."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="POSTCODE",
    role="quasi",
    pattern=r"\s*[0-8][0-9]{5}\s*",
    # Any number of six digits looks like one.
    needs_header=True,
    headers=(
        "邮编",
        "邮政编码",
        "postcode",
        "postal code",
        "zip",
        "zipcode",
        "zip code",
        "youbian",
    ),
)
