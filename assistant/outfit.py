"""Better models, fetched while Hark is used."""

import asyncio
import importlib.util
import logging
from collections.abc import Callable, Sequence
from typing import Any

from assistant.config import Config, Places, load_config
from assistant.egress import Egress
from assistant.errors import HarkError, StoreError
from assistant.extras import LLAMA, install
from assistant.store import Store
from models.catalogue import HUBS, Entry
from models.errors import DownloadFailed, ModelError
from models.fitting import Fit, Machine

log = logging.getLogger(__name__)

OFFERED = "models-offered"
"""Under this name the store keeps that the user knows of models."""

MEASURE_S = 6.0
"""For measuring this machine: within the deadline of an action."""


class Outfit:
    """Better models fetched while Hark is used: measured, proposed, and after a yes fetched and put to use, one after the other."""

    def __init__(self, places: Places, egress: Egress, tell: Callable[[str, str], None]) -> None:
        """Take where things are, what fetches, and who hears of what goes wrong."""
        self.stays = False
        """Whether this Hark is there long enough to fetch anything."""
        self.status = ""
        """How far it is, for the line at the bottom; empty when nothing is under way."""
        self.proposed: list[Fit] = []
        self._places = places
        self._egress = egress
        self._tell = tell
        self._work: asyncio.Task[None] | None = None

    @property
    def megabytes(self) -> int:
        """To fetch for what was proposed."""
        return sum(fit.entry.megabytes for fit in self.proposed)

    @property
    def installs(self) -> str:
        """The package that is installed with what was proposed; empty when none is."""
        return "" if has_llama() or all(fit.entry.kind != "llm" for fit in self.proposed) else LLAMA

    @property
    def busy(self) -> bool:
        """Whether models are being fetched."""
        return self._work is not None and not self._work.done()

    async def propose(self, *, lite: bool = False, limit_s: float = MEASURE_S) -> Machine:
        """Measure this machine and keep what suits it and is not in use yet as `proposed`. Raises WorkerError."""
        machine: Machine = await tools().measured(self._places.log_file, limit_s)
        used = tools().in_use(load_config(self._places.config_file), self._places)
        self.proposed = [fit for fit in tools().proposed(machine, lite=lite) if fit.entry.id not in used]
        return machine

    def begin(self, mirrors: Sequence[str] = tuple(HUBS)) -> None:
        """Fetch what was proposed, from the first of these hubs that can be reached."""
        if not self.busy:
            self._work = asyncio.create_task(self._fetch(self.proposed, mirrors), name="outfit")

    async def stop(self) -> None:
        """Fetch no more; what has come is kept for the next time."""
        if self._work:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
        self.status = ""

    async def _fetch(self, fits: Sequence[Fit], mirrors: Sequence[str]) -> None:
        for fit in sorted(fits, key=lambda fit: fit.entry.megabytes):
            try:
                if fit.entry.kind == "llm" and not has_llama():
                    await install(LLAMA, lambda line: self._show(f"llama.cpp: {line}"[:60]))
                await self._from_any(fit.entry, mirrors)
                tools().put_to_use(fit.entry, self._places)
            except (HarkError, ModelError) as error:
                self._tell(f"{fit.entry.id} could not be set up. {error}", f"{fit.entry.id} 没装成。{error}")
        self.status = ""

    async def _from_any(self, entry: Entry, mirrors: Sequence[str]) -> None:
        for number, mirror in enumerate(mirrors, 1):
            try:
                await tools().fetch(self._egress, self._places, entry, mirror, lambda step: self._show(line_of(entry, step)))
            except DownloadFailed as error:
                if number == len(mirrors):
                    raise
                log.warning("%s", error)
            else:
                return

    def _show(self, text: str) -> None:
        self.status = f"⇣ {text}"


def offer(store: Store, config: Config) -> str:
    """Return what is said once to somebody who has no model yet: that there are some; empty ever after."""
    if config.llm.model or config.asr.engine != "sphinx":
        return ""
    try:
        if store.recall(OFFERED):
            return ""
        store.remember(OFFERED, True)
    except StoreError:
        return ""
    return 'For better ears and a language model, say or type "set up better models". / 想听得更准、能回答问题，就说“安装更好的模型”。'


def line_of(entry: Entry, step: Any) -> str:
    """Return how far a download is, in a few words."""
    return f"{entry.id} {100 * step.done / step.of:.0f} %" if step.of else f"{entry.id} {step.note}".strip()


def has_llama() -> bool:
    """Tell whether what runs language models is there."""
    importlib.invalidate_caches()  # it may have been installed just now
    return importlib.util.find_spec("llama_cpp") is not None


def tools() -> Any:
    """Return what measures and fetches."""
    from assistant import fitting  # noqa: PLC0415 -- a tenth of a second, which few conversations need

    return fitting
