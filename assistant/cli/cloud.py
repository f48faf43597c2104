"""`hark cloud`: whom hard questions may be put to, with which key, and for which topics without asking again."""

import argparse
import asyncio
import getpass
import sys

import msgspec

from assistant.clock import SystemClock
from assistant.cloud.catalogue import OWN, Service, providers, service_of
from assistant.cloud.chat import whole
from assistant.cloud.keys import VARIABLE, key_of
from assistant.cloud.rules import Rules
from assistant.cloud.troubles import no_key, told
from assistant.config import CloudConfig, Config, Places, load_config
from assistant.egress import Egress
from assistant.errors import ConfigError, HarkError
from assistant.keychain import Keychain
from assistant.settings import SettingsFile
from assistant.store import Store, open_store

SETTINGS = ("provider", "region", "model", "url")
"""What `use` sets and `off` takes out."""

QUESTION = "What is the capital of France?"
"""What `test` asks."""


class NoCloud(HarkError):
    """Nobody is set up, or they did not answer."""


def run(args: argparse.Namespace) -> int:
    """Carry out one of the cloud commands."""
    places = Places()
    config = load_config(places.config_file)
    match args.verb:
        case "use":
            return use(args, config, places)
        case "key":
            return keep_key(chosen(config), places)
    store = open_store(places.store_file)
    try:
        if args.verb == "off":
            return off(config, places, store)
        if args.verb == "topics":
            return topics(Rules(store), args.forget)
        return test(config, places, store) if args.verb == "test" else status(config, places, store)
    finally:
        store.close()


def chosen(config: Config) -> Service:
    """Return who is set up. Raises NoCloud when nobody is."""
    service = service_of(config.cloud)
    if service is None:
        raise NoCloud(f"No cloud is set up. `hark cloud use PROVIDER` does that; there are: {', '.join([*providers(), OWN])}.")
    return service


def use(args: argparse.Namespace, config: Config, places: Places) -> int:
    """Choose whom to ask; nothing is sent."""
    wanted = {"provider": args.provider or (OWN if args.url else ""), "region": args.region, "model": args.model, "url": args.url}
    if not wanted["provider"]:
        raise ConfigError(f"Which provider? There are: {', '.join(providers())}; or give the --url of another.")
    if args.url and wanted["provider"] != OWN:
        raise ConfigError(f"--url is for an address of your own: leave out '{args.provider}', or the --url.")
    service = service_of(msgspec.structs.replace(config.cloud, **wanted))
    if service is None:
        raise ConfigError("Which provider?")
    file = SettingsFile(places.config_file)
    for name, value in wanted.items():
        if value:
            file.put(f"cloud.{name}", value)
        elif file.has(f"cloud.{name}"):
            file.drop(f"cloud.{name}")
    print(f"Hard questions may now be put to {service.where('en')}: {service.model}. Nothing is sent before you have said yes to it.")
    print(about(service))
    if not key_of(Keychain(places.data), service):
        where = f"Next: `hark cloud key` takes the key, which is to be had at {service.provider.keys_at}."
        print(where if service.needs_key else "If it wants a key: `hark cloud key` takes it. Next: `hark cloud test`.")
    print("A Hark that is running now has to be started again.")
    return 0


def about(service: Service) -> str:
    """Return where what is sent goes and what it costs."""
    price = service.region.prices.get(service.model)
    cost = (
        f"{price.per_million_in:g} {price.currency} a million tokens in, {price.per_million_out:g} out (noted {price.dated}; check it)"
        if price
        else "no price is known, so it counts no money in the budget"
    )
    region = service.region
    return f"kept in      {region.stored}\ncomputed in  {region.computed}\naddress      {region.url}\ncosts        {cost}"


def keep_key(service: Service, places: Places) -> int:
    """Keep the key that is typed, or piped in."""
    if sys.stdin.isatty():
        print(f"The key for {service.where('en')}, which you get from {service.provider.keys_at} (it is not shown):", file=sys.stderr)
        key = getpass.getpass("Key: ").strip()
    else:
        key = sys.stdin.readline().strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigError(f"That is no key; nothing was changed. For a single session, {VARIABLE} in the environment also works.")
    kept = Keychain(places.data).put(service.secret, key)
    print(f"The key is in {kept}. `hark cloud test` tries it.")
    return 0


def status(config: Config, places: Places, store: Store) -> int:
    """Print who is set up, and what was decided about topics."""
    service = service_of(config.cloud)
    if service is None:
        print("cloud        nobody: nothing can be sent. `hark cloud use PROVIDER` changes that.")
        return 0
    print(f"cloud        {service.where('en')}")
    print(f"model        {service.model}")
    print(about(service))
    print(f"key          {'there is one' if key_of(Keychain(places.data), service) else 'none: `hark cloud key` takes one'}")
    print(f"offline      {'yes: nothing may leave' if config.privacy.offline else 'no'}")
    print(f"offered      {'when I have no good answer' if config.cloud.offer else 'never: only when you ask for the cloud'}")
    return topics(Rules(store), None)


def test(config: Config, places: Places, store: Store) -> int:
    """Ask one harmless question, which is shown; the command is the consent. Raises NoCloud."""
    service = chosen(config)
    key = key_of(Keychain(places.data), service)
    if service.needs_key and not key:
        raise NoCloud(no_key(service, "en"))
    egress = Egress(store, SystemClock(), config.privacy, config.budget, service.region.prices)
    print(f"sending “{QUESTION}” to {service.where('en')}")
    try:
        said = asyncio.run(whole(egress, service, QUESTION, key, consent="command", deadline_s=config.cloud.deadline_s))
    except HarkError as error:
        raise NoCloud(told(error, service, "en")) from error
    print(said)
    print("It works. `hark privacy log` has it.")
    return 0


def off(config: Config, places: Places, store: Store) -> int:
    """Let the cloud go: the choice, the key, and what might be sent without asking."""
    file = SettingsFile(places.config_file)
    for name in SETTINGS:
        if file.has(f"cloud.{name}"):
            file.drop(f"cloud.{name}")
    if config.cloud != CloudConfig() and (service := lenient(config)):
        Keychain(places.data).drop(service.secret)
    print("The cloud is off: nobody is asked any more, and the key is forgotten here. The provider still knows it; delete it there.")
    if asked := Rules(store).withdraw():
        print(f"Whoever is set up next asks again about: {', '.join(asked)}.")
    print("A Hark that is running now sends nothing any more either.")
    return 0


def lenient(config: Config) -> Service | None:
    """Return who is set up, None where the settings name nobody there is."""
    try:
        return service_of(config.cloud)
    except ConfigError:
        return None


def topics(rules: Rules, forget: str | None) -> int:
    """Print what was decided about topics, or forget one. Raises NoCloud when there is no such topic."""
    if forget:
        if not rules.forget(forget):
            raise NoCloud(f"Nothing was decided about '{forget}'. There are: {', '.join(rules.all()) or 'none'}.")
        print(f"Forgotten: '{forget}'. You are asked again.")
        return 0
    hosts = rules.hosts()
    for topic, rule in rules.all().items():
        print(f"{rule:<12} {topic}{f', to {hosts[topic]} alone' if topic in hosts else ''}")
    if not rules.all():
        print("topics       nothing was decided: you are asked each time")
    return 0
