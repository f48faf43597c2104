"""The cloud's parts put together."""

from functools import partial

from assistant.cloud.catalogue import Service
from assistant.cloud.counter import Counter
from assistant.cloud.desk import Desk
from assistant.cloud.keys import key_of
from assistant.cloud.known import known_to
from assistant.cloud.proposals import tools_for
from assistant.config import Config
from assistant.egress import Egress
from assistant.keychain import Keychain
from assistant.store import Store
from assistant.things import Home
from assistant.understanding import Understanding


def counter(
    service: Service, config: Config, keychain: Keychain, store: Store, house: Home, egress: Egress, understanding: Understanding
) -> Counter:
    """Return what puts hard questions to a service, after a yes."""
    known = partial(known_to, store, house, config.skill, config.cloud.private)
    tools = partial(tools_for, understanding)
    return Counter(Desk(service, config.cloud, egress, store, partial(key_of, keychain, service), known, tools))
