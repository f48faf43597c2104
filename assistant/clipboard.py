"""The desktop's clipboard."""

from assistant.services import CannotDo


def paste() -> str:
    """Return the text that was copied last. Raises CannotDo where there is no clipboard."""
    import pyperclip  # noqa: PLC0415 -- looks for the desktop's programs, which few turns need

    try:
        return str(pyperclip.paste())
    except pyperclip.PyperclipException as error:
        raise no_clipboard() from error


def copy(text: str) -> None:
    """Put a text on the clipboard. Raises CannotDo where there is none."""
    import pyperclip  # noqa: PLC0415 -- as above

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException as error:
        raise no_clipboard() from error


def no_clipboard() -> CannotDo:
    """Return what is said where there is no clipboard, and what would help."""
    return CannotDo(
        en="I can't reach a clipboard here. On Linux, install wl-clipboard or xclip; or say the text itself.",
        zh="这里访问不了剪贴板。Linux 上请安装 wl-clipboard 或 xclip，也可以直接说出内容。",
    )
