"""The language model that is configured: in a worker of ours, or on a server of the user's."""

import os
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from assistant.config import LlmConfig
from assistant.egress import Egress
from assistant.keychain import Keychain
from assistant.nearby import is_this_machine
from assistant.reasoning.address import SECRET, Address, address_of
from assistant.reasoning.model import LocalModel, Model
from assistant.reasoning.reasoner import Reasoner
from assistant.reasoning.server import Sent, ServerModel
from assistant.worker import Worker

__all__ = ["Model", "Reasoner", "in_worker", "on_server"]

PURPOSE = "llm"
"""As what the ledger knows words that go to a server in the private network."""

VARIABLE = "HARK_LLM_KEY"
"""The key's variable in the environment; it wins over the keychain."""

ANSWER_S = 300.0
"""For a whole answer of a server."""


def in_worker(worker: Worker, llm: LlmConfig) -> Model:
    """Return a model that a worker hosts."""
    return LocalModel(worker, llm.temperature)


def on_server(llm: LlmConfig, egress: Egress, keychain: Keychain) -> ServerModel:
    """Return a model on the server of the settings. Raises ConfigError when that is no address."""
    address = address_of(llm.url)
    return ServerModel(partial(posted, egress, address), address, llm.model, partial(key_of, keychain), llm.temperature)


def key_of(keychain: Keychain) -> str:
    """Return the key for the server; empty when there is none."""
    return os.environ.get(VARIABLE) or keychain.get(SECRET)


@asynccontextmanager
async def posted(egress: Egress, address: Address, sent: Sent) -> AsyncIterator[AsyncIterable[bytes]]:
    """Send a request through the broker and give the answer. Raises WebError or Offline."""
    if is_this_machine(address.host):
        async with egress.here(sent.url, sent.body, token=sent.token, deadline_s=ANSWER_S) as lines:
            yield lines
        return
    async with egress.stream(
        PURPOSE, sent.url, sent.body, hosts=(address.host,), consent="switch", token=sent.token, deadline_s=ANSWER_S
    ) as lines:
        yield lines
