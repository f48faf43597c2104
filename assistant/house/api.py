"""What Home Assistant is asked and told over the network, and its refusals as sentences to say."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

from assistant.egress import Egress
from assistant.errors import NotAllowed, Offline, WebError, WebSilent
from assistant.services import CannotDo
from assistant.wire import parsed

T = TypeVar("T")

FAMILY = "home"
"""As which the egress broker knows these connections."""

PORT = 8123
"""Home Assistant's own."""

NEW_TOKEN = "run `hark home connect` with a new one"  # noqa: S105 -- words, not a secret


class Api:
    """One Home Assistant. Whatever it asks raises NotAllowed, or CannotDo when it does not answer as it should."""

    def __init__(self, egress: Egress, url: str, token: Callable[[], str]) -> None:
        """Take its address, such as "http://homeassistant.local:8123", and what finds the access token when it is first needed."""
        self.url = url
        self._egress = egress
        self._find = token
        self._token = ""

    async def token(self) -> str:
        """Return the long-lived access token. Raises CannotDo when there is none."""
        self._token = self._token or await asyncio.to_thread(self._find)  # a system's keyring may ask to be unlocked
        if not self._token:
            raise CannotDo(
                en="The access token of Home Assistant is gone; run `hark home connect` again.",
                zh="Home Assistant 的访问令牌不见了，请再运行一次 hark home connect。",
            )
        return self._token

    async def about(self) -> dict[str, Any]:
        """Return what it says of itself, `version` and `location_name` among it."""
        return of_type(dict, await self._get("/api/config"))

    async def states(self) -> list[dict[str, Any]]:
        """Return the state of every entity: `entity_id`, `state`, `attributes`."""
        return [one for one in of_type(list, await self._get("/api/states")) if isinstance(one, dict)]

    async def call(self, service: str, body: Mapping[str, Any]) -> None:
        """Call a service such as "light.turn_on" and wait until Home Assistant has carried it out."""
        domain, _, name = service.partition(".")
        try:
            await self._egress.post(FAMILY, f"{self.url}/api/services/{domain}/{name}", dict(body), token=await self.token())
        except WebSilent as error:
            raise CannotDo(
                en="Home Assistant took that, but has not said whether it was done.",
                zh="Home Assistant 收到了，但没有说做没做好。",
            ) from error
        except (WebError, Offline) as error:
            raise told(error) from error

    async def registries(self, commands: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Ask several things in one WebSocket session; return the results, with None for what it does not know or allow."""
        token = await self.token()
        try:
            async with self._egress.line(FAMILY, f"{self.url.replace('http', 'ws', 1)}/api/websocket") as line:
                await line.receive()  # it begins by asking for the token
                await line.send({"type": "auth", "access_token": token}, secret=True)
                if kind(await line.receive()) != "auth_ok":
                    raise unauthorised()
                for number, command in enumerate(commands, 1):
                    await line.send({"id": number, **command})
                results: dict[Any, Any] = {}
                while len(results) < len(commands):
                    message = await line.receive()
                    if kind(message) == "result":
                        results[message.get("id")] = message.get("result") if message.get("success") else None
                return [results.get(number) for number in range(1, len(commands) + 1)]
        except (WebError, Offline) as error:
            raise told(error) from error

    async def _get(self, path: str) -> Any:
        try:
            return parsed(await self._egress.get(FAMILY, f"{self.url}{path}", token=await self.token()), host_of(self.url))
        except (WebError, Offline) as error:
            raise told(error) from error


def host_of(url: str) -> str:
    """Return the host of an address."""
    return urlsplit(url).hostname or ""


def kind(message: Any) -> str:
    """Return what sort of message it is; nothing for garbage."""
    return str(message.get("type", "")) if isinstance(message, dict) else ""


def of_type(wanted: type[T], value: Any) -> T:
    """Return the value. Raises CannotDo when it is of another type: whatever answered is no Home Assistant."""
    if not isinstance(value, wanted):
        raise stranger()
    return value


def stranger() -> CannotDo:
    """Return what is said when something else answers."""
    return CannotDo(en="What answers at that address is no Home Assistant.", zh="那个地址上不是 Home Assistant。")


def unauthorised() -> CannotDo:
    """Return what is said when the token is not accepted."""
    return CannotDo(
        en=f"Home Assistant doesn't accept the access token; {NEW_TOKEN}.",
        zh="Home Assistant 不接受这个访问令牌，请用新的令牌运行 hark home connect。",
    )


def told(error: WebError | Offline) -> Exception:
    """Return an error of the network as the sentence an action says; a missing permission stays what it is."""
    if isinstance(error, NotAllowed):
        return error
    if isinstance(error, Offline):
        return CannotDo(en="I'm offline, so I can't reach the house.", zh="现在是离线模式，连不上家里的设备。")
    match error.status:
        case None:
            return CannotDo(en=f"I can't reach Home Assistant. {error}", zh=f"连不上 Home Assistant：{error.chinese}")
        case 401:
            return unauthorised()
        case 403:
            return CannotDo(
                en="Home Assistant refuses this machine; it may have banned it after wrong tokens. Look into its ip_bans.yaml.",
                zh="Home Assistant 拒绝了这台机器，可能因为令牌错误被封禁，请看 ip_bans.yaml。",
            )
    if error.status < 400:
        return stranger()
    why = reason(error.body)
    return CannotDo(
        en=f"Home Assistant refused that{f': {why}' if why else f', with status {error.status}'}.",
        zh=f"Home Assistant 拒绝了：{why or error.status}。",
    )


def reason(body: str) -> str:
    """Return the message in the body of a refusal; nothing when there is none."""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    return str(said.get("message", "")).strip(" .") if isinstance(said, dict) else ""
