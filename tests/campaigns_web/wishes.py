"""What Mia fills into the three forms when all is well."""

CAMPAIGN = {
    "objective": "TRAFFIC",
    "name": "Autumn sale",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": "120.50",
    "form_token": "first",
}
GROUP = {
    "name": "Women 18–34",
    "countries": ["US", "CA"],
    "age_groups": ["AGE_18_24", "AGE_25_34"],
    "gender": "GENDER_FEMALE",
    "optimization_goal": "CLICK",
    "bid_type": "BID_TYPE_NO_BID",
    "budget_mode": "BUDGET_MODE_DAY",
    "budget": "60",
    "schedule_type": "SCHEDULE_START_END",
    "start_at": "2026-11-03T09:00",
    "end_at": "2026-11-10T18:00",
    "pacing": "PACING_MODE_SMOOTH",
    "form_token": "second",
}
AD = {
    "name": "Film A",
    "display_name": "Northwind",
    "text": "Coats for the first cold day",
    "call_to_action": "SHOP_NOW",
    "landing_page_url": "https://northwind.example/sale",
    "form_token": "third",
}
