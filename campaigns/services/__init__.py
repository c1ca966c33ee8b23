"""What can be done with campaigns, ad groups and ads; the listing of this folder is the list."""

from .ad_groups import create_ad_group, update_ad_group
from .ads import create_ad, update_ad
from .campaigns import create_campaign, update_campaign
from .delivering import deliver_hour, deliver_slot, deliver_together, deliver_until
from .duplicating import duplicate_campaign
from .errors import (
    AlreadyDelayed,
    CampaignDeactivated,
    FieldIsFixed,
    InvalidInput,
    LimitReached,
    NodeDeleted,
    NothingToStop,
    StaleVersion,
    SwitchRefused,
)
from .faults import delay_processing, lift_delay
from .inputs import AdGroupInput, AdInput, CampaignInput
from .keeping import drop_old_facts, prepare_months
from .review import decide_review, submit_review
from .settling import settle_due
from .sharding import deliver_or_note, deliver_shard, note_waiting
from .stopping import process_stop, request_stop
from .switching import delete_node, switch_off, switch_on
from .turns import book_turn, end_turn

__all__ = [
    "AdGroupInput",
    "AdInput",
    "AlreadyDelayed",
    "CampaignDeactivated",
    "CampaignInput",
    "FieldIsFixed",
    "InvalidInput",
    "LimitReached",
    "NodeDeleted",
    "NothingToStop",
    "StaleVersion",
    "SwitchRefused",
    "book_turn",
    "create_ad",
    "create_ad_group",
    "create_campaign",
    "decide_review",
    "delay_processing",
    "delete_node",
    "deliver_hour",
    "deliver_or_note",
    "deliver_shard",
    "deliver_slot",
    "deliver_together",
    "deliver_until",
    "drop_old_facts",
    "duplicate_campaign",
    "end_turn",
    "lift_delay",
    "note_waiting",
    "prepare_months",
    "process_stop",
    "request_stop",
    "settle_due",
    "submit_review",
    "switch_off",
    "switch_on",
    "update_ad",
    "update_ad_group",
    "update_campaign",
]
