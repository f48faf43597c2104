"""A stand-in for a model hub: real HTTP, real ranges, and every fault a hub has."""

import asyncio
import hashlib
from contextlib import asynccontextmanager

from aiohttp import web

COMMIT = "c0ffee" + "0" * 34


class Hub:
    """Serves some files of one repository."""

    def __init__(self, files, repository="Someone/Small"):
        self.files = dict(files)
        self.repository = repository
        self.cut_after = None
        """Bytes after which each of the next connections breaks."""
        self.cuts = 0
        self.flip = 0
        """How many of the next answers have a wrong bit."""
        self.statuses = []
        """What the next requests for files are answered with instead."""
        self.retry_after = "0"
        self.redirect = ""
        """Where files are said to be instead; below this server they are there once."""
        self.sizes = {}
        """What the listing says of files, where that is wrong."""
        self.no_ranges = False
        self.slow_s = 0
        """Before each file."""
        self.revisions = 0
        """How often it was asked what is newest."""
        self.asked = []
        self.url = ""

    async def revision(self, request):
        self.revisions += 1
        return web.json_response({"sha": COMMIT})

    async def tree(self, request):
        listed = []
        for name, data in self.files.items():
            size = self.sizes.get(name, len(data))
            entry = {"type": "file", "path": name, "size": size}
            if name.endswith(".json"):
                entry["oid"] = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()  # noqa: S324 -- it is what git uses
            else:
                entry |= {"oid": "0" * 40, "lfs": {"oid": hashlib.sha256(data).hexdigest(), "size": size}}
            listed.append(entry)
        return web.json_response(listed)

    async def resolve(self, request):
        name = request.match_info["name"]
        start = int(request.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")[0])
        self.asked.append((name, start))
        await asyncio.sleep(self.slow_s)
        if self.statuses:
            return web.Response(status=self.statuses.pop(0), headers={"Retry-After": self.retry_after})
        if self.redirect and "moved" not in request.query:
            return web.Response(status=302, headers={"Location": self.redirect})
        if name not in self.files:
            return web.Response(status=404)
        if self.no_ranges:
            start = 0
        data = bytearray(self.files[name][start:])
        if self.flip and data:
            self.flip -= 1
            data[0] ^= 1
        response = web.StreamResponse(status=206 if start else 200)
        response.content_length = len(data)
        await response.prepare(request)
        if self.cuts:
            self.cuts -= 1
            await response.write(bytes(data[: self.cut_after]))
            request.transport.close()
            return response
        await response.write(bytes(data))
        return response


@asynccontextmanager
async def serving(hub, *more):
    """Serve on a port of this machine, other repositories too."""
    app = web.Application()
    for each in (hub, *more):
        app.router.add_get(f"/api/models/{each.repository}/revision/main", each.revision)
        app.router.add_get(f"/api/models/{each.repository}/tree/{COMMIT}", each.tree)
        app.router.add_get(f"/{each.repository}/resolve/{COMMIT}/{{name:.+}}", each.resolve)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hub.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    try:
        yield hub
    finally:
        await runner.cleanup()
