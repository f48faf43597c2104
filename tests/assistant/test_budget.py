"""The budget: counted from the ledger, told once when nearly used up, and nothing is sent when it is."""

import json
from datetime import UTC, datetime

import pytest

from assistant.budget import Price
from assistant.clock import VirtualClock
from assistant.config import BudgetConfig, config_from
from assistant.egress import Egress
from assistant.errors import ConfigError, OverBudget, WebError
from assistant.store import open_store
from tests.assistant.provider import events, providing

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
DAY_S = 86400
FREE = {"requests_day": 0, "requests_month": 0, "tokens_day": 0, "tokens_month": 0, "money_day": 0, "money_month": 0}
PRICES = {"small": Price(1.0, 10.0, "USD", "2026-11-01"), "qwen": Price(2.0, 6.0, "CNY", "2026-11-01")}


class World:
    def __init__(self, folder, **limits):
        self.store = open_store(folder / "hark.db")
        self.clock = VirtualClock(NOW)
        self.egress = self.broker(**limits)

    def broker(self, **limits):
        return Egress(self.store, self.clock, config_from({}, "").privacy, BudgetConfig(**(FREE | limits)), PRICES)

    async def ask(self, provider, model="small", used=(1000, 200), purpose="cloud"):
        body = {"model": model, "text": "x" * 300}
        async with self.egress.stream(purpose, provider.url, body, hosts=("127.0.0.1",), consent="asked: yes", deadline_s=5) as lines:
            async for _ in lines:
                pass
            if used:
                lines.used(*used)

    def last(self):
        return self.egress.ledger.connections()[-1].spent

    def used(self, key):
        return next(use.used for use in self.egress.budget.uses() if use.key == key)


@pytest.fixture
async def world(tmp_path):
    world = World(tmp_path)
    yield world
    world.store.close()


@pytest.fixture
async def provider():
    async with providing(answer=events("one", "two")) as provider:
        yield provider


async def test_what_a_call_cost_is_in_the_ledger_with_the_date_of_its_price(world, provider):
    await world.ask(provider)
    assert world.last() == {
        "model": "small",
        "tokens_in": 1000,
        "tokens_out": 200,
        "cost": pytest.approx(0.003),
        "currency": "USD",
        "price_of": "2026-11-01",
    }


async def test_what_nobody_counted_is_estimated_and_says_so(world, provider):
    await world.ask(provider, used=())
    sent = len(json.dumps({"model": "small", "text": "x" * 300}))
    assert world.last()["estimated"]
    assert (world.last()["tokens_in"], world.last()["tokens_out"]) == (sent // 3, 3)


async def test_a_refusal_costs_a_request_and_no_tokens(world, provider):
    world.egress = world.broker(requests_day=5, tokens_day=1000)
    provider.status = 429
    with pytest.raises(WebError):
        await world.ask(provider)
    assert (world.used("requests_day"), world.used("tokens_day")) == (1, 0)


@pytest.mark.parametrize(
    ("limits", "calls"),
    [
        ({"requests_day": 3}, 3),
        ({"requests_month": 2}, 2),
        ({"tokens_day": 2400}, 2),
        ({"tokens_month": 2500}, 3),
        ({"money_day": 0.006}, 2),
        ({"money_month": 0.007}, 3),
        ({"money_day": 0.006 * 0.86, "currency": "EUR"}, 2),
    ],
)
async def test_at_its_end_nothing_more_is_sent(world, provider, limits, calls):
    world.egress = world.broker(**limits)
    for _ in range(calls):
        await world.ask(provider)
    with pytest.raises(OverBudget) as caught:
        await world.ask(provider)
    assert len(provider.bodies) == calls
    key = next(iter(limits))
    assert f"hark config set budget.{key}" in str(caught.value)
    assert ("今天" if key.endswith("day") else "这个月") in caught.value.chinese


async def test_a_new_day_and_a_new_month_begin_anew(world, provider):
    world.egress = world.broker(requests_day=1, requests_month=3)
    await world.ask(provider)
    world.clock.advance(DAY_S)
    await world.ask(provider)
    world.clock.advance(4 * DAY_S)
    await world.ask(provider)
    assert world.used("requests_month") == 1
    world.clock.advance(DAY_S)
    assert world.used("requests_day") == 0


async def test_other_purposes_do_not_count(world, provider):
    world.egress = world.broker(requests_day=1)
    for _ in range(2):
        await world.ask(provider, purpose="skill:other")
    assert world.used("requests_day") == 0


async def test_prices_in_another_currency_count_too(world, provider):
    world.egress = world.broker(money_day=1)
    await world.ask(provider, "qwen", (1_000_000, 1_000_000))
    assert world.used("money_day") == pytest.approx(8 / 7.1)


async def test_a_model_without_a_price_counts_its_tokens(world, provider):
    world.egress = world.broker(money_day=1, tokens_day=10_000)
    await world.ask(provider, "my own")
    assert (world.used("money_day"), world.used("tokens_day")) == (0, 1200)


async def test_a_limit_that_is_nearly_reached_is_told_once(world, provider):
    world.egress = world.broker(requests_day=5)
    told = []
    for _ in range(5):
        await world.ask(provider)
        told.append(world.egress.budget.warning())
    assert [bool(each) for each in told] == [False, False, False, True, False]
    assert told[3].en == "By the way, 80% of the cloud's budget for today is used: 4 / 5 requests."
    assert told[3].zh == "顺便说一下，今天的云端预算已经用了80%：4 / 5 次请求。"
    world.clock.advance(DAY_S)
    for _ in range(4):
        await world.ask(provider)
    assert world.egress.budget.warning()


async def test_deleting_the_record_does_not_refill_the_budget(world, provider):
    world.egress = world.broker(requests_day=2, requests_month=9, money_day=9)
    await world.ask(provider)
    world.egress.ledger.erase()
    await world.ask(provider)
    world.egress.ledger.erase()
    assert world.used("requests_day") == world.used("requests_month") == 2
    assert world.used("money_day") == pytest.approx(0.006)
    with pytest.raises(OverBudget):
        await world.ask(provider)
    world.clock.advance(10 * DAY_S)
    world.egress.ledger.open("voice", "a.example", "", "x", consent="switch")
    world.egress.ledger.erase()
    assert "2026-11" not in world.egress.ledger.export()[0]["body"]


async def test_a_call_that_has_no_end_counts_with_what_was_sent(world):
    world.egress = world.broker(requests_day=9, tokens_day=900)
    world.egress.ledger.open("cloud", "a.example", "POST https://a.example", "x" * 300, consent="asked: yes")
    assert (world.used("requests_day"), world.used("tokens_day")) == (1, 100)


def test_a_limit_below_nothing_is_an_error():
    with pytest.raises(ConfigError, match=r"budget\.money_day"):
        config_from({"budget": {"money_day": -1}}, "here")
    with pytest.raises(ConfigError, match=r"budget\.currency"):
        config_from({"budget": {"currency": "GBP"}}, "here")
