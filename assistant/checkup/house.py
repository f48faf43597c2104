"""Whether the house that is connected answers."""

from assistant.app import App
from assistant.checkup.finding import Finding, State
from assistant.errors import Offline
from assistant.house.connected import ConnectedHouse
from assistant.services import CannotDo


async def house(app: App) -> Finding:
    """Ask it what it is, if there is one."""
    connected = app.around.house
    if not isinstance(connected, ConnectedHouse):
        return Finding("house", State.NOTE, "none is connected", "`hark home connect` connects Home Assistant.")
    try:
        about, things = await connected.api.about(), await connected.things()
    except CannotDo as error:
        return Finding("house", State.WEAK, error.en, f"It is at {connected.api.url}; `hark home connect` connects another, or anew.")
    except Offline as error:
        return Finding("house", State.WEAK, "may not be asked", str(error))
    told = f"Home Assistant {about.get('version', '?')} at {connected.api.url}, {len(things)} things"
    return Finding("house", State.OK, told, figures={"things": len(things)})
