"""Errors that a person caused and can mend; anything else is a bug and is logged as one."""


class DomainError(Exception):
    """Says what is wrong and what to do; `field` names the input, where there is one.

    Web pages show the message at the field or as a toast, the API answers with `api_code`
    (see the error table of the wire contract: 40002 parameter, 40001 permission, ...).
    """

    code = "invalid"
    api_code = 40002

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
