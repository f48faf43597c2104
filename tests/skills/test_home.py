"""The house: things are found by the names people give them, told what to do, and brought back; what opens the house is asked about."""

import pytest

from assistant.bench.house import House
from assistant.skill import CannotDo, Question, Thing
from assistant.testing import FakeContext, take_back
from skills import home
from skills.home.finding import find
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning

BEDROOM, LIVING, UPSTAIRS = ("Bedroom", "卧室"), ("Living Room", "客厅"), ("First Floor", "二楼")
DEGREES = {"device_class": "temperature", "unit_of_measurement": "°C"}

THINGS = [
    Thing("light.kitchen", ("Kitchen Light", "厨房灯"), ("Kitchen", "厨房"), ("Ground Floor", "一楼")),
    Thing("light.bed_left", ("Left Lamp", "左台灯"), BEDROOM, UPSTAIRS, state="on", attributes={"brightness": 100}),
    Thing("light.bed_right", ("Right Lamp", "右台灯"), BEDROOM, UPSTAIRS),
    Thing("switch.coffee", ("Coffee Machine", "咖啡机"), ("Kitchen", "厨房")),
    Thing("cover.garage", ("Garage Door", "车库门"), ("Garage", "车库"), attributes={"device_class": "garage"}),
    Thing("cover.blind", ("Living Room Blind", "客厅窗帘"), LIVING, attributes={"device_class": "blind", "current_position": 0}),
    Thing("lock.front", ("Front Door", "大门"), ("Hall", "玄关")),
    Thing("climate.living", ("Thermostat", "空调"), LIVING, attributes={"temperature": 20, "current_temperature": 19}),
    Thing("fan.office", ("Office Fan", "书房风扇"), ("Office", "书房"), state="unavailable"),
    Thing("media_player.sonos", ("Living Room Speaker", "客厅音箱"), LIVING, state="playing", attributes={"volume_level": 0.4}),
    Thing("vacuum.robo", ("Roborock", "扫地机器人"), LIVING),
    Thing("scene.movie", ("Movie Night", "观影")),
    Thing("sensor.bath", ("Bathroom Temperature", "浴室温度"), ("Bathroom", "浴室"), state="22.5", attributes=DEGREES),
    Thing("person.ana", ("Ana",), state="home"),
]  # fmt: skip


@pytest.fixture
def ctx():
    return FakeContext(house=House(THINGS))


def found(target, area=""):
    return sorted(thing.id for thing in find(THINGS, target, area).things)


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        ("turn off the bedroom lights", "turn_off", {"target": "lights", "area": "bedroom"}),
        ("lock the front door", "turn_on", {"target": "front door"}),
        ("dim the lamp to 20%", "set", {"target": "lamp", "property": "brightness", "value": 20}),
        ("open the garage door", "set", {"target": "garage door", "property": "position", "value": 100}),
        ("close the blinds halfway", "set", {"target": "blinds", "property": "position", "value": 50}),
        ("set the heating to 21 degrees", "set", {"target": "heating", "property": "temperature", "value": 21}),
        ("make the lights red", "set", {"target": "lights", "property": "color", "value": "red"}),
        ("make it warmer in here", "change", {"property": "temperature", "direction": "up"}),
        ("is the garage door open", "state", {"target": "garage door"}),
        ("start the vacuum", "run", {"target": "vacuum"}),
        ("把卧室的灯关了", "turn_off", {"target": "灯", "area": "卧室"}),
        ("空调调到二十六度", "set", {"target": "空调", "property": "temperature", "value": 26}),
        ("客厅亮一点", "change", {"area": "客厅", "property": "brightness", "direction": "up"}),
        ("大门锁了吗", "state", {"target": "大门"}),
        ("开始扫地", "run", {"target": "扫地机器人"}),
        ("暂停客厅的音箱", "media", {"target": "音箱", "area": "客厅", "command": "pause"}),
    ],
)
def test_what_people_say(text, action, slots):
    assert meaning(text) == (f"home.{action}", slots)


@pytest.mark.parametrize(
    ("target", "area", "ids"),
    [
        ("kitchen light", "", ["light.kitchen"]),
        ("the light", "kitchen", ["light.kitchen"]),
        ("lights", "bedroom", ["light.bed_left", "light.bed_right"]),
        ("bedroom lamps", "", ["light.bed_left", "light.bed_right"]),
        ("lights", "upstairs", []),
        ("lights", "first floor", ["light.bed_left", "light.bed_right"]),
        ("all the lights", "", ["light.bed_left", "light.bed_right", "light.kitchen"]),
        ("left lamp", "", ["light.bed_left"]),
        ("lefd lamp", "", ["light.bed_left"]),
        ("灯", "卧室", ["light.bed_left", "light.bed_right"]),
        ("卧室的灯", "", ["light.bed_left", "light.bed_right"]),
        ("所有的灯", "", ["light.bed_left", "light.bed_right", "light.kitchen"]),
        ("咖啡鸡", "", ["switch.coffee"]),
        ("heating", "lounge", ["climate.living"]),
        ("submarine", "", []),
    ],
)
def test_things_are_found_by_what_they_are_called(target, area, ids):
    assert found(target, area) == ids


async def test_lights_go_off_and_come_back_as_they_were(ctx):
    reply = await home.turn_off(ctx, target="lights", area="bedroom")
    assert "Left Lamp" in reply.en
    assert ctx.house.state("light.bed_left") == "off"
    await take_back(ctx, reply.undo)
    assert (ctx.house.state("light.bed_left"), ctx.house.shown("light.bed_left")["brightness"]) == ("on", 100)
    assert ctx.house.state("light.bed_right") == "off"


async def test_a_value_is_set_and_taken_back(ctx):
    reply = await home.set_(ctx, target="blind", area="living room", property="position", value=50)
    assert ctx.house.shown("cover.blind")["current_position"] == 50
    await take_back(ctx, reply.undo)
    assert ctx.house.shown("cover.blind")["current_position"] == 0


async def test_a_bit_more_goes_from_where_it_is(ctx):
    await home.change(ctx, area="living room", property="temperature", direction="up")
    assert ctx.house.shown("climate.living")["temperature"] == 21
    await home.change(ctx, target="speaker", property="volume", direction="down")
    assert ctx.house.shown("media_player.sonos")["volume_level"] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("do", "slots", "thing", "before", "after"),
    [
        (home.turn_off, {"target": "front door"}, "lock.front", "locked", "unlocked"),
        (home.set_, {"target": "garage door", "property": "position", "value": 100}, "cover.garage", "closed", "open"),
    ],
)
async def test_what_opens_the_house_needs_a_yes(ctx, do, slots, thing, before, after):
    question = await do(ctx, **slots)
    assert isinstance(question, Question)
    assert (question.slot, ctx.house.state(thing)) == (None, before)
    ctx.confirmed = True
    await do(ctx, **slots)
    assert ctx.house.state(thing) == after


async def test_of_several_single_things_one_is_asked_for():
    house = House([Thing("lock.a", ("Front Lock",)), Thing("lock.b", ("Back Lock",))])
    question = await home.turn_on(FakeContext(house=house), target="lock")
    assert isinstance(question, Question)
    assert question.slot == "target"


async def test_what_does_not_answer_is_said(ctx):
    with pytest.raises(CannotDo, match="Office Fan does not answer"):
        await home.turn_on(ctx, target="office fan")


async def test_what_is_not_there_is_said_with_what_is(ctx):
    with pytest.raises(CannotDo, match=r"no submarine in the Kitchen|no submarine in the kitchen"):
        await home.turn_on(ctx, target="submarine", area="kitchen")


async def test_what_a_thing_cannot_do_is_said(ctx):
    with pytest.raises(CannotDo, match="can't do that"):
        await home.set_(ctx, target="coffee machine", property="color", value="red")


@pytest.mark.parametrize(
    ("heard", "target", "area", "answer"),
    [
        ("is the garage door open", "garage door", "", "No, Garage Door is closed."),
        ("is the front door locked", "front door", "", "Yes, Front Door is locked."),
        ("which lights are on", "lights", "", "1 of 3 is on: Left Lamp."),
        ("how warm is it in the bathroom", "temperature", "bathroom", "Bathroom Temperature is 22.5 degrees."),
        ("is Ana home", "Ana", "", "Yes, Ana is at home."),
    ],
)
async def test_questions_are_answered_from_the_state(ctx, heard, target, area, answer):
    ctx.heard = heard
    assert (await home.state(ctx, target=target, area=area)).en == answer


async def test_scenes_players_and_robots(ctx):
    await home.run_(ctx, target="movie night")
    await home.run_(ctx, target="vacuum")
    await home.media_(ctx, target="speaker", command="pause")
    assert [ctx.house.state(one) for one in ("scene.movie", "vacuum.robo", "media_player.sonos")] == ["on", "cleaning", "paused"]


async def test_without_a_house_it_says_so():
    with pytest.raises(CannotDo, match="No house is connected"):
        await home.turn_on(FakeContext(), target="light")


@pytest.mark.parametrize("row", held_out("home"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row, ctx):
    ctx.language, ctx.heard = row["language"], row["text"]
    await run(row, ctx)
