"""Learn the built-in actions anew from their phrases: `python -m assistant.classifier`, after a phrase file was changed."""

from rich.progress import Progress

from assistant.classifier.shelf import SHIPPED, built_in_phrases, fingerprint
from assistant.classifier.teaching import teach


def main() -> None:
    """Make the files that are shipped."""
    SHIPPED.mkdir(exist_ok=True)
    with Progress() as progress:
        for language in ("en", "zh"):
            phrases = built_in_phrases(language)
            task = progress.add_task(f"{language}: {len(phrases)} phrases", total=1.0)
            learnt = teach(phrases, lambda done, task=task: progress.update(task, completed=done))  # type: ignore[misc] -- a default binds it
            learnt.save(SHIPPED / f"{language}.npz", fingerprint(phrases))


if __name__ == "__main__":
    main()
