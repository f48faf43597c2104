"""Learn the built-in actions anew from their phrases: `python -m assistant.classifier`, after a phrase file was changed."""

import argparse
from functools import partial

from rich.progress import Progress, TaskID

from assistant.classifier.shelf import SHIPPED, built_in_phrases, fingerprint
from assistant.classifier.teaching import teach
from assistant.understanding import LANGUAGES


def main() -> None:
    """Make the files that are shipped."""
    parser = argparse.ArgumentParser(prog="python -m assistant.classifier", description="Learn the built-in actions from their phrases.")
    parser.add_argument("language", nargs="*", choices=LANGUAGES, default=LANGUAGES, help="only these (default: all)")
    chosen = parser.parse_args().language
    SHIPPED.mkdir(exist_ok=True)
    with Progress() as progress:
        for language in chosen:
            phrases = built_in_phrases(language)
            task = progress.add_task(f"{language}: {len(phrases)} phrases", total=1.0)
            learnt = teach(phrases, partial(show, progress, task))
            learnt.save(SHIPPED / f"{language}.npz", fingerprint(phrases))


def show(progress: Progress, task: TaskID, done: float) -> None:
    """Draw how much is done."""
    progress.update(task, completed=done)


if __name__ == "__main__":
    main()
