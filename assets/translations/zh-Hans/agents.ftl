## The list

agents-title = 智能体
agents-new = 新建智能体
agents-owners-only = 只有所有者可以更改智能体。
agents-loading = 正在加载智能体…
agents-none = 还没有智能体
agents-none-text-owner = 智能体执行任务。它使用LLM提供商的模型，并遵循指令。
agents-none-text-member = 智能体执行任务。第一个智能体由工作区的所有者创建。
agents-first = 创建第一个智能体
agents-row = { $name }，{ $provider } { $model }，{ $keys }
agents-has-key = 已设置密钥
agents-no-key = 无密钥

## One agent

agents-back = 返回智能体列表
agents-close = 关闭智能体
agents-edit = 编辑
agents-delete = 删除
agents-provider = 提供商
agents-model = 模型
agents-changed = 上次更改
agents-instructions = 指令
agents-no-instructions = 没有指令。

## Its API keys

agents-keys = API密钥
agents-no-key-for = 还没有{ $provider }的密钥
agents-key-set = 设置密钥
agents-key-set-on = 设置于{ $date }
agents-key-row = { $provider }密钥…{ $end }，设置于{ $date }
agents-key-remove-named = 移除{ $provider }密钥
agents-key-replace-named = 替换{ $provider }密钥

## Questions before something is deleted

agents-delete-agent = 删除智能体
agents-delete-question = 要删除{ $name }吗？
agents-delete-text = 它的任务将变为未分配，它的API密钥将被删除。此操作无法撤销。
agents-delete-keep = 保留
agents-key-remove = 移除密钥
agents-key-remove-question = 要移除{ $provider }密钥吗？
agents-key-remove-text = 在设置新密钥之前，{ $name }无法再使用{ $provider }。
agents-key-remove-keep = 保留

## The form of an agent

agents-form-edit = 编辑智能体
agents-form-name = 名称
agents-form-name-hint = 研究
agents-form-other = 其他
agents-form-other-name = 提供商的名称
agents-form-model-hint = 模型的名称
agents-form-use-model = 使用{ $model }
agents-form-instructions-hint = 最先告诉智能体的内容
agents-form-create = 创建智能体
agents-form-save = 保存
agents-form-saving = 正在保存…
agents-cancel = 取消
agents-being-saved = 正在保存智能体。
agents-needs-name = 智能体需要名称。
agents-needs-provider = 智能体需要提供商。
agents-needs-model = 智能体需要模型。
agents-instructions-too-long = 指令太长。

## The form of an API key

agents-key = API密钥
agents-key-title = { $name }的API密钥
agents-key-hint = 粘贴到这里
agents-key-note = 只写入一次，之后不再显示。云端会加密保存。
agents-key-save = 设置密钥
agents-key-writing = 正在写入…
agents-key-being-written = 正在写入密钥。
agents-key-needs-provider = 密钥必须属于某个提供商。
agents-key-needs-key = 请先粘贴密钥。
