"""Words to choose from, shared by the forms of businesses and ad accounts."""

from django.db import models


class Scope(models.IntegerChoices):
    """What a tool may be allowed to do with a person's rights; the numbers are the wire's."""

    AD_ACCOUNTS = 1, "Ad accounts: read and change their settings"
    ADS = 2, "Campaigns, ad groups and ads: read, create and change"
    REPORTING = 4, "Reports: read performance and costs"
    BUSINESS_CENTERS = 8, "Business Centers: members, assets, partners and finance"


class Topic(models.TextChoices):
    """What people are told about, each in the ways they chose; of security always in all ways."""

    REVIEW = "review", "Ad review"
    STOP = "stop", "Switching campaigns off"
    INVOICE = "invoice", "Invoices and payments"
    ACCESS = "access", "People and access"
    BUSINESS = "business", "Business verification and ad accounts"
    SECURITY = "security", "Security"


INDUSTRIES = (
    "Apparel & accessories",
    "Automotive",
    "Beauty & personal care",
    "Business services",
    "Consumer electronics",
    "E-commerce",
    "Education",
    "Financial services",
    "Food & beverage",
    "Games",
    "Health & wellness",
    "Home & garden",
    "Media & entertainment",
    "Non-profit",
    "Real estate",
    "Retail",
    "Software & apps",
    "Sports & outdoor",
    "Travel",
    "Other",
)
