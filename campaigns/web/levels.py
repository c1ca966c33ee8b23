"""The three tables and how an address narrows them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from adaccounts.models import AdAccount
from campaigns.models import Ad, AdGroup, Campaign, OperationStatus, ReviewState

ID_LENGTH = 19


@dataclass(frozen=True)
class State:
    """A chip above the table."""

    key: str
    label: str
    condition: Q


ON = State("on", "On", Q(operation_status=OperationStatus.ENABLE))
OFF = State("off", "Off", Q(operation_status=OperationStatus.DISABLE))
PAUSED = State("off", "Off", OFF.condition & Q(deactivated_at__isnull=True))
DEACTIVATED = State("deactivated", "Deactivated", Q(deactivated_at__isnull=False))
IN_REVIEW = State("in_review", "In review", Q(review_state=ReviewState.PENDING))
REJECTED = State("rejected", "Not approved", Q(review_state=ReviewState.REJECTED))


@dataclass(frozen=True)
class Level:
    """`key` as campaigns.queries.performance knows it, `view` the name of its page."""

    key: str
    title: str
    singular: str
    icon: str
    model: type[Campaign] | type[AdGroup] | type[Ad]
    states: tuple[State, ...]

    @property
    def plural(self) -> str:
        return f"{self.singular}s"

    @property
    def view(self) -> str:
        return f"campaigns:{self.key}_list"

    @property
    def export_view(self) -> str:
        return f"campaigns:{self.key}_export"

    def state(self, key: str) -> State | None:
        return next((state for state in self.states if state.key == key), None)

    def nodes(self, ad_account: AdAccount, parents: list[int] | None) -> QuerySet:
        """Everything of the account that is not deleted, below the parents."""
        found = self.model.objects.of(ad_account).not_deleted().order_by()
        if parents is None or self.key == "campaign":
            return found
        below = Q(campaign__in=parents)
        return found.filter(below | Q(ad_group__in=parents) if self.key == "ad" else below)

    def counts(
        self, ad_account: AdAccount, parents: list[int] | None, search: str
    ) -> dict[str, int]:
        """How many match the search in all ("") and in each state."""
        counters = {state.key: Count("pk", filter=state.condition) for state in self.states}
        nodes = self.nodes(ad_account, parents)
        if search:
            is_id = search.isascii() and search.isdecimal() and len(search) == ID_LENGTH
            nodes = nodes.filter(Q(name__icontains=search) | Q(pk=int(search) if is_id else 0))
        found = nodes.aggregate(everything=Count("pk"), **counters)
        return {"": found.pop("everything"), **found}


CAMPAIGNS = Level(
    "campaign", "Campaigns", "campaign", "folder", Campaign, (ON, PAUSED, DEACTIVATED)
)
AD_GROUPS = Level("ad_group", "Ad groups", "ad group", "users-group", AdGroup, (ON, OFF))
ADS = Level("ad", "Ads", "ad", "ad-2", Ad, (ON, OFF, IN_REVIEW, REJECTED))
LEVELS = (CAMPAIGNS, AD_GROUPS, ADS)
