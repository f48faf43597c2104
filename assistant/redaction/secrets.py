"""What opens doors: keys, tokens, passwords, addresses on the network; and dates of birth."""

import ipaddress
import re
from collections.abc import Iterator

from assistant.redaction.span import LOOSE, Span

EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
SAID_EMAIL = re.compile(r"\b[a-z0-9]+(?: (?:dot|underscore|dash) [a-z0-9]+)* at (?:[a-z0-9]+ dot )+(?:com|org|net|cn|uk|de|io|me)\b", LOOSE)

WEB = re.compile(
    r"(?:(?:https?|ftp|wss?|ssh)://|www\.|(?<![\w@.-])(?=[\w.-]+\.[a-z]{2,}/))[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+",
    LOOSE,
)
TELLS = re.compile(r"[?&#;][\w.\-\[\]]+=|//[^/@\s]+@|/[^/?#]*(?=[^/?#]*\d)(?=[^/?#]*[A-Za-z])[\w-]{16,}", re.ASCII)
"""What makes an address on the web somebody's own: a query, a name in front of the host, or a long mixed part."""

IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?::\d{1,5})?(?![\w.]*\w)", re.ASCII)
IPV6 = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:)[0-9A-Fa-f:]{3,39}(?:%\w+)?(?![\w:])", re.ASCII)
HARDWARE = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])", re.ASCII)

KEYS = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?:sk|pk|rk)[-_](?:[a-z]+[-_])*[A-Za-z0-9_-]{12,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}|hf_[A-Za-z0-9]{16,}"
    r"|(?:AKIA|ASIA)[A-Z0-9]{12,}|LTAI[A-Za-z0-9]{12,}|AKID[A-Za-z0-9]{13,}|AIza[\w-]{30,}|xox[abeoprs]-[\w-]{10,}|npm_\w{20,}|pypi-[\w-]{16,}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?|(?:bearer|basic) [A-Za-z0-9._~+/=-]{12,}"
    r")",
    re.ASCII,
)
BLOCK = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL | re.ASCII)
MIXED = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9_+/=-]{20,}(?![A-Za-z0-9])", re.ASCII)
"""May be a key: so long, and of everything."""

NOT_ONE = (
    r"(?!(?:not|no|too|so|very|wrong|right|correct|weak|strong|safe|expired|out|on|in|the|a|an|my|your|it|hard|easy|long|short|what|which|for"
    r"|to|and|or|that|this|needed|required|reset|changed|set|never|always|being|something|somewhere|written|stored|protected|also|still)\b)"
)
CALLED = (
    r"(?:pass ?(?:word|code|phrase)|passwd|pwd|pin(?: ?(?:code|number))?"
    r"|(?:api|access|secret|private|license|recovery|security)[ _-]?(?:key|token|code)|secret|token)"
)
PASSWORD = re.compile(
    rf"\b{CALLED}s?\b(?:[ '’]s)?(?: (?:for|of|to|on|at) (?:[\w'’-]+ ){{1,4}}?)?\s*(?:is now|is|was|are|=|:|to|as)\s*[\"'“‘`]?{NOT_ONE}"
    r"(?P<it>[^\s\"'”’`,;。，；\u2e80-\uffff]+)",
    LOOSE,
)
BARE_PASSWORD = re.compile(
    rf"\b{CALLED}\s+[\"'“‘`]?(?P<it>(?=[!-~]*\d)(?=[!-~]*[A-Za-z])[^\s\"'”’`,;。，；\u2e80-\uffff]{{5,}})",
    LOOSE,
)
"""Right behind what it is: letters and digits mixed, which no word is."""

CODE = re.compile(r"\b(?:code|combination|pin)\b[^.。!?！？\d]{0,30}?(?P<it>\d[\d -]{1,12}\d)(?!\w)", LOOSE)
CHINESE_PASSWORD = re.compile(
    r"(?:密码|口令|验证码|激活码|密钥|秘钥|令牌|门禁码|开门码|PIN码)[^,.，。!?！？A-Za-z0-9零一二三四五六七八九]{0,8}?(?:是|为|：|:|=|成|叫)?\s*[“\"'「]?"
    r"(?P<it>[!-+./0-:<-~-]{3,}|[零一二三四五六七八九幺]{4,})",
    LOOSE,
)

MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
DATE = (
    rf"(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTHS},? (?:19|20)\d\d|{MONTHS} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d"
    r"|(?:(?:19|20)\d\d|[一二][零〇九][零〇一二三四五六七八九]{2})"
    r" ?年 ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?[日号]?"
    r"|(?:19|20)\d{2}[01]\d[0-3]\d)"
)
BORN = r"(?:born|birth ?day|birth ?date|date of birth|\bd\.?o\.?b\b|出生|生日|生于|诞辰)"
BIRTH = re.compile(rf"{BORN}[^.。!?！？\d]{{0,30}}?(?P<it>{DATE})", LOOSE)
BIRTH_AFTER = re.compile(rf"(?P<it>{DATE})[^.。!?！？\d]{{0,12}}?{BORN}", LOOSE)


def secrets_in(text: str) -> Iterator[Span]:
    """Yield where secrets stand."""
    for kind, pattern in (("EMAIL", EMAIL), ("EMAIL", SAID_EMAIL), ("KEY", KEYS), ("KEY", BLOCK), ("IP", HARDWARE)):
        yield from (Span(*found.span(), kind) for found in pattern.finditer(text))
    for kind, pattern in (
        ("PASSWORD", PASSWORD),
        ("PASSWORD", BARE_PASSWORD),
        ("PASSWORD", CHINESE_PASSWORD),
        ("PASSWORD", CODE),
        ("BIRTHDATE", BIRTH),
    ):
        yield from (Span(*found.span("it"), kind) for found in pattern.finditer(text))
    yield from (Span(*found.span("it"), "BIRTHDATE") for found in BIRTH_AFTER.finditer(text))
    yield from (
        Span(found.start(), found.start() + len(found[0].rstrip(".,;:!?)'")), "URL")
        for found in WEB.finditer(text)
        if TELLS.search(found[0])
    )
    yield from (Span(*found.span(), "IP") for pattern in (IPV4, IPV6) for found in pattern.finditer(text) if is_ip(found[0]))
    yield from (Span(*found.span(), "KEY") for found in MIXED.finditer(text) if is_random(found[0]))


def is_ip(text: str) -> bool:
    """Tell whether a text is an address of the internet protocol."""
    address = text.partition("/")[0].partition("%")[0]
    if "." in address:
        address = address.partition(":")[0]
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


def is_random(text: str) -> bool:
    """Tell whether a long run of letters and digits is no word: digits all over it, or both cases and a digit."""
    digits = sum(letter.isdigit() for letter in text)
    return digits >= 3 and any(letter.isalpha() for letter in text)
