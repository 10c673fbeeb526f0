"""Names, diagnoses, places and occupations are told by the library's own lists."""

from pathlib import Path

import polars as pl
import pytest

from desensitize.detectors import classify_table, detector_of
from tests.desensitize.test_hidden_identifiers import written


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            [
                "右侧股骨颈骨折术后3个月，伴高血压病3级（极高危）",
                "急性前壁ST段抬高型心肌梗死，PCI术后，心功能II级",
                "慢性阻塞性肺疾病急性加重期",
            ],
            ("sensitive", "DIAGNOSIS"),
        ),
        (
            [
                "Malignant neoplasm of upper lobe, left bronchus or lung",
                "Type 2 diabetes mellitus without complications",
                "Unspecified fracture of the lower end of left radius, initial encounter",
            ],
            ("sensitive", "DIAGNOSIS"),
        ),
        (["亓官明", "宓晓伟", "逄丽华", "仝建国", "郤志强", "冼文静"], ("direct", "CN_NAME")),
        (["万俟雪", "呼延伟", "澹台志远", "公冶敏", "淳于静"], ("direct", "CN_NAME")),
        (["和平", "平安", "明天", "水果", "花生", "时间", "公司", "海洋"], ("other", None)),
        (["payment failure", "disk failure", "timeout"], ("other", None)),
        (
            ["宝宝感冒了怎么办？", "有点过敏。推荐", "健康的好产品！快", "没有病虫害。"],
            ("other", None),
        ),
        (["diploma", "aroma", "Oklahoma", "sympathy"], ("other", None)),
        (["白银", "黄金", "铜", "铁"], ("other", None)),
        (["衢州市", "丽水市", "攀枝花", "克拉玛依"], ("quasi", None)),
        (["Actuary", "Surveyor, land", "Psychologist, forensic"], ("quasi", None)),
    ],
)
def test_words_tell_by_the_librarys_own_lists(
    cells: list[str], told: tuple[str, str | None], tmp_path: Path
) -> None:
    found = classify_table(written(cells * 12, tmp_path))[0]
    assert (found.role, found.kind) == told, found.evidence


def test_a_text_that_begins_like_a_diagnosis_is_read_at_once() -> None:
    """Whoever writes it hopes that each of its words is tried with each other."""
    hostile = pl.Series(["病" * 400 + "x!", "a, " * 200 + "disease " * 60 + "!", "炎、" * 200])
    detector = detector_of("DIAGNOSIS")
    assert detector.probe(hostile.to_list()) < 1
    assert not detector.matches(hostile).all()


def test_no_list_of_words_is_a_test_librarys() -> None:
    """Another release of it would tell another kind; and each list says where it is from."""
    package = Path(classify_table.__code__.co_filename).parent
    for path in package.rglob("*.py"):
        assert "faker" not in path.read_text(encoding="utf-8"), path
    lists = sorted((package / "words").glob("*.txt"))
    assert len(lists) >= 15
    for path in lists:
        source = path.read_text(encoding="utf-8").replace("\n# ", " ")
        assert source.startswith("# "), path
        assert any(word in source for word in ("Compiled by hand", "GB/T", "licence", "《百家姓》"))
