"""A trainer holds processing up: what is asked for takes effect later, and spends until then."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.db.models import Sum

from accounts.models import ActivityEntry, BusinessCenter
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import (
    Campaign,
    DeliveryCursor,
    HourFact,
    ProcessingFault,
    StopRequest,
    StopState,
    SwitchEvent,
)
from campaigns.services import AlreadyDelayed, InvalidInput, deliver_until
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, effects, make_tree

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
USUAL = (20 * SECOND, 60 * SECOND)


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    fund(ad_account, 500_000, at)
    tree = make_tree(ad_account, at)
    approve(tree.ad, at)
    return tree


def delay(ad_account: AdAccount | None, minutes: int, at: datetime) -> ProcessingFault:
    return services.delay_processing(ad_account=ad_account, minutes=minutes, actor=None, at=at)


def lift(fault: ProcessingFault, at: datetime) -> int:
    return services.lift_delay(fault=fault, actor=None, at=at)


def stop(campaign: Campaign, at: datetime, kind: str = "deactivate") -> StopRequest:
    return services.request_stop(
        campaign=campaign, kind=kind, reason="other", note="",
        expected_version=None, actor=None, at=at,
    )  # fmt: skip


def is_usual(wait: timedelta, more: timedelta = timedelta(0)) -> bool:
    return USUAL[0] <= wait - more <= USUAL[1]


def spent_by_hour(at: datetime, hours: int) -> list[int]:
    facts = HourFact.objects.values_list("slot").annotate(spend=Sum("spend")).order_by("slot")
    found = dict(facts)
    return [found.get(at + n * HOUR, 0) for n in range(hours)]


def test_a_delayed_stop_spends_until_its_effect_and_nothing_after(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    fault = delay(ad_account, 180, at)
    request = stop(tree.campaign, at + 30 * MINUTE)

    deliver_until(ad_account_id=ad_account.pk, until=at + 8 * HOUR)

    assert is_usual(request.effective_at - request.requested_at, 3 * HOUR)
    assert request.delayed_by == fault
    spent = spent_by_hour(at, 8)
    assert all(spent[:4])
    assert not any(spent[4:])
    request.refresh_from_db()
    assert (request.state, request.finished_at) == (StopState.DEACTIVATED, request.effective_at)


def test_the_last_hour_of_a_stop_spends_for_its_minutes_only(
    ad_account: AdAccount, business_center: BusinessCenter, at: datetime
) -> None:
    """Two accounts of one seed, of which one's campaign stops a quarter past."""
    other = make_ad_account(business_center, None, at, name="Twin", seed=ad_account.seed)
    spent = []
    for account in (ad_account, other):
        fund(account, 500_000, at)
        twin = make_tree(account, at, group={"pacing": "PACING_MODE_FAST", "budget": 400_000})
        approve(twin.ad, at)
        if account == ad_account:
            stop(twin.campaign, at + 14 * MINUTE + 20 * SECOND)
        deliver_until(ad_account_id=account.pk, until=at + 3 * HOUR)
        spent.append(HourFact.objects.filter(ad_account_id=account.pk, slot=at).get().spend)

    assert 0.15 < spent[0] / spent[1] < 0.40
    assert HourFact.objects.filter(ad_account_id=ad_account.pk).count() == 1


@pytest.mark.parametrize("verb", [services.switch_off, services.delete_node])
def test_switches_and_deletions_wait_too(
    tree: Tree, ad_account: AdAccount, at: datetime, verb: object
) -> None:
    delay(ad_account, 60, at)

    verb(node=tree.group, actor=None, at=at)  # type: ignore[operator]
    deliver_until(ad_account_id=ad_account.pk, until=at + 4 * HOUR)

    assert is_usual(effects(tree.group)[0] - at, HOUR)
    spent = spent_by_hour(at, 4)
    assert spent[0] > 0
    assert spent[2:] == [0, 0]


def test_what_was_asked_for_before_is_not_held_up(tree: Tree, ad_account, at: datetime) -> None:
    before = stop(tree.campaign, at)

    delay(ad_account, 180, at + 5 * SECOND)

    before.refresh_from_db()
    assert is_usual(before.effective_at - at)
    assert before.delayed_by is None


def test_lifting_lets_what_waits_take_effect_now(tree: Tree, ad_account, at: datetime) -> None:
    fault = delay(ad_account, 180, at)
    services.switch_off(node=tree.ad, actor=None, at=at)
    request = stop(tree.campaign, at)
    now = at + HOUR + 10 * MINUTE
    deliver_until(ad_account_id=ad_account.pk, until=now)

    assert lift(fault, now) == 2

    request.refresh_from_db()
    assert [request.effective_at, *effects(tree.ad)] == [now, now]
    deliver_until(ad_account_id=ad_account.pk, until=at + 5 * HOUR)
    spent = spent_by_hour(at, 5)
    assert all(spent[:2])
    assert not any(spent[2:])
    assert lift(fault, now + MINUTE) == 0
    assert ActivityEntry.objects.filter(action="lift_delay").count() == 1


def test_lifting_never_shortens_the_usual_time_and_never_reaches_into_a_delivered_hour(
    tree: Tree, ad_account, at: datetime
) -> None:
    fault = delay(ad_account, 180, at)
    request = stop(tree.campaign, at)
    services.switch_off(node=tree.ad, actor=None, at=at)
    DeliveryCursor.objects.update(next_slot=at + HOUR)

    assert lift(fault, at + 5 * SECOND) == 2

    request.refresh_from_db()
    assert [request.effective_at, *effects(tree.ad)] == [at + HOUR, at + HOUR]

    DeliveryCursor.objects.update(next_slot=at)
    again = delay(ad_account, 180, at)
    other = make_tree(ad_account, at).campaign
    late = stop(other, at)
    lift(again, at + 5 * SECOND)
    late.refresh_from_db()
    assert is_usual(late.effective_at - at)


def test_lifting_one_delay_leaves_the_other(
    tree: Tree, ad_account: AdAccount, business_center: BusinessCenter, at: datetime
) -> None:
    everywhere, here = delay(None, 600 + 120, at), delay(ad_account, 60, at)
    elsewhere = make_tree(make_ad_account(business_center, None, at, name="Other"), at)
    for node in (tree.ad, elsewhere.ad):
        services.switch_off(node=node, actor=None, at=at)
    assert is_usual(effects(tree.ad)[0] - at, HOUR)
    assert is_usual(effects(elsewhere.ad)[0] - at, 12 * HOUR)

    lift(here, at + MINUTE)
    assert effects(tree.ad) == [at + MINUTE]
    assert is_usual(effects(elsewhere.ad)[0] - at, 12 * HOUR)

    services.switch_on(node=tree.ad, actor=None, at=at + 2 * MINUTE)
    assert is_usual(effects(tree.ad)[1] - at - 2 * MINUTE, 12 * HOUR)

    assert lift(everywhere, at + 3 * MINUTE) == 2
    assert effects(elsewhere.ad) == effects(tree.ad)[1:] == [at + 3 * MINUTE]


def test_switches_of_one_thing_keep_their_order_through_delay_and_lifting(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    long = delay(ad_account, 180, at)
    services.switch_off(node=tree.group, actor=None, at=at)
    lift(long, at)
    short = delay(ad_account, 10, at)
    services.switch_on(node=tree.group, actor=None, at=at + SECOND)
    services.switch_off(node=tree.group, actor=None, at=at + 2 * SECOND)
    lift(short, at + 3 * SECOND)

    found = effects(tree.group)
    assert found == sorted(found)
    assert found[-1] <= at + 65 * SECOND


def test_a_stop_comes_after_the_switching_on_that_is_still_processed(
    tree: Tree, ad_account: AdAccount, at: datetime
) -> None:
    stop(tree.campaign, at, kind="pause")
    services.settle_due(ad_account_ids=None, until=at + 2 * MINUTE)
    fault = delay(ad_account, 180, at + 2 * MINUTE)
    services.switch_on(node=tree.campaign, actor=None, at=at + 2 * MINUTE)
    on = effects(tree.campaign)[-1]
    ProcessingFault.objects.update(lifted_at=at + 3 * MINUTE)  # as if it left its rows alone

    assert stop(tree.campaign, at + 3 * MINUTE).effective_at == on
    ProcessingFault.objects.update(lifted_at=None)
    assert lift(fault, at + 4 * MINUTE) == 1
    assert effects(tree.campaign)[-1] == at + 4 * MINUTE


def test_delaying_and_lifting_twice_is_once_and_is_in_the_log(
    cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    facts = {"ad_account": ad_account, "actor": cast.tom, "at": at}
    first = services.delay_processing(minutes=180, **facts)
    assert services.delay_processing(minutes=180, **facts) == first
    with pytest.raises(AlreadyDelayed, match=r"by 3 hours\. Lift that delay first"):
        services.delay_processing(minutes=60, **facts)
    for minutes in (0, -10, 7):
        with pytest.raises(InvalidInput, match="Choose one of the delays"):
            services.delay_processing(minutes=minutes, **facts)
    services.delay_processing(minutes=60, **facts | {"ad_account": None})

    entries = ActivityEntry.objects.filter(action="delay_processing")
    own = entries.get(ad_account_id=ad_account.pk)
    assert (own.actor, own.summary) == (
        cast.tom,
        f"Processing of status changes is delayed by 3 hours in {ad_account.name}",
    )
    assert entries.filter(ad_account_id=None).count() == BusinessCenter.objects.count()


def test_the_database_allows_one_delay_at_a_time(ad_account: AdAccount, at: datetime) -> None:
    ProcessingFault.objects.create(delay_minutes=60, armed_at=at)

    with pytest.raises(IntegrityError, match="one_fault_at_a_time"):
        ProcessingFault.objects.create(delay_minutes=10, armed_at=at)


def test_an_ad_group_ends_to_the_second(
    ad_account: AdAccount, business_center: BusinessCenter, at: datetime
) -> None:
    """Two accounts of one seed, of which one's ad group ends within the second hour."""
    other = make_ad_account(business_center, None, at, name="Twin", seed=ad_account.seed)
    end = at + HOUR + 20 * MINUTE + 7 * SECOND
    spent = {}
    for account, until in ((ad_account, end), (other, at + 9 * HOUR)):
        fund(account, 5_000_000, at)
        group = {
            "pacing": "PACING_MODE_FAST",
            "budget": 4_000_000,
            "countries": ("IE",),
            "end_at": until,
        }
        twin = make_tree(account, at, group={"schedule_type": "SCHEDULE_START_END", **group})
        approve(twin.ad, at)
        deliver_until(ad_account_id=account.pk, until=at + 4 * HOUR)
        facts = HourFact.objects.filter(ad_account_id=account.pk).order_by("slot")
        spent[account] = list(facts.values_list("spend", flat=True))

    ended, whole = spent[ad_account], spent[other]
    assert (len(ended), len(whole)) == (2, 4)
    assert ended[0] == whole[0] > 0
    assert 0.25 < ended[1] / whole[1] < 0.42
    assert not SwitchEvent.objects.exists()
