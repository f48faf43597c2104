"""Postal addresses, by how they are written in English and in Chinese."""

import re
from collections.abc import Iterator

from assistant.redaction.span import Span

SURE = "street|road|avenue|boulevard|crescent|terrace|lane|highway|parkway|alley|mews|gardens|grove"
CAPITAL = r"St|Rd|Ave|Blvd|Ln|Dr|Drive|Ct|Court|Way|Place|Pl|Square|Sq|Close|Cl|Hill|Walk|Row|Park|Rise|Circle|Cir|Green|Quay|Pkwy|Hwy|Ter"
"""Also words of other meanings, so only with a capital."""

ROOM = r"(?:(?:apt|apartment|flat|unit|suite|ste|floor|room)\.? ?#?[\w-]{1,6},? )?"
TOWN = (
    r"(?:,? (?i:apt|apartment|flat|unit|suite|ste|room)\.? ?#?\w{1,6})?(?:, ?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,3})?"
    r"(?:,? [A-Z]{2})?(?:,? (?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}))?(?!\w)"
)
WORD = r"(?!(?:at|to|for|from|and|in|is|on|or|near|with) |\d+ )[A-Za-z0-9'’.-]+"
"""Of the name of a street: another number begins another address."""

ENGLISH = re.compile(
    rf"(?<![\w.:])(?i:{ROOM})\d{{1,5}}[A-Za-z]?,? (?:(?:[NSEW]\.?|{WORD}) ){{1,3}}?(?:(?i:{SURE})|(?:{CAPITAL})\.?)(?!\w){TOWN}"
)
POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)")
BOX = re.compile(r"\bP\.? ?O\.? Box \d+", re.IGNORECASE)

NUMBER = r"(?:[0-9A-Za-z]{1,5}(?:-\d{1,5})?|[零一二三四五六七八九十百]{1,6})"
PART = rf"(?:{NUMBER}(?:号楼|号院|号|弄|栋|幢|座|单元|层|楼|室|门|户))"
HAN = "[一-龥]"
AREA = rf"(?:{HAN}{{2,9}}?(?:省|自治区))?(?:{HAN}{{2,9}}?[市州])?(?:{HAN}{{1,9}}?[区县市旗])?(?:{HAN}{{1,7}}?(?:镇|乡|街道))?"
CHINESE = re.compile(
    rf"{AREA}(?:{HAN}{{1,10}}?(?:大道|大街|胡同|路|街|巷|弄|里|道)[东西南北中]?(?:{NUMBER}段)?,? ?(?:{PART}[, ]?(?:{HAN}{{2,8}}(?=\d))?)+"
    rf"|{HAN}{{2,10}}?(?:小区|花园|公寓|家园|新村|苑|里|村|广场|大厦)(?:{PART}[, ]?)+(?:\d{{2,5}})?"
    rf"|{HAN}{{0,8}}{NUMBER}(?:栋|幢|号楼){NUMBER}(?:单元)?{NUMBER}(?:室|号)?)"
    r"(?:\d{3,4}(?!\d))?"
)
BEFORE = re.compile(r".*(?:住在|地址是|地址|寄到|送到|搬到|发到|寄往|送去|位于|就在|家在|在|到|去|是|从|给)(?=..)")
"""What is still part of the sentence around an address."""


def addresses_in(text: str) -> Iterator[Span]:
    """Yield where postal addresses stand."""
    for pattern in (ENGLISH, POSTCODE, BOX):
        yield from (Span(*found.span(), "ADDRESS") for found in pattern.finditer(text))
    for found in CHINESE.finditer(text):
        lead = BEFORE.match(found[0])
        yield Span(found.start() + (lead.end() if lead else 0), found.start() + len(found[0].rstrip(", ")), "ADDRESS")
