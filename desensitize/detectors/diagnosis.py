"""Diseases and diagnoses: health data, sensitive personal information (GB/T 45574-2025)."""

from desensitize.detectors.contract import Detector

ENDINGS = (
    "病|炎|癌|症|瘤|高血压|骨折|感冒|发热|结核|肝硬化|中风|脑梗死|脑梗塞|心肌梗死|心梗|哮喘"
    "|贫血|溃疡|结石|过敏|感染|综合征|抑郁|焦虑|障碍|衰竭|出血|损伤|健康|体检正常|囊肿|息肉"
    "|增生|疝|痛风|痔|湿疹|偏头痛"
)

DETECTOR = Detector(
    kind="DIAGNOSIS",
    role="sensitive",
    pattern=(
        rf"[\u4e00-\u9fff0-9A-Za-z型期性 ()-]{{0,20}}(?:{ENDINGS})"
        r"|[A-TV-Z][0-9]{2}\.[0-9x]{1,4}"
        r"|(?i:(?:type [12] )?diabetes(?: mellitus)?|hypertension|asthma|cancer|influenza|pneumonia"
        r"|bronchitis|hepatitis(?: [a-e])?|depression|anemia|arthritis|stroke|tuberculosis|obesity"
        r"|hiv|aids|migraine|epilepsy|gastritis|(?:coronary )?heart disease|flu|cold)"
    ),
    minimum_share=0.85,
    minimum_distinct=2,
    headers=(
        "疾病",
        "诊断",
        "病史",
        "既往史",
        "病种",
        "病",
        "disease",
        "diagnosis",
        "illness",
        "jibing",
        "zhenduan",
        "icd",
    ),
)
