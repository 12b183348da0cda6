"""What no register may repeat: numbers that identify a person, ways to reach one, secrets. It stops the document.

Contacts that stand where documents put them are left out in silence (``contacts``). This is the gate behind: it looks
at every text of a register that is about to be written. Numbers with a check digit (identity cards after GB 11643, bank
cards after ISO/IEC 7812) are taken for such only where it is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import msgspec

from generator.errors import DocumentError, Problem
from generator.ingest.contacts import TELEPHONE
from generator.ingest.documents import Document
from generator.lookups import Lookups
from generator.model import Register, Source
from generator.patterns import alternation

_MOST_NAMED = 20
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class Private:
    """Something private in a text: what it is, and its characters with all but the first and last withheld."""

    kind: str
    shown: str


def find_private(text: str, labels: Iterable[str], units: tuple[str, ...]) -> Iterator[Private]:
    """Everything private in a text. ``labels`` are words that introduce a person who holds no office (户主:…).

    A number with one of ``units`` behind it is an amount.
    """
    for kind, pattern, test in _KINDS:
        for match in pattern.finditer(text):
            if test(match[0]) and not text[match.end() :].lstrip().startswith(units):
                yield Private(kind, _masked(match[0]))
    if labels := tuple(labels):
        named = _named_pattern(labels).finditer(text)
        yield from (Private("a person without office", _masked(match[0])) for match in named)


@cache
def _named_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(labels)})\s*[:：]\s*[\u4e00-\u9fff·]{{2,8}}")


#: In all that a pattern below finds there stands one of these, or seven digits, at the most with a mark among them.
_SIGNS = ("@", "-----begin", "akia", "ltai", "sk-", *(f"gh{kind}_" for kind in "pousr"))
_SECRETS = ("密码", "口令", "password", "passwd", "pwd", "token", "secret")
#: ſ and K are s and k to a pattern that ignores case.
_BYTES = tuple(sign.encode() for sign in (*_SIGNS, *_SECRETS, "ſ", "\u212a"))
#: Bytes of UTF-8 by what they are: a digit, a mark that may stand among digits, the three bytes of a digit of full
#: width (first, second, third), the first byte of other characters among which there are digits.
_SHAPES = {
    **dict.fromkeys(b"0123456789", b"0"),
    **dict.fromkeys(b" -", b"-"),
    0xEF: b"f",
    0xBC: b"u",
    **dict.fromkeys(range(0x90, 0x9A), b"l"),
    **dict.fromkeys((0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xF0), b"?"),
}
_SHAPE = b"".join(_SHAPES.get(byte, b".") for byte in range(256))
_DIGITS = (b"0000000", b"0000-000", b"ful", b"?")


def may_be_private(record: Any, labels: Iterable[str]) -> bool:
    """A quick look at all texts of a record together: False is certain, True is for ``find_private`` to tell."""
    texts = msgspec.json.encode(record).lower()
    shape = texts.translate(_SHAPE)
    signs = (*_BYTES, *(label.encode().lower() for label in labels))
    return any(map(texts.__contains__, signs)) or any(map(shape.__contains__, _DIGITS))


def refuse_private(register: Register, documents: Iterable[Document], lookups: Lookups) -> None:
    """Raises DocumentError, with the line of each, where a text of a register holds something private."""
    by_source = {document.sidecar.document: document for document in documents}
    names = {source.id: by_source[source.document] for source in register.sources if source.document in by_source}
    problems = list(islice(_problems(register, names, lookups), _MOST_NAMED))
    if problems:
        raise DocumentError(*problems)


def _problems(register: Register, documents: dict[str, Document], lookups: Lookups) -> Iterator[Problem]:
    labels, units = lookups.words("label_person"), ("万", "亿", *lookups.units.kinds)
    only = next(iter(documents.values()), None)
    public = [one.text for document in documents.values() for one in document.sidecar.public]
    for text, source, start in _suspicious_texts(register, labels if not public else None):
        document = documents.get(source, only)
        for found in find_private(_without(text, public), labels, units):
            yield Problem(
                document.path if document else register.title,
                document.line_of(start) if document and start else 0,
                "private-data",
                f"{found.kind} ({found.shown}) in a text of the register",
                "expected nothing that identifies or reaches a private person, and no secret",
                f"name it in {document.sidecar_path if document else 'the sidecar'} with the reason: under `ignore`, "
                "under `corrections` to withhold it, or under `public` where it is an office's own",
            )


def _suspicious_texts(register: Register, labels: tuple[str, ...] | None) -> Iterator[tuple[str, str, int]]:
    """The texts of the register without those of records that a quick look clears.

    All of them where ``labels`` is None: a text that something is taken out of may be private only then.
    """
    for name in register.__struct_fields__:
        value = getattr(register, name)
        for record in value if isinstance(value, tuple) else (value,):
            if name not in _NO_WORDS and (labels is None or may_be_private(record, labels)):
                yield from _texts(record, "", 0)


def _without(text: str, public: Iterable[str]) -> str:
    for known in public:
        text = text.replace(known, "")
    return text


def _texts(value: Any, source: str, start: int) -> Iterator[tuple[str, str, int]]:
    """Every text below a value with the source and the offset of the record that it stands in."""
    if isinstance(value, str):
        yield value, source, start
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one, source, start)
    elif isinstance(value, msgspec.Struct):
        own = value.id if isinstance(value, Source) else getattr(value, "source", "") or source
        at = getattr(value, "start", start)
        for field in value.__struct_fields__:
            if field not in _NO_WORDS:
                yield from _texts(getattr(value, field), own, at)


#: Ids and digests are ours.
_NO_WORDS = frozenset({"id", "sha256", "source", "target", "result", "part_of"})


def _is_identity(text: str) -> bool:
    """Whether the last of the eighteen characters is the check character of the others (ISO 7064, MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == text[-1].upper()


def _is_card(text: str) -> bool:
    """Whether the digits are those of a card (Luhn)."""
    digits = [int(one) for one in reversed(re.sub(r"\D", "", text))]
    doubled = sum(sum(divmod(2 * one, 10)) for one in digits[1::2])
    return len(set(digits)) > 1 and (sum(digits[::2]) + doubled) % 10 == 0


def _always(text: str) -> bool:
    return bool(text)


def _masked(text: str) -> str:
    return f"{text[:2]}…{text[-2:]}"


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("a telephone number", TELEPHONE, _always),
    (
        "an identity number",
        re.compile(
            r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
        ),
        _is_identity,
    ),
    (
        "a bank card",
        re.compile(r"(?<![\d.])(?:4\d|5[1-5]|62)\d{2}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\d.])"),
        _is_card,
    ),
    ("an e-mail address", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), _always),
    ("a private key", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), _always),
    (
        "an access key",
        re.compile(r"\b(?:AKIA[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,20}|gh[pousr]_[0-9A-Za-z]{36}|sk-[0-9A-Za-z]{32,})\b"),
        _always,
    ),
    (
        "a password",
        re.compile(rf"(?i)(?:{'|'.join(_SECRETS)})\s*[:：=]\s*[!-~]{{6,}}"),
        _always,
    ),
)
