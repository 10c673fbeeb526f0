"""Occupations and offices."""

import re

import polars as pl
from faker.providers.job import Provider as EnglishJobs
from faker.providers.job.zh_CN import Provider as ChineseJobs

from desensitize.detectors.column import SampledColumn
from desensitize.detectors.contract import Detector

ENDINGS = (
    "工程师|设计师|会计师|律师|教师|老师|医师|药师|厨师|技师|讲师|摄影师|美容师|理发师|师傅|程序员|司机|工人|农民|学生|护士|医生"
    "|会计|出纳|经理|主管|总监|主任|助理|秘书|专员|文员|顾问|教授|职员|销售|公务员|保安|保洁|服务员|收银员|售货员|快递员|外卖员"
    "|驾驶员|飞行员|消防员|警察|军人|记者|编辑|翻译|演员|作家|画家|科学家|研究员|个体户|自由职业|自由职业者|退休|退休人员|无业"
    "|采购|客服|员工|总裁|董事长|总经理|法官|检察官|营业员|操作工|电工|焊工|木工"
)
LISTED = frozenset(job.lower() for job in (*ChineseJobs.jobs, *EnglishJobs.jobs))
ENGLISH = re.compile(
    r".*\b(?:engineer|manager|teacher|doctor|nurse|officer|designer|analyst|developer|accountant|"
    r"lawyer|assistant|director|consultant|technician|scientist|administrator|driver|clerk|"
    r"surveyor|therapist|secretary|worker|editor|psychologist|pharmacist|surgeon)\b.*"
)
CHINESE = re.compile(rf".{{0,14}}(?:{ENDINGS})(?:/.{{1,12}})?")


def _believed(_column: SampledColumn, hits: pl.Series) -> bool:
    jobs = [str(job).lower() for job in hits.unique().to_list()[:300]]
    known = sum(
        job in LISTED or bool(CHINESE.fullmatch(job)) or bool(ENGLISH.fullmatch(job))
        for job in jobs
    )
    return known >= 0.75 * len(jobs)


DETECTOR = Detector(
    kind="OCCUPATION",
    role="quasi",
    pattern=r"[A-Z][A-Za-z,/&() '-]{3,60}|.{0,10}[\u4e00-\u9fff].{0,25}",
    category=True,
    minimum_share=0.9,
    minimum_distinct=3,
    believed=_believed,
    certainty=0.7,
    headers=(
        "职业",
        "岗位",
        "职务",
        "工种",
        "occupation",
        "profession",
        "job",
        "job title",
        "zhiye",
        "zhiwu",
        "gangwei",
    ),
)
