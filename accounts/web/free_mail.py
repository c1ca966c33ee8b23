"""Mail services that anybody can use: people are advised to give their company's address."""

FREE_MAIL = {
    *("aol.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com"),
    *("hotmail.com", "icloud.com", "live.com", "mail.com", "mail.ru", "me.com", "msn.com"),
    *("outlook.com", "pm.me", "proton.me", "protonmail.com", "qq.com", "web.de", "yahoo.com"),
    *("yandex.com", "yandex.ru", "zoho.com", "163.com", "126.com"),
}


def is_free_mail(email: str) -> bool:
    """Whether anybody can have an address at that domain."""
    return email.rpartition("@")[2].strip().lower() in FREE_MAIL
