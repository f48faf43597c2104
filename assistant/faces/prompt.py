"""The line being typed, and what is drawn around it; what happens meanwhile is printed above it."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app_or_none
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.styles import Style
from rich.console import RenderableType

from assistant.app import App
from assistant.errors import StoreError
from assistant.faces.chat import Chat
from assistant.faces.completion import ChatCompleter, ChatSuggester, Sentences
from assistant.faces.countdown import countdowns
from assistant.faces.history import LineHistory
from assistant.faces.screen import screen
from assistant.faces.slash import Leave, carry_out

TICK_S = 1.0
"""How often the time left of timers is drawn."""

TWICE_S = 2.0
"""Within which a second Ctrl-C leaves."""

AGAIN = "Ctrl-C again leaves"

STYLE = Style.from_dict({"bottom-toolbar": "noreverse", "bottom-toolbar.text": "ansibrightblack", "prompt": "bold"})

UseVoice = Callable[[Chat, bool], Awaitable[None]]
"""Switches the voice of a conversation."""


class Prompt:
    """Reads lines until the user leaves."""

    def __init__(self, app: App, use_voice: UseVoice) -> None:
        self.chat = Chat(app, self.show, self.bell)
        self._console = screen()
        self._use_voice = use_voice
        self._interrupted_s = float("-inf")
        self._toolbar = ""
        sentences = Sentences(app.families)
        self._completer = ChatCompleter(sentences)
        self._session: PromptSession[str] = PromptSession(
            "› ",
            history=LineHistory(app.places.data / "chat_history"),
            completer=self._completer,
            complete_while_typing=Condition(lambda: self._session.default_buffer.text.startswith("/")),
            auto_suggest=ChatSuggester(sentences),
            key_bindings=self._keys(),
            bottom_toolbar=lambda: self._toolbar,
            style=STYLE,
        )

    def show(self, picture: RenderableType) -> None:
        """Print above the line."""
        self._console.print(picture, crop=False)

    def bell(self) -> None:
        """Sound the terminal's bell."""
        self._session.output.bell()
        self._session.output.flush()

    async def run(self, *, speak: bool) -> None:
        """Read and answer until Ctrl-D, /quit or a second Ctrl-C; the terminal is then as it was."""
        async with asyncio.TaskGroup() as group:
            self.chat.begin(group)
            ticking = group.create_task(self._tick())
            try:
                if speak:
                    await self._use_voice(self.chat, True)
                while (typed := await self._read()) is not None:
                    if not await self._answer(typed, group):
                        break
            finally:
                ticking.cancel()
                await self.chat.end()

    async def _read(self) -> str | None:
        """Return the next line; None when the user leaves."""
        self._toolbar = await self._status()
        with patch_stdout(raw=True):
            try:
                return await self._session.prompt_async(default=self.chat.draft)
            except EOFError:
                return None

    async def _answer(self, typed: str, group: asyncio.TaskGroup) -> bool:
        """Answer what was typed or pasted, line by line; False when the user leaves."""
        await self.chat.hush() if not typed.strip() else None
        if self.chat.draft:
            try:
                self.chat.edited(" ".join(typed.split()))
            except StoreError as error:
                self.chat.trouble(str(error))
            return True
        for line in filter(None, map(str.strip, typed.splitlines())):
            try:
                if line.startswith("/"):
                    self.show(await carry_out(self.chat, line, self._use_voice))
                elif not await finished(group, self.chat.turn(line)):
                    self.chat.trouble("Stopped.")
            except Leave:
                return False
            except StoreError as error:
                self.chat.trouble(str(error))
        return True

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("c-c")
        def interrupt(event: KeyPressEvent) -> None:
            """Stop what rings or speaks, else clear the line, else leave when pressed twice."""
            now_s = asyncio.get_running_loop().time()
            twice = now_s - self._interrupted_s < TWICE_S
            self._interrupted_s = now_s
            if self.chat.sounds:
                event.app.create_background_task(self._hush())
            elif event.app.current_buffer.text:
                event.app.current_buffer.reset()
            elif twice:
                event.app.exit(exception=EOFError)
            else:
                self._toolbar = AGAIN

        @keys.add("c-i", filter=Condition(lambda: self._session.default_buffer.text.startswith("/")))
        def complete(event: KeyPressEvent) -> None:
            """Complete a command at once, even one typed so quickly that its menu is not drawn yet."""
            buffer = event.current_buffer
            found = list(self._completer.get_completions(buffer.document, CompleteEvent(completion_requested=True)))
            if len(found) == 1:
                buffer.apply_completion(found[0])
            elif buffer.complete_state:
                buffer.complete_next()
            else:
                buffer.start_completion(insert_common_part=True)

        return keys

    async def _hush(self) -> None:
        await self.chat.hush()

    async def _tick(self) -> None:
        """Keep the line at the bottom true."""
        clock = self.chat.app.clock
        while True:
            await clock.sleep_until(clock.monotonic() + TICK_S)
            status = await self._status()
            if status != self._toolbar:
                self._toolbar = status
                if app := get_app_or_none():
                    app.invalidate()

    async def _status(self) -> str:
        """Return what the line at the bottom says."""
        if asyncio.get_running_loop().time() - self._interrupted_s < TWICE_S and self._toolbar == AGAIN:
            return AGAIN
        if self.chat.ringing:
            return "⏰ ringing; Enter or Ctrl-C stops it"
        running = await countdowns(self.chat.app)
        voice = ["aloud"] if self.chat.aloud else []
        coming = filter(None, [self.chat.app.outfit.status])
        return "  ".join([f"/help  {self.chat.forced or 'en + 中文'}", *voice, *running, *coming])


async def finished(group: asyncio.TaskGroup, work: Coroutine[Any, Any, None]) -> bool:
    """Wait for work that Ctrl-C stops; tell whether it came to its end."""
    task = group.create_task(work)
    with on_interrupt(task.cancel):
        try:
            await task
        except asyncio.CancelledError:
            this = asyncio.current_task()
            if this is None or this.cancelling():
                raise
            return False
    return True


@contextlib.contextmanager
def on_interrupt(stop: Callable[[], object]) -> Iterator[None]:
    """Call `stop` at Ctrl-C while the block runs; between two prompts the terminal sends it as a signal."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)
    try:
        loop.add_signal_handler(signal.SIGINT, stop)
    except NotImplementedError:  # Windows: Ctrl-C ends the conversation
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        signal.signal(signal.SIGINT, before)
