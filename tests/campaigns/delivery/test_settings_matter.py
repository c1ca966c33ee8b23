"""Every setting of a marketer changes the outcome, the way and as much as the trade knows."""

from __future__ import annotations

import numpy as np
import pytest

from campaigns.delivery import market
from campaigns.delivery.market import audience_size
from campaigns.delivery.people import Audience
from campaigns.delivery.plan import Limit
from campaigns.delivery.rows import AdRow, CampaignRow, GroupRow, Split

from .practice import DAY, HOUR, MONDAY, RICH, Run, account, group

SALES = [CampaignRow(1, "WEB_CONVERSIONS")]


def oocpm(key: int = 1, **settings: object) -> GroupRow:
    usual: dict[str, object] = {
        "billing_event": "OCPM",
        "optimization_goal": "CONVERT",
        "budget": 300_000,
    }
    return group(key, **{**usual, **settings})


def days_of(row: GroupRow, campaigns: list[CampaignRow], *, days: int = 1) -> list[Run]:
    return [Run(account([row], campaigns, seed=seed)).hours(24 * days) for seed in range(4)]


def rate(runs: list[Run], part: str, whole: str) -> float:
    return sum(r.total(part) for r in runs) / sum(r.total(whole) for r in runs)


def test_a_language_leaves_out_who_does_not_speak_it() -> None:
    everybody = audience_size(["US"])

    assert audience_size(["US"], languages=["es"]) == pytest.approx(0.14 * everybody, rel=0.01)
    assert audience_size(["US"], languages=["en", "es"]) > audience_size(["US"], languages=["en"])
    assert audience_size(["JP"], languages=["fi"]) == pytest.approx(
        0.01 * audience_size(["JP"]), rel=0.01
    )


def test_interests_narrow_the_audience_and_more_of_them_widen_it_again() -> None:
    everybody = audience_size(["US"])
    one, two = (audience_size(["US"], interests=names) for names in (["a"], ["a", "b"]))

    assert 0.1 * everybody < one < two < 0.5 * everybody
    assert audience_size(["US"], interests=["a"], behaviours=["x"]) > one


def test_interested_people_click_more_and_cost_more() -> None:
    wide, fitting = (
        days_of(group(billing_event="CPM", interests=names), [CampaignRow(1, "TRAFFIC")])
        for names in ((), ("sports",))
    )

    assert 1.05 < rate(fitting, "clicks", "impressions") / rate(wide, "clicks", "impressions") < 1.3
    assert rate(fitting, "cost_micros", "impressions") > rate(wide, "cost_micros", "impressions")


def test_listed_people_convert_best_and_a_narrow_look_alike_better_than_a_broad_one() -> None:
    listed, narrow, balanced, broad, anybody = (
        account([oocpm(included=audiences)], SALES).cvr[0]
        for audiences in (
            (Audience("CUSTOM", 5_000_000),),
            (Audience("NARROW"),),
            (Audience("BALANCED"),),
            (Audience("BROAD"),),
            (),
        )
    )
    delivered = days_of(oocpm(included=(Audience("CUSTOM", 5_000_000),)), SALES)

    assert listed > narrow > balanced > broad > anybody
    assert listed == pytest.approx(3 * anybody)
    assert rate(delivered, "conversions", "clicks") > 2 * rate(
        days_of(oocpm(), SALES), "conversions", "clicks"
    )


def test_a_small_list_holds_delivery_back_and_an_excluded_one_takes_its_people_away() -> None:
    small = Run(account([group(included=(Audience("CUSTOM", 2_000),), budget=1_000_000)])).hours(24)
    plan = account([group(1), group(2, excluded=(Audience("CUSTOM", 33_950_000),))])

    assert small.total("spend") < 0.1 * 1_000_000
    assert (small.outcomes[12].limited_by == Limit.SUPPLY).all()
    assert plan.audience[1, 0] == pytest.approx(0.75 * plan.audience[0, 0], rel=0.001)


def test_a_longer_window_counts_what_a_shorter_one_counts_and_more() -> None:
    totals = []
    for click, view in ((1, 0), (7, 0), (7, 1), (7, 7), (28, 7)):
        row = oocpm(click_window_days=click, view_window_days=view, billing_event="CPM",
                    optimization_goal="SHOW", is_tracked=True)  # fmt: skip
        totals.append(sum(r.total("conversions") for r in days_of(row, SALES)))

    assert totals == sorted(totals)
    assert 0.42 < totals[0] / totals[1] < 0.58  # half come on the first day
    assert 1.02 < totals[4] / totals[3] < 1.12
    assert 1.05 < totals[3] / totals[1] < 1.35  # one in seven after a view


def test_nothing_is_paid_for_conversions_that_come_late() -> None:
    short, long = (
        Run(account([group(budget=50_000, billing_event="CPC", is_tracked=True,
                           click_window_days=days)], SALES)).hours(48)
        for days in (1, 28)
    )  # fmt: skip

    assert short.by_hour("cost_micros").tolist() == long.by_hour("cost_micros").tolist()
    assert short.total("conversions") < long.total("conversions")


def test_late_conversions_come_after_their_hour_and_within_the_window() -> None:
    run = Run(account([oocpm()], SALES)).hours(48)
    late = [(o.late, MONDAY + HOUR * n) for n, o in enumerate(run.outcomes)]

    for rows, slot in late:
        clicked = rows["kind"] == 0
        assert (rows["event_slot"] > slot).all()
        assert (rows["event_slot"] % HOUR == 0).all()
        assert (rows["event_slot"][clicked] < slot + 7 * DAY).all()
        assert (rows["event_slot"][~clicked] < slot + DAY).all()
        assert ((rows["view_conversions"] > 0) == ~clicked).all()
    share = run.total("conversions") - sum(int(rows["conversions"].sum()) for rows, _ in late)
    assert 0.2 < share / run.total("conversions") < 0.45


def test_people_who_convert_late_are_people_of_the_targeting() -> None:
    row = oocpm(countries=("JP", "GB"), age_groups=("AGE_25_34",), gender="GENDER_FEMALE",
                operating_systems=("IOS",))  # fmt: skip
    run = Run(account([row], SALES)).hours(72)
    late = np.concatenate([o.late for o in run.outcomes])

    assert set(late["age_gender"]) == {2 * 3 + 0}
    assert set(late["system"]) == {market.SYSTEMS.index("IOS")}
    assert set(late["country"]) == {market.country_number(code) for code in ("GB", "JP")}


def test_a_frequency_cap_spreads_delivery_over_its_days() -> None:
    few = {"countries": ("NZ",), "age_groups": ("AGE_55_100",), "budget": None}
    reach = {"billing_event": "CPM", "optimization_goal": "REACH"}
    free, capped = (
        Run(
            account(
                [group(**few, **reach, frequency_cap=cap, frequency_days=3)],
                [CampaignRow(1, "REACH")],
            )
        )
        for cap in (None, 2)
    )
    people = int(capped.plan.audience.sum())

    free.hours(144)
    capped.hours(72)
    first = capped.total("impressions")
    held = capped.outcomes[-1].limited_by
    capped.hours(72)

    assert first <= 2 * people // 2 < free.total("impressions", last=72)
    assert (held == Limit.FREQUENCY).all()
    assert capped.total("impressions", first=72) > 0.8 * first


def test_groups_that_want_the_same_few_people_share_them() -> None:
    few = {"countries": ("NZ",), "age_groups": ("AGE_13_17",), "budget": None}
    alone = Run(account([group(1, **few)])).hours(24)
    six = Run(account([group(n, **few) for n in range(1, 7)])).hours(24)
    strangers = Run(account([group(1, **few), group(2, countries=("AU",), budget=None)])).hours(24)

    together = six.total("impressions") / alone.total("impressions")
    assert 1.2 < together < 3
    assert (six.outcomes[12].log["shared"] < 800).all()
    assert (strangers.outcomes[12].log["shared"] == 1000).all()


def test_arms_of_a_split_test_have_different_people() -> None:
    few = {"countries": ("NZ",), "age_groups": ("AGE_13_17",), "budget": None}
    arms = [group(n, **few, split=Split(9, 500)) for n in (1, 2)]
    whole, halves = Run(account([group(1, **few)])), Run(account(arms))

    assert halves.plan.audience.sum() == pytest.approx(whole.plan.audience.sum(), abs=1)
    assert (halves.hours(24).outcomes[12].log["shared"] == 1000).all()
    one, two = (halves.per_ad("impressions")[n : n + 2].sum() for n in (0, 2))
    assert one == pytest.approx(two, rel=0.15)


def test_a_new_creative_is_fresh_and_has_luck_of_its_own() -> None:
    row = group(countries=("NZ",), age_groups=("AGE_45_54",), operating_systems=("IOS",),
                billing_event="CPM", budget=None)  # fmt: skip
    run = Run(account([row], ads=[AdRow(1, 1)])).hours(120)
    tired = run.outcomes[-1].log["tired"][0]

    fresh = run.step(plan=account([row], ads=[AdRow(1, 1, revision=1)])).log["tired"][0]

    assert tired < 750
    assert fresh == 1000
    assert run.plan.ctr[0] != account([row], ads=[AdRow(1, 1)]).ctr[0]


def test_an_edit_starts_learning_again_and_drops_what_was_still_to_come() -> None:
    run = Run(account([oocpm()], SALES)).hours(96)
    learned = run.outcomes[-1].log["learned"]

    again = run.step(plan=account([oocpm(learning_epoch=1)], SALES))

    assert (learned == 1000).all()
    assert again.group_results[0] < 5
    assert (again.state.pending.key == 1).sum() <= len(again.late)
    assert (again.log["learned"] != 1000).all()


def test_learning_counts_only_what_has_become_known() -> None:
    run = Run(account([oocpm(budget=20_000)], SALES)).hours(30)
    known = sum(
        int(o.facts["conversions"].sum())
        + int(o.late["conversions"][o.late["event_slot"] < run.now - HOUR].sum())
        for o in run.outcomes
    )

    assert run.outcomes[-1].group_results[0] == known < run.total("conversions")


def test_a_reservation_gets_its_impressions_at_the_price_of_the_rate_card() -> None:
    row = group(billing_event="CPM", optimization_goal="REACH", budget=500_000,
                fixed_cpm_micros=15_000_000)  # fmt: skip
    run = Run(account([row], [CampaignRow(1, "REACH")])).hours(24)

    assert run.total("cost_micros") == 15_000 * run.total("impressions")
    assert run.total("spend") == pytest.approx(500_000, rel=0.02)
    assert (run.outcomes[12].log["win"] == 1000).all()


@pytest.mark.parametrize("budgeted", ["group", "campaign"])
def test_over_delivery_spends_a_quarter_more_a_day_but_seven_budgets_a_week(budgeted: str) -> None:
    sunday = MONDAY + 6 * DAY
    row = group(budget=10_000 if budgeted == "group" else None, billing_event="CPC")
    campaigns = [
        CampaignRow(1, "TRAFFIC")
        if budgeted == "group"
        else CampaignRow(1, "TRAFFIC", "BUDGET_MODE_DAY", 10_000)
    ]
    run = Run(account([row], campaigns, over_delivery=True), start=sunday).hours(8 * 24)
    day = [run.total("spend", first=24 * n, last=24 * n + 24) for n in range(8)]
    ledger = run.state.groups if budgeted == "group" else run.state.campaigns

    assert 12_000 < day[0] <= 12_500
    assert max(day) <= 12_500
    assert sum(day[:7]) <= 70_000
    assert sum(day[:7]) > 69_000
    assert day[7] > 12_000  # a new week
    over = ledger.over_minor((run.now - HOUR) // DAY, 10_000)
    assert over.tolist() == [day[7] - 10_000]


def test_without_over_delivery_nothing_is_ever_over() -> None:
    run = Run(account([group(budget=10_000)]), wallet_micros=RICH).hours(24)

    assert run.state.groups.over_minor((run.now - HOUR) // DAY, 10_000).tolist() == [0]
