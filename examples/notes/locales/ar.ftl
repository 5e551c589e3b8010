notes-brand = ملاحظات
notes-navigation = القائمة الرئيسية
notes-title = ملاحظاتي
notes-welcome = دوّن أفكارك
notes-about = مكان لملاحظاتك. لا يقرؤها أحد غيرك سوى فريق العمل.
notes-open = ملاحظاتي
notes-new = ملاحظة جديدة
notes-edit = تعديل الملاحظة
notes-delete = هل تريد حذف هذه الملاحظة؟
notes-none = لا توجد ملاحظات بعد. اكتب الأولى في الأعلى.
notes-no-match = لا توجد ملاحظة تطابق ”{ $search }“.

model-note = ملاحظة
    .plural = ملاحظات
    .field-title = العنوان
    .field-content = المحتوى
