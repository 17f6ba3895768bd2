## The screen

people-title = 用户
people-count =
    { $count ->
       *[other] { $count }人
    }
people-count-invited =
    { $people ->
        [0] 已邀请{ $invited }人
       *[other] { $people }人，已邀请{ $invited }人
    }
people-invite = 邀请
people-loading = 正在加载用户…
people-none = 这里还没有人
people-none-text = 邀请要使用此工作区的人员。
people-owners-only = 只有所有者可以查看用户
people-owners-only-text = 所有者可以邀请人员、更改其角色以及移除人员。

## The table

people-row = { $name }，{ $email }，{ $role }，{ $state }
people-you = { $name }（你）
people-owner = 所有者
people-member = 成员
people-invitation-open = 邀请待接受
people-not-joined = 尚未加入
people-seen = 上次访问：{ $date }
people-never-seen = 从未访问
people-never = 从未
people-role-of = { $name }的角色
people-own-role = 不能更改自己的角色。其他所有者可以更改。
people-own-removal = 不能移除自己。其他所有者可以移除。
people-last-owner = 工作区需要一位所有者。
people-withdraw-name = 撤回对{ $email }的邀请
people-remove-name = 移除{ $name }

## The question before somebody is removed

people-withdraw = 撤回
people-withdraw-question = 要撤回对{ $email }的邀请吗？
people-withdraw-text = 邀请码将失效。
people-remove = 移除
people-remove-question = 要移除{ $name }吗？
people-remove-text = 其会话将立即结束。其创建的内容会保留在{ $workspace }中。
people-cancel = 取消

## The form of an invitation

people-invite-somebody = 邀请他人
people-email = 电子邮件
people-email-hint = you@company.com
people-role = 角色
people-members-may = 成员可以使用桌面、任务、标准流程和技能。
people-owners-may = 所有者还可以管理用户、智能体及其密钥。
people-invite-make = 创建邀请
people-inviting = 正在邀请…
people-being-invited = 正在创建邀请。
people-needs-email = 请输入完整的电子邮件地址。

## The code of an invitation

people-invited-title = 邀请已创建
people-code-give = 请把此邀请码交给{ $email }；它只显示一次。
people-code-until = 对方在登录时输入此邀请码。有效期至{ $until }。
people-code-copy = 复制邀请码
people-code-copied = 已复制
people-code-done = 完成
