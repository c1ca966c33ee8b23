"""Parts of the forms that answer while people type: audience, preview, picker; and where a creative
is used."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from adaccounts.access import AdAccountRequest, ad_account_required
from adaccounts.permissions import Permission
from assets.queries import creative_of, creatives_of
from bizcenter.lib.htmx import render_page
from campaigns.delivery.market import COUNTRIES, audience_size
from campaigns.models import Ad, AgeGroup, CallToAction, Gender
from campaigns.services.rules import policy, targeting, texts

from .ad_form import SHOWN_CREATIVES, TEXT_LENGTH
from .ad_group_form import SYSTEMS
from .audiences import gauge_of, verdict_on
from .behaviour_fields import asked_behaviours
from .loading import creative_or_404, number_in

CHECKED = ("name", "display_name", "text", "landing_page_url")


@require_safe
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def audience(request: AdAccountRequest) -> HttpResponse:
    """Counted as delivery counts, of all that an ad group may have: its form offers more than the
    usual choices where the Business API has set more."""
    asked = request.GET
    people = audience_size(
        [code for code in asked.getlist("countries") if code in COUNTRIES],
        [age for age in asked.getlist("age_groups") if age in AgeGroup.values],
        [each for each in (asked.get("gender", ""),) if each in Gender.values],
        [each for each in asked.getlist("operating_systems") if each in dict(SYSTEMS)],
        languages=[each for each in asked.getlist("languages") if each in targeting.languages()],
        interests=[each for each in asked.getlist("interests") if each],
        behaviours=asked_behaviours(
            asked.getlist("behaviours"),
            asked.getlist("did"),
            asked.getlist("about"),
            asked.get("within"),
        ),
    )
    word, tone, advice = verdict_on(people)
    context = {
        "people": people, "word": word, "tone": tone, "advice": advice, "gauge": gauge_of(people),
    }  # fmt: skip
    return render(request, "campaigns/parts/audience.html", context)


@require_safe
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def ad_preview(request: AdAccountRequest) -> HttpResponse:
    words = {name: request.GET.get(name, "")[:2000] for name in CHECKED}
    creative_id = number_in(request.GET, "creative")
    context = {
        "creative": creative_of(request.ad_account, creative_id) if creative_id else None,
        "display_name": words["display_name"],
        "text": words["text"],
        "cta": dict(CallToAction.choices).get(request.GET.get("call_to_action", "")),
        "finding": policy.first_blocked(words, request.ad_account.blocked_words)
        or policy.first_finding(words),
        "checked": bool(words["text"]),
        "count": texts.width(words["text"]),
        "most": TEXT_LENGTH,
    }
    return render(request, "campaigns/parts/preview.html", context)


@require_safe
@ad_account_required(Permission.MANAGE_CAMPAIGNS)
def creative_picker(request: AdAccountRequest) -> HttpResponse:
    search, picked_id = request.GET.get("creative_q", ""), number_in(request.GET, "creative")
    found = list(creatives_of(request.ad_account, search=search)[:SHOWN_CREATIVES])
    picked = creative_of(request.ad_account, picked_id) if picked_id else None
    if picked and picked not in found:
        found = [picked, *found]
    context = {"creatives": found, "picked": picked, "searched": bool(search)}
    return render(request, "campaigns/parts/picker.html", context)


@require_safe
@ad_account_required(Permission.VIEW_REPORTS)
def creative_usage(request: AdAccountRequest, creative_id: int) -> HttpResponse:
    creative = creative_or_404(request.ad_account, creative_id)
    ads = Ad.objects.of(request.ad_account).not_deleted().filter(creative=creative)
    context = {
        "creative": creative,
        "ads": ads.select_related("campaign", "ad_group").order_by("-pk")[:100],
        "section": "creatives",
    }
    return render_page(request, "campaigns/creative_usage.html", context, fragment="usage")
