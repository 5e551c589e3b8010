notes-brand = 笔记
notes-navigation = 主菜单
notes-title = 我的笔记
notes-welcome = 随手记下
notes-about = 这里存放您的笔记。除工作人员外，其他人无法阅读。
notes-open = 我的笔记
notes-new = 新建笔记
notes-edit = 编辑笔记
notes-delete = 要删除这条笔记吗？
notes-none = 还没有笔记。请在上方写下第一条。
notes-no-match = 没有与“{ $search }”匹配的笔记。

model-note = 笔记
    .plural = 笔记
    .field-title = 标题
    .field-content = 内容
