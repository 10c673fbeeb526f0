"""Religious belief: sensitive personal information (GB/T 45574-2025)."""

from desensitize.detectors.contract import Detector

DETECTOR = Detector(
    kind="RELIGION",
    role="sensitive",
    pattern=(
        r"(?:佛教|道教|基督教|天主教|伊斯兰教|东正教|新教|犹太教|印度教|无宗教|无宗教信仰|无神论|其他宗教|其他"
        r"|(?i:Buddhism|Buddhist|Taoism|Taoist|Christianity|Christian|Catholic|Protestant|Islam|Muslim"
        r"|Orthodox|Judaism|Jewish|Hinduism|Hindu|Sikh|Atheist|Agnostic|None|Other))"
    ),
    minimum_share=0.95,
    minimum_distinct=2,
    headers=("宗教", "信仰", "宗教信仰", "religion", "faith", "zongjiao", "zongjiaoxinyang"),
)
