"""The region's data file: complete, unambiguous, and in the words the bot may use."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import bot
from bot.vocabulary import Category, MunicipalityKind

REGION: dict[str, Any] = tomllib.loads(
    (Path(bot.__file__).parent / "data" / "krasnoyarsk-krai.toml").read_text(encoding="utf-8")
)
MUNICIPALITIES: list[dict[str, Any]] = REGION["municipality"]
OCCUPATIONS: list[dict[str, Any]] = REGION["occupation"]
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")
RUSSIAN = re.compile(r"[А-ЯЁа-яё -]+")


def test_region() -> None:
    region = REGION["region"]
    assert SLUG.fullmatch(region["code"])
    assert (region["name"], region["genitive"]) == ("Красноярский край", "Красноярского края")
    assert region["en"] == "Krasnoyarsk Krai"
    assert ZoneInfo(region["timezone"]).key == "Asia/Krasnoyarsk"


def test_municipalities_are_those_of_the_year_of_the_regulation() -> None:
    assert Counter(m["kind"] for m in MUNICIPALITIES) == {
        MunicipalityKind.CITY_OKRUG: 17,
        MunicipalityKind.MUNICIPAL_OKRUG: 3,
        MunicipalityKind.MUNICIPAL_DISTRICT: 41,
    }


@pytest.mark.parametrize("field", ["code", "name", "genitive"])
def test_no_two_municipalities_share_a_name(field: str) -> None:
    assert [value for value, n in Counter(m[field] for m in MUNICIPALITIES).items() if n > 1] == []


@pytest.mark.parametrize("municipality", MUNICIPALITIES, ids=lambda m: m["code"])
def test_municipality(municipality: dict[str, Any]) -> None:
    assert SLUG.fullmatch(municipality["code"])
    assert len(municipality["code"]) <= 40
    assert RUSSIAN.fullmatch(municipality["name"])
    assert RUSSIAN.fullmatch(municipality["genitive"])
    assert municipality["genitive"] != municipality["name"]
    ending = {
        MunicipalityKind.CITY_OKRUG: r"(города|посёлка) \S+",
        MunicipalityKind.MUNICIPAL_OKRUG: r"\S+ого муниципального округа",
        MunicipalityKind.MUNICIPAL_DISTRICT: r"(\S+ого ){1,2}района",
    }[MunicipalityKind(municipality["kind"])]
    assert re.fullmatch(ending, municipality["genitive"])


def test_genitives_that_a_rule_would_get_wrong() -> None:
    genitive = {m["name"]: m["genitive"] for m in MUNICIPALITIES}
    assert genitive["Бородино"] == "города Бородино"
    assert genitive["Солнечный"] == "посёлка Солнечный"
    assert genitive["Енисейск"] == "города Енисейска"
    assert genitive["Северо-Енисейский район"] == "Северо-Енисейского района"
    assert genitive["Пировский муниципальный округ"] == "Пировского муниципального округа"
    assert genitive["Таймырский Долгано-Ненецкий район"] == "Таймырского Долгано-Ненецкого района"


def test_mergers_name_a_day_and_a_municipality_of_the_list() -> None:
    codes = {m["code"] for m in MUNICIPALITIES}
    for m in MUNICIPALITIES:
        assert isinstance(m.get("valid_from", date.min), date)
        assert isinstance(m.get("valid_until", date.max), date)
        if "merged_into" in m:
            assert "valid_until" in m
            assert m["merged_into"] in codes - {m["code"]}


def test_occupations_fit_their_buttons() -> None:
    assert 1 <= len(OCCUPATIONS) <= 12
    for field in ("code", "ru", "en"):
        assert len({o[field] for o in OCCUPATIONS}) == len(OCCUPATIONS)
    for occupation in OCCUPATIONS:
        assert SLUG.fullmatch(occupation["code"])
        assert re.fullmatch(r"[А-ЯЁа-яё«», -]{2,25}", occupation["ru"])
        assert re.fullmatch(r"[A-Za-z, -]{2,25}", occupation["en"])


def test_occupations_lead_to_every_category_and_ask_what_it_needs() -> None:
    reached: set[Category] = set()
    for occupation in OCCUPATIONS:
        asks = occupation["asks"]
        match occupation["category"]:
            case "pupil":
                assert asks == ["grade"]
                reached |= {category for category in Category if category.is_pupil}
            case "employer":
                assert asks == ["position", "organisation"]
                reached |= {Category.HEAD, Category.EMPLOYEE}
            case category:
                needed = ["organisation"] if category == Category.OTHER else []
                assert asks == needed
                reached.add(Category(category))
    assert reached == set(Category)
