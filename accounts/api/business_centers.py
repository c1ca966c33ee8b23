"""The Business Centers the token's person belongs to."""

from typing import Any

from accounts.models import Membership
from bizcenter.lib.open_api.endpoint import Query
from bizcenter.lib.open_api.fields import Choice, Id, Parameters, Text
from bizcenter.lib.open_api.paging import Paged, page_of, page_size


class BusinessCenterFilter(Parameters):
    keyword = Text(required=False)


class BusinessCenterParameters(Paged):
    bc_id = Id(required=False)
    scene = Choice(("SINGLE_ACCOUNT", "TIERED_ACCOUNT"), default="SINGLE_ACCOUNT")
    filtering = BusinessCenterFilter(required=False)
    page_size = page_size(50)


class BusinessCenterGet(Query):
    parameters = BusinessCenterParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        found = (
            Membership.objects.filter(user=self.user)
            .select_related("business_center")
            .order_by("created_at", "id")
        )
        if "bc_id" in params:
            found = found.filter(business_center_id=params["bc_id"])
        if keyword := params.get("filtering", {}).get("keyword"):
            found = found.filter(business_center__name__icontains=keyword)
        rows, page_info = page_of(found, params)
        return {
            "list": [membership_row(each) for each in rows],
            "page_info": page_info,
            "parent_bc": None,
        }


def membership_row(membership: Membership) -> dict[str, Any]:
    center = membership.business_center
    finance = membership.finance_role
    return {
        "bc_info": {
            "bc_id": str(center.pk),
            "name": center.name,
            "company": center.legal_name,
            "currency": center.currency,
            "registered_area": center.country,
            "status": "ENABLE",
            "timezone": center.timezone,
            "type": "NORMAL",
            "organization_type": None,
            "verification_status": None,
        },
        "user_role": membership.role.upper(),
        "ext_user_role": {
            "finance_role": None if finance == Membership.FinanceRole.NONE else finance.upper()
        },
        "binding_status": "BOUND",
    }
