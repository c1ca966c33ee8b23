"""What a newcomer does: an account by the practice mailbox, then the set-up, step by step."""

from playwright.sync_api import Page, expect

from tests.factories.papers import scan

PASSWORD = "a-long-passphrase-7"


def sign_up(page: Page, name: str, email: str) -> None:
    """Signed in, on the first step of the set-up."""
    page.goto("/")
    page.get_by_role("link", name="Get started").first.click()
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail").first.fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("link", name="Open the practice mailbox").click()
    page.get_by_role("link", name="Confirm your e-mail").first.click()
    page.get_by_role("link", name="/confirm-email/").click()
    page.get_by_role("button", name="Yes, confirm").click()


def set_up(page: Page, name: str) -> None:
    """The whole set-up of a Business Center, with a document and a practice card."""
    page.get_by_label("Legal name").fill("Acme Ltd")
    page.get_by_label("Industry").select_option("Retail")
    page.get_by_label("Country").select_option("DE")
    page.get_by_label("Street").fill("High Street 1")
    page.get_by_label("Postal code").fill("10115")
    page.get_by_label("City").fill("Berlin")
    page.get_by_label("Contact phone").fill("+49 30 123456")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Currency")).to_have_value("EUR")
    page.get_by_label("Business Center name").fill(name)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What the business is").select_option("company")
    page.get_by_label("Kind of document").select_option("registration")
    page.get_by_label("Certificate number").fill("HRB 98765")
    scanned = {"name": "extract.png", "mimeType": "image/png", "buffer": scan()}
    page.get_by_label("Document files").set_input_files([scanned])
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Card number", exact=True).fill("4242 4242 4242 4242")
    page.get_by_label("Expiry date").fill("12/30")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("Name on card").fill("Nora New")
    page.get_by_role("button", name="Save payment method").click()
    expect(page.get_by_text("Visa ending in 4242")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    create = page.get_by_role("button", name="Create Business Center")
    expect(create).to_be_disabled()
    page.get_by_label("I have read the terms").check()
    create.click()
