"""What an OpenAI-compatible server streams: server-sent events, each a JSON object with the next piece of an answer."""

import json
from typing import Any, NamedTuple

from assistant.errors import WebCut, WebDeclined, WebError, WebGarbled

LAST = "[DONE]"

DECLINED = (
    "content_filter",
    "data_inspection_failed",
    "content_policy",
    "datainspectionfailed",
    "inappropriate content",
    "content exists risk",
)
"""In what servers say of an answer that they do not want to give, for what it is about: OpenAI's, DashScope's and DeepSeek's words."""


class Piece(NamedTuple):
    """What came next."""

    text: str
    """Of the answer; empty while the model only thinks."""
    cost: dict[str, Any]
    """What it all cost, with the last piece; see `Cost.add`."""
    calls: list[Any]
    """Parts of calls of tools, as the server sends them."""


class Events:
    """Takes an answer line by line."""

    def __init__(self, host: str) -> None:
        """Take who answers, for what is said when it answers something else."""
        self._host = host
        self._any = False
        self._finished = False
        self.ended = False
        """True once the server has said that this was all."""

    def feed(self, line: bytes) -> Piece | None:
        """Take one line and return what it brings: an event's data, or a whole answer of a server that does not stream; None for comments.

        Raises WebError.
        """
        text = line.decode("utf-8", "replace").strip()
        data = text.removeprefix("data:").strip() if text.startswith("data:") else text if text.startswith("{") else ""
        if not data:
            return None
        if data == LAST:
            self.ended = True
            return None
        try:
            event = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise self._strange() from error
        if not isinstance(event, dict):
            raise self._strange()
        if problem := event.get("error"):
            said = problem.get("message", problem) if isinstance(problem, dict) else problem
            if declines(json.dumps(problem)):
                raise declined(self._host)
            raise WebError(f"{self._host} failed: {str(said)[:200]}.", f"{self._host}出错了。", 500, json.dumps(event))
        return self._piece(event)

    def end(self) -> None:
        """Take the end of the stream. Raises WebError when the answer broke off, or was none."""
        if not self._any:
            raise self._strange()
        if not self._finished and not self.ended:
            raise WebCut(f"{self._host} broke off in the middle of its answer.", f"{self._host}说到一半断开了。")

    def _piece(self, event: dict[str, Any]) -> Piece:
        choices = event.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        said = choice.get("delta") or choice.get("message") or {}
        text = said.get("content") if isinstance(said, dict) else ""
        self._any |= isinstance(choices, list)
        if choice.get("finish_reason") == "content_filter":
            raise declined(self._host)
        self._finished |= bool(choice.get("finish_reason"))
        calls = said.get("tool_calls") if isinstance(said, dict) else None
        return Piece(text if isinstance(text, str) else "", cost_of(event.get("usage")), calls if isinstance(calls, list) else [])

    def _strange(self) -> WebGarbled:
        return WebGarbled(
            f"What answers at {self._host} is no OpenAI-compatible server.", f"{self._host}上的服务不兼容 OpenAI 接口。", None
        )


def declines(text: str) -> bool:
    """Tell whether what a server says of an error means that it does not want to answer this."""
    return any(mark in text.casefold() for mark in DECLINED)


def declined(host: str) -> WebDeclined:
    """Return the error of a server that does not want to answer this."""
    return WebDeclined(f"{host} does not want to answer that.", f"{host}不愿意回答这个。")


def cost_of(usage: Any) -> dict[str, Any]:
    """Return what a server says an answer cost."""
    if not isinstance(usage, dict):
        return {}
    of, wrote, details = usage.get("prompt_tokens"), usage.get("completion_tokens"), usage.get("prompt_tokens_details")
    known = details.get("cached_tokens") if isinstance(details, dict) else 0
    of, wrote, known = (value if isinstance(value, int) else 0 for value in (of, wrote, known))
    return {"read": max(0, of - known), "of": of, "wrote": wrote}
