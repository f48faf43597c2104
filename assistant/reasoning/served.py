"""Which models a server has."""

import json

from assistant.egress import Egress
from assistant.errors import ModelTrouble, WebError
from assistant.nearby import Resolve, Where, resolved, where
from assistant.reasoning.address import Address, address_of
from assistant.reasoning.choice import PURPOSE


async def found_at(egress: Egress, given: str, key: str, resolve: Resolve = resolved) -> tuple[Address, list[str]]:
    """Return a server's whole address and its models' names. Raises ConfigError, Offline, or ModelTrouble for what is none.

    People leave out the "/v1" at the end of an address; it is found.
    """
    address = address_of(given)
    try:
        if await where(address.host, resolve) is Where.FAR:
            raise ModelTrouble(address.too_far)
        for each in dict.fromkeys([address, address_of(f"{address.url}/v1")]):
            try:
                models = names_in(await egress.look(PURPOSE, f"{each.url}/models", token=key))
            except WebError as error:
                if error.status not in {404, 405}:
                    raise
                continue
            if models is not None:
                return each, models
    except WebError as error:
        raise ModelTrouble(address.told(error, "")) from error
    raise ModelTrouble(f"What answers at {address.url} is no OpenAI-compatible server.")


def names_in(text: str) -> list[str] | None:
    """Return the names of the models in a server's answer; None for an answer that is none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    listed = data.get("data") if isinstance(data, dict) else None
    if not isinstance(listed, list):
        return [] if isinstance(data, dict) and "data" in data else None  # Ollama without a model says null
    return [str(each["id"]) for each in listed if isinstance(each, dict) and "id" in each]
