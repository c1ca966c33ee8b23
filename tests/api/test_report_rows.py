"""Which rows a report has: objects without delivery, deleted ones, pages and order."""

from datetime import datetime
from typing import Any

from adaccounts.models import AdAccount
from campaigns.models import OperationStatus
from tests.api.asking import lines, report
from tests.api.conftest import Caller, data_of
from tests.factories.campaigns import Tree, make_tree


def test_a_lifetime_ignores_the_dates_and_lists_objects_without_delivery(
    mia: Caller, advertiser_id: str, ad_account: AdAccount, at: datetime, trees: list[Tree]
) -> None:
    idle = make_tree(ad_account, at)

    found = report(
        mia,
        advertiser_id,
        dimensions=["campaign_id"],
        query_lifetime=True,
        start_date="1999-01-01",
        end_date=None,
    )

    assert lines(found) == [
        (str(trees[0].campaign.pk), "13.35", "1400", "33"),
        (str(trees[1].campaign.pk), "0.66", "500", "5"),
        (str(idle.campaign.pk), "0.00", "0", "0"),
    ]


def test_without_data_a_split_by_time_is_empty(
    mia: Caller, advertiser_id: str, trees: list[Tree]
) -> None:
    found = report(mia, advertiser_id, start_date="2026-10-01", end_date="2026-10-03")

    assert data_of(found)["list"] == []
    assert data_of(found)["page_info"]["total_number"] == 0


def test_deleted_objects_are_hidden_unless_asked_for(
    mia: Caller, advertiser_id: str, trees: list[Tree]
) -> None:
    gone = trees[1].campaign
    gone.operation_status = OperationStatus.DELETE
    gone.save()

    def shown(**changes: Any) -> set[str]:
        return {
            row[0]
            for row in lines(report(mia, advertiser_id, dimensions=["campaign_id"], **changes))
        }

    def status(word: str) -> list[dict[str, str]]:
        # As clients send it: JSON text inside JSON text.
        return [
            {"field_name": "campaign_status", "filter_type": "IN", "filter_value": f'["{word}"]'}
        ]

    one, two = (str(tree.campaign.pk) for tree in trees)
    assert shown() == {one}
    assert shown(filtering=status("STATUS_ALL")) == {one, two}
    assert shown(filtering=status("STATUS_DELETE")) == {two}
    assert shown(filtering=status("STATUS_DISABLE")) == set()
    account = report(
        mia, advertiser_id, data_level="AUCTION_ADVERTISER", dimensions=["advertiser_id"]
    )
    assert lines(account)[0][1] == "14.01"


def test_pages_and_order(mia: Caller, advertiser_id: str, trees: list[Tree]) -> None:
    seen = []
    for page in (1, 2, 3):
        found = report(
            mia, advertiser_id, order_field="impressions", order_type="ASC", page=page, page_size=2
        )
        seen += [row[3] for row in lines(found)]
        assert data_of(found)["page_info"]["total_number"] == 3

    assert seen == ["400", "500", "1000"]
    found = report(mia, advertiser_id, order_field="spend")
    assert [row[2] for row in lines(found)] == ["12.34", "1.01", "0.66"]
