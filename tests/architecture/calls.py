"""Who may make which call of the Business API: one line a path. A new path is added here, or the
tests fail.

`allowed` are answered `code`; everybody else is answered 40001, and who sends no token 40104.
`{names}` in the parameters are ids of the test's world.
"""

from dataclasses import dataclass, field
from typing import Any

ALL = "ben mia ana fay tom carl stranger"
MEMBERS = "ben mia ana fay"
ADMIN = "ben"
READERS = "ben mia ana carl"
CAMPAIGNERS = "ben mia carl"
# Without a token they are answered too: they are how one gets or gives up a token.
NOBODY_NEEDS_A_TOKEN = f"{ALL} anonymous"


@dataclass(frozen=True)
class Call:
    allowed: str
    params: dict[str, Any] = field(default_factory=dict)
    code: int = 0
    is_post: bool = False

    def code_of(self, name: str) -> int:
        if name in self.allowed.split():
            return self.code
        return 40104 if name == "anonymous" else 40001


def get(allowed: str, code: int = 0, **params: Any) -> Call:
    return Call(allowed, params, code)


def post(allowed: str, code: int = 0, **params: Any) -> Call:
    return Call(allowed, params, code, is_post=True)


BC = {"bc_id": "{bc}"}
OWN = {"advertiser_id": "{account}"}
ACCOUNT = {**BC, "asset_type": "ADVERTISER", "asset_id": "{account}"}
PIXEL = {**BC, "pixel_code": "{pixel_code}"}
GROUP = {**BC, "asset_group_id": "{group}"}
PARTNER = {**BC, "partner_id": "{partner}"}
ASSETS = [{"asset_id": "{account}"}]
PEOPLE = [{"member_id": "{mia}"}]
CAMPAIGN = {"campaign_name": "New", "objective_type": "TRAFFIC"}
AD_GROUP = {
    "adgroup_name": "New",
    "campaign_id": "{campaign}",
    "location_ids": ["6252001"],
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": 100,
    "schedule_type": "SCHEDULE_FROM_NOW",
    "optimization_goal": "CLICK",
    "billing_event": "CPC",
}
AD = {
    "ad_name": "New",
    "ad_format": "SINGLE_VIDEO",
    "video_id": "{creative}",
    "display_name": "Northwind",
    "ad_text": "Coats",
    "landing_page_url": "https://northwind.example/",
}
REPORT = {
    **OWN,
    "report_type": "BASIC",
    "data_level": "AUCTION_CAMPAIGN",
    "dimensions": ["campaign_id"],
    "start_date": "2026-11-01",
    "end_date": "2026-11-02",
}
NEW_CENTER = {"bc_name": "New", "timezone": "Europe/Berlin"}
NEW_ACCOUNT = {
    "advertiser_info": {"name": "New", "currency": "USD", "timezone": "UTC"},
    "customer_info": {"registered_area": "US"},
}
TIERS = {
    "target_child_bc_id": "7",
    "users": [{"user_id": "{mia}", "source_child_bc_id": "7"}],
}


def group_calls(family: str) -> dict[str, Call]:
    new = {"asset_group_name": "New", "assets": ASSETS, "members": PEOPLE}
    name = {"update_entity": "NAME", "asset_group_name": "World"}
    return {
        f"{family}/create/": post(ADMIN, **BC, **new),
        f"{family}/get/": get(ADMIN, **GROUP, query_entity="ASSET"),
        f"{family}/list/": get(ADMIN, **BC),
        f"{family}/update/": post(ADMIN, **GROUP, **name),
        f"{family}/delete/": post(ADMIN, **BC, asset_group_ids=["{group}"]),
    }


TABLE = {
    "oauth2/access_token/": post(
        NOBODY_NEEDS_A_TOKEN, 40101, app_id="{app}", secret="wrong", auth_code="x"
    ),
    "oauth2/advertiser/get/": get(ALL, app_id="{app}", secret="x"),
    "oauth2/revoke_token/": post(
        NOBODY_NEEDS_A_TOKEN, 40105, app_id="{app}", secret="x", access_token="no such token"
    ),
    "user/info/": get(ALL),
    "bc/get/": get(ALL),
    "bc/create/": post(ALL, **NEW_CENTER),
    "changelog/get/": get(ADMIN, **BC),
    "bc/member/get/": get(ADMIN, **BC),
    "bc/member/invite/": post(ADMIN, **BC, emails=["other@northwind.example"]),
    "bc/member/update/": post(ADMIN, **BC, user_id="{mia}", user_role="ADMIN"),
    "bc/member/delete/": post(ADMIN, **BC, user_id="{mia}"),
    "bc/member/assign/": post(ADMIN, 40009, **BC, **TIERS),
    "bc/asset/get/": get(MEMBERS, **BC, asset_type="ADVERTISER"),
    "bc/asset/admin/get/": get(ADMIN, **BC, asset_type="ADVERTISER"),
    "bc/asset/admin/delete/": post(ADMIN, **BC, asset_type="PIXEL", asset_ids=["{pixel}"]),
    "bc/asset/assign/": post(ADMIN, **ACCOUNT, user_id="{mia}", advertiser_role="ADMIN"),
    "bc/asset/unassign/": post(ADMIN, **ACCOUNT, user_id="{mia}"),
    "bc/asset/member/get/": get(ADMIN, **ACCOUNT),
    "bc/asset/partner/get/": get(ADMIN, **ACCOUNT),
    **group_calls("bc/asset_group"),
    **group_calls("bc/asset/group"),
    "bc/partner/get/": get(ADMIN, **BC),
    "bc/partner/add/": post(ADMIN, **PARTNER, asset_ids=["{account}"], advertiser_role="ADMIN"),
    "bc/partner/delete/": post(ADMIN, **PARTNER),
    "bc/partner/asset/get/": get(ADMIN, **PARTNER, asset_type="ADVERTISER", share_type="SHARING"),
    "bc/partner/asset/delete/": post(
        ADMIN, **PARTNER, asset_type="ADVERTISER", asset_ids=["{account}"]
    ),
    "bc/pixel/link/get/": get(ADMIN, **PIXEL),
    "bc/pixel/link/update/": post(
        ADMIN, **PIXEL, advertiser_ids=["{account}"], relation_status="LINK"
    ),
    "bc/advertiser/create/": post(ADMIN, **BC, **NEW_ACCOUNT),
    "bc/advertiser/attribute/": get(MEMBERS, **BC),
    "bc/advertiser/disable/": post(ADMIN, **BC, advertiser_ids=["{account}"]),
    "advertiser/info/": get(READERS, advertiser_ids=["{account}"]),
    "advertiser/update/": post(ADMIN, **OWN, company="New"),
    "campaign/get/": get(READERS, **OWN),
    "campaign/create/": post(CAMPAIGNERS, **OWN, **CAMPAIGN),
    "campaign/update/": post(CAMPAIGNERS, **OWN, campaign_id="{campaign}", po_number="7"),
    "campaign/status/update/": post(
        CAMPAIGNERS, **OWN, campaign_ids=["{campaign}"], operation_status="DISABLE"
    ),
    "adgroup/get/": get(READERS, **OWN),
    "adgroup/create/": post(CAMPAIGNERS, **OWN, **AD_GROUP),
    "adgroup/update/": post(CAMPAIGNERS, **OWN, adgroup_id="{ad_group}", adgroup_name="New"),
    "adgroup/status/update/": post(
        CAMPAIGNERS, **OWN, adgroup_ids=["{ad_group}"], operation_status="DISABLE"
    ),
    "ad/get/": get(READERS, **OWN),
    "ad/create/": post(CAMPAIGNERS, **OWN, adgroup_id="{ad_group}", creatives=[AD]),
    "ad/update/": post(
        CAMPAIGNERS,
        **OWN,
        adgroup_id="{ad_group}",
        patch_update=True,
        creatives=[{"ad_id": "{ad}", "ad_name": "New"}],
    ),
    "ad/status/update/": post(CAMPAIGNERS, **OWN, ad_ids=["{ad}"], operation_status="DISABLE"),
    "report/integrated/get/": get(READERS, **REPORT),
}
