"""What happens in the agency beside campaigns: papers, pixels, partners, invitations, requests."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Membership, Verification
from accounts.models.terms import current_terms
from accounts.permissions import Preset
from accounts.services import (
    VerificationInput,
    accept_terms,
    judge_verification,
    submit_verification,
)
from adaccounts.models import BusinessAsset
from adaccounts.permissions import AssetRole, Level, Permission, preset_access
from adaccounts.services import (
    add_person,
    ask_for_access,
    create_asset,
    create_asset_group,
    grant_asset,
    invite_person,
    link_asset,
    request_link,
    set_spending_cap,
    share_asset,
)

from .artwork import certificate, jpeg
from .cast import Stage

Act = Callable[[datetime], None]
When = Callable[[int, int], datetime]


class Office:
    """Acts on the stage; every one is something a person of the demo does."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.business_center = stage.business_center
        self.people, self.accounts = stage.people, stage.accounts

    def acts(self, when: When) -> Iterator[tuple[datetime, str, Act]]:
        yield when(0, 2), "the terms are accepted and papers sent in", self._papers
        yield when(0, 55), "the agency is verified", self._verified
        yield when(1, 0), "pixels and a catalog are registered", self._assets
        yield when(2, 0), "brands are bundled", self._group
        yield when(5, 0), "the yen account gets a cap", self._cap
        yield when(12, 0), "somebody is invited and never comes", partial(self._invite, "nils")
        yield when(20, 0), "a freelancer comes for a while", self._freelancer
        yield when(26, 0), "somebody new is invited", partial(self._invite, "ida")
        yield when(27, 0), "the partner asks for more", self._link
        yield when(28, 0), "an analyst asks an Admin", self._ask

    def _papers(self, at: datetime) -> None:
        ben, center = self.people["ben"], self.business_center
        accept_terms(business_center=center, version=current_terms().version, actor=ben, at=at)
        picture = jpeg(certificate(center.legal_name, "NY-4711-2089"))
        submit_verification(
            business_center=center,
            details=VerificationInput(
                entity_type=Verification.EntityType.COMPANY,
                country=center.country,
                business_name=center.legal_name,
                document_type=Verification.DocumentType.REGISTRATION,
                certificate_number="NY-4711-2089",
                document_expires_on=date(at.year + 3, at.month, 1),
                website="https://northwind.example",
            ),
            uploads=[SimpleUploadedFile("certificate.jpg", picture, "image/jpeg")],
            actor=ben,
            at=at,
        )

    def _verified(self, at: datetime) -> None:
        """Tom decides, unless the rules have decided meanwhile."""
        waiting = Verification.objects.filter(
            business_center=self.business_center, state=Verification.State.IN_REVIEW
        ).first()
        if waiting is not None:
            judge_verification(verification=waiting, approve=True, actor=self.people["tom"], at=at)

    def _assets(self, at: datetime) -> None:
        ben, mia = self.people["ben"], self.people["mia"]
        made = {}
        for kind, name, account in (
            ("pixel", "Cedar & Sage shop", "us"),
            ("pixel", "Velo Nord shop", "de"),
            ("catalog", "Cedar & Sage autumn range", "us"),
        ):
            asset = create_asset(
                business_center=self.business_center, kind=kind, name=name, actor=ben, at=at
            )
            if asset.kind == BusinessAsset.Kind.PIXEL:
                link_asset(asset=asset, ad_accounts=[self.accounts[account]], actor=ben, at=at)
            made[name] = asset
        for name in ("Cedar & Sage shop", "Cedar & Sage autumn range"):
            grant_asset(asset=made[name], user=mia, role=AssetRole.USER, actor=ben, at=at)
        share_asset(
            asset=made["Cedar & Sage autumn range"],
            partner=self.stage.partner,
            role=AssetRole.USER,
            actor=ben,
            at=at,
        )

    def _group(self, at: datetime) -> None:
        ana = Membership.objects.get(business_center=self.business_center, user=self.people["ana"])
        create_asset_group(
            business_center=self.business_center,
            name="Brands in Europe and America",
            ad_accounts=[self.accounts["us"], self.accounts["de"]],
            members={ana: Level.ANALYST},
            actor=self.people["ben"],
            at=at,
        )

    def _cap(self, at: datetime) -> None:
        set_spending_cap(
            ad_account=self.accounts["jp"],
            mode="monthly",
            amount=9_000_000,
            actor=self.people["ben"],
            at=at,
        )

    def _invite(self, name: str, at: datetime) -> None:
        invite_person(
            business_center=self.business_center,
            email=f"{name}@northwind.example",
            access=preset_access(Preset.OPERATOR, [self.accounts["de"]]),
            actor=self.people["ben"],
            at=at,
        )

    def _freelancer(self, at: datetime) -> None:
        add_person(
            business_center=self.business_center,
            email=self.people["lea"].email,
            access=preset_access(
                Preset.OPERATOR,
                [self.accounts["jp"]],
                access_ends_at=at + timedelta(days=40),
            ),
            actor=self.people["ben"],
            at=at,
        )

    def _link(self, at: datetime) -> None:
        request_link(
            business_center=self.stage.partner,
            ad_account_id=self.accounts["de"].pk,
            level=Level.ANALYST,
            note="We would like to see how the bicycle campaign does beside ours.",
            actor=self.people["carl"],
            at=at,
        )

    def _ask(self, at: datetime) -> None:
        ask_for_access(
            user=self.people["ana"],
            permission=Permission.MANAGE_CAMPAIGNS,
            business_center=self.business_center,
            ad_account=self.accounts["us"],
            about="Switch off “Spring Sale US”",
            note="Its cost per result has doubled since Monday.",
            at=at,
        )
