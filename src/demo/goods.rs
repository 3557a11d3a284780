//! What the demonstration's listings say. Every text fits every game.

use entity::kinds::Locale;

/// A title and a description. `{n}` is a number between 2 and 60.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// One line.
    pub title: &'static str,
    /// What the buyer should know.
    pub description: &'static str,
}

const fn words(title: &'static str, description: &'static str) -> Words {
    Words { title, description }
}

/// What a seller of this language writes.
#[must_use]
pub const fn of(locale: Locale) -> &'static [Words] {
    match locale {
        Locale::ZhCn => &ZH_CN,
        Locale::En => &EN,
    }
}

const ZH_CN: [Words; 10] = [
    words(
        "开服老号自用 限定 {n} 款 可换绑",
        "开服玩到现在，一直是自己一个人在用，没有借出过。限定一共 {n} 款，图里都有。邮箱和手机都可以换绑，交接时在线配合。",
    ),
    words(
        "退坑转让 满级主号 资源充足",
        "工作忙了没时间上线，主号整个出。满级，常用的都练满了，仓库里还留着 {n} 份抽卡资源没动。诚心要可以小刀。",
    ),
    words(
        "高段位号 胜率稳定 无违规记录",
        "近 {n} 个赛季都在高段位，没有任何处罚记录。支持验号，付款后两小时内交接。",
    ),
    words(
        "全图鉴收藏号 限定齐全",
        "喜欢收藏的看过来：图鉴全开，往年限定有 {n} 个，后面基本不会复刻。只出一次，出了就真退坑。",
    ),
    words(
        "新手起步号 送 {n} 连抽",
        "刚开的小号，剧情没怎么推，适合想从头玩又想开局好一点的朋友。自带 {n} 连抽资源。",
    ),
    words(
        "自练号 主线全通 {n} 星",
        "主线和活动全部打完，星数 {n}，账号资料齐全，从未实名给别人。换绑流程我会一步步陪你走完。",
    ),
    words(
        "性价比号 该有的都有",
        "不是顶配，但该有的都有，拿来日常足够。皮肤 {n} 个，等级不低，价格已经是底价。",
    ),
    words(
        "双平台互通号 限定坐骑 {n} 个",
        "手机和电脑都能登录，数据互通。限定坐骑 {n} 个，称号若干，无绑定第三方平台。",
    ),
    words(
        "赛季冲榜号 装备成型",
        "上赛季冲榜用的号，装备已经成型，进游戏就能打。仓库余 {n} 组材料，一起送。",
    ),
    words(
        "情侣号其中一个 昵称可改",
        "和朋友一起玩的号，对方不玩了所以出。带改名卡，好友位可以清空。限定时装 {n} 套。",
    ),
];

const EN: [Words; 10] = [
    words(
        "Launch-day account, {n} limited skins",
        "Played by one person since launch and never lent to anybody. {n} limited skins, all in the pictures. E-mail and phone can be rebound; I stay online while you do it.",
    ),
    words(
        "Quitting: maxed main with resources",
        "No time to play any more, so the main goes as it is. Everything that matters is maxed, and {n} pulls' worth of resources are still unspent.",
    ),
    words(
        "High rank, clean record, {n} seasons",
        "High rank in each of the last {n} seasons, no penalty ever. You may check it before you confirm; I deliver within two hours.",
    ),
    words(
        "Collector's account, almost complete",
        "For collectors: the catalogue is all but complete, {n} of the pieces will hardly come back. I sell it once and then I am done.",
    ),
    words(
        "Fresh start with {n} pulls saved",
        "A young account, story hardly begun, for somebody who wants to start well. {n} pulls are saved up.",
    ),
    words(
        "Story cleared, {n} stars, self-made",
        "All of the story and the events are cleared with {n} stars. Never verified under another name. I walk you through the rebinding step by step.",
    ),
    words(
        "Honest mid-range account, fair price",
        "Not the top, but all you need for every day: {n} skins, a decent level, and a price that leaves no room to haggle.",
    ),
    words(
        "Cross-platform, {n} rare mounts",
        "Plays on phone and desktop with shared progress. {n} rare mounts, a few titles, no third-party platform linked.",
    ),
    words(
        "Season-ready build, gear complete",
        "Used for last season's ladder, the gear is complete and you can play at once. {n} stacks of materials come with it.",
    ),
    words(
        "One of a pair, name can be changed",
        "We played as two and the other one stopped. A rename card is included, {n} costumes, friends list can be cleared.",
    ),
];
