"""Secrets that nobody has, with checksums that hold, in sentences as people say them: for measuring what redaction finds."""

import random
import string
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

Make = Callable[[random.Random], str]


class Planted(NamedTuple):
    """A sentence with one secret in it."""

    text: str
    secret: str
    kind: str


def digits(rng: random.Random, count: int) -> str:
    """Return so many digits."""
    return "".join(rng.choices(string.digits, k=count))


def mixed(rng: random.Random, count: int, letters: str = string.ascii_letters + string.digits) -> str:
    """Return so many letters and digits."""
    return "".join(rng.choices(letters, k=count))


def grouped(rng: random.Random, text: str, sizes: tuple[int, ...], marks: tuple[str, ...]) -> str:
    """Return a text in groups, with one of the marks between them."""
    parts, at = [], 0
    for size in sizes:
        parts.append(text[at : at + size])
        at += size
    return rng.choice(marks).join([*parts, *filter(None, [text[at:]])])


def card(rng: random.Random) -> str:
    """Return the number of a payment card."""
    head, length = rng.choice([("4", 16), ("51", 16), ("55", 16), ("34", 15), ("37", 15), ("6222", 19), ("6217", 16), ("6011", 16)])
    body = head + digits(rng, length - len(head) - 1)
    doubled = [int(each) * (2 - at % 2) for at, each in enumerate(reversed(body))]
    check = -sum(each - 9 * (each > 9) for each in doubled) % 10
    return grouped(rng, f"{body}{check}", (4, 4, 4), ("", " ", "-"))


def resident(rng: random.Random) -> str:
    """Return a mainland resident identity number."""
    area = rng.choice(["110105", "310104", "440305", "330106", "510104", "420106", "320102", "610102"])
    body = f"{area}{rng.randint(1950, 2009)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{digits(rng, 3)}"
    total = sum(int(each) * pow(2, 17 - at, 11) for at, each in enumerate(body))
    return body + "10X98765432"[total % 11]


def iban(rng: random.Random) -> str:
    """Return an international account number."""
    country, length = rng.choice([("DE", 18), ("FR", 23), ("ES", 20), ("NL", 0), ("GB", 0), ("AT", 16)])
    bank = {"NL": "ABNA" + digits(rng, 10), "GB": "BARC" + digits(rng, 14)}.get(country) or digits(rng, length)
    if country == "ES":
        weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
        account = digits(rng, 10)
        check = [11 - sum(int(d) * w for d, w in zip(part.rjust(10, "0"), weights, strict=True)) % 11 for part in (bank[:8], account)]
        bank = bank[:8] + "".join(str({10: 1, 11: 0}.get(each, each)) for each in check) + account
    if country == "FR":
        bank = bank[:21]
        bank += f"{97 - int(bank) * 100 % 97:02}"
    number = int("".join(str(int(each, 36)) for each in f"{bank}{country}00"))
    whole = f"{country}{98 - number % 97:02}{bank}"
    return grouped(rng, whole, (4,) * (len(whole) // 4), ("", " "))


def chinese_phone(rng: random.Random) -> str:
    """Return a mainland number, perhaps as it is read out."""
    mobile = rng.choice(["138", "139", "150", "186", "177", "199", "133"]) + digits(rng, 8)
    said = mobile.translate(str.maketrans("0123456789", rng.choice(["零一二三四五六七八九", "零幺二三四五六七八九"])))
    landline = rng.choice(["010-6", "021-5", "0755-2", "0571-8"]) + digits(rng, 7)
    return rng.choice([mobile, grouped(rng, mobile, (3, 4), (" ", "-")), f"+86 {mobile}", said, landline])


def english_phone(rng: random.Random) -> str:
    """Return an American, British or other number."""
    area = rng.choice(["212", "415", "617", "303", "206"]) + str(rng.randint(2, 9)) + str(rng.randint(2, 9)) + str(rng.randint(2, 9))
    line = digits(rng, 4)
    american = rng.choice([f"({area[:3]}) {area[3:]}-{line}", f"{area[:3]}-{area[3:]}-{line}", f"+1 {area[:3]} {area[3:]} {line}"])
    british = rng.choice([f"07700 {digits(rng, 6)}", f"+44 7911 {digits(rng, 6)}", f"020 7{digits(rng, 3)} {digits(rng, 4)}"])
    other = rng.choice([f"+49 30 {digits(rng, 8)}", f"+33 6 {' '.join(digits(rng, 2) for _ in range(4))}", f"+61 4{digits(rng, 8)}"])
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    spelled = " ".join(rng.choice(names) for _ in range(10))
    return rng.choice([american, british, other, spelled])


def email(rng: random.Random) -> str:
    """Return a mail address."""
    name = rng.choice(["anna.b", "li_wei", "k.osei", "maria-j", "zhang99", "tom"]) + digits(rng, 3)
    return f"{name}@{rng.choice(['example.com', 'mail.example.org', 'qq.com', '163.com', 'uni-test.de'])}"


def key(rng: random.Random) -> str:
    """Return an access key."""
    upper = string.ascii_uppercase + string.digits
    return rng.choice(
        [
            f"sk-{mixed(rng, 32)}",
            f"ghp_{mixed(rng, 36)}",
            f"AKIA{mixed(rng, 16, upper)}",
            f"LTAI{mixed(rng, 20)}",
            f"hf_{mixed(rng, 34)}",
            f"eyJ{mixed(rng, 20)}.{mixed(rng, 40)}.{mixed(rng, 43)}",
            mixed(rng, 40, "0123456789abcdef"),
            f"xoxb-{digits(rng, 12)}-{mixed(rng, 24)}",
        ]
    )


def password(rng: random.Random) -> str:
    """Return a password."""
    return rng.choice(
        [mixed(rng, 8) + "!9", f"{rng.choice(['sunny', 'horse', 'Tiger'])}{digits(rng, 4)}", mixed(rng, 12) + "7", digits(rng, 6)]
    )


def address_en(rng: random.Random) -> str:
    """Return a postal address."""
    name = rng.choice(["Maple", "Elm", "Old Mill", "King's", "Victoria", "Birchwood", "Lincoln", "St. James"])
    kind = rng.choice(["Street", "Road", "Avenue", "Lane", "Drive", "Court", "St", "Rd.", "Ave", "Close", "Terrace", "Boulevard"])
    tail = rng.choice(["", ", Springfield, IL 62704", ", Leeds LS1 4DY", ", Apt 5B", ", Portland, OR 97205", ", London SW1A 2AA"])
    return f"{rng.randint(1, 2400)} {name} {kind}{tail}"


def address_zh(rng: random.Random) -> str:
    """Return a postal address in China."""
    area = rng.choice(["北京市朝阳区", "上海市徐汇区", "深圳市南山区", "浙江省杭州市西湖区", "成都市武侯区", ""])
    street = rng.choice(["建国路", "漕溪北路", "科技园南路", "文三路", "人民南路", "中山大道"]) + f"{rng.randint(1, 900)}号"
    room = rng.choice(
        ["", f"{rng.randint(1, 30)}栋{rng.randint(101, 2805)}室", f"{rng.randint(1, 9)}号楼{rng.randint(1, 4)}单元{rng.randint(101, 905)}"]
    )
    return area + street + room


def birth_en(rng: random.Random) -> str:
    """Return a date with its year."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1940, 2020)
    name = "January February March April May June July August September October November December".split()[month - 1]  # noqa: SIM905 -- reads better
    return rng.choice([f"{day} {name} {year}", f"{name} {day}, {year}", f"{year}-{month:02}-{day:02}", f"{day:02}/{month:02}/{year}"])


def birth_zh(rng: random.Random) -> str:
    """Return a date with its year, in Chinese."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1940, 2020)
    said = str(year).translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    return rng.choice([f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{said}年{month}月{day}号", f"{year}/{month}/{day}"])


def network(rng: random.Random) -> str:
    """Return an address of the internet protocol."""
    return rng.choice(
        [
            ".".join(str(rng.randint(1, 254)) for _ in range(4)),
            f"192.168.{rng.randint(0, 9)}.{rng.randint(2, 254)}",
            ":".join(f"{rng.randint(0x1000, 0xFFFF):x}" for _ in range(8)),
            f"fe80::{rng.randint(1, 0xFFFF):x}:{rng.randint(1, 0xFFFF):x}",
        ]
    )


def web(rng: random.Random) -> str:
    """Return an address on the web that opens something."""
    host = rng.choice(["https://example.com", "http://files.example.org", "https://app.example.cn"])
    return host + rng.choice([f"/reset?token={mixed(rng, 16)}", f"/share/{mixed(rng, 22)}7a", f"/cb#access_token={mixed(rng, 20)}"])


def passport(rng: random.Random) -> str:
    """Return a passport number."""
    return rng.choice([f"E{digits(rng, 8)}", f"EK{digits(rng, 7)}", f"G{digits(rng, 8)}"])


STRUCTURED: Mapping[str, Mapping[str, tuple[Make, tuple[str, ...]]]] = {
    "en": {
        "PHONE": (english_phone, ("call her back on {} after lunch", "is {} a landline", "write a message that says my new number is {}")),
        "EMAIL": (email, ("draft a mail to {} about the lease", "why does {} bounce", "is {} a valid address")),
        "CARD": (card, ("they charged {} twice, what can I do", "which bank issued {}", "my card {} was declined in Rome")),
        "IBAN": (iban, ("transfer the rent to {} please explain how", "is {} a real account", "what country is {} from")),
        "ID": (resident, ("what does {} say about me", "the form wants {} and I don't know why", "can somebody misuse {}")),
        "PASSPORT": (
            passport,
            ("my passport number is {} and it runs out", "the visa form asks for passport {}", "write that my passport is {}"),
        ),
        "KEY": (key, ("why is {} rejected by the server", "use {} to log in", "what kind of token is {}")),
        "PASSWORD": (
            password,
            ("my password is {} can you make it stronger", "the wifi password is {} how do I share it", "set the passcode to {}"),
        ),
        "ADDRESS": (
            address_en,
            ("how far is {} from the sea", "write a letter to my landlord at {}", "I live at {} and the street is noisy"),
        ),
        "BIRTHDATE": (
            birth_en,
            ("I was born on {} so how old am I", "my date of birth is {}", "her birthday is {} which star sign is that"),
        ),
        "IP": (network, ("why can't I reach {} from here", "what runs on {}", "the camera answers at {} only")),
        "URL": (web, ("what is behind {}", "summarise {} for me", "is {} safe to open")),
    },
    "zh": {
        "PHONE": (chinese_phone, ("帮我写条短信，说我的新号码是{}", "{}是哪里的号码", "打{}为什么一直占线")),
        "EMAIL": (email, ("给{}写一封请假的邮件", "为什么{}收不到信", "{}这个邮箱安全吗")),
        "CARD": (card, ("{}这张卡被多扣了钱怎么办", "我的银行卡{}丢了", "帮我看看{}是哪家银行的")),
        "IBAN": (iban, ("往{}汇款要几天", "{}是哪个国家的账户", "对方给的账号{}对不对")),
        "ID": (resident, ("{}能看出什么信息", "我的身份证号是{}，会被盗用吗", "表格里要填{}，合理吗")),
        "PASSPORT": (passport, ("我的护照号是{}，快过期了", "签证表要填护照{}", "护照{}怎么续签")),
        "KEY": (key, ("为什么服务器不认{}", "用{}怎么登录", "{}是什么令牌")),
        "PASSWORD": (password, ("我的密码是{}，够不够强", "家里无线密码是{}，怎么告诉客人", "把门禁密码改成{}安全吗")),
        "ADDRESS": (address_zh, ("从{}到机场怎么走", "我住在{}，附近太吵了怎么投诉", "帮我写封信寄到{}")),
        "BIRTHDATE": (birth_zh, ("我出生于{}，今年多大", "她的生日是{}，什么星座", "我的出生日期是{}，属什么")),
        "IP": (network, ("为什么连不上{}", "{}上跑的是什么", "摄像头的地址是{}，怎么访问")),
        "URL": (web, ("{}里讲了什么", "帮我总结一下{}", "{}这个链接安全吗")),
    },
}
"""What has a form, by language: how it is made, and sentences around it."""

KNOWN: Mapping[str, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "en": {
        "PERSON": (
            ("Anna Kowalczyk", "Priya Raman", "Tom", "Uncle Dmitri", "Mei-Ling Chow", "O'Hara", "José Álvarez", "Will"),
            ("what can I cook for {} tonight", "write a poem about {}'s garden", "how do I tell {} that I am late"),
        ),
        "PLACE": (
            ("Foxhill Cottage", "Brentmoor", "the Larkspur room", "Zelkova House"),
            ("how do I heat {} cheaply", "plan a weekend at {}", "is {} too damp for books"),
        ),
        "DEVICE": (
            ("Wallaby lamp", "Gerda", "tower fan Otto"),
            ("why does {} flicker at night", "how do I clean {}", "is {} worth repairing"),
        ),
        "LIST": (
            ("Operation Nightjar", "cabin jobs", "Lena's presents"),
            ("what is missing on {}", "how should I order {}", "make {} shorter"),
        ),
    },
    "zh": {
        "PERSON": (
            ("张晓雯", "李建国", "王叔叔", "欧阳娜", "阿强", "Anna"),
            ("今晚给{}做什么菜好", "怎么告诉{}我要迟到了", "写一首诗送给{}"),
        ),
        "PLACE": (("枫林小筑", "翠湖别院", "听雨轩"), ("{}冬天怎么取暖", "在{}过周末怎么安排", "{}太潮湿了怎么办")),
        "DEVICE": (("小胖扇", "月亮灯", "旺财"), ("{}晚上为什么会闪", "怎么清洗{}", "{}坏了值得修吗")),
        "LIST": (("装修大计", "小雅的嫁妆", "夜莺行动"), ("{}还缺什么", "{}怎么排顺序", "把{}精简一下")),
    },
}
"""What Hark knows by name, by language, and sentences around it."""


def planted(language: str, count: int, seed: int = 5) -> Iterator[Planted]:
    """Yield sentences with a secret of a form, each kind as often."""
    rng = random.Random(f"{language}{seed}")  # noqa: S311 -- the same secrets every time
    kinds = list(STRUCTURED[language].items())
    for number in range(count):
        kind, (make, carriers) = kinds[number % len(kinds)]
        secret = make(rng)
        yield Planted(rng.choice(carriers).format(secret), secret, kind)


def with_names(language: str) -> Iterator[Planted]:
    """Yield sentences with a name Hark knows, each name in each sentence, as written and in small letters."""
    for kind, (names, carriers) in KNOWN[language].items():
        for name in names:
            for carrier in carriers:
                yield from (Planted(carrier.format(said), said, kind) for said in dict.fromkeys([name, name.lower()]))
