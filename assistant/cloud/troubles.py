"""What is said when the cloud does not answer: one sentence for each way to fail, with what would mend it."""

from assistant.cloud.catalogue import Service
from assistant.errors import HarkError, Offline, OverBudget, StoreError, SwitchedOff, WebCut, WebDeclined, WebError, WebGarbled, WebSilent
from assistant.executor import phrase
from assistant.nearby import is_this_machine

BAD_KEY, NO_MONEY, UNKNOWN, TOO_MANY = frozenset({401, 403}), 402, 404, 429
SERVERS_FAULT = 500

NO_MONEY_WORDS = ("insufficient_quota", "arrearage", "insufficient balance", "quota exceeded", "free quota")
"""In what providers say beside other statuses when the account is empty."""


def no_key(service: Service, language: str) -> str:
    """Return what is said when there is no key."""
    name = service.where(language)
    return phrase(language, f"I have no key for {name}; 'hark cloud key' takes one.", f"我没有{name}的密钥，请用 hark cloud key 添加。")


def told(error: HarkError, service: Service, language: str, *, begun: bool = False) -> str:
    """Return what is said of an error; `begun` when a part of the answer was said already."""
    name = phrase(language, service.provider.name, service.provider.name_zh)
    en, zh = nobody_there(service) if is_here(error, service) else words(error, name, begun=begun)
    return phrase(language, en, zh)


def is_here(error: HarkError, service: Service) -> bool:
    """Tell whether nobody answers at an address of this machine."""
    return isinstance(error, WebError) and type(error) is WebError and error.status is None and is_this_machine(service.host)


def nobody_there(service: Service) -> tuple[str, str]:
    """Return what is said when a server of the user's own is not running, in English and in Chinese."""
    where = service.region.url.partition("//")[2]
    return f"Nothing answers at {where}; is the server started?", f"{where}没有回应，服务启动了吗？"


def words(error: HarkError, name: str, *, begun: bool) -> tuple[str, str]:
    """Return what is said of an error in English and in Chinese."""
    match error:
        case OverBudget():
            return str(error), error.chinese
        case SwitchedOff():
            return (
                "The settings of the cloud were changed, so nothing is sent until I'm started again.",
                "云端设置改过了，重新启动之前什么也不会发。",
            )
        case Offline():
            return "I'm offline, so nothing was sent.", "现在是离线状态，什么也没发。"
        case StoreError():
            return "I couldn't write down what I would send, so I didn't send it.", "没能记下要发的内容，所以没有发。"
        case WebSilent() if begun:
            return f"{name} took too long, that is all I got.", f"{name}太慢了，只收到这些。"
        case WebSilent():
            return f"{name} took too long to answer.", f"{name}太久没有回答。"
        case WebCut():
            return f"{name} broke off in the middle of its answer.", f"{name}说到一半断开了。"
        case WebGarbled():
            return f"I couldn't understand what {name} sent back.", f"{name}的回答看不懂。"
        case WebDeclined():
            return f"{name} doesn't want to answer that.", f"{name}不愿意回答这个问题。"
        case WebError(status=None):
            return f"I can't reach {name}; is the internet there?", f"连不上{name}，网络正常吗？"
        case WebError():
            return refused(error, name)
    return f"Asking {name} failed.", f"问{name}没有成功。"


def refused(error: WebError, name: str) -> tuple[str, str]:
    """Return what is said of a status in English and in Chinese."""
    status = error.status or 0
    if status == NO_MONEY or any(mark in error.body.casefold() for mark in NO_MONEY_WORDS):
        return f"The account at {name} is out of money or quota.", f"{name}的账户余额或额度用完了。"
    if status in BAD_KEY:
        return f"{name} doesn't accept my key; 'hark cloud key' takes a new one.", f"{name}不接受这个密钥，请用 hark cloud key 换一个。"
    if status == TOO_MANY:
        return f"{name} gets too many questions right now; try again in a minute.", f"{name}现在请求太多，请过一分钟再试。"
    if status == UNKNOWN:
        return (
            f"{name} doesn't know that model or address; 'hark cloud use' changes it.",
            f"{name}没有这个模型或地址，请用 hark cloud use 修改。",
        )
    if status >= SERVERS_FAULT:
        return f"{name} has trouble of its own right now.", f"{name}自己出了故障。"
    return f"{name} refused the question with status {status}.", f"{name}拒绝了这个问题，错误 {status}。"
