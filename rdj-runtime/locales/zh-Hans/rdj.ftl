# The texts of rdj itself in Chinese (simplified).

## Errors of requests and events

rdj-bad-request = 无法识别该请求。
rdj-unknown-action = 该操作不存在。
rdj-gone = 该条目已不存在。
rdj-page-gone = 该页面已不存在。
rdj-no-page = 此地址没有页面。
rdj-wrong-method = 不能以这种方式使用此地址。
rdj-bad-host = 此处不提供该地址的服务。
rdj-page-outdated = 此页面已过期，请重新加载。
rdj-page-busy = 此页面仍在处理中，请稍候。
rdj-login-required = 请先登录。
rdj-denied = 您没有执行此操作的权限。
rdj-failed = 出现错误。
rdj-failed-id = { $text }（错误 { $id }）
rdj-address-invalid = 目标地址无效。
rdj-timeout = 服务器响应超时，请重试。
rdj-too-much = 一次发送的数据过多。
rdj-too-many-requests = 请求过于频繁，请稍候。
rdj-refused = 服务器拒绝了该请求。
rdj-csrf-failed = 表单已失效，请重新加载页面后再试。
rdj-csrf-cookie = 本网站需要 Cookie 才能识别自己的表单。请允许本网站使用 Cookie，重新加载页面后再次提交表单。
rdj-csrf-origin = 该表单来自其他网站。请打开本网站并从这里提交。
rdj-session-ended = 您的会话在处理该请求时已结束，请重试。

## Pages about errors

rdj-error-400 = 请求无效
rdj-error-401 = 需要登录
rdj-error-403 = 禁止访问
rdj-error-404 = 页面未找到
rdj-error-405 = 不允许使用该方法
rdj-error-409 = 冲突
rdj-error-413 = 请求过大
rdj-error-422 = 无法处理的请求
rdj-error-429 = 请求过多
rdj-error-500 = 服务器内部错误

## Values that are not taken

rdj-required = 此字段为必填项。
rdj-too-long = 最多 { $most } 个字符（当前 { $length } 个）。
rdj-too-short = 至少 { $least } 个字符（当前 { $length } 个）。
rdj-choose-one = 请从给定的选项中选择。
rdj-not-editable = 此字段无法编辑。
rdj-may-not-change = 您无权更改此项。
rdj-null-characters = 不允许使用空字符。
rdj-enter-yes-no = 请选择“是”或“否”。
rdj-enter-integer = 请输入整数。
rdj-enter-integer-between = 请输入 { $min } 到 { $max } 之间的整数。
rdj-enter-number = 请输入数字。
rdj-enter-uuid = 请输入有效的 UUID。
rdj-enter-date = 请输入有效的日期。
rdj-enter-time = 请输入有效的时间。
rdj-enter-datetime = 请输入有效的日期和时间。
rdj-enter-json = 请输入有效的 JSON（第 { $line } 行，第 { $column } 列）。
rdj-too-small = 请输入不小于 { $least } 的值。
rdj-too-large = 请输入不大于 { $most } 的值。
rdj-enter-value = 请输入有效的值。
rdj-correct-errors = 请更正以下错误。
rdj-unique = 具有该值的{ $label }已存在。
rdj-unique-together = 具有这些值的{ $label }已存在。
rdj-not-allowed = 此处不允许该值。
rdj-not-allowed-together = 这些值不能同时使用。
rdj-conflict = 其他人已在此期间更改了该条目。您的更改尚未保存。
rdj-conflict-field = 字段
rdj-conflict-before = 之前
rdj-conflict-theirs = 现在
rdj-conflict-yours = 您的值
rdj-keep-mine = 保存我的
rdj-take-theirs = 采用对方的
rdj-field-error = { $label }：{ $error }
rdj-conflict-caption = 双方均已更改

## Rows

rdj-noun = { $lower }
rdj-not-found = 未找到{ $label }。
rdj-edited-gone = 该{ $label }已被删除，或您不再有权编辑。您输入的内容仍保留在此。
rdj-saved = { $label }已保存。
rdj-deleted = { $label }已删除。
rdj-in-use = { $label }仍在使用中，无法删除。
rdj-delete-along = { $label }无法删除：{ $models }也会一并删除，而您没有相应的权限。

## Forms

rdj-save = 保存
rdj-really = 确定要执行此操作吗？
rdj-leave = 不保存就离开吗？您输入的内容将会丢失。
rdj-cancel = 取消
rdj-optional = （可选）
rdj-form-new = 新建{ $noun }
rdj-form-edit = 编辑{ $noun }
rdj-picker-search = 搜索{ $label }
rdj-picker-more = 仅显示前 { $count } 项，请搜索其他项。
rdj-picker-none = 未找到任何内容。
rdj-picker-create = 新建“{ $text }”
rdj-file-stored = 已保存：{ $size }。
rdj-file-download = 下载
rdj-file-remove = 移除已保存的文件
rdj-file-too-large = 文件太大：最多接受 { $most }。
rdj-file-empty = 文件是空的。
rdj-file-type = 不接受这种类型的文件。请选择以下类型之一：{ $types }。
rdj-file-again = 请重新选择文件：它尚未保存。

## Child rows in the form of their parent

rdj-inline-row = { $label } { $number }
rdj-inline-add = 添加{ $noun }
rdj-inline-remove = 移除
rdj-inline-remove-row = 移除 { $row }
rdj-inline-more = 仅显示前 { $count } 项，其他项保持不变。
rdj-inline-min = 至少需要 { $count } 个{ $noun }。
rdj-inline-max = 最多可以有 { $count } 个{ $noun }。
rdj-inline-gone = 其他人已删除此条目。再次保存可重新添加，也可以将其移除。
rdj-inline-conflict = 其他人已将此值改为“{ $value }”。再次保存可保留您的值。
rdj-inline-used = 此条目仍在使用中，无法删除。

## Tables

rdj-actions = 操作
rdj-edit = 编辑
rdj-edit-row = 编辑 { $row }
rdj-delete = 删除
rdj-delete-row = 删除 { $row }
rdj-delete-confirm = 确定要删除此{ $noun }吗？
rdj-count = { $count } 个{ $nouns }
rdj-none-yet = 还没有{ $nouns }。
rdj-none-found = 没有符合搜索条件的{ $nouns }。
rdj-yes = 是
rdj-no = 否
rdj-bytes = { $count } 字节

## Pages of a list, search

rdj-pagination = 分页
rdj-page-of = 第 { $page } 页，共 { $count } 页
rdj-page-total = （{ $count } 个{ $nouns }）
rdj-previous = 上一页
rdj-next = 下一页
rdj-search = 搜索

## Filters of a list, actions for selected rows

rdj-filter = 筛选
rdj-filter-any = 全部
rdj-filter-clear = 清除筛选
rdj-filter-from = { $label }（起）
rdj-filter-to = { $label }（止）
rdj-filter-empty = { $label }：为空
rdj-page-number = 第 { $page } 页
rdj-first = 首页
rdj-last = 末页
rdj-select-row = 选择{ $row }
rdj-select-page = 选择本页所有行
rdj-bulk-action = 操作
rdj-bulk-run = 执行
rdj-bulk-selected = 已选择 { $count } 个{ $nouns }
rdj-bulk-all = { $count ->
    [0] 所有页面的全部{ $nouns }
   *[other] 所有页面的全部 { $count } 个{ $nouns }
}
rdj-bulk-confirm = 要对所选{ $nouns }执行此操作吗？
rdj-bulk-question = { $action }：{ $selected }
rdj-bulk-deleted = 已删除 { $count } 个{ $nouns }。
rdj-bulk-done = 已更改 { $count } 个{ $nouns }。
rdj-bulk-refused = 未处理 { $count } 个{ $nouns }：
rdj-bulk-none = 未选择{ $nouns }。
rdj-bulk-progress = 已处理 { $count } / { $total } 个{ $nouns }
rdj-bulk-progress-open = 已处理 { $count } 个{ $nouns }
rdj-progress = 进度

## Layout

rdj-skip = 跳到正文
rdj-language = 语言
rdj-language-choose = 切换语言
rdj-language-unknown = 该语言不可用。
rdj-time-zone-unknown = 无法识别该时区。

## Texts of the browser's side

rdj-client-lost = 连接已断开，您最近的操作可能未保存。
rdj-client-offline = 连接已断开，正在重试。
rdj-client-large = 内容过大。
rdj-client-slow = 所需时间比平时长。
rdj-client-update = 有新版本可用。
rdj-client-stuck = 目前无法显示此页面。
rdj-client-draft = 您输入的内容已恢复。页面在此期间发生了变化。
rdj-client-reload = 重新加载
rdj-client-dismiss = 关闭

## 文件

rdj-upload-too-large = 文件太大：最多接受 { $most } MB。
rdj-upload-none = 请选择一个文件。
rdj-upload-stalled = 长时间未收到数据，上传已中止。
rdj-upload-too-many = 文件过多：一次最多接受 { $most } 个。
rdj-upload-done = 已上传。
rdj-upload-stopped = 已取消。
rdj-upload-leave = 文件仍在上传。要离开页面并取消上传吗？
rdj-too-many-tasks = 此页面正在运行的任务过多。请等待其中一个结束。
rdj-import-file = CSV 文件
rdj-import-check = 检查文件
rdj-import-confirm = 导入
rdj-import-report = 检查结果
rdj-import-summary = 新增：{ $created }。更改：{ $updated }。未变：{ $unchanged }。
rdj-import-done = 已导入。新增：{ $created }。更改：{ $updated }。
rdj-import-errors = { $count } 个错误。请在文件中改正后重新选择。
rdj-import-more = 还有 { $count } 个未显示。
rdj-import-ignored = 未读取的列：{ $columns }
rdj-import-line = 行
rdj-import-field = 字段
rdj-import-error = 错误
rdj-import-choose = 请选择文件。
rdj-import-again = 文件已不在：请重新选择。
rdj-import-no-text = 这不是 UTF-8 文本。
rdj-import-no-columns = 没有与字段同名的列。第一行是列名。
rdj-import-twice = 列 { $column } 出现了两次。
rdj-import-width = 此行有 { $found } 列，而第一行有 { $expected } 列。
rdj-import-key = 这不是有效的键。

## History

rdj-history-open = 历史记录
rdj-history-close = 关闭历史记录
rdj-history-of = { $row }的历史记录
rdj-history-none = 尚未记录此条目的任何更改。
rdj-history-nobody = 未登录的用户
rdj-history-create-by = 由 { $user } 创建
rdj-history-update-by = 由 { $user } 更改
rdj-history-delete-by = 由 { $user } 删除
rdj-history-undo-by = 由 { $user } 撤销
rdj-history-from-to = 从“{ $old }”改为“{ $new }”
rdj-history-empty = 空
rdj-history-changed = 已更改
rdj-history-added = 已添加：{ $rows }
rdj-history-removed = 已移除：{ $rows }
rdj-history-undo = 撤销
rdj-history-undo-of = 撤销 { $at } 的更改
rdj-history-undone = { $label }：更改已撤销。
rdj-history-nothing = 没有可撤销的内容了。
rdj-history-conflict = 此后又被更改：{ $fields }。未撤销。
rdj-history-taken = 无法恢复：它的位置已被占用，或缺少所需的内容。
rdj-history-incomplete = 无法恢复：记录不完整。
