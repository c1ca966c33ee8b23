"""What the modelled metrics are made of: names of the wire on the left, our counts on the right.

What begins with `came_` counts conversions when they came, not when their click or view was.
"""

from campaigns.models import OptimizationGoal as Goal

# Money that was charged, to the last minor unit.
SPENT = frozenset({"spend", "billed_cost", "cash_spend"})

# What an ad group is optimised for decides what its conversions and results are.
EVENT_GOALS: dict[str, frozenset[str]] = {
    "payments": frozenset({Goal.CONVERT.value, Goal.VALUE.value}),
    "installs": frozenset({Goal.INSTALL.value}),
    "forms": frozenset({Goal.LEAD_GENERATION.value}),
    "landings": frozenset({Goal.TRAFFIC_LANDING_PAGE_VIEW.value}),
}
VALUE_OF = {"payments_value": "payments"}
RESULT_OF: dict[str, str] = {
    Goal.CLICK.value: "clicks",
    Goal.SHOW.value: "impressions",
    Goal.REACH.value: "reach",
    Goal.VIDEO_VIEW.value: "watched_2s",
    Goal.ENGAGED_VIEW.value: "watched_6s",
    Goal.FOLLOWERS.value: "follows",
    Goal.PROFILE_VIEWS.value: "profile_visits",
}

COUNTS: dict[str, str] = {
    "impressions": "impressions",
    "gross_impressions": "impressions",
    "clicks": "clicks",
    "conversion": "conversions",
    "real_time_conversion": "came_conversions",
    "vta_conversion": "view_conversions",
    "cta_conversion": "click_conversions",
    "result": "result",
    "real_time_result": "came_result",
    "reach": "reach",
    "video_play_actions": "video_views",
    "video_watched_2s": "watched_2s",
    "video_watched_6s": "watched_6s",
    "engaged_view": "watched_6s",
    "video_views_p25": "views_p25",
    "video_views_p50": "views_p50",
    "video_views_p75": "views_p75",
    "video_views_p100": "views_p100",
    "engagements": "engagements",
    "likes": "likes",
    "comments": "comments",
    "shares": "shares",
    "follows": "follows",
    "profile_visits": "profile_visits",
    "complete_payment": "payments",
    "app_install": "installs",
    "real_time_app_install": "came_installs",
    "onsite_form": "forms",
    "total_landing_page_view": "landings",
}

# name: (part, whole, scale); a whole of "one" is the part itself.
RATIOS: dict[str, tuple[str, str, int]] = {
    "ctr": ("clicks", "impressions", 100),
    "cpc": ("spend", "clicks", 1),
    "cpm": ("spend", "impressions", 1000),
    "frequency": ("impressions", "reach", 1),
    "cost_per_1000_reached": ("spend", "reach", 1000),
    "cost_per_vta_conversion": ("spend", "view_conversions", 1),
    "cost_per_cta_conversion": ("spend", "click_conversions", 1),
    "cost_per_conversion": ("spend", "conversions", 1),
    "real_time_cost_per_conversion": ("spend", "came_conversions", 1),
    "conversion_rate": ("conversions", "clicks", 100),
    "real_time_conversion_rate": ("came_conversions", "clicks", 100),
    "conversion_rate_v2": ("conversions", "impressions", 100),
    "real_time_conversion_rate_v2": ("came_conversions", "impressions", 100),
    "cost_per_result": ("spend", "result", 1),
    "real_time_cost_per_result": ("spend", "came_result", 1),
    "result_rate": ("result", "impressions", 100),
    "real_time_result_rate": ("came_result", "impressions", 100),
    "engagement_rate": ("engagements", "impressions", 100),
    "profile_visits_rate": ("profile_visits", "impressions", 100),
    "cost_per_complete_payment": ("spend", "payments", 1),
    "complete_payment_rate": ("payments", "clicks", 100),
    "value_per_complete_payment": ("payments_value", "payments", 1),
    "complete_payment_roas": ("payments_value", "spend", 1),
    # Documented as the payments' total value, in spite of its name.
    "total_complete_payment_rate": ("payments_value", "one", 1),
    "cost_per_app_install": ("spend", "installs", 1),
    "real_time_app_install_cost": ("spend", "came_installs", 1),
    "cost_per_onsite_form": ("spend", "forms", 1),
    "onsite_form_rate": ("forms", "clicks", 100),
    "cost_per_landing_page_view": ("spend", "landings", 1),
    "landing_page_view_rate": ("landings", "clicks", 100),
}
