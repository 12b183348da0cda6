"""The version of the rules and what each version changed: printed on the method page, newest first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleChange:
    """One version of the rules. A new one stands before the others whenever a register could get another answer."""

    version: str
    zh: str
    en: str


RULE_CHANGES = (
    RuleChange(
        "2.2.0",
        "承诺或进展中的数（整数，或以万、亿计的数）后面没有单位（本站认得的）的，列入文字残缺；指数、倍差、得分等本来没有单位的除外。",
        "A promised or reported number (whole, or in 万 or 亿) with no unit after it is listed as garbled text, unless "
        "it is one that has none (an index, a ratio, a score).",
    ),
    RuleChange(
        "2.1.0",
        "要保持到期末或按全年平均的数（“稳定在”“保持”、优良率等），期中达到不再算作达到；年度报告里自己写到年内尚待完成的事的那一段，"
        "不足不算到期未达，也不与承诺的程度相比；数字目标都达到、承诺里还有没有数字的部分的，写明只就数字而言；"
        "同处的比率另有基数的，与“不符”分开说明；年份与月份段连写（20231-6月）列入文字残缺；"
        "“启用”计入建成投用的程度；目标和实际值都写“约”、实际值不低于目标的，视为达到；以前写在程序里的四个阈值列入方法页，数值不变。",
        "What must be kept to the end, or is an average of the year, is no longer met before the end; a report of the "
        "year's end that speaks of the rest of the year as to come gives no missed target and no step that falls "
        "short; where all numbers are reached and the promise has parts without one, this is said; a rate of another "
        "base is told apart from one that disagrees; a year run together with months (20231-6月) is garbled; "
        "启用 is the last step of a work; about as much as about was promised (约200 of 约200) is reached; "
        "four thresholds that stood in the code are printed, with the same values.",
    ),
    RuleChange(
        "2.0.0",
        "完成率用进展中同处印出的计划数复算，一地的用该地的分解数；文件另有基数、工程进度、占比各有自己的结论；"
        "百分数的目标以百分点相比，不再给出达成份额；上限类目标期末才作判断；“基本完成”不再算作全部完成；"
        "期限未到的进展，“全部完成”不与数字相比；目标为零、日期不在本年度、同日文件互相矛盾的，不作计算；"
        "新增“承诺的程度与报告的程度”、文字残缺、两处清单、重复、项数各项核对，进展中各地数字相加，区县达标情况；"
        "只是目标的一部分的数，或单位、口径、阶段不同的数，列在目标旁边，不作比较；"
        "后一份文件再印的承诺与计划逐项比较（“前后表述”）。",
        "Rates are recomputed against the plan that the report prints beside them, those of an area against its share; "
        "another base, the progress of a work and shares have verdicts of their own; percentages are compared in "
        "points and have no share attained; a ceiling is judged at the end only; nearly done (基本完成) claims no "
        "whole; before the end, a claim of the whole is not held against a number; targets of zero, dates outside the "
        "year and documents of one day that disagree are not computed; new: steps of a work, garbled text, the same "
        "project in two lists, duplicates, stated totals, sums of areas in reports, areas at target; figures of "
        "a part, or of another unit, scope or stage, are shown beside their target and never compared; what later "
        "documents print of a promise is compared with the plan.",
    ),
    RuleChange("1.0.0", "首次公布。", "First published."),
)
RULES_VERSION = RULE_CHANGES[0].version
"""Of the rules as they are."""
