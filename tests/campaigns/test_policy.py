"""The advertising policy's word rules."""

import pytest

from campaigns.services.rules.policy import findings, first_finding


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("It cures everything", "misleading_claim", ("cures",)),
        ("100% FREE forever", "misleading_claim", ("100% FREE",)),
        ("Lose 10 kg in 7 days", "misleading_claim", ("Lose 10 kg in 7 days",)),
        ("Vapes and cigarettes", "harmful_products", ("Vapes", "cigarettes")),
        ("What the hell, what the HELL", "inappropriate_language", ("hell", "HELL")),
        ("As seen on TikTok", "trademark", ("TikTok",)),
        ("You won't believe it", "attention_tricks", ("You won't believe",)),
    ],
)
def test_a_rule_finds_its_words(text: str, rule: str, words: tuple[str, ...]) -> None:
    finding = first_finding({"text": text})

    assert finding is not None
    assert (finding.rule, finding.field, finding.words) == (rule, "text", words)
    assert words[0] in finding.explanation


@pytest.mark.parametrize(
    "text",
    ["Coats for the first cold day", "Shellfish and secure banking", "Begun: our guarantor sale"],
)
def test_whole_words_only(text: str) -> None:
    assert first_finding({"text": text}) is None


def test_every_field_that_people_see_is_read_and_the_internal_name_is_not() -> None:
    found = findings(
        {
            "name": "guaranteed",
            "display_name": "Nike outlet",
            "text": "A miracle",
            "landing_page_url": "https://shop.example/guns",
        }
    )

    assert [each.field for each in found] == ["display_name", "text", "landing_page_url"]
