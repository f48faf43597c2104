"""Who can be asked, from `providers.toml`: the user's choice of provider, region and model, or an address of their own."""

import difflib
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.budget import Price
from assistant.config import CloudConfig
from assistant.errors import ConfigError
from assistant.nearby import is_this_machine
from assistant.wire import host_of, is_near

OWN = "own"
"""The provider that is an address of the user's."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where a provider works."""

    id: str
    country: str
    country_zh: str
    stored: str
    """Where what is sent is kept."""
    computed: str
    """Where it may be computed on."""
    url: str
    """Of its OpenAI-compatible interface, without `/chat/completions`."""
    prices: dict[str, Price] = field(default_factory=dict)
    """By model."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Somebody who answers."""

    id: str
    name: str
    name_zh: str
    also: tuple[str, ...]
    """What people call it when they want it asked."""
    model: str
    """Unless the user says otherwise."""
    keys_at: str
    """Where a key is to be had."""
    regions: tuple[Region, ...]
    limit: str = "max_tokens"
    """The field that bounds an answer."""


@dataclass(frozen=True, slots=True)
class Service:
    """Whom the user has chosen."""

    provider: Provider
    region: Region
    model: str

    @property
    def host(self) -> str:
        """Where it is asked."""
        return host_of(self.region.url)

    @property
    def secret(self) -> str:
        """The name of its key in the keychain."""
        return f"cloud:{self.host}" if self.provider.id == OWN else f"cloud:{self.provider.id}:{self.region.id}"

    @property
    def needs_key(self) -> bool:
        """Whether nobody is answered there without a key; what the user runs may do without."""
        return self.provider.id != OWN

    @property
    def names(self) -> tuple[str, ...]:
        """What it may be called, besides "the cloud"; anybody may answer at an address of the user's own."""
        asked = providers().values() if self.provider.id == OWN else [self.provider]
        return tuple(name for each in asked for name in (each.id, *each.also))

    def where(self, language: str) -> str:
        """Return who it is and in which country, in words."""
        if self.provider.id == OWN:
            return f"{self.host}（您自己的地址）" if language == "zh" else f"{self.host}, an address of your own"
        if language == "zh":
            return f"{self.region.country_zh}的{self.provider.name_zh}"
        return f"{self.provider.name} in {self.region.country}"


@cache
def providers() -> dict[str, Provider]:
    """Return all providers by id."""
    data = tomllib.loads(Path(__file__).with_name("providers.toml").read_text("utf-8"))
    return {each["id"]: provider_of(each) for each in data["provider"]}


def provider_of(data: dict[str, Any]) -> Provider:
    """Return a provider from its table."""
    rest = {name: value for name, value in data.items() if name not in {"region", "also"}}
    return Provider(also=tuple(data["also"]), regions=tuple(map(region_of, data["region"])), **rest)


def region_of(data: dict[str, Any]) -> Region:
    """Return a region from its table."""
    prices = {each["model"]: Price(each["in"], each["out"], each["currency"], each["dated"]) for each in data.get("prices", ())}
    return Region(**data | {"prices": prices})


def service_of(cloud: CloudConfig) -> Service | None:
    """Return whom the settings choose; None when nobody. Raises ConfigError naming the alternatives."""
    if not cloud.provider:
        return None
    if cloud.provider == OWN:
        return own(cloud)
    provider = providers().get(cloud.provider)
    if provider is None:
        near = difflib.get_close_matches(cloud.provider, providers(), n=1, cutoff=0.5)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join([*providers(), OWN])}."
        raise ConfigError(f"There is no provider '{cloud.provider}'. {hint}")
    if not cloud.region and len(provider.regions) > 1:
        raise ConfigError(f"{provider.name} has regions; choose one with --region: {', '.join(each.id for each in provider.regions)}.")
    region = next((each for each in provider.regions if each.id == (cloud.region or provider.regions[0].id)), None)
    if region is None:
        raise ConfigError(f"{provider.name} has no region '{cloud.region}'. There are: {', '.join(each.id for each in provider.regions)}.")
    return Service(provider, region, cloud.model or provider.model)


def own(cloud: CloudConfig) -> Service:
    """Return an address of the user's own as a service. Raises ConfigError for what is none, or is not encrypted and far away."""
    if not cloud.url:
        raise ConfigError("Where is it? Give its address: `hark cloud use --url https://llm.example.org/v1 --model NAME`.")
    url = cloud.url.rstrip("/").removesuffix("/chat/completions")  # what documentation shows is the whole of it
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.query or parts.fragment:
        raise ConfigError(f"'{cloud.url}' is no address. It looks like https://llm.example.org/v1, without a name, password or query.")
    if parts.scheme == "http" and not (is_this_machine(host) or is_near(host) or "." not in host or host.endswith((".local", ".lan"))):
        raise ConfigError(f"{host} is not on this network: nothing is sent there without encryption. Use https.")
    if not cloud.model:
        raise ConfigError("Which model is to be asked there? Name it with --model.")
    region = Region("", "", "", "wherever its owner keeps it", "wherever its owner computes", url)
    return Service(Provider(OWN, host, host, (), cloud.model, "its owner", (region,)), region, cloud.model)
