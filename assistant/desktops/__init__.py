"""The desktops that Hark knows, by the system they run on."""

import importlib
import sys

from assistant.desktop import Desktop

MODULES = {"darwin": "mac", "win32": "windows"}
"""Module of this package by platform; any other is taken for a free desktop."""


def find_desktop(platform: str = sys.platform) -> Desktop:
    """Return this machine's desktop; whether it works shows when it is used."""
    module = importlib.import_module(f"assistant.desktops.{MODULES.get(platform, 'linux')}")
    found: Desktop = module.desktop()
    return found
