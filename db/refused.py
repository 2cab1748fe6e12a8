"""The one error hierarchy: what happened, what is safe, what to do now; standard library only."""

from collections.abc import Sequence


class Refused(Exception):
    """An act that the program will not do, in words for the person who asked for it.

    `code` is `room.reason` for scripts, `what`/`safe`/`do` are whole Chinese sentences for people
    (ui/design.md, Words), `rules` names the rule ids that stood in the way, if any.
    """

    def __init__(self, code: str, what: str, safe: str, do: str, rules: Sequence[str] = ()) -> None:
        super().__init__(code, what, safe, do)
        self.code = code
        self.what = what
        self.safe = safe
        self.do = do
        self.rules = tuple(rules)

    def as_json(self) -> dict[str, dict[str, object]]:
        """The shape that both command lines print: `{"refused": {code, what, safe, do[, rules]}}`."""
        parts: dict[str, object] = {"code": self.code, "what": self.what, "safe": self.safe, "do": self.do}
        if self.rules:
            parts["rules"] = list(self.rules)
        return {"refused": parts}

    def in_words(self) -> str:
        """The three sentences, one a line, as they go to standard error or a banner."""
        return "\n".join(part for part in (self.what, self.safe, self.do) if part)


def not_text(text: str) -> bool:
    """Whether a text holds half a character (a lone surrogate), as bytes do that are no UTF-8."""
    return any(0xD800 <= ord(char) <= 0xDFFF for char in text)


class BadValue(Refused):
    """A value that cannot be what it claims to be (a date, a code, a field, an id, a path)."""


class StoreRefused(Refused):
    """The encrypted store cannot be opened, written or trusted."""


class PackageRefused(Refused):
    """A package that is not ours, not for us, or not as it was sealed; nothing of it was applied."""


class Unreachable(Refused):
    """The other side does not answer; everything stays where it was."""


class NotAllowed(Refused):
    """The person, role or device may not do this."""
