"""Colours, amounts, speeds and modes as people call them."""

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
    **dict.fromkeys(("玫红", "玫瑰红"), (255, 0, 127)),
    **dict.fromkeys(("酒红", "暗红", "深红"), (128, 0, 32)),
    **dict.fromkeys(("橙黄", "橘黄"), (255, 190, 60)),
    **dict.fromkeys(("橘红", "橙红"), (255, 69, 0)),
    **dict.fromkeys(("淡绿", "浅绿", "果绿", "草绿"), (144, 238, 144)),
    **dict.fromkeys(("墨绿", "深绿"), (0, 100, 0)),
    **dict.fromkeys(("宝蓝",), (65, 105, 225)),
    **dict.fromkeys(("冰蓝", "淡蓝"), (173, 216, 230)),
    **dict.fromkeys(("浅紫",), (200, 160, 255)),
    **dict.fromkeys(("深紫",), (75, 0, 110)),
    **dict.fromkeys(("淡粉", "浅粉", "樱花粉"), (255, 192, 203)),
    **dict.fromkeys(("浅黄", "淡黄", "鹅黄"), (255, 255, 150)),
}
"""Red, green, blue, 0-255."""

WARMTHS: dict[str, int] = {
    **dict.fromkeys(("candle light", "candlelight", "candle", "烛光"), 1900),
    **dict.fromkeys(
        (
            "warm white",
            "warm",
            "soft white",
            "warm light",
            "暖白",
            "暖光",
            "暖黄",
            "暖色",
            "暖白光",
            "暖黄光",
            "暖",
            "米黄",
            "米白",
            "奶白",
        ),
        2700,
    ),
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
