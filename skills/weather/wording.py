"""The sentences that ask for the weather; what is asked about is implied, for people name it in too many ways to list them."""

RULES = {
    "weather": "(weather update|weather|forecast|weather forecast|weather report|weather conditions|outlook)",
    "ask": "(what is|how is|tell me|give me|show me|check|check on|get|get me|read me|i need|let me know|do you know|look up|report)",
    "like": "[(like|going to be like|looking like|looking|doing|going to do|supposed to be|supposed to be like|supposed to do|"
    "meant to do|expected to be)]",
    "out": "[(outside|out|out there|outdoors|here|right now|now|at the moment|currently|there|around here)]",
    "when": "[(on|for|this|at|by|in the|during|over)] ({date}|{moment})",
    "where": "(in|for|at|over in|up in|down in|near|around) [the] {place}",
    "there": "[(<where> [<when>]|<when> [<where>])] <out>",
    "will": "(will it|is it going to|is it gonna|is it supposed to|is it likely to|is it expected to|does it look like it "
    "will|might it|could it|"
    "should we expect it to|do you think it will)",
    "any": "(will there be|is there|is there going to be|are we (getting|going to get|expecting)|do we expect|are they "
    "(forecasting|calling for)|"
    "should i expect|can we expect|do they expect|will we (get|have|see)) [(any|some|much|a lot of|more)]",
    "need": "(do i need|will i need|should i (take|bring|pack|wear|grab|carry)|do we need|will we need|shall i (take|bring)|"
    "do i want|need) "
    "[(a|an|my|the|to take|to bring|to wear|to pack)] [(a|an|my)]",
    "zh_when": "[(在|到)]({date}|{moment})",
    "zh_there": "[({place}<zh_when>|<zh_when>{place}|<zh_when>|{place})][的|那边|这边|那里|外面|外头|外边|现在|那儿|还]",
    "zh_how": "[是|会|都]"
    "(怎么样|如何|怎样|咋样|好吗|好不好|什么样|是什么样的|情况|状况|什么情况|怎么样啊|好不|咋样啊|什么样子|会怎么样|会怎样)",
    "zh_look": "[看看|看一下|查|查查|查一下|查询|帮我查|帮我看看|告诉我|说说|播报|播报一下|报一下|我想知道|想知道|给我|显示|"
    "查看|我要|请问|看]",
    "zh_will": "[还|是不是|是否|有没有可能|有可能|可能]"
    "(会|会不会|要|要不要|能|能不能|有没有|有|在|得|会有|是不是要|是不是在|是否会|会不会有|会再|又|又要|又在|还在|还会|还要)",
    "zh_end": "[吗|不|不会|没|没有|了吗|了没|了没有|呢|啊|吧|的|了|么|不会吧]",
}

EN = [
    "<ask> [the] <weather> <like> <there>",
    "what <weather> <like> <there>",
    "[the] <weather> <there>",
    "(what|how) (will|would|does|is) [the] <weather> (be|look|going to be|be looking|look like) [like] <there>",
    "what is it (like|going to be like|doing) (outside|out|out there) [<when>]",
    "what is it going to be like (outside|out|out there) [<when>]",
    "how is it looking (outside|out|out there) [<when>]",
    ("what (are conditions|conditions can i expect|weather can (i|we) expect|will the weather be|weather is expected) [like] <there>"),
    "{place} <weather> [<when>]",
    "[<when>] <weather> <where>",
    "is (the weather|it) (good|nice|bad|fine|lovely) (outside|out|today) [<when>]",
    "(is it|will it be) (nice|grim|miserable|lovely|good) (outside|out) [<when>]",
    "is there a storm coming [<when>]",
    "how is it looking for [the|this] {date}",
    "<any> (thunder|fog|hail|thunderstorms|a thunderstorm|a storm) [expected|forecast] <there>",
    "(seven|ten|five|7|10|5) day forecast [<where>]",
    (
        "<will> (rain|drizzle|shower|pour|bucket down|be rainy|be wet|be raining|be dry|stay dry|get wet|tip it down|chuck it "
        "down) [again] "
        "<there> {aspect=rain}"
    ),
    "is it (raining|pouring|drizzling|wet|bucketing down|tipping down|still raining|dry) [again|yet|still] <there> {aspect=rain}",
    "<any> (rain|showers|rainfall|drizzle) [expected|forecast|coming|due] <there> {aspect=rain}",
    (
        "(any|chance of|chances of|what is the chance of|what are the chances of|how likely is|how much) (rain|showers|rainfall) "
        "[expected|forecast|due|coming|is coming] <there> {aspect=rain}"
    ),
    "(rain|is rain expected|is rain forecast) <there> {aspect=rain}",
    "<need> (umbrella|raincoat|brolly|waterproofs|wellies|rain jacket|rain boots) <there> {aspect=rain}",
    (
        "(when|what time) (will|is|does|should) (it|the rain) (rain|start|stop|raining|start raining|stop raining|going to "
        "(rain|start|stop|"
        "start raining|stop raining|end)|end) <there> {aspect=rain}"
    ),
    "(am i|are we|will i|will we) (going to get|get) (wet|rained on|soaked) <there> {aspect=rain}",
    (
        "how (hot|cold|warm|chilly|cool|freezing|mild) (is it|will it be|will it get|is it going to be|does it get|is it "
        "going to get) <there> "
        "{aspect=temperature}"
    ),
    (
        "(what is|tell me|give me|check|how is) [the] [current|outside|outdoor|air] temperature [going to be] [like] <there> "
        "{aspect=temperature}"
    ),
    (
        "what (temperature is it|will the temperature be|temperature will it be|are the temperatures|is the high|is the low|"
        "will the high be) "
        "<there> {aspect=temperature}"
    ),
    (
        "what is the (high|low|high temperature|low temperature|highest temperature|lowest temperature|maximum|minimum) <there> "
        "{aspect=temperature}"
    ),
    "how many degrees is it <there> {aspect=temperature}",
    "(outdoor|outside) temperature [<when>] {aspect=temperature}",
    "(current temperature|temp outside) {aspect=temperature}",
    "temperature outside [<when>] {aspect=temperature}",
    (
        "(is it|<will> (be|get)|is it going to be) [too|very|really] (hot|cold|warm|chilly|freezing|below freezing|cool|icy|"
        "frosty|mild|warmer|"
        "colder|sweltering|boiling) <there> {aspect=temperature}"
    ),
    "<will> (freeze|warm up|cool down|get hot|get cold) <there> {aspect=temperature}",
    "<need> (coat|jacket|jumper|sweater|gloves|scarf|warm clothes|warm coat|hat|layers) <there> {aspect=temperature}",
    "<will> (snow|be snowy|be snowing|sleet) [again] <there> {aspect=snow}",
    "is it (snowing|sleeting|still snowing) [yet|again] <there> {aspect=snow}",
    "<any> (snow|snowfall|sleet) [expected|forecast|coming|due] <there> {aspect=snow}",
    (
        "(any|chance of|chances of|what is the chance of|what are the chances of|how much) (snow|snowfall) [on the way|"
        "expected|forecast|due] "
        "<there> {aspect=snow}"
    ),
    "(when|what time) (will|is) it (snow|going to snow|stop snowing|start snowing) <there> {aspect=snow}",
    "how (windy|strong is the wind|fast is the wind|blowy|breezy) [is it|will it be|is it going to be] <there> {aspect=wind}",
    "(what is|how is|how strong is|check) the wind [speed|like|strength|doing] [going to be] [like] <there> {aspect=wind}",
    "(is it|<will> (be|get)) [very|too|really] (windy|breezy|stormy|gusty|blowy) <there> {aspect=wind}",
    "<any> (wind|gale|gales|strong winds|gusts|breeze) [expected|forecast] <there> {aspect=wind}",
    "wind (speed|forecast) <there> {aspect=wind}",
    "(is it|<will> (be|get|stay)) [very|too|really] (sunny|bright|cloudy|clear|overcast|grey|sunny or cloudy) <there> {aspect=sun}",
    ("(is|will|when will) the sun (out|be out|shine|shining|come out|be shining|going to shine|going to come out) <there> {aspect=sun}"),
    "<any> (sun|sunshine) [expected|forecast] <there> {aspect=sun}",
    "<need> (sunglasses|sunscreen|sun cream|shades|sun hat|suncream|sun block) <there> {aspect=sun}",
    "(will|when will) the clouds clear [<when>] {aspect=sun}",
]

ZH = [
    "<zh_look><zh_there>[的]天气[预报]<zh_how><zh_end>",
    "<zh_look><zh_there>[的]天气[预报|情况|状况]",
    "<zh_look>天气[预报]<zh_there>",
    "<zh_look><zh_there>[是|会是](什么天气|啥天气|什么天儿|什么样的天气)",
    "(外面|外头|外边)[现在|今天][天气|天儿](怎么样|如何|咋样|什么情况|啥情况|好吗|好不好)",
    "<zh_there>天气[会|能]<zh_will>(好|变好|变坏|转好|变天)<zh_end>",
    "<zh_there><zh_will>(下雨|雨|下大雨|下小雨|降雨|阵雨|雷阵雨|下暴雨|暴雨|淋雨)<zh_end>{aspect=rain}",
    "<zh_there>(下雨|下大雨)<zh_end>{aspect=rain}",
    "<zh_there>(下雨的(概率|可能性|几率|可能)|降雨概率|降水概率|降雨量)[是|有]<zh_much>{aspect=rain}",
    "<zh_there>[出门](要不要|需不需要|用不用|要|需要|用|该不该|得|我要|我需要)[不要]带[把|一把]<zh_umbrella><zh_end>{aspect=rain}",
    "<zh_there>[这]雨(什么时候|几点|啥时候|多久|几点钟)[会|能|才|才能]停{aspect=rain}",
    "(什么时候|几点|啥时候)[会|开始|要]下雨{aspect=rain}",
    "<zh_there>[的][最高|最低|平均](气温|温度)[预报][是|会|有|会是]<zh_much>{aspect=temperature}",
    "<zh_look><zh_there>[的][最高|最低](气温|温度){aspect=temperature}",
    "<zh_there>[是|有|会有|会是|大概|能到|最高|最低](多少度|几度|多少摄氏度)[啊|呢|了]{aspect=temperature}",
    "<zh_there>[会|还]<zh_hot>(吗|不|么|呢|没|了吗|了没){aspect=temperature}",
    "<zh_there>[会|有]<zh_how_hot>{aspect=temperature}",
    "<zh_there><zh_will><zh_hot><zh_end>{aspect=temperature}",
    "<zh_there>(要不要|需不需要|用不用|要|需要|该不该)(穿|戴|加)[厚|件|一件]<zh_coat><zh_end>{aspect=temperature}",
    "<zh_there><zh_will>(下雪|雪|下大雪|降雪|下暴雪)<zh_end>{aspect=snow}",
    "<zh_there>下雪<zh_end>{aspect=snow}",
    "(什么时候|几点|啥时候)[会|开始]下雪{aspect=snow}",
    "<zh_there>[的]风(大吗|大不大|大|力多大|力几级|有多大|多大|速多少|速是多少|力怎么样|力如何){aspect=wind}",
    "<zh_there>[是|有|刮](几级风|多大的风|什么风|大风)<zh_end>{aspect=wind}",
    "<zh_there><zh_will>(刮风|起风|刮大风|有风|大风|台风)<zh_end>{aspect=wind}",
    "<zh_there>[的]风[大]<zh_end>{aspect=wind}",
    "<zh_there><zh_will>(出太阳|太阳|放晴|晴|晴天|阳光|转晴|多云|阴天)<zh_end>{aspect=sun}",
    "<zh_there>(出太阳|太阳大|有太阳|是晴天|是阴天|晴|天晴)<zh_end>{aspect=sun}",
    "<zh_there>[是](晴天还是阴天|晴还是阴|晴还是雨){aspect=sun}",
    "<zh_there>(要不要|需不需要|用不用|要|需要)(涂防晒|戴墨镜|防晒|涂防晒霜|戴太阳镜)<zh_end>{aspect=sun}",
    "<zh_there>[的]紫外线(强吗|强不强|怎么样|强度|大吗){aspect=sun}",
]

RULES |= {
    "zh_much": "(多少|多少度|几度|多大|高吗|高不高|大吗|怎么样|如何|大不大|是多少|多高|是几度|有多大)",
    "zh_umbrella": "(伞|雨伞|雨衣|雨具)",
    "zh_hot": "(热|冷|凉|凉快|暖和|冻|很热|很冷|降温|升温|零下|结冰|变冷|变热|霜冻|特别冷|太热|太冷)",
    "zh_how_hot": "(热不热|冷不冷|暖和不暖和|有多热|有多冷|多热|多冷|凉不凉|凉快不凉快)",
    "zh_coat": "(外套|大衣|羽绒服|衣服|毛衣|围巾|手套|帽子|秋裤|棉袄|夹克)",
}

SENTENCES = {"en": EN, "zh": ZH}
