"""Which house is connected: its address in the settings, its token in the keychain or the environment."""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from assistant.clock import Clock
from assistant.egress import Egress
from assistant.errors import ConfigError
from assistant.house.api import PORT, Api
from assistant.house.connected import ConnectedHouse
from assistant.keychain import Keychain
from assistant.services import NoHouse

SECRET = "home-assistant"  # noqa: S105 -- its name, not the secret
"""As what the keychain knows the token."""

SETTING = "skill.home.url"

VARIABLE = "HASS_TOKEN"
"""The token's variable in the environment, as other clients of Home Assistant call it; it wins over the keychain."""

USUAL = f"http://homeassistant.local:{PORT}"
"""Where Home Assistant answers in most networks."""


def connected_house(settings: Mapping[str, Any], keychain: Keychain, egress: Egress, clock: Clock) -> ConnectedHouse | NoHouse:
    """Return the house of the settings `[skill.home]`."""
    url = str(settings.get("url") or "")
    return ConnectedHouse(Api(egress, url, lambda: token(keychain)), clock) if url else NoHouse()


def token(keychain: Keychain) -> str:
    """Return the access token; empty when there is none."""
    return os.environ.get(VARIABLE) or keychain.get(SECRET)


def address(text: str) -> str:
    """Return the address that somebody gave, whole: the scheme and the port are added, the path of a page is taken off.

    Raises ConfigError for what is none.
    """
    plain = text.strip()
    if "://" not in plain:
        plain = f"http://{plain}"
    try:
        parts = urlsplit(plain)
        port = parts.port
    except ValueError as error:
        raise ConfigError(f"'{text}' is no web address: {error}. Give one like {USUAL}.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in parts.hostname:
        raise ConfigError(f"'{text}' is no web address. Give one like {USUAL}.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port is None and "://" not in text:
        port = PORT
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"
