"""Numbers that belong to somebody: telephones, identity papers, cards and accounts.

Where a number carries a checksum or a numbering plan, a kept library judges it (python-stdnum, phonenumbers); a number that is announced
("my card number is ...") needs no proof.
"""

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import iban, luhn
from stdnum.cn import ric
from stdnum.us import ssn

from assistant.redaction.span import LOOSE, Span

REGIONS = ("CN", "US", "GB")
"""Whose numbers are known without a country code."""

CHINESE_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", re.ASCII)
CHINESE_LANDLINE = re.compile(r"(?<![\d.])\(?0(?:10|2\d|[3-9]\d{2})\)?[ -]?[2-8]\d{2,3}[ -]?\d{4}(?!\d)", re.ASCII)
INTERNATIONAL = re.compile(r"(?<![\w.+])(?:\+|00)[1-9]\d{0,2}(?:[ ()./-]{0,2}\d){6,13}(?!\d)", re.ASCII)

LONG = re.compile(r"(?<![\w.])\d(?:[ -]?\d){11,18}[Xx]?(?!\w)", re.ASCII)
"""Enough digits for a card or an identity number."""

RESIDENT = re.compile(r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]", re.ASCII)

SHORT_ID = re.compile(r"(?<![\w-])\d{3}[ -]\d{2}[ -]\d{4}(?![\w-])", re.ASCII)
NATIONAL_INSURANCE = re.compile(r"(?<!\w)(?![DFIQUV])[A-Z](?![DFIQUVO])[A-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)", LOOSE)
ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?![A-Z0-9])", LOOSE)
CHINESE_PASSPORT = re.compile(r"(?<![A-Za-z0-9])(?:[EGDSPHM][A-HJ-NP-Z]?)\d{7,8}(?!\w)", re.ASCII)

ANNOUNCED = (
    (
        "PASSPORT",
        re.compile(r"(?:passport|护照|通行证)[^.。!?！？\d]{0,25}?(?<![A-Za-z0-9])(?P<it>[A-Z]{0,2}\d{6,9})(?!\d)", LOOSE),
    ),
    (
        "CARD",
        re.compile(
            r"(?:card|visa|mastercard|account|iban|卡号|银行卡|信用卡|账号|账户)[^.。!?！？\d]{0,25}?(?P<it>\d(?:[ -]?\d){7,18})",
            LOOSE,
        ),
    ),
    (
        "ID",
        re.compile(
            r"(?:\bid\b|identity|ssn|social security|insurance|licen[cs]e|tax|身份证|社保|驾照|证件)[^.。!?！？\d]{0,25}?"
            r"(?P<it>[A-Z]{0,2}\d(?:[ -]?\d){5,17}[ -]?[A-Z]?)(?!\w)",
            LOOSE,
        ),
    ),
    (
        "PHONE",
        re.compile(
            r"(?:phone|number|mobile|cell|call|ring|text|电话|手机|号码|微信|QQ)[^.。!?！？\d]{0,20}?(?P<it>\+?\d(?:[ .()-]{0,2}\d){6,13})",
            LOOSE,
        ),
    ),
)
"""Numbers that are told what they are."""

WORDS = "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine"
SPELLED = re.compile(rf"\b(?:(?:double|triple|plus|{WORDS})[ ,-]+){{5,}}(?:{WORDS})\b", LOOSE)
"""Digits that are said one by one."""


def numbers_in(text: str) -> Iterator[Span]:
    """Yield where numbers that belong to somebody stand."""
    yield from telephones(text)
    for found in LONG.finditer(text):
        if kind := kind_of(found[0]):
            yield Span(*found.span(), kind)
    for found in ACCOUNT.finditer(text):
        if end := account_end(found[0]):
            yield Span(found.start(), found.start() + end, "IBAN")
    for found in SHORT_ID.finditer(text):
        if ssn.is_valid(re.sub(r"\D", "-", found[0])):
            yield Span(*found.span(), "ID")
    for kind, pattern in (("ID", NATIONAL_INSURANCE), ("PASSPORT", CHINESE_PASSPORT), ("NUMBER", SPELLED)):
        yield from (Span(*found.span(), kind) for found in pattern.finditer(text))
    for kind, pattern in ANNOUNCED:
        yield from (Span(*found.span("it"), kind) for found in pattern.finditer(text))


def telephones(text: str) -> Iterator[Span]:
    """Yield where telephone numbers stand."""
    for pattern in (CHINESE_MOBILE, CHINESE_LANDLINE, INTERNATIONAL):
        yield from (Span(*found.span(), "PHONE") for found in pattern.finditer(text))
    if sum(letter.isdigit() for letter in text) < 7:
        return
    for region in REGIONS:
        yield from (Span(found.start, found.end, "PHONE") for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID))


def kind_of(digits: str) -> str:
    """Return what a long number is by its checksum; empty when it has none that holds."""
    compact = re.sub(r"[ -]", "", digits)
    if RESIDENT.fullmatch(compact) and ric.calc_check_digit(compact) == compact[-1].upper():  # the library's list of areas has gaps
        return "ID"
    return "CARD" if compact.isdigit() and compact[0] in "23456" and luhn.is_valid(compact) else ""


def account_end(text: str) -> int:
    """Return how many letters of a text are an IBAN, whatever words follow it; 0 when none is."""
    for end in range(len(text), 14, -1):
        if text[end - 1] not in " -" and iban.is_valid(text[:end]):
            return end
    return 0
