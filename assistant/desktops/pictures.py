"""Where pictures of the screen are kept."""

from datetime import datetime
from pathlib import Path

from platformdirs import user_pictures_dir

from assistant.services import CannotDo


def new_picture(folder: Path | None = None, now: datetime | None = None) -> Path:
    """Return the path of a picture that is not there yet. Raises CannotDo where none can be written."""
    kept = folder or Path(user_pictures_dir()) / "Screenshots"
    try:
        kept.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(en=f"I can't write to {kept}: {error.strerror}.", zh=f"没法写入{kept}。请检查这个文件夹的权限。") from error
    name = f"Screenshot {(now or datetime.now().astimezone()):%Y-%m-%d %H.%M.%S}"
    ways = (kept / f"{name}{f' {number}' if number else ''}.png" for number in range(1000))
    return next(path for path in ways if not path.exists())


def is_written(path: Path) -> bool:
    """Tell whether there is a picture."""
    return path.is_file() and path.stat().st_size > 0
