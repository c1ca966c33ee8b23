"""Stopping: requested, processing, then deactivated for good or paused; told, logged, once."""

from datetime import datetime, timedelta

import pytest

from accounts.models import ActivityEntry, Notification
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import (
    Campaign,
    DeliveryCursor,
    StopKind,
    StopReason,
    StopRequest,
    StopState,
    SwitchEvent,
)
from campaigns.services import (
    CampaignDeactivated,
    InvalidInput,
    NothingToStop,
    StaleVersion,
    deliver_until,
)
from tests.factories.accounts import Cast
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_campaign, make_tree

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def stop(campaign: Campaign, at: datetime, **changes: object) -> StopRequest:
    usual = {
        "kind": StopKind.DEACTIVATE, "reason": StopReason.PERFORMANCE, "note": "",
        "expected_version": None, "actor": None,
    }  # fmt: skip
    return services.request_stop(campaign=campaign, at=at, **usual | changes)  # type: ignore[arg-type]


@pytest.fixture
def campaign(cast: Cast, ad_account: AdAccount, at: datetime) -> Campaign:
    return make_campaign(ad_account, at)


def test_a_stop_goes_through_its_states_in_under_a_minute(campaign: Campaign, at: datetime) -> None:
    request = stop(campaign, at)
    assert request.state == StopState.REQUESTED
    assert 20 * SECOND <= request.effective_at - at <= 60 * SECOND

    services.process_stop(stop_request_id=request.pk, at=at + 5 * SECOND)
    request.refresh_from_db()
    campaign.refresh_from_db()
    assert (request.state, request.processing_at) == (StopState.PROCESSING, at + 5 * SECOND)
    assert campaign.is_on

    assert services.settle_due(ad_account_ids=None, until=at + HOUR) == 1
    request.refresh_from_db()
    campaign.refresh_from_db()
    assert (request.state, request.finished_at) == (StopState.DEACTIVATED, request.effective_at)
    assert (campaign.is_on, campaign.deactivated_at) == (False, request.effective_at)
    event = SwitchEvent.objects.get(node_id=campaign.pk)
    assert (event.requested_at, event.effective_at) == (at, request.effective_at)


def test_finishing_twice_changes_nothing(campaign: Campaign, at: datetime, cast: Cast) -> None:
    request = stop(campaign, at, actor=cast.mia)

    for _ in range(2):
        services.process_stop(stop_request_id=request.pk, at=at + HOUR)

    assert SwitchEvent.objects.count() == 1
    assert ActivityEntry.objects.filter(action="stop_campaign", actor=cast.mia).count() == 1
    told = Notification.objects.filter(topic="stop")
    assert {each.user_id for each in told} == {cast.ben.pk, cast.mia.pk, cast.carl.pk}
    assert "deactivated since 02 Nov 2026 10:00:" in told[0].text


def test_deactivated_is_final_and_paused_is_not(ad_account: AdAccount, at: datetime) -> None:
    final, paused = make_campaign(ad_account, at), make_campaign(ad_account, at)
    stop(final, at)
    stop(paused, at, kind=StopKind.PAUSE)
    services.settle_due(ad_account_ids=[ad_account.pk], until=at + HOUR)

    assert services.switch_on(node=paused, actor=None, at=at + HOUR).is_on
    with pytest.raises(CampaignDeactivated):
        services.switch_on(node=final, actor=None, at=at + HOUR)
    for campaign in (final,):
        with pytest.raises(NothingToStop, match="already deactivated"):
            stop(campaign, at + HOUR)


def test_a_second_click_gets_the_stop_that_is_under_way(campaign: Campaign, at: datetime) -> None:
    assert stop(campaign, at, kind=StopKind.PAUSE) == stop(campaign, at + 5 * SECOND)
    assert StopRequest.objects.count() == 1


def test_what_changed_since_it_was_opened_is_not_stopped_unseen(
    campaign: Campaign, at: datetime
) -> None:
    services.update_campaign(
        campaign=campaign, changes={"name": "Other"}, expected_version=1, actor=None, at=at
    )

    with pytest.raises(StaleVersion):
        stop(campaign, at, expected_version=1)
    assert stop(campaign, at, expected_version=2).is_open


def test_a_campaign_that_is_off_has_nothing_to_stop(ad_account: AdAccount, at: datetime) -> None:
    with pytest.raises(NothingToStop, match="already off"):
        stop(make_campaign(ad_account, at, operation_status="DISABLE"), at)


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "explode"), ("reason", "boredom"), ("note", "a" * 501)]
)
def test_the_request_itself_is_checked(
    campaign: Campaign, at: datetime, field: str, value: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        stop(campaign, at, **{field: value})

    assert caught.value.field == field


def test_the_effect_is_never_inside_an_hour_that_is_final(campaign: Campaign, at: datetime) -> None:
    DeliveryCursor.objects.update(next_slot=at + HOUR)

    assert stop(campaign, at).effective_at > at + HOUR


def test_spend_so_far_is_recorded_at_the_request_and_told_at_the_end(
    cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 100_000, at)
    tree = make_tree(ad_account, at, group={"pacing": "PACING_MODE_FAST"})
    approve(tree.ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + HOUR)

    request = stop(tree.campaign, at + HOUR)
    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * HOUR)

    assert request.spend_at_request > 0
    said = Notification.objects.filter(topic="stop")[0].text
    assert f"spent ${request.spend_at_request / 100:.2f} until 11:00" in said
