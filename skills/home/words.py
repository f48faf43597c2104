"""The words people have for what is in a house, and what they mean there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of device."""

    words: tuple[str, ...]
    """What it is called; English in the singular, in lower case."""
    domains: tuple[str, ...]
    """Domains of Home Assistant whose things it can be."""
    classes: tuple[str, ...] = ()
    """Device classes it must have, when the domain alone does not tell."""
    named: tuple[str, ...] = ()
    """Parts of names by which a thing of another domain is one too: a plug called "coffee machine"."""
    says: str = ""
    """The property a value is of when none was said."""


LIGHT = Kind(
    ("light", "lamp", "bulb", "lighting", "illumination", "spotlight", "spot", "灯", "灯光", "灯泡", "电灯", "照明"),
    ("light",),
    named=("light", "lamp", "灯"),
    says="brightness",
)
FAN = Kind(("fan", "风扇", "电扇", "电风扇"), ("fan",), named=("fan", "风扇", "电扇"), says="speed")
CURTAIN = Kind(
    ("curtain", "drape", "窗帘", "纱帘", "帘子", "帘"), ("cover",), ("curtain", "shade"), named=("curtain", "drape", "帘"), says="position"
)
BLIND = Kind(
    ("blind", "shade", "roller", "百叶窗", "百叶帘", "卷帘", "遮光帘"),
    ("cover",),
    ("blind", "shade", "curtain", "shutter"),
    ("blind", "shade", "roller", "帘", "百叶"),
    "position",
)
SHUTTER = Kind(("shutter", "卷闸"), ("cover",), ("shutter", "blind", "shade"), named=("shutter", "卷闸"), says="position")
AWNING = Kind(("awning", "遮阳棚", "遮阳帘"), ("cover",), ("awning",), named=("awning", "遮阳"), says="position")
GARAGE = Kind(("garage door", "garage", "车库门", "车库"), ("cover",), ("garage",), named=("garage", "车库"), says="position")
GATE = Kind(("gate", "院门"), ("cover", "lock"), ("gate",), named=("gate", "院门"), says="position")
WINDOW = Kind(
    ("window", "skylight", "窗户", "窗", "天窗"),
    ("cover", "binary_sensor"),
    ("window",),
    named=("window", "skylight", "窗户", "天窗"),
    says="position",
)
DOOR = Kind(
    ("door", "门", "大门", "前门", "后门", "房门", "防盗门"),
    ("lock", "cover", "binary_sensor"),
    ("door", "garage", "gate", "lock"),
    ("door", "门"),
    "position",
)
LOCK = Kind(("lock", "deadbolt", "门锁", "锁"), ("lock",), named=("lock", "锁"))
VALVE = Kind(("valve", "stopcock", "阀门", "阀", "水阀", "总阀", "燃气阀"), ("valve",), named=("valve", "stopcock", "阀"), says="position")
CLIMATE = Kind(
    ("thermostat", "climate", "temperature", "temp", "恒温器", "温控器", "温度", "室温"), ("climate", "water_heater"), says="temperature"
)
HEATING = Kind(
    ("heating", "heat", "central heating", "heater", "radiator", "underfloor heating", "暖气", "地暖", "取暖器", "电暖器", "暖风机"),
    ("climate",),
    named=("heat", "radiator", "暖"),
    says="temperature",
)
COOLING = Kind(
    ("ac", "a c", "air con", "aircon", "air conditioner", "air conditioning", "cooling", "空调", "冷气"),
    ("climate",),
    named=("air con", "aircon", "空调"),
    says="temperature",
)
HOT_WATER = Kind(
    ("hot water", "water heater", "boiler", "immersion", "immersion heater", "热水器", "热水"),
    ("water_heater",),
    named=("boiler", "water heater", "immersion", "hot water", "热水"),
    says="temperature",
)
TV = Kind(
    ("tv", "television", "telly", "电视", "电视机"), ("media_player",), ("tv",), named=("tv", "telly", "television", "电视"), says="volume"
)
SPEAKER = Kind(
    ("speaker", "soundbar", "stereo", "hi fi", "radio", "amp", "音箱", "音响", "回音壁", "收音机"),
    ("media_player",),
    ("speaker", "receiver"),
    ("speaker", "soundbar", "stereo", "radio", "音箱", "音响"),
    "volume",
)
PLAYER = Kind(("music", "media", "media player", "player", "volume", "sound", "音乐", "媒体", "播放器", "音量", "声音"), ("media_player",))
VACUUM = Kind(
    (
        *("vacuum", "vacuum cleaner", "robot vacuum", "hoover", "robot", "roomba", "roborock", "cleaner", "mop"),
        *("扫地机器人", "扫地机", "扫拖机器人", "拖地机器人", "洗地机", "吸尘器", "机器人"),
    ),
    ("vacuum",),
    named=("vacuum", "hoover", "扫地", "拖地"),
)
MOWER = Kind(("mower", "lawn mower", "lawnmower", "割草机"), ("lawn_mower",), named=("mower", "割草"))
COFFEE = Kind(
    ("coffee machine", "coffee maker", "espresso machine", "coffee", "咖啡机", "咖啡"),
    ("switch", "button", "script", "input_button", "input_boolean"),
    ("none",),
    named=("coffee", "espresso", "咖啡"),
)
SWITCH = Kind(("switch", "开关"), ("switch", "input_boolean"))
PLUG = Kind(
    ("plug", "socket", "outlet", "power strip", "插座", "排插", "插头"),
    ("switch",),
    ("outlet",),
    named=("plug", "socket", "outlet", "strip", "插"),
)
ALARM = Kind(
    ("alarm", "security system", "alarm system", "burglar alarm", "house alarm", "安防", "警报", "报警器", "安防系统"),
    ("alarm_control_panel",),
)
CAMERA = Kind(("camera", "security camera", "cctv", "摄像头", "监控"), ("camera",), named=("camera", "摄像头"))
HUMIDIFIER = Kind(("humidifier", "dehumidifier", "加湿器", "除湿机"), ("humidifier",), named=("humidifier", "加湿", "除湿"), says="mode")
PURIFIER = Kind(
    ("air purifier", "purifier", "空气净化器", "净化器", "新风"), ("fan",), ("none",), named=("purifier", "净化", "新风"), says="speed"
)
HOOD = Kind(
    ("extractor", "extractor fan", "cooker hood", "range hood", "hood", "油烟机", "抽油烟机", "排风扇", "排气扇", "换气扇"),
    ("fan",),
    ("none",),
    named=("extractor", "hood", "exhaust", "油烟", "排风", "换气"),
    says="speed",
)
SCENE = Kind(("scene", "mode", "场景", "模式"), ("scene", "script"))
SCRIPT = Kind(("script", "脚本"), ("script",))
AUTOMATION = Kind(("automation", "自动化"), ("automation",))
BUTTON = Kind(("button", "按钮"), ("button", "input_button"))
SPRINKLER = Kind(
    ("sprinkler", "irrigation", "喷灌", "洒水器"), ("valve", "switch"), ("sprinkler",), named=("sprinkler", "irrigation", "喷灌", "洒水")
)
PEOPLE = Kind(("people", "person", "everyone", "everybody", "anyone", "somebody", "who", "人", "谁", "所有人"), ("person",))
TODO = Kind(("todo list", "to do list", "list", "清单", "待办"), ("todo",))

TEMPERATURE = Kind(("temperature", "temp", "温度", "室温", "气温", "冷热"), ("sensor", "climate"), ("temperature",))
HUMIDITY = Kind(("humidity", "damp", "湿度"), ("sensor",), ("humidity", "moisture"))
BATTERY = Kind(("battery", "charge", "电量", "电池"), ("sensor",), ("battery",))
AIR = Kind(
    ("air quality", "co2", "carbon dioxide", "pm2.5", "air", "空气质量", "二氧化碳", "甲醛", "pm2"),
    ("sensor",),
    ("carbon_dioxide", "aqi", "pm25", "pm10", "volatile_organic_compounds"),
    named=("co2", "air quality", "pm2.5", "空气", "甲醛", "二氧化碳"),
)
MOTION = Kind(
    ("motion", "movement", "motion sensor", "occupancy", "presence", "人体传感器", "运动传感器"),
    ("binary_sensor",),
    ("motion", "occupancy", "presence"),
    named=("motion", "人体", "运动"),
)
LEAK = Kind(
    ("leak", "leak sensor", "water leak", "漏水", "水浸", "水浸传感器"), ("binary_sensor",), ("moisture",), named=("leak", "漏水", "水浸")
)
SMOKE = Kind(("smoke detector", "smoke alarm", "smoke", "烟雾报警器", "烟雾"), ("binary_sensor",), ("smoke",), named=("smoke", "烟雾"))
POWER = Kind(
    ("power", "electricity", "energy", "用电", "电", "功率"),
    ("sensor",),
    ("power", "energy"),
    named=("power", "energy", "electricity", "用电"),
)

CONTROLS = (
    *(LIGHT, FAN, GARAGE, CURTAIN, BLIND, SHUTTER, AWNING, GATE, WINDOW, LOCK, DOOR, VALVE, HEATING, COOLING, HOT_WATER, CLIMATE, TV),
    *(SPEAKER, PLAYER, VACUUM, MOWER, COFFEE, SWITCH, PLUG, ALARM, CAMERA, HUMIDIFIER, PURIFIER, HOOD, SCENE, SCRIPT, AUTOMATION),
    *(BUTTON, SPRINKLER, PEOPLE, TODO),
)
"""Kinds of things that are told to do something; of a word that several have, the first counts."""

SENSORS = (TEMPERATURE, HUMIDITY, BATTERY, AIR, MOTION, LEAK, SMOKE, POWER)
"""Kinds that are only asked about; when asking they come first."""

MOVING = (CURTAIN, BLIND, SHUTTER, AWNING, GARAGE, GATE, WINDOW, DOOR, VALVE)
"""Kinds that open and close."""

RUNNING = (VACUUM, MOWER, COFFEE, SCENE, SCRIPT, AUTOMATION, BUTTON)
"""Kinds that are started rather than switched on."""

MORE_NOUNS = (
    *("kettle", "oven", "hob", "stove", "fridge", "freezer", "dishwasher", "washing machine", "washer", "dryer", "tumble dryer"),
    *("iron", "toaster", "slow cooker", "rice cooker", "printer", "computer", "pc", "xbox", "projector", "chandelier", "nightlight"),
    *(
        "night light",
        "led strip",
        "light strip",
        "strip",
        "fireplace",
        "fire",
        "hot tub",
        "pump",
        "fountain",
        "pool",
        "blanket",
        "towel rail",
    ),
    *("doorbell", "baby monitor", "charger", "router", "wifi", "feeder", "christmas tree", "tree", "monitor", "screen", "downlight"),
    *("hallway light", "backlight", "candle", "lantern", "sconce", "diffuser", "aquarium", "massager", "chair", "bed"),
    *("热水壶", "烧水壶", "电饭煲", "烤箱", "微波炉", "洗碗机", "洗衣机", "烘干机", "冰箱", "投影仪", "投影", "机顶盒", "电脑", "打印机"),
    *("浴霸", "电热毯", "壁炉", "鱼缸", "灯带", "射灯", "水泵", "喂食器", "传感器", "按摩椅", "马桶", "充电器", "路由器", "吊扇", "小太阳"),
    *("净水器", "饮水机", "晾衣架", "门铃", "消毒柜", "熨斗"),
)
"""Other devices, which are found by their names alone."""

ROOMS = (
    *(
        "kitchen",
        "kitchenette",
        "living room",
        "lounge",
        "sitting room",
        "family room",
        "dining room",
        "bedroom",
        "master bedroom",
        "guest room",
    ),
    *(
        "guest bedroom",
        "spare room",
        "spare bedroom",
        "kids room",
        "children's room",
        "kids' room",
        "nursery",
        "playroom",
        "play room",
        "study",
    ),
    *("office", "home office", "library", "bathroom", "master bathroom", "ensuite", "en suite", "toilet", "loo", "restroom", "washroom"),
    *(
        "powder room",
        "shower",
        "hall",
        "hallway",
        "corridor",
        "landing",
        "stairs",
        "staircase",
        "stairwell",
        "entrance",
        "entry",
        "entryway",
    ),
    *("foyer", "porch", "front porch", "garage", "carport", "driveway", "garden", "front garden", "back garden", "yard", "front yard"),
    *(
        "back yard",
        "backyard",
        "patio",
        "terrace",
        "rooftop terrace",
        "balcony",
        "deck",
        "conservatory",
        "sunroom",
        "attic",
        "loft",
        "basement",
    ),
    *(
        "cellar",
        "utility room",
        "utility",
        "laundry",
        "laundry room",
        "pantry",
        "closet",
        "wardrobe",
        "den",
        "workshop",
        "shed",
        "greenhouse",
    ),
    *("box room", "gym", "cinema room", "media room", "theater", "bar", "pool house", "mud room", "mudroom", "snug", "barn"),
    *("客厅", "厨房", "餐厅", "卧室", "主卧", "次卧", "客卧", "儿童房", "婴儿房", "宝宝房", "老人房", "书房", "办公室", "卫生间", "洗手间"),
    *(
        "厕所",
        "浴室",
        "主卫",
        "次卫",
        "阳台",
        "走廊",
        "过道",
        "玄关",
        "门厅",
        "入口",
        "门口",
        "车库",
        "院子",
        "后院",
        "前院",
        "花园",
        "露台",
    ),
    *("阁楼", "地下室", "楼梯", "楼梯间", "储物间", "衣帽间", "洗衣房", "健身房", "影音室", "茶室", "天台", "游戏室", "保姆房", "工作室"),
)
"""Rooms as people call them, whether or not the house has them."""

FLOORS = (
    *("upstairs", "downstairs", "ground floor", "first floor", "second floor", "third floor", "top floor", "lower floor", "upper floor"),
    *("楼上", "楼下", "一楼", "二楼", "三楼", "四楼", "顶楼", "一层", "二层", "三层", "底楼"),
)
"""Floors as people call them."""

HERE = ("here", "in here", "this room", "this area", "the room", "room", "这里", "这儿", "这边", "这个房间", "房间", "屋里", "这")
EVERYWHERE = (
    *(
        "everywhere",
        "the house",
        "house",
        "whole house",
        "home",
        "the home",
        "throughout the home",
        "all over",
        "inside",
        "the whole house",
    ),
    *("全屋", "家里", "家", "全家", "整个房子", "所有房间", "到处", "室内", "屋子里"),
)

SAME_ROOM = (
    ("living room", "lounge", "sitting room", "family room", "front room", "客厅", "起居室"),
    ("bathroom", "toilet", "loo", "restroom", "washroom", "wc", "卫生间", "洗手间", "厕所", "浴室"),
    ("hall", "hallway", "corridor", "走廊", "过道"),
    ("entrance", "entry", "entryway", "foyer", "玄关", "门厅", "入口", "门口"),
    ("garden", "yard", "back yard", "backyard", "back garden", "院子", "后院", "花园"),
    ("front yard", "front garden", "前院"),
    ("attic", "loft", "阁楼"),
    ("basement", "cellar", "地下室"),
    ("study", "office", "home office", "书房", "办公室"),
    ("kids room", "kids' room", "children's room", "nursery", "儿童房", "婴儿房", "宝宝房"),
    ("laundry", "laundry room", "utility", "utility room", "洗衣房"),
    ("guest room", "guest bedroom", "spare room", "spare bedroom", "客卧", "客房"),
    ("master bedroom", "main bedroom", "主卧"),
    ("bedroom", "卧室"),
    ("kitchen", "厨房"),
    ("dining room", "餐厅"),
    ("garage", "车库"),
    ("balcony", "阳台"),
    ("conservatory", "sunroom"),
)
"""Rooms that one house calls so and the other so, and what the other language says."""

COLORS: dict[str, tuple[int, int, int]] = {
    **dict.fromkeys(("red", "红", "大红", "红色"), (255, 0, 0)),
    **dict.fromkeys(("green", "绿", "绿色"), (0, 255, 0)),
    **dict.fromkeys(("blue", "蓝", "蓝色"), (0, 0, 255)),
    **dict.fromkeys(("yellow", "黄", "黄色"), (255, 255, 0)),
    **dict.fromkeys(("orange", "橙", "橙色", "橘", "橘色"), (255, 165, 0)),
    **dict.fromkeys(("purple", "紫", "紫色"), (128, 0, 128)),
    **dict.fromkeys(("violet", "紫罗兰"), (238, 130, 238)),
    **dict.fromkeys(("pink", "粉", "粉色", "粉红", "粉红色"), (255, 105, 180)),
    **dict.fromkeys(("magenta", "品红", "洋红"), (255, 0, 255)),
    **dict.fromkeys(("cyan", "青", "青色"), (0, 255, 255)),
    **dict.fromkeys(("turquoise", "teal", "青绿", "湖蓝"), (64, 224, 208)),
    **dict.fromkeys(("lavender", "淡紫", "薰衣草"), (200, 160, 255)),
    **dict.fromkeys(("gold", "golden", "金", "金色"), (255, 215, 0)),
    **dict.fromkeys(("amber", "琥珀"), (255, 191, 0)),
    **dict.fromkeys(("lime", "mint", "薄荷绿"), (150, 255, 150)),
    **dict.fromkeys(("emerald", "翠绿"), (80, 200, 120)),
    **dict.fromkeys(("navy", "深蓝"), (0, 0, 128)),
    **dict.fromkeys(("sky blue", "light blue", "浅蓝", "天蓝"), (135, 206, 235)),
    **dict.fromkeys(("brown", "棕", "棕色"), (165, 80, 42)),
    **dict.fromkeys(("salmon", "coral", "珊瑚"), (255, 127, 80)),
    **dict.fromkeys(("indigo", "靛蓝", "靛"), (75, 0, 130)),
}
"""Red, green, blue, 0-255."""

WARMTHS: dict[str, int] = {
    **dict.fromkeys(("candle light", "candlelight", "candle", "烛光"), 1900),
    **dict.fromkeys(("warm white", "warm", "soft white", "warm light", "暖白", "暖光", "暖黄", "暖色", "暖白光", "暖黄光", "暖"), 2700),
    **dict.fromkeys(("cool white", "cold white", "cool", "neutral", "neutral white", "white", "natural", "冷白", "冷光"), 4000),
    **dict.fromkeys(("冷白光", "白光", "白", "白色", "自然光", "中性", "冷色"), 4000),
    **dict.fromkeys(("daylight", "day light", "日光"), 6500),
}
"""Kelvin. Home Assistant's own sentences mean the same by them."""

AMOUNTS: dict[str, float] = {
    **dict.fromkeys(
        ("max", "maximum", "full", "brightest", "highest", "loudest", "fastest", "top", "full blast", "all the way", "the max"), 100
    ),
    **dict.fromkeys(("最大", "最高", "最亮", "最强", "最快", "拉满", "全开", "满"), 100),
    **dict.fromkeys(("min", "minimum", "lowest", "dimmest", "darkest", "slowest", "quietest", "最小", "最低", "最暗", "最弱", "最慢"), 1),
    **dict.fromkeys(("half", "half way", "halfway", "half brightness", "medium", "一半", "中等"), 50),
    **dict.fromkeys(("a quarter", "quarter", "one quarter", "四分之一"), 25),
    **dict.fromkeys(("three quarters", "four fifths", "四分之三"), 75),
    **dict.fromkeys(("a third", "one third", "三分之一"), 33),
    **dict.fromkeys(("two thirds", "三分之二"), 67),
}
"""Percent."""

SPEEDS: dict[str, float] = {
    **dict.fromkeys(("low", "slow", "lowest", "低", "低速", "低档", "小档", "低风", "最低档"), 33),
    **dict.fromkeys(("medium", "middle", "mid", "中", "中速", "中档", "中风"), 66),
    **dict.fromkeys(("high", "fast", "turbo", "高", "高速", "高档", "大档", "高风", "最高档", "强风"), 100),
}
"""Percent of a fan's speed."""

MODES: dict[str, tuple[str, ...]] = {
    "heat": ("heat", "heating", "制热", "加热", "暖气"),
    "cool": ("cool", "cooling", "制冷", "冷气"),
    "auto": ("auto", "automatic", "自动"),
    "heat_cool": ("heat cool", "冷暖"),
    "dry": ("dry", "drying", "dehumidify", "除湿", "抽湿"),
    "fan_only": ("fan only", "fan", "送风", "通风", "换气"),
    "off": ("off", "关闭"),
    "eco": ("eco", "economy", "energy saving", "节能", "省电"),
    "away": ("away", "离家"),
    "home": ("home", "at home", "在家"),
    "sleep": ("sleep", "sleeping", "睡眠"),
    "night": ("night", "夜间"),
    "boost": ("boost", "turbo", "powerful", "强力", "强劲"),
    "comfort": ("comfort", "舒适"),
    "holiday": ("holiday", "vacation", "度假", "假日"),
    "quiet": ("quiet", "silent", "静音", "安静"),
    "turbo": ("turbo", "max", "强力"),
    "normal": ("normal", "standard", "balanced", "标准"),
    "nature": ("natural", "nature", "breeze", "自然风", "自然"),
}
"""What devices call their modes, and what people do."""
