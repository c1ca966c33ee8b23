"""Why can this person not see that? The access checker, and the page that gathers all remedies."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import BusinessRequest, Rule, business_required, decide_business
from accounts.models import BusinessCenter, Membership, User
from accounts.permissions import BusinessPermission, standing_of
from adaccounts.access import decide, decide_asset
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
)
from adaccounts.permissions import AssetPermission, Permission
from adaccounts.queries.accounts import is_named
from adaccounts.queries.explaining import Held, asset_sources, hints_for, sources_in
from bizcenter.lib.ids import read_id

members_only = business_required(BusinessPermission.MANAGE_MEMBERS)
MATCHES = 8
BUSINESS = "business"


@dataclass(frozen=True)
class Answer:
    allowed: bool
    wish: str
    place: str
    rule: str
    sources: list[Held]
    hints: list[str]
    fix: str = ""
    fix_label: str = ""


@require_safe
@members_only
def access_checker(request: BusinessRequest) -> HttpResponse:
    """Each choice is a search until something is chosen: ?person=&thing=&what=."""
    center, sent = request.business_center, request.GET
    person = _people(center).filter(pk=read_id(sent.get("person", ""))).first()
    thing = _thing(center, sent.get("thing", ""))
    wishes = _wishes(thing)
    asked = next((wish for wish in wishes if wish.value == sent.get("what")), None)
    # Whether they can see it at all is asked first, until something else is chosen.
    what = asked or next(iter(wishes), None)
    search_person, search_thing = sent.get("p", "").strip(), sent.get("t", "").strip()
    context = {
        "person": person,
        "thing": thing,
        "thing_key": _key(thing) if thing else "",
        "wishes": wishes,
        "what": what,
        "answer": _answer(center, person, thing, what) if person and thing and what else None,
        "people": [] if person else _find_people(center, search_person),
        "things": [] if thing else _find_things(center, search_thing),
        "search_person": search_person,
        "search_thing": search_thing,
        "section": "users",
    }
    return render(request, "adaccounts/people/access_checker.html", context)


@require_safe
@members_only
def access_help(request: BusinessRequest) -> HttpResponse:
    return render(request, "adaccounts/people/access_help.html", {"section": "users"})


Thing = BusinessCenter | AdAccount | BusinessAsset
Wish = BusinessPermission | Permission | AssetPermission


def _answer(center: BusinessCenter, person: User, thing: Thing, what: Any) -> Answer:
    if isinstance(thing, AdAccount):
        decision = decide(person, thing, what)
        rule, sources = decision.rule, sources_in(person, thing)
        membership, allowed, account = decision.membership, decision.allowed, thing
    elif isinstance(thing, BusinessAsset):
        found = decide_asset(person, thing, what)
        rule, sources = found.rule, asset_sources(person, thing)
        membership, allowed, account = found.membership, found.allowed, None
    else:
        business = decide_business(person, thing.pk, what)
        rule, sources, account = business.rule, [], None
        membership, allowed = business.membership, business.allowed
    member = membership or Membership.objects.filter(user=person, business_center=center).first()
    fix, label = _fix(center, person, member)
    return Answer(
        allowed=allowed,
        wish=what.label,
        place=thing.name,
        rule=_words(rule, person, thing, what, member, sources),
        sources=sources,
        hints=hints_for(person, center, account),
        fix=fix,
        fix_label=label,
    )


def _words(
    rule: Rule, person: User, thing: Thing, what: Any, member: Membership | None, held: list[Held]
) -> str:
    has = ", ".join(f"{each.grade} ({each.way})" for each in held) or "nothing"
    standing = standing_of(member).in_words if member else "no member"
    return {
        Rule.MEMBER: "Every member may.",
        Rule.ROLE: f"{person} is Admin of {thing.name}.",
        Rule.FINANCE_ROLE: f"The finance role includes it: {person} is {standing}.",
        Rule.GRANT: f"{person} has {has} in {thing.name}.",
        Rule.NOT_A_MEMBER: f"{person} is no member here, and no partner's share reaches them.",
        Rule.ACCESS_ENDED: f"{person}'s access ended as set.",
        Rule.ADMIN_NEEDED: f"Only Admins may. {person} is {standing}.",
        Rule.FINANCE_ROLE_NEEDED: f"That takes a finance role. {person} is {standing}.",
        Rule.NO_LEVEL: f"{person} is a member, but has nothing in {thing.name}.",
        Rule.LEVEL_TOO_LOW: f"{person} has {has} in {thing.name}; that is not enough.",
    }[rule]


def _fix(center: BusinessCenter, person: User, member: Membership | None) -> tuple[str, str]:
    if member is not None:
        label = f"Change what {person} may do"
        return reverse("adaccounts:edit_user", args=[center.pk, member.pk]), label
    typed = urlencode({"email": person.email})
    return f"{reverse('adaccounts:invite', args=[center.pk])}?{typed}", "Invite them"


def _people(center: BusinessCenter) -> Any:
    """Members, and those people of partners who are in something of ours: who else belongs to a
    partner is not ours to know."""
    own = {"content_object__business_center": center}
    found = Q(pk__in=Membership.objects.filter(business_center=center).values("user_id"))
    for grants in (AdAccountUserObjectPermission, BusinessAssetUserObjectPermission):
        found |= Q(pk__in=grants.objects.filter(**own).values("user_id"))
    return User.objects.filter(found)


def _find_people(center: BusinessCenter, search: str) -> list[User]:
    found = _people(center).filter(Q(name__icontains=search) | Q(email__icontains=search))
    return list(found.order_by("name", "email")[:MATCHES])


def _find_things(center: BusinessCenter, search: str) -> list[tuple[str, str, str]]:
    """(key, name, kind) of the Business Center itself, its ad accounts and its assets."""
    named = is_named(search)
    own = {"business_center": center}
    accounts = AdAccount.objects.filter(named, **own).order_by("name", "pk")[:MATCHES]
    assets = BusinessAsset.objects.filter(named, removed_at__isnull=True, **own)
    whole: list[Thing] = [center] if search.lower() in center.name.lower() else []
    things: list[Thing] = [*whole, *accounts, *assets.order_by("name", "pk")[:MATCHES]]
    return [(_key(thing), thing.name, _kind(thing)) for thing in things]


def _thing(center: BusinessCenter, key: str) -> Thing | None:
    kind, _, number = key.partition("-")
    if kind == BUSINESS:
        return center
    model = {"account": AdAccount, "asset": BusinessAsset}.get(kind)
    if model is None:
        return None
    found: Thing | None = (
        model.objects.select_related("business_center")  # type: ignore[attr-defined]
        .filter(pk=read_id(number), business_center=center)
        .first()
    )
    return found


def _key(thing: Thing) -> str:
    if isinstance(thing, BusinessCenter):
        return BUSINESS
    return f"{'account' if isinstance(thing, AdAccount) else 'asset'}-{thing.pk}"


def _kind(thing: Thing) -> str:
    if isinstance(thing, BusinessCenter):
        return "Business Center"
    return "Ad account" if isinstance(thing, AdAccount) else thing.get_kind_display()


def _wishes(thing: Thing | None) -> list[Any]:
    if thing is None:
        return []
    if isinstance(thing, AdAccount):
        return list(Permission)
    return list(AssetPermission if isinstance(thing, BusinessAsset) else BusinessPermission)
