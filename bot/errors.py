"""What can go wrong, as facts; the words are in `locales/`.

DomainError
├── NotFound                 the thing is gone, or never was
├── Forbidden                this account may not do this (says nothing about the thing)
├── ConsentRequired          no consent to the processing of personal data yet
├── InvalidInput             something typed cannot be used; the sentence says what can
└── Refused                  the rules say no: full, past, closed, already done, …

StartupError                 the program cannot start; one line for the operator
"""

from typing import Any


class DomainError(Exception):
    """A refusal with the key and the arguments of the sentence that explains it to a person."""

    key = "error-unknown"

    def __init__(self, key: str | None = None, **facts: Any) -> None:
        self.key = key or self.key
        self.facts = facts
        super().__init__(self.key)


class NotFound(DomainError):
    """The thing asked for does not exist (any more)."""

    key = "error-not-found"


class Forbidden(DomainError):
    """The account has no right to do this."""

    key = "error-forbidden"


class ConsentRequired(DomainError):
    """Nothing about a person is stored before the person agreed to the text as it is now."""

    key = "error-consent-required"


class InvalidInput(DomainError):
    """What was typed cannot be understood or used."""

    key = "error-invalid-input"


class Refused(DomainError):
    """The rules of the programme or of the meeting say no."""

    key = "error-refused"


class StartupError(Exception):
    """The program cannot start: bad settings, an unreachable database, a bad token."""
