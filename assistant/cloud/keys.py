"""The provider's key: from the environment for one session, or from the keychain. It is never logged, recorded or shown."""

import os

from assistant.cloud.catalogue import Service
from assistant.keychain import Keychain

VARIABLE = "HARK_CLOUD_KEY"
"""Wins over the keychain."""


def key_of(keychain: Keychain, service: Service) -> str:
    """Return the key; empty when there is none. May block: a keyring may ask the user to unlock it."""
    return os.environ.get(VARIABLE) or keychain.get(service.secret)
