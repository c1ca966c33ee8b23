"""A request_id makes creating something happen once."""

from campaigns.models import AdGroup, Campaign
from tests.api.bodies import ad_group_body, campaign_body
from tests.api.conftest import Caller, data_of

SAME = "1234567890123456789"


def test_the_same_request_again_is_40050_and_makes_nothing(mia: Caller, advertiser_id: str) -> None:
    body = campaign_body(advertiser_id=advertiser_id, request_id=SAME)
    made = data_of(mia.post("campaign/create/", **body))

    assert mia.post("campaign/create/", **body)["code"] == 40050
    assert str(Campaign.objects.get().pk) == made["campaign_id"]
    group = ad_group_body(
        advertiser_id=advertiser_id, campaign_id=made["campaign_id"], request_id=SAME
    )
    data_of(mia.post("adgroup/create/", **group))
    assert mia.post("adgroup/create/", **group)["code"] == 40050
    assert AdGroup.objects.count() == 1


def test_a_refused_request_may_be_sent_again(mia: Caller, advertiser_id: str) -> None:
    body = campaign_body(advertiser_id=advertiser_id, request_id=SAME)

    assert mia.post("campaign/create/", **{**body, "campaign_name": ""})["code"] == 40002
    data_of(mia.post("campaign/create/", **body))


def test_without_one_every_request_counts(mia: Caller, advertiser_id: str) -> None:
    for _ in range(2):
        data_of(mia.post("campaign/create/", **campaign_body(advertiser_id=advertiser_id)))

    assert Campaign.objects.count() == 2
