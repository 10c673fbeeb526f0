"""What the columns of the registered survey mean, as its officer explains them."""

from typing import Final

from marketplace.catalog.version.annotations import ColumnAnnotation

_SEX: Final = "Female = woman\nMale = man"
_INCOME: Final = "<=50K = up to 50,000 US dollars a year\n>50K = more than 50,000 US dollars a year"

SURVEY_ANNOTATIONS: Final = (
    ColumnAnnotation("name", "姓名 Name", "Full name, invented"),
    ColumnAnnotation("id_number", "居民身份证号 Resident ID number", "GB 11643 number, invented"),
    ColumnAnnotation("mobile", "手机号 Mobile telephone", "Mobile number, invented"),
    ColumnAnnotation("home_address", "家庭住址 Home address", "Postal address, invented"),
    ColumnAnnotation("bank_card", "银行卡号 Bank card", "Card number by ISO/IEC 7812, invented"),
    ColumnAnnotation("age", "年龄 Age", "Age on the day of the survey", "years"),
    ColumnAnnotation("sex", "性别 Sex", "Sex as answered", code_list=_SEX),
    ColumnAnnotation("race", "种族 Race", "Race as answered, in the survey's five groups"),
    ColumnAnnotation(
        "native_country", "出生国 Country of birth", "Country of birth; ? is not stated"
    ),
    ColumnAnnotation("marital_status", "婚姻状况 Marital status", "Marital status as answered"),
    ColumnAnnotation(
        "relationship", "与户主关系 Position in the household", "Relation to its head"
    ),
    ColumnAnnotation("education", "学历 Education", "Highest level that was completed"),
    ColumnAnnotation(
        "education_level", "学历等级 Education level", "The same as a number from 1 to 16"
    ),
    ColumnAnnotation("workclass", "单位类型 Kind of employer", "Private, public or own business"),
    ColumnAnnotation("occupation", "职业 Occupation", "Group of occupations; ? is not stated"),
    ColumnAnnotation(
        "hours_per_week", "周工作时间 Working time", "Usual working time", "hours a week"
    ),
    ColumnAnnotation(
        "capital_gain", "资本利得 Capital gain", "Gain from capital in a year", "US dollars"
    ),
    ColumnAnnotation(
        "capital_loss", "资本损失 Capital loss", "Loss from capital in a year", "US dollars"
    ),
    ColumnAnnotation(
        "survey_weight", "抽样权重 Survey weight", "How many people the answer stands for", "people"
    ),
    ColumnAnnotation(
        "income_class", "收入级别 Income class", "Income of a year", code_list=_INCOME
    ),
)
