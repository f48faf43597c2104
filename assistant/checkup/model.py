"""Whether the language model answers."""

import time

from assistant.app import App
from assistant.checkup.finding import Finding, State, broken
from assistant.errors import HarkError

TRIED = "Say: hello"


async def model(app: App) -> Finding:
    """Have it write a few words, if there is one."""
    llm, thinker = app.config.llm, app.brain.thinker
    if not llm.model:
        return Finding("language model", State.NOTE, "none is set up", "`hark setup` fetches one; a server: `hark models use http://…`.")
    if thinker is None:
        return broken("language model", f"'{llm.model}' cannot be used. `hark models verify` and `hark models list` tell more.")
    began = time.perf_counter()
    try:
        await thinker.start()
        ready = time.perf_counter()
        await thinker.ask(TRIED, "")
        done = time.perf_counter()
    except HarkError as error:
        return broken("language model", str(error))
    finally:
        await thinker.close()
    ready_ms, task_ms = 1000 * (ready - began), 1000 * (done - ready)
    told = f"{llm.model}{f' at {llm.url}' if llm.url else ''}: ready in {ready_ms:,.0f} ms, its first words took {task_ms:,.0f} ms"
    return Finding("language model", State.OK, told, figures={"ready_ms": round(ready_ms, 1), "task_ms": round(task_ms, 1)})
