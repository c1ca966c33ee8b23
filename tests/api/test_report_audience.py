"""The audience report: by age, gender, country and system, with the numbers of the pages."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q

from adaccounts.models import AdAccount
from campaigns.models import AgeGroup, Gender, Objective
from campaigns.queries import audience
from campaigns.queries.periods import Period
from campaigns.services import deliver_until
from tests.api.asking import report
from tests.api.conftest import Caller, data_of
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree

DAY = timedelta(days=1)
DAYS = {"start_date": "2026-11-02", "end_date": "2026-11-04"}
DIMENSIONS = (["age"], ["gender"], ["age", "gender"], ["country_code"], ["platform"])


@pytest.fixture
def shops(ad_account: AdAccount, at: datetime) -> list[Tree]:
    """One sells to everybody in two countries, one to women of 25 to 34 in Japan."""
    fund(ad_account, 50_000_00, at)
    trees = [
        make_tree(
            ad_account, at, campaign={"objective": Objective.WEB_CONVERSIONS},
            group={"budget": 2_000_00, **group},
        )
        for group in (
            {"countries": ("US", "CA")},
            {"countries": ("JP",), "age_groups": (AgeGroup.A25,), "gender": Gender.FEMALE},
        )
    ]  # fmt: skip
    for tree in trees:
        approve(tree.ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * DAY + timedelta(hours=2))
    return trees


def ask(caller: Caller, advertiser_id: str, *dimensions: str, **more: Any) -> dict[str, Any]:
    asked = {"report_type": "AUDIENCE", "dimensions": list(dimensions), **DAYS, **more}
    return report(caller, advertiser_id, **asked)


def rows(found: dict[str, Any]) -> list[tuple[dict[str, str], dict[str, str]]]:
    return [(row["dimensions"], row["metrics"]) for row in data_of(found)["list"]]


@pytest.mark.parametrize("dimensions", DIMENSIONS)
def test_every_dimension_adds_up_to_the_finished_days_alone_or_with_id_and_day(
    mia: Caller, advertiser_id: str, shops: list[Tree], dimensions: list[str]
) -> None:
    metrics = ["spend", "impressions", "clicks", "conversion", "video_play_actions"]
    days = {"start_date": "2026-11-02", "end_date": "2026-11-03", "metrics": metrics}
    whole = report(mia, advertiser_id, dimensions=["advertiser_id"],
                   data_level="AUCTION_ADVERTISER", **days)  # fmt: skip
    (expected,) = (row["metrics"] for row in data_of(whole)["list"])

    for extra in ([], ["campaign_id"], ["campaign_id", "stat_time_day"]):
        found = ask(
            mia, advertiser_id, *dimensions, *extra, page_size=1000, enable_total_metrics=True,
            metrics=metrics,
        )  # fmt: skip
        assert {*rows(found)[0][0]} == {*dimensions, *extra}
        for name in metrics:
            total = sum(Decimal(values[name]) for _, values in rows(found))
            assert (
                total == Decimal(expected[name]) == Decimal(data_of(found)["total_metrics"][name])
            )


def test_a_narrow_target_is_the_only_one_there_and_the_words_are_the_live_ones(
    mia: Caller, advertiser_id: str, shops: list[Tree]
) -> None:
    only = {"field_name": "campaign_ids", "filter_type": "IN",
            "filter_value": f'["{shops[1].campaign.pk}"]'}  # fmt: skip

    def values(*dimensions: str) -> list[tuple[str, ...]]:
        found = ask(mia, advertiser_id, *dimensions, filtering=[only])
        return [tuple(where.values()) for where, _ in rows(found)]

    assert values("age", "gender") == [("AGE_25_34", "FEMALE")]
    assert values("gender", "age") == [("FEMALE", "AGE_25_34")]
    assert values("country_code") == [("JP",)]
    assert sorted(values("platform")) == [("ANDROID",), ("IOS",)]
    assert values("country_code", "stat_time_day") == [
        ("JP", "2026-11-02 00:00:00"),
        ("JP", "2026-11-03 00:00:00"),
    ]


def test_what_is_not_known_of_parts_of_the_people_is_a_dash(
    mia: Caller, advertiser_id: str, shops: list[Tree], ad_account: AdAccount, at: datetime
) -> None:
    names = ["result", "complete_payment", "reach", "likes", "real_time_conversion", "ctr", "cpm"]

    found = ask(mia, advertiser_id, "country_code", metrics=[*names, "campaign_name"])

    period = Period.of([ad_account.pk], ad_account.day_of(at), ad_account.day_of(at) + DAY)
    cells = audience.by_country(audience.split(period, Q()))
    conversions = {audience.country_code(code): each.conversions for code, each in cells.items()}
    assert len(rows(found)) == 3
    for where, values in rows(found):
        assert int(values["result"]) == conversions[where["country_code"]]
        assert [values[name] for name in names[2:5]] == ["-", "-", "-"]
        assert Decimal(values["ctr"]) > 0
        assert Decimal(values["cpm"]) > 0


def test_rows_are_ordered_and_paged(mia: Caller, advertiser_id: str, shops: list[Tree]) -> None:
    asked = {"metrics": ["impressions"], "order_field": "impressions", "page_size": 2}

    first, second = (ask(mia, advertiser_id, "age", **asked, page=page) for page in (1, 2))

    shown = [int(values["impressions"]) for _, values in [*rows(first), *rows(second)]]
    assert len(shown) == 4
    assert shown == sorted(shown, reverse=True)
    assert data_of(first)["page_info"]["total_number"] == 6


@pytest.mark.parametrize(
    ("dimensions", "more", "code"),
    [
        (["ad_id"], {}, 40002),
        (["age", "country_code"], {}, 40002),
        (["gender", "stat_time_hour"], {}, 40002),
        (["gender"], {"query_lifetime": "true"}, 40002),
        (["gender", "stat_time_day"], {"end_date": "2026-12-24"}, 40002),
        (["colour"], {}, 40002),
        (["gender"], {"report_type": "BASIC"}, 40009),
        (["province_id"], {}, 40009),
    ],
)
def test_what_cannot_be_divided_is_refused(
    mia: Caller, advertiser_id: str, dimensions: list[str], more: dict[str, str], code: int
) -> None:
    assert ask(mia, advertiser_id, *dimensions, **more)["code"] == code


def test_other_peoples_accounts_stay_closed(mia: Caller, advertiser_id: str) -> None:
    assert ask(mia, "7000000000000000001", "gender")["code"] == 40001
