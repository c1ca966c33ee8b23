"""Addresses of this app's pages."""

from django.urls import path

from .web import create, detail, edit, exports, fragments, stop, switches, tables, why

app_name = "campaigns"

_ACCOUNT = "ad-accounts/<int:ad_account_id>/"
_CAMPAIGN = _ACCOUNT + "campaigns/<int:campaign_id>/"
_GROUP = _ACCOUNT + "ad-groups/<int:ad_group_id>/"
_AD = _ACCOUNT + "ads/<int:ad_id>/"

urlpatterns = [
    path(_ACCOUNT + "campaigns/", tables.campaign_list, name="campaign_list"),
    path(_ACCOUNT + "ad-groups/", tables.ad_group_list, name="ad_group_list"),
    path(_ACCOUNT + "ads/", tables.ad_list, name="ad_list"),
    path(_ACCOUNT + "campaigns.csv", exports.campaign_export, name="campaign_export"),
    path(_ACCOUNT + "ad-groups.csv", exports.ad_group_export, name="ad_group_export"),
    path(_ACCOUNT + "ads.csv", exports.ad_export, name="ad_export"),
    path(_ACCOUNT + "campaigns/new/", create.campaign_create, name="campaign_create"),
    path(_ACCOUNT + "ad-groups/new/", create.ad_group_create, name="ad_group_create"),
    path(_ACCOUNT + "ads/new/", create.ad_create, name="ad_create"),
    path(_ACCOUNT + "audience/", fragments.audience, name="audience"),
    path(_ACCOUNT + "ads/why/", why.why_list, name="why_list"),
    path(_ACCOUNT + "ads/preview/", fragments.ad_preview, name="ad_preview"),
    path(_ACCOUNT + "ads/picker/", fragments.creative_picker, name="creative_picker"),
    path(
        _ACCOUNT + "creatives/<int:creative_id>/usage/",
        fragments.creative_usage,
        name="creative_usage",
    ),
    path(_CAMPAIGN, detail.campaign, name="campaign"),
    path(_CAMPAIGN + "state/", detail.campaign_state, name="state"),
    path(_CAMPAIGN + "edit/", edit.campaign_edit, name="campaign_edit"),
    path(_CAMPAIGN + "duplicate/", switches.campaign_duplicate, name="duplicate"),
    path(_CAMPAIGN + "delete/", switches.campaign_delete, name="campaign_delete"),
    path(_CAMPAIGN + "stop/", stop.stop, name="stop"),
    path(_CAMPAIGN + "switch-on/", switches.campaign_switch_on, name="campaign_switch_on"),
    path(_GROUP + "edit/", edit.ad_group_edit, name="ad_group_edit"),
    path(_GROUP + "switch/", switches.ad_group_switch, name="ad_group_switch"),
    path(_GROUP + "delete/", switches.ad_group_delete, name="ad_group_delete"),
    path(_AD, detail.ad, name="ad"),
    path(_AD + "why/", why.why, name="why"),
    path(_AD + "why.csv", why.why_export, name="why_export"),
    path(_AD + "edit/", edit.ad_edit, name="ad_edit"),
    path(_AD + "switch/", switches.ad_switch, name="ad_switch"),
    path(_AD + "delete/", switches.ad_delete, name="ad_delete"),
]
