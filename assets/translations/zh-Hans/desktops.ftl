## Head of the screen

desktops-title = 云桌面
desktops-count = { $count }个桌面
# The desktops are those of desktops-count.
desktops-count-online = { $desktops }，{ $online }个在线
desktops-refresh = 刷新
desktops-search = 搜索桌面

## While there is no list

desktops-loading = 正在加载桌面…
desktops-none = 还没有云桌面
desktops-none-why = 您的工作区有了云桌面后，会显示在这里。
desktops-nothing-found = 未找到
desktops-nothing-found-why = 没有名称匹配的桌面。

## One desktop

desktops-online = 在线
desktops-starting = 正在启动
desktops-offline = 离线
desktops-offline-since = 离线，上次在线：{ $seen }
desktops-viewers = { $count }人正在查看
desktops-open = 打开
desktops-open-named = 打开{ $name }
desktops-not-online = 桌面上线后即可打开。
desktops-start = 启动
desktops-start-named = 启动{ $name }
desktops-may-not-start = 您无权启动桌面。
desktops-no-cloud = 无法连接到云端。
desktops-more = { $name }的更多操作

## Stopping one

desktops-stop = 停止…
desktops-stop-question = 要停止{ $name }吗？
desktops-stop-text =
    { $viewers ->
        [0] 桌面上运行的所有内容都将结束。
       *[other] 桌面上运行的所有内容都将结束。现在有{ $viewers }人正在查看。
    }
desktops-stop-yes = 停止桌面
desktops-cancel = 取消
