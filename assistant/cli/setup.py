"""`hark setup`: models that suit this machine."""

import argparse
import asyncio
import sys
from contextlib import nullcontext

from rich.text import Text

from assistant.app import App, open_app, worker_errors
from assistant.cli.agreeing import agreed
from assistant.cli.models import fetch_all
from assistant.errors import ModelTrouble, WorkerError
from assistant.extras import LLAMA, CannotInstall, compiler, cure_for_compiler, install, installer
from assistant.faces.fitting import described, table
from assistant.faces.screen import screen, show
from assistant.fitting import has_module, hub_of, measured, megabytes, proposed, put_to_use
from models.errors import ModelError
from models.fitting import Machine


def run(args: argparse.Namespace) -> int:
    """Measure, propose, ask, fetch and switch over."""
    hub_of(args.mirror)
    app = open_app()
    try:
        set_up(app, args)
    except ModelError as error:
        raise ModelTrouble(str(error)) from error
    except KeyboardInterrupt:
        raise KeyboardInterrupt("stopped; what has come is kept, and the same command goes on from there") from None
    finally:
        app.close()
    return 0


def set_up(app: App, args: argparse.Namespace) -> None:
    """Carry it out. Raises ModelError or HarkError."""
    machine = asyncio.run(looked_at(app))
    print(described(machine))
    chosen = proposed(machine, lite=args.lite)
    if not chosen:
        print("There is no memory for any model here. Hark works without; or use one on another machine: hark models use --help")
        return
    show(table(chosen))
    print(f"Together {megabytes(chosen):,} MB, from {args.mirror}. They replace nothing that is built in; `hark models rm` removes them.")
    if not args.yes and not wanted("Fetch them?"):
        print("Nothing was fetched. Choose yourself with: hark models list")
        return
    if any(fit.entry.kind == "llm" for fit in chosen):
        chosen = chosen if has_llama(args) else [fit for fit in chosen if fit.entry.kind != "llm"]
    fetch_all(app, [fit.entry for fit in chosen], args.mirror)
    for fit in chosen:
        print(put_to_use(fit.entry, app.places))
    print("A Hark that is running takes them by itself, within seconds.")


async def looked_at(app: App) -> Machine:
    """Return what was measured, with something to look at meanwhile."""
    console = screen()
    with worker_errors(app.places) or nullcontext() as errors, console.status("measuring…") if console.is_terminal else nullcontext():
        try:
            return await measured(errors)
        except WorkerError as error:
            raise ModelTrouble(f"This machine could not be measured: {error} Choose yourself with: hark models list") from error


def wanted(question: str) -> bool:
    """Ask; somebody must be there to say yes."""
    if not sys.stdin.isatty():
        raise ModelTrouble("Nobody is there to say yes. Add --yes to fetch them.")
    return agreed(question)


def has_llama(args: argparse.Namespace) -> bool:
    """Tell whether what runs language models is there, after offering to install it; no is an answer, and so is a failure."""
    if has_module("llama_cpp"):
        return True
    print("A language model needs llama.cpp, which is not installed; it compiles for some minutes.")
    if not compiler():
        print(f"There is no C++ compiler here, so it works only if a package for this machine is found ready-made. {cure_for_compiler()}")
    try:
        how = installer()
        if not args.yes and not wanted(f"Install it ({' '.join([*how[:3], LLAMA])})?"):
            print("Then the language model is left out; `hark setup` asks again.")
            return False
        asyncio.run(installed(LLAMA))
    except CannotInstall as error:
        print(f"hark: {error} The language model is left out.", file=sys.stderr)
        return False
    return has_module("llama_cpp")


async def installed(package: str) -> None:
    """Install a package, its installer's last line shown meanwhile. Raises CannotInstall."""
    console = screen(stderr=True)
    if not console.is_terminal:
        await install(package, lambda _: None)
        return
    with console.status(f"installing {package}…") as status:
        await install(package, lambda line: status.update(Text(line[: console.width - 4], "dim")))
    print(f"{package} is installed.")
