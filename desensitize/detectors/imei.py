"""Numbers of mobile devices (IMEI, 3GPP TS 23.003)."""

from desensitize.detectors.bank_card import passes_luhn
from desensitize.detectors.contract import Detector

NUMBER = r"(?:35|86|01|99)[0-9]{13}"

DETECTOR = Detector(
    kind="IMEI",
    role="direct",
    pattern=NUMBER,
    check=passes_luhn,
    headers=("imei", "设备号", "设备标识", "device id", "shebeihao"),
)
