## The lists

documents-title = 标准流程和技能
documents-sops = 标准流程
documents-skills = 技能
documents-generate-sop = 生成标准流程
documents-generate-first-sop = 生成第一个标准流程
documents-loading-sops = 正在加载标准流程…
documents-loading-skills = 正在加载技能…
documents-no-sops = 尚无标准流程
documents-no-sops-text = 标准流程逐步说明如何完成一件事，供人员和智能体使用。说明它的用途，系统就会为您写好。
documents-no-skills = 尚无技能
documents-no-skills-text = 技能是智能体能够做的事。它由标准流程编译而成：打开一个已就绪的标准流程，然后选择“编译技能”。
documents-show-sops = 显示标准流程
documents-ready = 就绪
documents-being-made = 正在生成
documents-being-made-now = 正在生成…
documents-being-made-percent = 正在生成{ $percent }%
documents-failed = 失败
documents-unknown = 未知

## One of them

documents-sop = 标准流程
documents-skill = 技能
documents-back-to-sops = 返回标准流程
documents-back-to-skills = 返回技能
documents-close-sop = 关闭标准流程
documents-close-skill = 关闭技能
documents-changed = 更改于{ $when }
documents-compile-skill = 编译技能
documents-being-compiled = 已有技能正在由它编译。
documents-copy-text = 复制文本
documents-compiled-from = 编译自
documents-compiled-from-name = 编译自{ $name }
documents-skill-name = 技能{ $name }
documents-deleted-sop = 已删除的标准流程
documents-appears-here = 就绪后会立即显示在这里。
documents-not-made = 无法生成。
documents-not-made-next = 请将其删除，并用更明确的目标重试。
documents-no-text = 没有文本。

## Deleting

documents-delete = 删除
documents-delete-question = 要删除“{ $name }”吗？
documents-delete-sop = 删除标准流程
documents-delete-sop-text = 由它编译的技能会保留。此操作无法撤销。
documents-delete-skill = 删除技能
documents-delete-skill-text = 智能体将无法再使用它。此操作无法撤销。
documents-keep = 保留

## A new SOP

documents-generate = 生成
documents-asking = 正在请求…
documents-cancel = 取消
documents-name = 名称
documents-name-hint = 核对发票
documents-goal = 目标
documents-goal-hint = 要做什么、为谁而做，以及不能忘记什么
documents-written-in-cloud = 标准流程在云端编写。这需要一两分钟，您可以继续工作。
documents-sop-asked-for = 正在请求生成标准流程。
documents-sop-needs-name = 标准流程需要名称。
documents-sop-needs-goal = 请说明标准流程的用途。
documents-goal-too-long = 目标过长。
