"""Words in headers that say what a column is, in Chinese, English and pinyin."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

ROLE_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "quasi": (
            "年龄",
            "出生",
            "生日",
            "民族",
            "种族",
            "国籍",
            "籍贯",
            "学历",
            "文化程度",
            "教育程度",
            "职业",
            "岗位",
            "职务",
            "婚姻",
            "婚姻状况",
            "户口",
            "城市",
            "省份",
            "区县",
            "街道",
            "家庭关系",
            "age",
            "birth",
            "birthday",
            "birthdate",
            "dob",
            "race",
            "ethnicity",
            "ethnic",
            "nationality",
            "native country",
            "country of birth",
            "education",
            "degree",
            "schooling",
            "occupation",
            "profession",
            "job",
            "job title",
            "workclass",
            "work class",
            "employer",
            "marital",
            "marital status",
            "marriage",
            "relationship",
            "city",
            "province",
            "district",
            "county",
            "nianling",
            "chusheng",
            "shengri",
            "minzu",
            "guoji",
            "jiguan",
            "xueli",
            "zhiye",
            "hunyin",
            "hunyinzhuangkuang",
            "chengshi",
            "shengfen",
        ),
        "sensitive": (
            "收入",
            "工资",
            "薪",
            "资产",
            "存款",
            "贷款",
            "疾病",
            "诊断",
            "病",
            "病史",
            "宗教",
            "信仰",
            "血型",
            "犯罪",
            "低保",
            "残疾",
            "income",
            "salary",
            "wage",
            "wages",
            "capital gain",
            "capital loss",
            "deposit",
            "loan",
            "disease",
            "diagnosis",
            "illness",
            "religion",
            "faith",
            "blood type",
            "disability",
            "crime",
            "salary class",
            "shouru",
            "gongzi",
            "jibing",
            "zhenduan",
            "zongjiao",
        ),
        "direct": (
            "护照",
            "驾驶证",
            "车牌",
            "微信",
            "工号",
            "学号",
            "病历号",
            "社保号",
            "医保号",
            "passport",
            "ssn",
            "driver licence",
            "driver license",
            "plate number",
            "wechat",
            "user name",
            "username",
            "employee id",
            "student id",
            "patient id",
            "customer id",
            "huzhao",
            "chepai",
            "weixin",
        ),
    }
)


def words_of(header: str) -> str:
    """Answer the header's words in lower case, parted and surrounded by blanks."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", header)
    return " " + " ".join(re.findall(r"[a-z]+|[0-9]+|[^\x00-\x7f]+", parted.lower())) + " "


def found_word(header: str, words: Iterable[str]) -> str | None:
    """Answer the longest of `words` that the header holds: whole ones, or any part in Chinese."""
    text = words_of(header)
    found = [word for word in words if (f" {word} " if word.isascii() else word) in text]
    return max(found, key=len, default=None)


def role_of(header: str) -> tuple[str, str] | None:
    """Answer (role, word) for the longest word that the header holds."""
    found = [
        (role, word)
        for role, words in ROLE_WORDS.items()
        if (word := found_word(header, words)) is not None
    ]
    return max(found, key=lambda pair: len(pair[1]), default=None)
