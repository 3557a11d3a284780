//! What the demonstration's people write to each other. In a conversation `true` says that the first of the two writes, which is the buyer.

/// Lines, and who writes them.
pub type Talk = &'static [(bool, &'static str)];

/// Before anything was bought.
pub const FIRST_TALK: Talk = &[
    (
        true,
        "Hello, is the account still for sale? Was it ever verified under another name?",
    ),
    (false, "还在的，一直是我自己用，没有实名给别人。"),
    (true, "Good. How long does rebinding the e-mail take?"),
    (false, "十分钟左右，我会在线配合你换绑，手机也一起换掉。"),
    (true, "Then I will buy it tonight."),
    (false, "好的，付款之后我两小时内交接。"),
];
pub const SECOND_TALK: Talk = &[
    (true, "Would you go down a little if I buy two?"),
    (false, "两个一起的话可以再便宜一点，你看中哪两个？"),
    (true, "I will look through your list and come back."),
];

/// While an account changes hands.
pub const AT_HAND_OVER: &[Talk] = &[
    &[
        (false, "交接资料已经提交了，先换绑邮箱，再改密码。"),
        (true, "收到，我现在登录看看。"),
        (true, "邮箱换好了，皮肤都在。"),
        (false, "好，有问题随时找我。"),
    ],
    &[
        (false, "Delivered. Rebind the e-mail first, please."),
        (true, "Thank you, that was quick. I am signing in now."),
        (true, "Everything is there, the rank too."),
    ],
    &[
        (true, "Hi, when will you be online for the phone number?"),
        (false, "Now. You will get the code in a minute."),
        (true, "It worked, thanks."),
    ],
    &[
        (false, "您好，账号已交接，请在期限内核对清单。"),
        (true, "清单第三项是什么意思？"),
        (false, "就是解除旧设备的授权，设置里点一下退出所有设备就行。"),
        (true, "明白了，谢谢。"),
    ],
    &[
        (true, "付款了，麻烦尽快交接。"),
        (false, "已经交接，请查收。"),
        (true, "好的，晚上下班后我来核对。"),
    ],
];

/// What buyers say when it went well: stars and words.
pub const REVIEWS: &[(i32, &str)] = &[
    (5, "Handed over quickly, everything as described."),
    (5, "交接很快，卖家很耐心，一步一步教我换绑。"),
    (4, "皮肤和描述一致，就是等了半天才上线交接。"),
    (5, "Friendly, and online when the phone number had to be changed."),
    (4, "Good account. One of the bindings took a day."),
    (5, "第二次在他这里买了，靠谱。"),
];
