"""The session bus of a free desktop: who is there, and what they answer, as plain values."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from dbus_fast import AuthError, DBusFastError, Message, MessageType, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.unpack import unpack_variants

from assistant.errors import BusError

DAEMON = "org.freedesktop.DBus"
PROPERTIES = "org.freedesktop.DBus.Properties"

ANSWER_S = 2.0
"""Who takes longer than this has hung."""


class Bus:
    """An open connection."""

    def __init__(self, connection: MessageBus) -> None:
        """Take what is connected."""
        self._connection = connection

    @property
    def own_name(self) -> str:
        """The name of this connection, such as ":1.42"."""
        return self._connection.unique_name or ""

    async def names(self) -> list[str]:
        """Return who is there. Raises BusError."""
        return list(await self.call(DAEMON, "/org/freedesktop/DBus", DAEMON, "ListNames"))

    async def process_of(self, name: str) -> int:
        """Return the number of the process behind a name. Raises BusError."""
        return int(await self.call(DAEMON, "/org/freedesktop/DBus", DAEMON, "GetConnectionUnixProcessID", "s", name))

    async def properties(self, name: str, path: str, interface: str) -> Mapping[str, Any]:
        """Return all properties of an interface. Raises BusError."""
        return dict(await self.call(name, path, PROPERTIES, "GetAll", "s", interface))

    async def call(self, name: str, path: str, interface: str, member: str, signature: str = "", *body: Any) -> Any:
        """Call a method and return what it answers first; None for nothing. Raises BusError."""
        message = Message(destination=name, path=path, interface=interface, member=member, signature=signature, body=list(body))
        try:
            async with asyncio.timeout(ANSWER_S):
                answer = await self._connection.call(message)
        except (DBusFastError, OSError, EOFError) as error:
            raise BusError(f"{name} cannot be asked: {error}.") from error
        except TimeoutError as error:
            raise BusError(f"{name} did not answer within {ANSWER_S:g} seconds.") from error
        if answer is None or answer.message_type is MessageType.ERROR:
            said = f": {answer.error_name} {answer.body[0] if answer.body else ''}".rstrip() if answer else ""
            raise BusError(f"{name} refused {member}{said}.")
        return unpack_variants(answer.body[0]) if answer.body else None

    async def listen(self, path: str) -> None:
        """Have the signals from a path sent here. Raises BusError."""
        await self.call(DAEMON, "/org/freedesktop/DBus", DAEMON, "AddMatch", "s", f"type='signal',path='{path}'")

    @staticmethod
    def variants(**options: str | bool) -> dict[str, Variant]:
        """Return options as they are sent."""
        return {name: Variant("b" if isinstance(value, bool) else "s", value) for name, value in options.items()}

    def watch(self, member: str, told: Callable[[str, list[Any]], None]) -> None:
        """Have signals of a name told, with the path they come from and what they carry."""

        def hear(message: Message) -> None:
            if message.message_type is MessageType.SIGNAL and message.member == member:
                told(message.path or "", unpack_variants(message.body))

        self._connection.add_message_handler(hear)


def bus_address(environment: Mapping[str, str]) -> str:
    """Return where the session bus listens. Raises BusError when there is none on this machine."""
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    usual = os.path.join(runtime, "bus")  # noqa: PTH118 -- an address, not a path
    address = environment.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={usual}" if runtime and os.path.exists(usual) else "")  # noqa: PTH110 -- as above
    if not address.startswith("unix:"):
        raise BusError("There is no session bus on this machine. It belongs to a graphical session.")
    return address


@contextlib.asynccontextmanager
async def session_bus(environment: Mapping[str, str] = os.environ) -> AsyncIterator[Bus]:
    """Give a connection to the session bus. Raises BusError."""
    address = bus_address(environment)
    try:
        connection = MessageBus(bus_address=address)
        async with asyncio.timeout(ANSWER_S):
            await connection.connect()
    except (DBusFastError, AuthError, OSError, EOFError, TimeoutError) as error:
        raise BusError(f"The session bus at {address} cannot be reached: {error}.") from error
    try:
        yield Bus(connection)
    finally:
        connection.disconnect()
        with contextlib.suppress(OSError, EOFError):
            await connection.wait_for_disconnect()  # type: ignore[no-untyped-call]  # -- it has no annotations
