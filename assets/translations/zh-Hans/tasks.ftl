## The list

tasks-title = 任务
tasks-new = 新建任务
tasks-loading = 正在加载任务…
tasks-none = 还没有任务
tasks-none-text = 任务告诉智能体要做什么。执行期间可以查看日志，完成后可以查看结果。
tasks-first = 编写第一个任务
tasks-kept = 已保存在这台电脑上；能连接到云端时会发送。
tasks-row = #{ $number } { $title }，{ $state }，{ $agent }，由{ $creator }创建，{ $changed }
tasks-no-agent = 无智能体
tasks-unknown-agent = 未知智能体

## The state of a task

tasks-state-queued = 排队中
tasks-state-running = 运行中
tasks-state-waiting = 等待中
tasks-state-done = 已完成
tasks-state-failed = 失败
tasks-state-cancelled = 已取消
tasks-state-unknown = 未知
tasks-running-percent = 运行中 { $percent }%

## Filters: which tasks are shown

tasks-shown-all = 全部
tasks-shown-open = 未结束
tasks-shown-running = 运行中
tasks-shown-waiting = 等待中
tasks-shown-done = 已完成
tasks-shown-failed = 失败
tasks-search = 搜索任务
tasks-search-hint = 标题或编号
tasks-filter-agent = 智能体
tasks-any-agent = 所有智能体
tasks-everyones = 所有人的
tasks-mine = 我的
tasks-nothing-found = 未找到任何内容
tasks-nothing-found-text = 没有符合条件的任务。
tasks-show-all = 显示所有任务

## One task

tasks-back = 返回任务列表
tasks-close = 关闭任务
tasks-not-yours = 只有任务的创建者或所有者可以更改此任务。
tasks-retry = 重试
tasks-assign = 分配
tasks-assign-to = 分配给智能体
tasks-assign-nobody = 不分配
tasks-outcome = 结果
tasks-why-failed = 失败原因
tasks-agent = 智能体
tasks-attempt = 尝试次数
tasks-created-by = 创建者
tasks-created = 创建时间
tasks-changed = 上次更改
tasks-brief = 任务说明
tasks-no-brief = 没有任务说明。

## The question before a task is cancelled

tasks-cancel = 取消任务
tasks-cancel-question = 要取消任务#{ $number }吗？
tasks-cancel-text = “{ $title }”将停止。已完成的部分会保留在日志中，之后可以重试。
tasks-cancel-keep = 让它继续

## The log of a task

tasks-log = 日志
tasks-log-lines =
    { $count ->
       *[other] { $count }行
    }
tasks-log-newest = 最新的20,000行
tasks-log-copy = 全部复制
tasks-log-copy-name = 复制整个日志
tasks-log-loading = 正在加载日志…
tasks-log-reload = 重新加载日志
tasks-log-empty = 还没有内容。智能体执行任务时，这里会出现日志。

## The form of a new task

tasks-form-title = 标题
tasks-form-title-hint = 用一行写明要做什么
tasks-form-brief-hint = 智能体需要了解的信息，以及希望得到的结果
tasks-form-agent = 任务的智能体
tasks-no-agent-yet = 暂无智能体
tasks-create = 创建任务
tasks-creating = 正在创建…
tasks-form-cancel = 取消
tasks-being-sent = 正在发送任务。
tasks-needs-title = 任务需要标题。
tasks-brief-too-long = 任务说明太长。
