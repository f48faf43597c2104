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
