//! What makes a text a contact or a listed word.

use std::sync::LazyLock;

use regex::Regex;

use super::canon::{Canon, Number, is_phone};

/// Messengers that are also ways to sign in to a game: honest alone.
const PLAIN: &str = "微信|qq|wechat|weixin|wei xin|we chat|facebook|fb|line|discord|twitter|kakao|instagram|ig|snapchat|steam";
/// The same by names that are only used to hide.
const SLY: &str = "威信|威心|维心|薇信|维信|徽信|微芯|微心|巍信|围信|溦信|嶶信|喂信|为信|唯信|蔚信|薇心|v信|v心|vxin|wx|vx|wxid|weix|薇x|微x|威x|徽x|wei信|微xin|扣扣|抠抠|叩叩|蔻蔻|抠号|秋秋|丘丘|绿泡泡|绿色软件|绿色聊天|绿色app|kou kou|koukou|qiu qiu|qiuqiu|扣裙|q裙|d1sc0rd|disc0rd|d1scord|dizzy cord|dis cord|disc ord|te1egram|w3chat";
/// Nicknames that are heard in honest messages as well.
const NICK: &str = "q号|扣号|企鹅|鹅号|球球|小绿|卫星|微星|q群|扣群|企鹅群";
/// Messengers that no game signs in with: never honest.
const OUTSIDE: &str = "telegram|tele gram|yy频道|电报群|电报号|纸飞机|飞机号|飞机联系|whatsapp|watsapp|whats app|skype|viber|加tg|tg号|tg id|tg联系|teleg|陌陌号|抖音号|快手号|小红书号|支付宝号|支付宝账号|收款码|dc号|dc私|yy号|加钉|钉钉号";
/// Short names that mean a messenger only where an account follows.
const SHORT: &str = "vv+|tg|dc|ds|disc|dsc|ins|insta|snap|gmail|outlook|hotmail|mail|kook|signal";
/// What follows a messenger's name when it is a way to sign in, a region, a level.
const SIGN_IN: &str = "^(?: |大|安卓|苹果|ios|android|的)*(?:区|服|登|绑|端|系统|版|账号|帐号|号登|号绑|号区|渠道|授权|实名|解绑|换绑|扫码登|大作战|好友位|好友多|好友数|好友少|好友已|好友清|亲密|region|server|login|account|bound|linked|bind|zone|area|log|sign|verif|or |and |is bound|is linked|is not|is still|not |still |already |unbound|nitro|friends|friend list)";

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of ours")
}

macro_rules! patterns {
    ($($name:ident = $pattern:expr;)+) => {$(
        static $name: LazyLock<Regex> = LazyLock::new(|| compile(&$pattern));
    )+};
}

/// A messenger's name, letter by letter.
fn spaced() -> String {
    let names = ["discord", "telegram", "whatsapp", "wechat", "weixin", "skype"];
    let apart = |name: &str| name.chars().map(String::from).collect::<Vec<_>>().join("[^a-z0-9]{1,3}");
    format!("(?:^|[^a-z])(?:{})(?:[^a-z]|$)", names.map(apart).join("|"))
}

patterns! {
    SPACED = spaced();
    NOT_A_CONTACT = SIGN_IN;
    // "add me on", before a name. A single letter is a name only here.
    ADDED = format!("(?:加|佳|嘉|伽|珈|茄|留|互换|交换|jia|add|dm)(?:一下|一个|个|下|我们|我|你|您|的|上|到|好友|wo|me|my|ur|your|on|us|with|via| )*({PLAIN}|{SLY}|{NICK}|v|q|扣|薇|微|威|徽|w|徽|企)");
    // a name, then what one does with it
    ASKED = format!("(?:{PLAIN}|{SLY}|{NICK})(?:号码|号|账号|上)*(?:多少(?:啊|呀|呢|$|[^级区钱元块])|聊|联系|谈|说|私|转账|转给|转你|转我|转钱|收款|发你|发我|给你|给我|有吗|有么|有没有?(?:$|啊|呀|吗|呢|加|联)|加我|加你|加一下|加下|搜|沟通|咨询|详|细|名片|二维码|扫|走起|走吧|call)");
    GIVEN = format!("(?:给|发|要|换|留|有|问|报|推)(?:我|你|个|下|一下|一个|您|咱们|们|没有|的| )*(?:{SLY}|{NICK}|微信|qq|wechat|v|q)(?:号码|号)?(?:吗|吧|呗|呀|啊|么|了|$|联系|聊|我|你|方便|行|好|可)");
    OWN = format!("(?:我|你|您|老板|哥|姐|卖家|买家|本人)(?:的|个)?(?:{SLY}|{NICK}|微信|qq|扣|v|q)(?:号码|号)?(?:是(?:[a-z0-9])|叫|多少|同号|同步|就是|给|发|$)");
    NICKNAME = SLY;
    NEVER = OUTSIDE;
    ENGLISH = format!("(?:add|text|msg|message|dm|contact|reach|hit|find|talk|chat|ping|write|pm|call|continue|move|deal|speak)(?: me| you| us| it| this| there)?(?: up)?(?: [a-z]+)? (?:on|via|by|through|over|at|using|to|in) (?:my |the |your |ur )?(?:{PLAIN}|{SLY}|{NICK}|phone|mobile|email|gmail|telegram|insta|tg|sms|private)");
    ENGLISH_OWN = format!("(?:my|your|ur|our|got|have) (?:{PLAIN}|{SLY}|{NICK}|insta|tg|disc|dsc|snap)(?: id| number| handle| name| tag| user| username)?(?: is| s|$| [a-z_]*[0-9_]+| pls| please)");
    ENGLISH_NUMBER = "(?:my|your|ur|our) (?:phone|number|mobile|cell|email)(?: number)?(?: is [a-z_]*[0-9]| [a-z_]*[0-9]{4}| pls| please)|(?:what|whats|what s|have) (?:your|ur) (?:phone|number|mobile|cell|email)";
    ENGLISH_OUT = "(?:outside|off|leave|without|avoid|skip|bypass)(?: of)?(?: the| this)? (?:platform|site|website|app|fee|fees|escrow)|off platform|off site|paypal me|cash ?app|venmo|what s your number|my number|your number|whats your (?:number|phone|discord|wechat|qq)|what s your (?:phone|discord|wechat|qq|insta)|give me your (?:phone|number|contact|email|discord|wechat|qq)|send me your (?:phone|number|contact|email|discord|wechat|qq)|call me|text me|hmu|(?:wechat|snap|whatsapp|telegram|insta|kakao) me";
    PHRASE = "联系方式|联系电话|通讯方式|(?:打|拨)(?:我|个|一下|下)?(?:电话|手机)(?:给|联系|聊|说|$)|打电话(?:给|联系|聊|说)|电话(?:联系|聊|沟通|细聊|详聊|谈)|(?:留|给|发|要|报)(?:我|你|个|一个|下|一下|您)*(?:的)?(?:电话|手机号码|手机号$|号码|手机号给|手机号我)|私下(?:聊|联系|加|谈|交易|转|付|给|走|搞|买|卖)|加(?:个|一下|下|我)?好友(?:聊|私|细|详|谈|说|便宜|转)|(?:换|到|去)(?:个|别的|其他|其它)?(?:地方|软件|平台|地儿|app|渠道)(?:聊|谈|说|交易|联系)|(?:别处|外面|站外|场外|平台外|线下)(?:聊|联系|交易|谈|转|付|说|走)|扫码?加|加(?:我)?(?:的)?二维码|二维码(?:加|发)|发(?:你|我)?(?:个)?二维码|(?:闲鱼|咸鱼|转转|淘宝)(?:上)?(?:搜|找)(?:我|用户|店)|加群|进群|拉你(?:进|入)|群里聊|(?:去|走|上|用|在|到)(?:闲鱼|咸鱼|转转|淘宝|拼多多)(?:上)?(?:交易|拍|付|买|下单|聊|链接|找|走|给|转)|加我|戳我|滴滴我|dd我|我企鹅|我绿|我球球|我扣|wo de (?:wei|v|q|kou)|jia wo|jia ge|加微|加薇|加威|加v$|加q$|\\+v$|支付宝(?:直接)?(?:转|付给|打给|号|给你|给我|账户)|微信(?:转账|红包)|直接(?:转账|打款|转钱|转我|转你)|(?:打|转)(?:到)?(?:我)?(?:卡里|银行卡|卡上)";
    HALVES = "前(?:面|.{1,2}位).{0,8}[0-9]{2}.*后(?:面|.{1,2}位).{0,4}[0-9]{2}";
    MASKED = r"[0-9]{3}\*{2,}[^0-9]+[0-9]{6,8}(?:[^0-9]|$)";
    LIKE_DIGITS = "(?:^|[^a-z0-9])1[3-9o][0-9oil]{9}(?:[^a-z0-9]|$)";
    SPACED_ID = "(?:微 ?信|薇|威|v ?x|w ?x|q ?q|加|扣).{0,6}?(?:[a-z0-9] ){5,}[a-z0-9](?:[^a-z0-9]|$)";
    LINK = r"h(?:tt|xx)ps?:|discord\s?(?:\.|\(dot\)|\[dot\]|dot|点)\s?gg|t\s?(?:[.。]|dot|点)\s?m\s?[.。]?\s?e\s?(?:/|slash)|www\s*[.。]|\b[a-z0-9][a-z0-9-]*\s?(?:\.|。|点|·|,|\(dot\)|\[\.\]|\(\.\)| dot |丶)\s?(?:com|cn|net|org|cc|xyz|ccom)(?:[^a-z]|$)|[a-z0-9][a-z0-9-]*\.(?:top|vip|me|io|club|link|shop|app|co|info|tk|ru|site|online|live|icu|gg|ly|tv|im|pw|cf|ml|la|fun|wang|store|ink)(?:[^a-z]|$)|[a-z0-9._-]{2,}\s?(?:@|艾特|\(at\)|\[at\]| at )\s?[a-z0-9-]+\s?(?:\.|。|点| dot |\(dot\)|\[dot\]|,)\s?[a-z]{2,}|@[a-z0-9_]{4,}|@(?:qq|163|126|gmail|outlook|hotmail)|[a-z0-9_]{2,}\s?#\s?[0-9]{4}(?:[^0-9]|$)";
    CUE = format!("(?:{PLAIN}|{SLY}|{NICK}|{OUTSIDE}|加我|加你|加下|加一下|加个|加$|扣$|扣我|鹅$|微$|薇$|威$|徽$|q$|v$|w$|微是$|q是$|v是$|v我$|q我$|联系|找我|拨|电话|手机|号码|tel|phone|mobile|cell|call|text|sms|dial|number|contact|reach|群|qun|裙|君羊|搜|私我|滴我|滴滴|戳|dd|kou|dianhua|shouji|lianxi|jia|add|insta)");
    HONEST = "uid|银两|银子|铜钱|灵石|宝石|材料|资源|游戏id|id|订单|单号|编号|金币|战力|区|服|级|元|块|价|皮肤|钻|点券|余额|押|付|卖|出|收|积分|经验|排名|评分|伤害|角色|商品|尾号|¥|rmb|price|order|level|power|coins|gold|gems|score|ranking|rank";
    HONEST_AFTER = "^ ?(?:元|块|钱|金|钻|战力|战|点|分|级|币|万|w|k|的号|个|张|次|小时|场|星|经验|积分|左右|以内|以下|起|不刀|包|rmb|yuan|cny|gold|coins|gems|power|points|diamonds|usd)";
    HANDLE = format!("(?:{PLAIN}|{SLY}|{NICK}|{SHORT}|加v|加我|加|v|薇|微|q|徽|威)(?:号码|账号|账户|号|id|是|为|叫|搜|加|我| hao| shi| is| )*((?:[a-z_][a-z_]*[0-9][a-z0-9_]*|[a-z]+_[a-z0-9_]+))");
    DEVICE = "^(?:iphone|ip[0-9]|ipad|ios|android|huawei|xiaomi|redmi|oppo|vivo|samsung|mate|lv|level|vip|season|top|rank|sss|ssr|s[0-9]|v[0-9]{1,2}$|win|pc|ps|xbox|switch|area|zone|server|login|steam|dlc|ak|m4|p90|m416|rtx|gtx|hp|atk)";
    LISTED = "洗钱|跑分|赌博|博彩|下注|裸聊|约炮|办证|假币|代开发票|黑号|盗来的|盗号|洗号|黑卡|套现|诈骗教程|外挂出售|卖外挂|外挂私聊|刷单|毒品|枪支|money laundering|stolen account|gambling site|buy cheats";
    DENIED = "(?:(?:^|[^能可要行会])不(?:能|要|可以|可|许|允许|支持|接受|准|是|会|想|用|需要)?|别|勿|禁止|拒绝|谢绝|反对|杜绝|严禁|防止|小心|谨防|举报)[^ ]{0,3}$|(?:never|not|don t|dont|no|won t|can t|cannot|refuse to)(?: [a-z]+){0,3} ?$";
    GROUPED = format!("(?:{PLAIN}|{SLY}|{NICK}|加我|加v|加q|电话|手机|联系|扣|群|薇|微|威|徽|q|v)(?:号码|号|是|为|群|裙| )*((?:[0-9]{{2,4}} ){{1,4}}[0-9]{{2,4}})(?: ?[^0-9 ]|$)");
}

/// Whether a text gives or asks for a way to be reached outside.
pub fn is_contact(canon: &Canon) -> bool {
    let words = canon.words.as_str();
    LINK.is_match(&canon.letters)
        || canon.numbers.iter().any(|number| is_reached_by(canon, number))
        || is_only_number(canon)
        || meant(&NEVER, words)
        || meant(&ENGLISH, words)
        || not_denied(&ENGLISH_OUT, words)
        || meant(&ENGLISH_OWN, words)
        || meant(&PHRASE, words)
        || meant(&ASKED, words)
        || meant(&GIVEN, words)
        || meant(&OWN, words)
        || meant(&NICKNAME, words)
        || is_added(words)
        || is_grouped(words)
        || has_handle(words)
        || HALVES.is_match(words)
        || [&*SPACED, &*SPACED_ID, &*MASKED].iter().any(|rule| rule.is_match(&canon.letters))
        || LIKE_DIGITS
            .find_iter(&canon.letters)
            .any(|found| found.as_str().contains(['o', 'i', 'l']))
        || meant(&ENGLISH_NUMBER, words)
}

/// Whether a text holds a listed word, and does not speak against it.
pub fn has_listed_word(canon: &Canon) -> bool {
    not_denied(&LISTED, &canon.words)
}

/// A match that is not spoken against.
fn not_denied(rule: &Regex, words: &str) -> bool {
    rule.find_iter(words)
        .any(|found| !DENIED.is_match(&words[..found.start()]) && !cuts_a_word(words, found.start(), found.end()))
}

/// A match that is neither about signing in nor denied.
fn meant(rule: &Regex, words: &str) -> bool {
    rule.find_iter(words).any(|found| {
        !NOT_A_CONTACT.is_match(&words[found.end()..])
            && !DENIED.is_match(&words[..found.start()])
            && !cuts_a_word(words, found.start(), found.end())
    })
}

/// Whether Latin letters go on before or behind a match: `show xbox` has no `wx`.
fn cuts_a_word(words: &str, start: usize, end: usize) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_lowercase());
    let (first, last) = (words[start..].chars().next(), words[..end].chars().next_back());
    (is_letter(first) && is_letter(words[..start].chars().next_back())) || (is_letter(last) && is_letter(words[end..].chars().next()))
}

fn is_added(words: &str) -> bool {
    ADDED.captures_iter(words).any(|found| {
        let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else {
            return false;
        };
        let rest = &words[whole.end()..];
        let level = name.as_str().len() == 1 && rest.starts_with(|next: char| next.is_ascii_digit()) && digits_at_start(rest) < 5;
        !level
            && !NOT_A_CONTACT.is_match(rest)
            && !DENIED.is_match(&words[..whole.start()])
            && !cuts_a_word(words, whole.start(), whole.end())
    })
}

fn digits_at_start(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A name of letters and digits behind a messenger's: `微信 abc123`.
fn has_handle(words: &str) -> bool {
    HANDLE.captures_iter(words).any(|found| {
        let Some((whole, handle)) = found.get(0).zip(found.get(1)) else {
            return false;
        };
        handle.len() >= 6
            && !DEVICE.is_match(handle.as_str())
            && !behind_a_digit(words, whole.start())
            && !cuts_a_word(words, whole.start(), whole.end())
    })
}

/// `8q` is no name of a messenger.
fn behind_a_digit(words: &str, start: usize) -> bool {
    words[start..].starts_with(|first: char| first.is_ascii_lowercase()) && words[..start].ends_with(|last: char| last.is_ascii_digit())
}

/// A number in groups behind a messenger's name: `QQ 887 766 554`.
fn is_grouped(words: &str) -> bool {
    GROUPED.captures_iter(words).any(|found| {
        let Some((whole, groups)) = found.get(0).zip(found.get(1)) else {
            return false;
        };
        let digits = groups.as_str().bytes().filter(u8::is_ascii_digit).count();
        (8..=12).contains(&digits) && !HONEST_AFTER.is_match(&words[groups.end()..]) && !cuts_a_word(words, whole.start(), whole.start())
    })
}

/// Whether a number is one to be reached by: a telephone's, one hidden on purpose, or one that stands behind a messenger's name.
fn is_reached_by(canon: &Canon, number: &Number) -> bool {
    let (before, after) = (&canon.words[..number.at], &canon.words[number.at + number.digits.len()..]);
    let near = last_letters(before, 14).trim_end();
    let cue = CUE.find_iter(near).last().map(|found| found.end());
    let honest = HONEST.find_iter(near).last().map(|found| found.end());
    if honest.is_some_and(|honest| cue.is_none_or(|cue| honest > cue)) {
        return false;
    }
    if is_phone(&number.digits) || (number.odd && varies(&number.digits)) {
        return true;
    }
    cue.is_some() && (5..=12).contains(&number.digits.len()) && !HONEST_AFTER.is_match(after)
}

/// Neither `66666` nor `1234567`.
fn varies(digits: &str) -> bool {
    let mut kinds: Vec<u8> = digits.bytes().collect();
    let climbs = kinds.windows(2).all(|pair| pair[1] == pair[0] + 1);
    kinds.sort_unstable();
    kinds.dedup();
    digits.len() >= 6 && kinds.len() > 2 && !climbs
}

/// A message that is a number and nothing else, of the length of a messenger's account.
fn is_only_number(canon: &Canon) -> bool {
    let [number] = canon.numbers.as_slice() else { return false };
    let others = canon
        .words
        .chars()
        .filter(|letter| !letter.is_ascii_digit() && *letter != ' ')
        .count();
    others <= 1 && (8..=11).contains(&number.digits.len()) && varies(&number.digits)
}

fn last_letters(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
    &text[start..]
}
