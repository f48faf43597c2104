"""Names of the house are replaced before anything is sent, also when the house does not answer just then."""

from functools import partial

from assistant.bench.house import House
from assistant.cloud.known import known_to
from assistant.services import CannotDo
from assistant.skill import Thing
from tests.cloud_provider import talking

QUESTION = "ask the cloud why the Dragon Lamp in the Moon Room flickers"


class Silent:
    """A house that cannot be reached."""

    async def things(self):
        """Say so."""
        raise CannotDo(en="Nobody is there.", zh="没有人。")


async def test_a_house_that_does_not_answer_has_the_names_it_had_last(tmp_path):
    async with talking(tmp_path) as talk:
        desk = talk.app.brain.cloud.desk
        for house in (House([Thing("light.dragon", ("Dragon Lamp", "龙灯"), ("Moon Room", "月亮房"))]), Silent()):
            desk._known = partial(known_to, talk.app.store, house, {}, ())
            said = await talk.say(QUESTION)
            assert "Dragon" not in said, house
            assert "Moon" not in said, house
            await talk.say("yes")
            assert b"Dragon" not in talk.there.bodies[-1]
            assert b"Moon" not in talk.there.bodies[-1]
