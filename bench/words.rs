//! Words of which titles and descriptions are made, as traders write them.

/// Parts of a Chinese title, each of which may stand with the others.
pub const ZH_TITLE: &[&str] = &[
    "全英雄",
    "满级",
    "实名可改",
    "自用号",
    "手机可换绑",
    "成年号",
    "老玩家转手",
    "急出",
    "低价",
    "可小刀",
    "首充号",
    "皮肤多",
    "限定齐全",
    "战力前百",
    "开局号",
    "内测老号",
    "绝版皮肤",
    "高胜率",
    "荣耀典藏",
    "水晶武器",
    "满命五星",
    "双修大号",
    "毕业号",
    "送道具",
    "无处罚记录",
    "可验号",
    "秒发",
];
/// Parts of an English title.
pub const EN_TITLE: &[&str] = &[
    "full access",
    "original owner",
    "all heroes",
    "max level",
    "rare skins",
    "clean record",
    "e-mail included",
    "hand levelled",
    "limited set",
    "endgame ready",
    "fresh start",
    "high win rate",
    "top 100 ladder",
    "beta account",
    "negotiable",
    "instant delivery",
    "no bans",
    "collector's",
];
/// Sentences of a Chinese description.
pub const ZH_TEXT: &[&str] = &[
    "自己从内测玩到现在，工作忙没时间了，所以转手。",
    "所有皮肤都是自己买的，没有任何异常登录记录。",
    "绑定的手机和邮箱都可以换绑，交易当天就能处理完。",
    "账号没有被封禁或禁言过，信誉分一直是满的。",
    "截图都是今天刚拍的，所见即所得，有问题可以先聊。",
    "活动限定的道具都在，背包里还有不少没用完的材料。",
    "段位是单排打上去的，没有代练，战绩可以随便查。",
    "价格可以小议，诚心要的请直接联系，不回低价消息。",
    "实名信息可以配合修改，质保期内出现找回全额退款。",
    "每个角色都培养过，命座和武器都比较齐，开图进度很高。",
];
/// Sentences of an English description.
pub const EN_TEXT: &[&str] = &[
    "I have played this account since the first season and no longer find the time.",
    "Everything on it was bought by myself; there were never sign-ins from elsewhere.",
    "Phone and e-mail can be rebound the same day, I stay around until it is done.",
    "Never banned, never muted, the honour score is as high as it goes.",
    "The screenshots are from today, what you see is what you get.",
    "All items of past events are there, with a good stock of materials besides.",
    "The rank was played solo without any boosting; look at the match history.",
    "The price is fair and a little negotiable for a quick decision.",
    "The linked platforms have been removed and nothing else depends on it.",
    "Most characters are fully built and the map is nearly complete.",
];
/// Nicknames' first parts.
pub const NICK: &[&str] = &[
    "夜雨", "长风", "星河", "北辰", "青柠", "阿九", "白鹿", "云舒", "Nova", "Lyra", "Kestrel", "Maple", "Orin", "Juniper", "Sable", "Quill",
];
