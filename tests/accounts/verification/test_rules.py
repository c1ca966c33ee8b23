"""What a reviewer finds: names that are the same, and each reason with what to do about it."""

from datetime import date

import pytest

from accounts.services.documents import Examined
from accounts.services.verification_rules import Claim, first_finding, same_name

TODAY = date(2026, 11, 2)
PAGE = Examined("application/pdf", 1, 0, False)


def claim(**changes) -> Claim:
    usual = {
        "legal_name": "Acme Ltd",
        "center_country": "DE",
        "entity_type": "company",
        "document_type": "registration",
        "document_country": "DE",
        "business_name": "Acme Ltd",
        "certificate_number": "HRB 12345",
        "expires_on": None,
        "digests": ("abc",),
        "attempt": 2,
    }
    return Claim(**usual | changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "ACME LIMITED"),
        ("Müller & Söhne GmbH", "Muller and Sohne G.m.b.H."),
        ("Café-Rösti S.à r.l.", "cafe rosti sarl"),
        ("Northwind Trading, Inc.", "Northwind Trading"),
        ("Acme Pty. Ltd.", "Acme"),
        ("東京物産", "東京物産"),
    ],
)
def test_case_accents_punctuation_and_legal_form_do_not_matter(one: str, other: str) -> None:
    assert same_name(one) == same_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme Ltd", "Apex Ltd"), ("Limited", "Company"), ("Casa", "Ca"), ("Acme North", "Acme")],
)
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert same_name(one) != same_name(other)


@pytest.mark.parametrize(
    ("changes", "reason", "word"),
    [
        ({"business_name": "Apex Ltd"}, "mismatch", "“Apex Ltd”"),
        ({"expires_on": date(2026, 11, 1)}, "expired", "1 November 2026"),
        ({"document_country": "FR"}, "document_type", "another country"),
        ({"entity_type": "sole"}, "document_type", "company register"),
        ({"certificate_number": "12-34"}, "mismatch", "too short"),
    ],
)
def test_what_is_said_is_compared_and_the_reason_comes_with_a_suggestion(
    changes: dict, reason: str, word: str
) -> None:
    finding = first_finding(claim(**changes), [PAGE], on=TODAY)

    assert finding is not None
    assert finding.reason == reason
    assert word in finding.detail
    assert finding.suggestion


@pytest.mark.parametrize(
    "page", [Examined("image/png", 1, 599, False), Examined("image/png", 1, 900, True)]
)
def test_small_and_blank_pages_are_incomplete(page: Examined) -> None:
    finding = first_finding(claim(), [PAGE, page], on=TODAY)

    assert finding is not None
    assert finding.reason == "incomplete"


def test_a_document_is_good_on_its_last_day() -> None:
    assert first_finding(claim(expires_on=TODAY), [PAGE], on=TODAY) is None


def test_about_one_first_attempt_in_twelve_has_a_cropped_page_and_no_second_one() -> None:
    first = [claim(certificate_number=f"HRB {n:05}", attempt=1) for n in range(600)]
    second = [claim(certificate_number=f"HRB {n:05}") for n in range(600)]

    cropped = [first_finding(each, [PAGE], on=TODAY) for each in first]
    assert 30 <= sum(found is not None for found in cropped) <= 75
    assert {found.detail for found in cropped if found} == {"An edge of the page is cropped."}
    assert not any(first_finding(each, [PAGE], on=TODAY) for each in second)


def test_the_same_content_draws_the_same_and_waits_20_to_90_minutes() -> None:
    minutes = [claim(certificate_number=f"HRB {n}").wait().total_seconds() / 60 for n in range(400)]

    assert claim().draw() == claim().draw()
    assert claim(business_name="ACME limited").wait() == claim().wait()
    assert (min(minutes), max(minutes)) == (20, 90)
