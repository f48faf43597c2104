"""What the user has told Hark, whether it was called a note or something to remember."""

from assistant.skill import Context, Reply
from skills.fulltext import SURE, best, search

SAID = {"fact": ("You told me: {}.", "你说过：{}。"), "note": ("You noted: {}.", "你记过：{}。")}
"""How it is told again, by the kind of record."""

CLOSEST = ("The closest thing you told me is: {}.", "最接近的是你说过：{}。")


async def told_again(ctx: Context, about: str, *, sure: bool = False) -> Reply | None:
    """Return what was told about something; None when nothing was. `sure` takes only what has most of the words."""
    kept = [(kind, record.data["text"]) for kind in SAID for record in reversed(await ctx.records(kind).all())]
    hits = search(about, [text for _, text in kept])
    if not hits or (sure and hits[0].covered < SURE):
        return None
    found = [kept[hit.at] for hit in best(hits)]
    en, zh = SAID[found[0][0]] if hits[0].covered >= SURE else CLOSEST
    return Reply(en=en.format(". ".join(text for _, text in found)), zh=zh.format("。".join(text for _, text in found)))
