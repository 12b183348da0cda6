"""What no register may repeat: names and numbers of private persons, ways to reach one, secrets. It stops the document.

Contacts that stand where documents put them are left out in silence (``contacts``). This is the gate behind: it looks
at every text of a register that is about to be written. Numbers with a check digit (identity cards after GB 11643, bank
cards after ISO/IEC 7812) are taken for such only where it is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec

from generator.errors import DocumentError, Problem
from generator.ingest.contacts import TELEPHONE
from generator.ingest.documents import Document
from generator.ingest.private_names import find_private_names, private_name_signs
from generator.lookups import Lookups
from generator.model import Register, Source
from generator.patterns import alternation
from generator.text import fold_width

_MOST_NAMED = 20
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True)
class Private:
    """Something private in a text: what it is, and its characters with all but the first and last withheld."""

    kind: str
    shown: str


def find_private(text: str, lookups: Lookups) -> Iterator[Private]:
    """Everything private in a text: numbers, addresses, secrets, and persons who hold no office (户主:…, 市民…反映).

    Digits with a unit behind them are an amount.
    """
    if len(text) < _SHORTEST:
        return
    text = fold_width(text).translate(_FOLDED)
    for kind, pattern, test in (
        _KINDS if _MANY_DIGITS.search(text) or any(map(text.lower().__contains__, _ANY_SIGN)) else ()
    ):
        for match in pattern.finditer(text):
            if test(match[0]) and not (match[0].isdigit() and text[match.end() :].lstrip().startswith(_units(lookups))):
                yield Private(kind, _masked(match[0]))
    for match in lookups.once(_labelled).finditer(text):
        yield Private(_PERSON, _masked(match[0]))
    yield from (Private(_PERSON, shown) for shown in find_private_names(text, lookups))


_PERSON = "a person without office"
#: 王某: a unit or a comparator is no more.
_SHORTEST = 2


def _units(lookups: Lookups) -> tuple[str, ...]:
    """What stands behind an amount; 号 stands behind numbers of cards as well."""
    return ("万", "亿", *(unit for unit in lookups.units.kinds if unit != "号"))


def _labelled(lookups: Lookups) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(lookups.words('label_person'))})\s*[:：]\s*[\u4e00-\u9fff·]{{2,8}}")


#: In all that a pattern below finds there stands one of these, or seven digits, at the most with a mark among them.
_SIGNS = ("@", "＠", "单元", "-----begin", "akia", "ltai", "sk-", *(f"gh{kind}_" for kind in "pousr"))
_SECRETS = ("密码", "口令", "password", "passwd", "pwd", "token", "secret")
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


_MANY_DIGITS = re.compile(r"\d(?:[ -]?\d){6}")
#: ſ is s to a pattern that ignores case.
_ANY_SIGN = (*_SIGNS, *_SECRETS, "ſ")


def may_be_private(record: Any, lookups: Lookups, public: Iterable[bytes] = ()) -> bool:
    """A quick look at all texts of a record together: False is certain, True is for ``find_private`` to tell.

    ``public`` is what is taken out of the texts first, as JSON has it: what is left beside it may be private only then.
    """
    texts = msgspec.json.encode(record)
    if any(map(texts.__contains__, public)):
        return True
    folded = fold_width(texts.decode()).lower()
    if any(map(folded.__contains__, _ANY_SIGN)) or lookups.once(_sign_pattern).search(folded):
        return True
    shape = texts.translate(_SHAPE)
    return any(map(shape.__contains__, _DIGITS))


def _sign_pattern(lookups: Lookups) -> re.Pattern[str]:
    words = (*lookups.words("label_person"), *lookups.once(private_name_signs))
    return re.compile(alternation(tuple(word.lower() for word in words)))


def refuse_private(register: Register, documents: Iterable[Document], lookups: Lookups) -> None:
    """Raises DocumentError, with the line of each, where a text of a register holds something private."""
    by_source = {document.sidecar.document: document for document in documents}
    names = {source.id: by_source[source.document] for source in register.sources if source.document in by_source}
    problems = list(islice(_problems(register, names, lookups), _MOST_NAMED))
    if problems:
        raise DocumentError(*problems)


def _problems(register: Register, documents: dict[str, Document], lookups: Lookups) -> Iterator[Problem]:
    only = next(iter(documents.values()), None)
    public = [one.text for document in documents.values() for one in document.sidecar.public]
    for text, source, start in _suspicious_texts(register, lookups, public):
        document = documents.get(source, only)
        for found in find_private(_without(text, public), lookups):
            yield Problem(
                document.path if document else register.title,
                document.line_of(start) if document and start else 0,
                "private-data",
                f"{found.kind} ({found.shown}) in a text of the register",
                "expected nothing that identifies or reaches a private person, and no secret",
                f"name it in {document.sidecar_path if document else 'the sidecar'} with the reason: under `ignore`, "
                "under `corrections` to withhold it, or under `public` where it is an office's own",
            )


def _suspicious_texts(register: Register, lookups: Lookups, public: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """The texts of the register without those of records that a quick look clears."""
    written = [msgspec.json.encode(text)[1:-1] for text in public]
    for name in register.__struct_fields__:
        value = getattr(register, name)
        for record in value if isinstance(value, tuple) else (value,):
            if name not in _NO_WORDS and may_be_private(record, lookups, written):
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


#: What is written in full width besides digits and letters, and the lines that stand for a hyphen.
_FOLDED = str.maketrans("＠－—–−\u3000\u00a0", "@----  ")

#: Ids and digests are ours.
_NO_WORDS = frozenset({"id", "sha256", "source", "target", "result", "part_of"})


def _is_identity(text: str) -> bool:
    """Whether the last of the eighteen characters is the check character of the others (ISO 7064, MOD 11-2)."""
    text = re.sub(r"[ -]", "", text)
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
        "a telephone number",  # set apart, or of a line without area code behind a word that says what it is
        re.compile(
            r"(?<![\d.])1[3-9]\d(?:[ -]\d{4}[ -]?|\d{4}[ -])\d{4}(?![\d.])"
            r"|(?<![\d.])(?:00|\+)?86[ -]?1[3-9]\d{9}(?!\d)"
            r"|(?:电话|拨打|致电|联系方式|手机号?码?|传真)[:：]?\s*[2-8]\d{2,3}[ -]?\d{4}(?!\d)"
        ),
        _always,
    ),
    (
        "an identity number",
        re.compile(
            r"(?<![\dA-Za-z])[1-9]\d{5}[ -]?(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[ -]?\d{3}[\dXx]"
            r"(?![\dA-Za-z])"
        ),
        _is_identity,
    ),
    (
        "an identity number",  # of fifteen digits, as until 1999: without a check character
        re.compile(r"身份证(?:号码?)?[:：]?\s*[1-9]\d{7}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}(?!\d)"),
        _always,
    ),
    ("a home address", re.compile(r"\d+(?:幢|栋|号楼|号)\s*\d+单元\s*\d{3,4}(?!\d)"), _always),
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
