"""The cloud's parts put together."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from assistant.cloud.catalogue import Service
from assistant.cloud.counter import Counter
from assistant.cloud.desk import Desk
from assistant.cloud.keys import key_of
from assistant.cloud.known import known_to
from assistant.cloud.proposals import tools_for
from assistant.config import CloudConfig, Config, Places, load_config
from assistant.egress import Egress
from assistant.errors import ConfigError
from assistant.keychain import Keychain
from assistant.store import Store
from assistant.things import Home
from assistant.understanding import Understanding


def counter(
    service: Service, config: Config, places: Places, store: Store, house: Home, egress: Egress, understanding: Understanding
) -> Counter:
    """Return what puts hard questions to a service, after a yes."""
    key = partial(key_of, Keychain(places.data), service)
    known = partial(known_to, store, house, config.skill, config.cloud.private)
    tools = partial(tools_for, understanding)
    return Counter(Desk(service, config.cloud, egress, store, key, known, tools, is_chosen=unchanged(places.config_file)))


def unchanged(file: Path) -> Callable[[], bool]:
    """Return what tells whether the settings still choose whom they choose now, and being offline no more than now."""

    def chosen() -> tuple[CloudConfig, bool] | None:
        try:
            config = load_config(file)
        except ConfigError:
            return None
        return config.cloud, config.privacy.offline

    at_first = chosen()
    return lambda: chosen() == at_first
