"""What the list of a year's commitments can be filtered and sorted by, and what its items say of it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import Any

from generator.model import AssessedCommitment
from generator.pages.filters import choice_filter, name_numbers, number_names, numbered_filter, sort_choice, text_filter
from generator.pages.outline import CityYear, count_statuses, is_computable
from generator.pages.words import CHECKS, PROGRAMMES, STATUSES, word_of
from generator.tables import leading_names

Row = dict[str, Any]

_ANY_FINDING = "any"


class ListFields:
    """The fields of one year: only those in which its commitments differ, so that no control is without use."""

    def __init__(self, year: CityYear) -> None:
        self._year = year
        self._programmes = {
            item.commitment.id: register.register.programme
            for register in year.registers
            for item in register.commitments
        }

    @cached_property
    def _units(self) -> tuple[str, ...]:
        return tuple(sorted({name for item in self._year.commitments for name in leading_names(item.commitment)}))

    @cached_property
    def _areas(self) -> tuple[str, ...]:
        """Areas in the order of the documents."""
        return tuple(dict.fromkeys(area for item in self._year.commitments for area in commitment_areas(item)))

    @cached_property
    def _unit_places(self) -> dict[str, int]:
        return number_names(self._units)

    @cached_property
    def _area_places(self) -> dict[str, int]:
        return number_names(self._areas)

    def data_of(self, item: AssessedCommitment) -> dict[str, str]:
        """The attributes of an item, by the names of the controls that look at them."""
        found = {
            "status": item.status if len(self._statuses) > 1 else "",
            "programme": self._programmes[item.commitment.id] if len(self._year.registers) > 1 else "",
            "theme": "|".join(theme.theme for theme in item.themes),
            "unit": name_numbers(self._unit_places, leading_names(item.commitment)),
            "area": name_numbers(self._area_places, commitment_areas(item)),
            "finding": "|".join([_ANY_FINDING, *_checks_of(item)]) if item.findings else "",
        }
        return {name: value for name, value in found.items() if value}

    def controls(self) -> list[Row]:
        """The controls above the list, the orders last."""
        offered = [
            choice_filter("status", "状态", self._status_choices()),
            choice_filter("programme", "项目", self._programme_choices()),
            choice_filter("theme", "主题", self._theme_choices()),
            numbered_filter("unit", "牵头单位", self._units),
            numbered_filter("area", "区县", self._areas),
            choice_filter("finding", "核查发现", self._finding_choices()),
        ]
        needed = [field for field in offered if len(field["choices"]) > (field["name"] in ("status", "programme"))]
        return [text_filter("养老"), *needed, sort_choice(self._orders())]

    @cached_property
    def _statuses(self) -> list[str]:
        counts = count_statuses(self._year.commitments)
        return [code for code in STATUSES if counts[code]]

    def _status_choices(self) -> list[Row]:
        counts = count_statuses(self._year.commitments)
        return [{"code": code, "zh": STATUSES[code].zh, "count": counts[code]} for code in self._statuses]

    def _programme_choices(self) -> list[Row]:
        counts = Counter(self._programmes.values())
        return [{"code": code, "zh": word_of(PROGRAMMES, code).zh, "count": count} for code, count in counts.items()]

    def _theme_choices(self) -> list[Row]:
        counts = Counter(theme.theme for item in self._year.commitments for theme in item.themes)
        return [
            {"code": theme.slug, "zh": theme.zh, "count": counts[theme.slug]}
            for theme in self._year.catalogue.themes
            if counts[theme.slug]
        ]

    def _finding_choices(self) -> list[Row]:
        counts = Counter(check for item in self._year.commitments for check in _checks_of(item))
        found = sum(bool(item.findings) for item in self._year.commitments)
        checks = [
            {"code": code, "zh": word_of(CHECKS, code).zh, "count": counts[code]}
            for code in [*(code for code in CHECKS if counts[code]), *sorted(set(counts) - set(CHECKS))]
        ]
        return [{"code": _ANY_FINDING, "zh": "有发现", "count": found}, *checks] if found else []

    def _orders(self) -> list[tuple[str, str]]:
        """Orders by what commitments have; the script reads it from what an item shows."""
        items = self._year.commitments
        orders = [("status", "状态")] if len(self._statuses) > 1 else []
        if len({item.commitment.due for item in items}) > 1:
            orders += [("due", "期限：由早到晚"), ("due-desc", "期限：由晚到早")]
        if any(item.attained is not None and is_computable(item) for item in items):
            orders += [("attained", "完成：由低到高"), ("attained-desc", "完成：由高到低")]
        return [*orders, ("name", "名称：拼音")]


def commitment_areas(item: AssessedCommitment) -> list[str]:
    """The areas that a commitment is split by, in the order of the document."""
    return list(dict.fromkeys(share.area for target in item.commitment.targets for share in target.allocations))


def _checks_of(item: AssessedCommitment) -> list[str]:
    return list(dict.fromkeys(finding.check for finding in item.findings))
