"""Words to choose from, shared by the forms of businesses and ad accounts."""

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
