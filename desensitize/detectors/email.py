"""E-mail addresses."""

from desensitize.detectors.contract import Detector

ADDRESS = r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}"

DETECTOR = Detector(
    kind="EMAIL",
    role="direct",
    pattern=ADDRESS,
    embedded=ADDRESS,
    strict=True,
    headers=(
        "邮箱",
        "电子邮箱",
        "电子邮件",
        "邮件地址",
        "email",
        "e mail",
        "=mail",
        "email address",
        "mail address",
        "youxiang",
        "dianziyoujian",
        "=yx",
    ),
)
