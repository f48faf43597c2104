"""The address of a server with language models, and its refusals in words."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.errors import ConfigError, WebError

USUAL = "http://localhost:11434/v1"
"""Ollama's own, on this machine."""

SECRET = "llm-server"  # noqa: S105 -- its name, not the secret
"""As what the keychain knows a server's key."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server answers."""

    url: str
    """As far as what is asked of it differs: up to and with "/v1", where it has that."""
    host: str

    @property
    def too_far(self) -> str:
        """What is said of a server that is not in the private network."""
        return (
            f"{self.host} is neither on this machine nor in your private network, so it is the cloud, and llm.url is not for that. "
            "`hark cloud` connects it, with consent, a preview and a budget."
        )

    def told(self, error: WebError, model: str) -> str:
        """Return what went wrong in a sentence, and what would help."""
        match error.status:
            case None:
                return str(error)
            case 401 | 403:
                return f"{self.host} wants another key (status {error.status}). Give it with `hark models use {self.url} --key`."
            case 404:
                page = urlsplit(self.url).path or "/"
                return f"{self.host} has no model '{model}', or nothing at {page}. `hark models use {self.url}` looks."
            case 429 | 503:
                return f"{self.host} is busy (status {error.status}). Ask again in a moment."
        said = reason(error.body)
        return f"{self.host} answered with status {error.status}{f': {said}' if said else ''}."


def address_of(text: str) -> Address:
    """Return an address the way it was given, whole. Raises ConfigError for what is none."""
    plain = text.strip().rstrip("/")
    for page in ("/chat/completions", "/models"):
        plain = plain.removesuffix(page)
    try:
        parts = urlsplit(plain)
        port = parts.port
    except ValueError as error:
        raise ConfigError(f"'{text}' is no web address: {error}. Give one like {USUAL}.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or " " in plain or parts.query or parts.fragment or port == 0:
        raise ConfigError(f"'{text}' is no address of a server. Give one like {USUAL}.")
    if parts.username or parts.password:
        raise ConfigError("A key does not belong into the address, which is written to the settings. Use --key instead.")
    return Address(plain, parts.hostname)


def reason(body: str) -> str:
    """Return what a server says is wrong, in its own words, as one short line."""
    try:
        data = json.loads(body)
    except ValueError:
        return ""
    said = data.get("error", data.get("detail", data.get("message"))) if isinstance(data, dict) else None
    said = said.get("message") if isinstance(said, dict) else said
    return " ".join(said.split())[:200].rstrip(".") if isinstance(said, str) else ""
