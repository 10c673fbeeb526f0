"""Postal addresses in English."""

from desensitize.detectors.contract import Detector

STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Square|"
    r"Sq|Terrace|Highway|Hwy|Parkway|Pkwy|Circle|Trail)"
)
STATED = r"[0-9]{1,6} [A-Z][^\n]{2,50}[\n,][^\n]{2,60}[A-Z]{2} [0-9]{5}(?:-[0-9]{4})?"
MILITARY = r"[A-Z]{3,4} [^\n]{3,40}\n[DFA]PO [A-Z]{2} [0-9]{5}"

DETECTOR = Detector(
    kind="ADDRESS",
    role="direct",
    pattern=(
        rf"(?:{STATED}|{MILITARY}"
        rf"|(?:No\. ?)?[0-9]{{1,6}}[A-Z]?,? [A-Z][A-Za-z0-9.' -]{{1,40}} {STREET}\.?"
        r"(?:[ ,\n].{0,60})?)"
    ),
    minimum_share=0.6,
    minimum_distinct=5,
    certainty=0.88,
)
