"""What rows of every kind of ledger become in the store, and what is said where there is no place for them."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.casework.ledgers import Batch
from desktop.exchange import compare, examine, take_over
from tests.casework.conftest import Township
from tests.exchange.rosters import SAMPLES, account, number, workbook

ON = date(2026, 10, 31)
ONE, TWO, CHILD = number(1), number(2), number(4, "20150601")


def sheet(heads: list[str], *rows: list[Any], title: str) -> bytes:
    return workbook([[title], heads, *rows], sheet="Sheet1")


def write(township: Township, data: bytes) -> tuple[Batch, list[str]]:
    """What was written, and the sentences about rows that have no place."""
    report = examine(data, "表.xlsx", on=ON)
    batch = township.run(lambda work: take_over(work, report, hashlib.sha256(data).hexdigest()))
    return batch, [one.why for one in report.plan.unplaced]


def programmes(township: Township) -> list[str]:
    return sorted(row.programme_code for row in township.read.cases())


def relief(kind: str | None, day: str = "2026-03-04", name: str = "测试甲", who: str = ONE) -> list[Any]:
    return [day, name, who, kind, 1000, "2026-03-06"]


RELIEF = ["申请日期", "姓名", "身份证号", "救助类型", "救助金额", "审批日期"]


def test_relief_of_each_kind_is_a_case_of_its_own_with_the_day_it_was_asked_for(township):
    rows = relief("急难型"), relief("支出型", "2026-09-09"), relief("非户籍", "2026-10-01", "测试乙", TWO)
    batch, said = write(township, sheet(RELIEF, *rows, title="临时救助台账2026年"))
    assert (batch.persons, batch.cases, said) == (2, 3, [])
    assert programmes(township) == ["temp_emergency", "temp_expense", "temp_nonlocal"]
    assert {row.accepted_on for row in township.read.cases()} == {"2026-03-04", "2026-09-09", "2026-10-01"}
    assert {row.status for row in township.read.cases()} == {"confirmed"}


def test_relief_of_no_kind_has_no_place_and_is_said_so(township):
    batch, said = write(township, sheet(RELIEF, relief(None), title="临时救助台账2026年"))
    assert batch.cases == 0 and len(said) == 1 and "救助类型" in said[0]


def test_an_amount_of_relief_is_kept_whole_on_the_timeline_and_a_correction_is_one_line_more(township):
    write(township, sheet(RELIEF, relief("急难型"), title="临时救助台账2026年"))
    again = relief("急难型")
    again[4] = 1200
    batch, _ = write(township, sheet(RELIEF, again, title="临时救助台账2026年"))
    assert (batch.cases, batch.lines) == (0, 1)
    case = township.read.case(township.read.cases()[0].case_id)
    assert [event.event for event in case.events] == ["confirmed", "ledger"]


PAID = ["姓名", "身份证号", "社保卡账号", "金额", "项目", "所属月"]


def test_payments_of_two_months_are_lines_of_one_benefit(township):
    for month in ("2026-08", "2026-09"):
        row = ["测试甲", ONE, account(1), 400, "农村低保", month]
        batch, said = write(township, sheet(PAID, row, title="一卡通发放清单"))
    assert said == [] and batch.lines == 1 and programmes(township) == ["dibao"]


@pytest.mark.parametrize("item", ["耕地地力补贴", None])
def test_payments_of_other_offices_have_no_place_and_are_said_so(township, item):
    batch, said = write(
        township, sheet(PAID, ["测试甲", ONE, account(1), 400, item, "2026-09"], title="一卡通发放清单")
    )
    assert batch.persons == 0 and len(said) == 1 and "没有地方放" in said[0]


CHILDREN = ["姓名", "身份证号", "类别", "监护人", "月额"]


@pytest.mark.parametrize(
    ("category", "programme"),
    [("社会散居孤儿", "orphan"), ("事实无人抚养儿童", "de_facto_orphan"), ("留守儿童", "left_behind_child")],
)
def test_children_come_under_their_programme(township, category, programme):
    data = sheet(CHILDREN, ["测试童", CHILD, category, "拟监护", 1100], title="孤儿花名册2026年10月")
    batch, said = write(township, data)
    assert batch.cases == 1 and said == [] and programmes(township) == [programme]


def test_children_in_other_difficulties_have_no_programme_yet_and_are_said_so(township):
    data = sheet(CHILDREN, ["测试童", CHILD, "重病困境儿童", "拟监护", 300], title="困境儿童花名册")
    batch, said = write(township, data)
    assert batch.cases == 0 and len(said) == 1


SUBSIDY = ["姓名", "身份证号", "残疾人证号", "补贴种类", "账号", "金额", "标准"]


def test_both_subsidies_of_one_person_are_two_benefits_of_one_person(township):
    row = ["测试甲", ONE, ONE + "41"]
    rows = [*row, "生活", account(1), 100, 100], [*row, "护理", account(1), 80, 80]
    data = [sheet(SUBSIDY, one, title="残疾人两项补贴2026年10月") for one in rows]
    first, _ = write(township, data[0])
    second, _ = write(township, data[1])
    assert (first.persons, second.persons) == (1, 0)
    assert programmes(township) == ["disability_living", "disability_nursing"]
    assert township.read.household_count() == 1


def test_a_newer_subsidy_roster_of_one_kind_does_not_miss_the_people_of_the_other(township):
    write(township, sheet(SUBSIDY, ["测试甲", ONE, ONE + "41", "生活", account(1), 100, 100], title="两项补贴"))
    other = sheet(SUBSIDY, ["测试乙", TWO, TWO + "41", "护理", account(2), 80, 80], title="两项补贴")
    report = examine(other, "表.xlsx", on=ON)
    assert township.look(lambda work: compare(work, report)).gone == ()


HOUSES = ["受灾日期", "户主姓名", "身份证号", "总间数", "倒塌间", "严重损坏间", "一般损坏间"]


def test_two_disasters_of_one_household_are_two_cases(township):
    rows = [["2026-07-01", "测试甲", ONE, 5, 1, 0, 0], ["2026-08-01", "测试甲", ONE, 5, 0, 1, 0]]
    for row in rows:
        write(township, sheet(HOUSES, row, title="倒损住房台账2026年"))
    assert programmes(township) == ["disaster_relief"] * 2 and township.read.household_count() == 1


WINTER = ["户主姓名", "户主身份证号", "家庭类型", "需救助人口", "已发放救助款"]


def test_a_spring_list_goes_on_with_the_winter_and_the_next_winter_is_another_case(township):
    for month in ("2025年12月", "2026年3月", "2026年10月"):
        write(township, sheet(WINTER, ["测试甲", ONE, "低保户", 3, 300], title=f"{month}冬春救助"))
    assert programmes(township) == ["disaster_relief"] * 2


def test_the_persons_export_of_the_system_gives_the_same_household_as_the_roster(township):
    heads = ["姓名", "身份证号", "户主身份证号", "与户主关系", "户月保障金额（元）", "最初享受月"]
    rows = [["测试甲", ONE, ONE, "户主", 400, "2024-03"], ["测试乙", TWO, ONE, "配偶", 400, "2024-03"]]
    batch, said = write(township, sheet(heads, *rows, title="农村低保人员查询"))
    assert (batch.households, batch.persons, batch.cases, said) == (1, 2, 1, [])
    case = township.read.case(township.read.cases()[0].case_id)
    assert (case.month_amount, case.start_month) == ("400.00", "2024-03")


def test_the_household_export_brings_the_members_that_one_cell_names(township):
    heads = [
        "户主姓名",
        "户主身份证号",
        "保障人口",
        "户月保障金额（元）",
        "家庭成员姓名",
        "家庭成员身份证号",
        "金融资产总额（元）",
    ]
    row = ["测试甲", ONE, 2, 400, "测试甲、测试乙", f"{ONE}、{TWO}", 8000]
    data = sheet(heads, row, title="农村低保家庭查询")
    batch, said = write(township, data)
    assert (batch.households, batch.persons, batch.cases, said) == (1, 2, 1, [])
    assert township.read.case(township.read.cases()[0].case_id).covered_persons == 2
    again = examine(data, "表.xlsx", on=ON)
    assert township.look(lambda work: compare(work, again)).nothing


def test_the_household_export_of_tekun_is_the_head_s_own_benefit(township):
    heads = ["户主姓名", "户主身份证号", "特困人员", "供养方式", "基本生活总费用（元）", "合计（元）"]
    batch, said = write(township, sheet(heads, ["测试甲", ONE, 1, "分散供养", 900, 900], title="特困人员家庭查询"))
    assert (batch.persons, batch.cases, said) == (1, 1, [])
    case = township.read.case(township.read.cases()[0].case_id)
    assert case.month_amount == "900.00" and case.person_id is not None


def test_an_elder_s_newer_amount_is_shown_and_written(township):
    heads = ["老人姓名", "身份证号码", "发放金额", "银行卡号"]
    old = number(3, "19400101")
    write(township, sheet(heads, ["测试老", old, 50, account(1)], title="津贴对象"))
    report = examine(sheet(heads, ["测试老", old, 60, account(1)], title="津贴对象"), "表.xlsx", on=ON)
    changed = township.look(lambda work: compare(work, report)).changed
    assert [(one.label, one.old, one.new) for one in changed] == [("月金额", "50.00", "60.00")]


def sample() -> Path:
    return next(SAMPLES.glob("03_*.xlsx"))


def test_every_row_of_the_relief_sample_is_written_refused_or_said_to_have_no_place(township):
    report = examine(sample().read_bytes(), sample().name, on=date(2026, 9, 30))
    batch = township.run(lambda work: take_over(work, report, "03"))
    good = report.classes["clean"] + report.classes["warn"]
    assert batch.cases + len(report.plan.unplaced) == good and batch.cases > 40
    again = township.run(lambda work: take_over(work, report, "03 again"))
    assert again.unchanged and again.cases == 0
