"""A stand-in for Home Assistant: its REST and WebSocket API, as far as Hark uses it, over a house in memory.

It listens on this machine only. The benchmark and the tests reach it over a real connection, so that what is measured is what a user has.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from assistant.bench.house import House
from assistant.services import CannotDo
from assistant.things import Thing

VERSION = "2026.11.2"

TOKEN = "let-me-in"  # noqa: S105 -- of a house that is not there


@dataclass
class HouseServer:
    """A house that answers."""

    house: House
    things: list[Thing]
    url: str = ""
    token: str = TOKEN
    faults: dict[str, int | str] = field(default_factory=dict)
    """By the beginning of a path, what is answered instead: a status, a text, or "silence"."""
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What the registry says of an entity besides its name and its room."""
    unexposed: set[str] = field(default_factory=set)
    """Entities that the user keeps from voice assistants."""
    requests: list[str] = field(default_factory=list)
    """Paths, and types of WebSocket messages, in the order in which they came."""
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    def application(self) -> web.Application:
        """Return what is served."""
        application = web.Application(middlewares=[self.guarded])
        application.router.add_get("/api/config", self.config)
        application.router.add_get("/api/states", self.states)
        application.router.add_post("/api/services/{domain}/{service}", self.service)
        application.router.add_get("/api/websocket", self.websocket)
        return application

    @web.middleware
    async def guarded(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Answer with a fault where there is one, and let in only who has the token."""
        self.requests.append(request.path)
        fault = next((fault for start, fault in self.faults.items() if request.path.startswith(start)), None)
        if fault == "silence":
            await self.closing.wait()
        if isinstance(fault, int):
            return web.json_response({"message": "Something went wrong."}, status=fault)
        if fault is not None:
            return web.Response(text=str(fault))
        if not request.path.endswith("/websocket") and request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401, text="401: Unauthorized")
        response: web.StreamResponse = await handler(request)
        return response

    async def config(self, _: web.Request) -> web.Response:
        """Tell who this is."""
        return web.json_response({"version": VERSION, "location_name": "Casa", "state": "RUNNING"})

    async def states(self, _: web.Request) -> web.Response:
        """Tell every state."""
        return web.json_response(
            [
                {"entity_id": thing.id, "state": thing.state, "attributes": {**thing.attributes, "friendly_name": thing.name}}
                for thing in await self.house.things()
            ]
        )

    async def service(self, request: web.Request) -> web.Response:
        """Carry out a service."""
        body = await request.json()
        name = f"{request.match_info['domain']}.{request.match_info['service']}"
        things = body.pop("entity_id")
        try:
            self.house.carry_out(name, things, body)
        except CannotDo as error:
            return web.json_response({"message": error.en}, status=400)
        return web.json_response([])

    async def websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let in, then answer commands."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "auth_required", "ha_version": VERSION})
        if (await socket.receive_json()).get("access_token") != self.token:
            await socket.send_json({"type": "auth_invalid", "message": "Invalid access token or password"})
            await socket.close()
            return socket
        await socket.send_json({"type": "auth_ok", "ha_version": VERSION})
        async for message in socket:
            command = message.json()
            self.requests.append(command["type"])
            result = self.answer(command)
            told = {"success": True, "result": result} if result is not None else {"success": False, "error": {"code": "unknown_command"}}
            await socket.send_json({"id": command["id"], "type": "result", **told})
        return socket

    def answer(self, command: Mapping[str, Any]) -> Any:
        """Return the result of a command; None for one that there is not. Every other room is that of a device."""
        rooms = {thing.area: thing for thing in self.things if thing.area}
        levels = {thing.floors[0]: thing for thing in self.things if thing.floors}
        in_rooms = [thing.id for thing in self.things if thing.area]
        of_device = set(in_rooms[::2])
        match command["type"]:
            case "config/entity_registry/list":
                return [
                    {
                        "entity_id": thing.id,
                        "area_id": thing.area if thing.area and thing.id not in of_device else None,
                        "device_id": f"device of {thing.id}" if thing.id in of_device else None,
                        "name": None,
                        **self.entries.get(thing.id, {}),
                    }
                    for thing in self.things
                ]
            case "config/device_registry/list":
                return [{"id": f"device of {thing.id}", "area_id": thing.area} for thing in self.things if thing.id in of_device]
            case "config/area_registry/list":
                return [
                    {"area_id": room, "name": room, "aliases": thing.areas[1:], "floor_id": thing.floors[0] if thing.floors else None}
                    for room, thing in rooms.items()
                ]
            case "config/floor_registry/list":
                return [
                    {"floor_id": floor, "name": floor, "aliases": thing.floors[1:], "level": thing.level} for floor, thing in levels.items()
                ]
            case "homeassistant/expose_entity/list":
                return {"exposed_entities": {entity: {"conversation": False} for entity in self.unexposed}}
            case "config/entity_registry/get_entries":
                return {thing.id: {"aliases": thing.names[1:]} for thing in self.things if thing.id in command["entity_ids"]}
        return None


@contextlib.asynccontextmanager
async def serving(house: House) -> AsyncIterator[HouseServer]:
    """Serve a house until the block ends."""
    server = HouseServer(house, await house.things())
    runner = web.AppRunner(server.application(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        server.closing.set()
        await runner.cleanup()
