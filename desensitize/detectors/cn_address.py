"""Postal addresses in China."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="CN_ADDRESS",
    role="direct",
    # A place of administration, then something that only a postal address goes down to.
    pattern=r".{1,20}[省市区县州旗镇乡].{0,40}[路街巷道村弄号室栋幢座楼].{0,40}",
    minimum_share=0.6,
    minimum_distinct=20,
    headers=(
        "住址",
        "地址",
        "居住地",
        "家庭住址",
        "户籍地",
        "address",
        "residence",
        "street",
        "dizhi",
        "zhuzhi",
        "jiatingzhuzhi",
    ),
)
