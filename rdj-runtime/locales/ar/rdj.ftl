# The texts of rdj itself in Arabic.

## Errors of requests and events

rdj-bad-request = تعذّر فهم الطلب.
rdj-unknown-action = هذا الإجراء غير موجود.
rdj-gone = لم يعد هذا العنصر موجودًا.
rdj-page-gone = لم تعد هذه الصفحة موجودة.
rdj-no-page = لا توجد صفحة في هذا العنوان.
rdj-wrong-method = لا يمكن استخدام هذا العنوان بهذه الطريقة.
rdj-bad-host = هذا العنوان غير متاح هنا.
rdj-page-outdated = لم تعد هذه الصفحة حديثة. يُرجى تحميلها مرة أخرى.
rdj-page-busy = لا تزال هذه الصفحة قيد العمل. يُرجى الانتظار قليلًا.
rdj-login-required = يُرجى تسجيل الدخول.
rdj-denied = ليس لديك إذن للقيام بذلك.
rdj-failed = حدث خطأ ما.
rdj-failed-id = { $text } (الخطأ { $id })
rdj-address-invalid = عنوان الوجهة غير صالح.
rdj-timeout = استغرق الخادم وقتًا طويلًا. يُرجى المحاولة مرة أخرى.
rdj-too-much = البيانات المرسلة دفعة واحدة أكثر من اللازم.
rdj-too-many-requests = عدد الطلبات كبير جدًا. يُرجى الانتظار قليلًا.
rdj-refused = رفض الخادم الطلب.
rdj-csrf-failed = انتهت صلاحية النموذج. يُرجى إعادة تحميل الصفحة والمحاولة مرة أخرى.
rdj-csrf-cookie = يحتاج هذا الموقع إلى ملف تعريف ارتباط ليتعرّف على نماذجه. اسمح بملفات تعريف الارتباط لهذا الموقع، ثم أعد تحميل الصفحة وأرسل النموذج مرة أخرى.
rdj-csrf-origin = أُرسل النموذج من موقع آخر. افتح هذا الموقع وأرسله منه.
rdj-session-ended = انتهت جلستك أثناء تنفيذ هذا الطلب. يُرجى المحاولة مرة أخرى.

## Pages about errors

rdj-error-400 = طلب غير صالح
rdj-error-401 = يلزم تسجيل الدخول
rdj-error-403 = الوصول مرفوض
rdj-error-404 = الصفحة غير موجودة
rdj-error-405 = الطريقة غير مسموح بها
rdj-error-409 = تعارض
rdj-error-413 = الطلب كبير جدًا
rdj-error-422 = تعذّرت معالجة الطلب
rdj-error-429 = طلبات كثيرة جدًا
rdj-error-500 = خطأ داخلي في الخادم

## Values that are not taken

rdj-required = هذا الحقل مطلوب.
rdj-too-long = { $most ->
    [zero] لا يُسمح بأي حرف (العدد الحالي { $length }).
    [one] حرف واحد على الأكثر (العدد الحالي { $length }).
    [two] حرفان على الأكثر (العدد الحالي { $length }).
    [few] { $most } أحرف على الأكثر (العدد الحالي { $length }).
    [many] { $most } حرفًا على الأكثر (العدد الحالي { $length }).
   *[other] { $most } حرف على الأكثر (العدد الحالي { $length }).
}
rdj-too-short = { $least ->
    [zero] لا حدّ أدنى لعدد الأحرف (العدد الحالي { $length }).
    [one] حرف واحد على الأقل (العدد الحالي { $length }).
    [two] حرفان على الأقل (العدد الحالي { $length }).
    [few] { $least } أحرف على الأقل (العدد الحالي { $length }).
    [many] { $least } حرفًا على الأقل (العدد الحالي { $length }).
   *[other] { $least } حرف على الأقل (العدد الحالي { $length }).
}
rdj-choose-one = يُرجى اختيار إحدى القيم المتاحة.
rdj-not-editable = لا يمكن تعديل هذا الحقل.
rdj-may-not-change = لا يُسمح لك بتغيير هذا.
rdj-null-characters = الأحرف الفارغة (null) غير مسموح بها.
rdj-enter-yes-no = يُرجى اختيار نعم أو لا.
rdj-enter-integer = يُرجى إدخال عدد صحيح.
rdj-enter-integer-between = يُرجى إدخال عدد صحيح من { $min } إلى { $max }.
rdj-enter-number = يُرجى إدخال رقم.
rdj-enter-uuid = يُرجى إدخال معرّف UUID صالح.
rdj-enter-date = يُرجى إدخال تاريخ صالح.
rdj-enter-time = يُرجى إدخال وقت صالح.
rdj-enter-datetime = يُرجى إدخال تاريخ ووقت صالحين.
rdj-enter-json = أدخل JSON صالحًا (السطر { $line }، العمود { $column }).
rdj-too-small = أدخل قيمة لا تقل عن { $least }.
rdj-too-large = أدخل قيمة لا تزيد على { $most }.
rdj-enter-value = يُرجى إدخال قيمة صالحة.
rdj-correct-errors = يُرجى تصحيح الأخطاء أدناه.
rdj-unique = { $label }: هذه القيمة موجودة من قبل.
rdj-unique-together = { $label }: هذه القيم موجودة من قبل.
rdj-not-allowed = هذه القيمة غير مسموح بها هنا.
rdj-not-allowed-together = هذه القيم غير مسموح بها معًا.
rdj-conflict = غيّر شخص آخر هذا العنصر في هذه الأثناء. لم تُحفظ تغييراتك بعد.
rdj-conflict-field = الحقل
rdj-conflict-before = قبل
rdj-conflict-theirs = الآن
rdj-conflict-yours = قيمتك
rdj-keep-mine = احفظ قيمتي
rdj-take-theirs = خذ القيمة الأخرى
rdj-field-error = { $label }: { $error }
rdj-conflict-caption = غيّره الطرفان

## Rows

rdj-noun = { $lower }
rdj-not-found = { $label }: غير موجود.
rdj-edited-gone = { $label }: حُذف أو لم يعد متاحًا لك. ما كتبته لا يزال هنا.
rdj-saved = { $label }: تم الحفظ.
rdj-deleted = { $label }: تم الحذف.
rdj-in-use = { $label }: لا يزال قيد الاستخدام ولا يمكن حذفه.
rdj-delete-along = { $label }: سيؤدي الحذف أيضًا إلى حذف: { $models }. ليس لديك إذن لذلك.

## Forms

rdj-save = حفظ
rdj-really = هل تريد حقًا القيام بذلك؟
rdj-leave = هل تريد المغادرة دون حفظ؟ سيضيع ما أدخلته.
rdj-cancel = إلغاء
rdj-optional = (اختياري)
rdj-form-new = إضافة: { $noun }
rdj-form-edit = تعديل: { $noun }
rdj-picker-search = بحث { $label }
rdj-picker-more = تُعرض أول { $count } فقط. ابحث عن غيرها.
rdj-picker-none = لم يُعثر على شيء.
rdj-picker-create = إنشاء «{ $text }»
rdj-file-stored = المحفوظ: { $size }.
rdj-file-download = تنزيل
rdj-file-remove = إزالة الملف المحفوظ
rdj-file-too-large = الملف كبير جدًا: يُقبل { $most } على الأكثر.
rdj-file-empty = الملف فارغ.
rdj-file-type = هذا النوع من الملفات غير مقبول. اختر أحد هذه الأنواع: { $types }.
rdj-file-again = اختر الملف مرة أخرى: لم يُحفظ.

## Child rows in the form of their parent

rdj-inline-row = { $label } { $number }
rdj-inline-add = إضافة: { $noun }
rdj-inline-remove = إزالة
rdj-inline-remove-row = إزالة { $row }
rdj-inline-more = تُعرض أول { $count } فقط. تبقى العناصر الأخرى كما هي.
rdj-inline-min = الحد الأدنى ({ $nouns }): { $count }
rdj-inline-max = الحد الأقصى ({ $nouns }): { $count }
rdj-inline-gone = حذف شخص آخر هذا العنصر. احفظ مرة أخرى لإضافته من جديد، أو أزله.
rdj-inline-conflict = غيّر شخص آخر هذه القيمة إلى «{ $value }». احفظ مرة أخرى للإبقاء على قيمتك.
rdj-inline-used = لا يزال هذا العنصر قيد الاستخدام ولا يمكن حذفه.

## Tables

rdj-actions = الإجراءات
rdj-edit = تعديل
rdj-edit-row = تعديل { $row }
rdj-delete = حذف
rdj-delete-row = حذف { $row }
rdj-delete-confirm = هل تريد حذف هذا العنصر ({ $noun })؟
# The nouns of an application have two forms only, so the number stands behind them.
rdj-count = { $nouns }: { $count }
rdj-none-yet = لا توجد عناصر بعد ({ $nouns }).
rdj-none-found = لا توجد نتائج مطابقة للبحث ({ $nouns }).
rdj-yes = نعم
rdj-no = لا
rdj-bytes = { $count } بايت

## Pages of a list, search

rdj-pagination = ترقيم الصفحات
rdj-page-of = الصفحة { $page } من { $count }
rdj-page-total = ({ $nouns }: { $count })
rdj-previous = السابق
rdj-next = التالي
rdj-search = بحث

## Filters of a list, actions for selected rows

rdj-filter = تصفية
rdj-filter-any = الكل
rdj-filter-clear = إلغاء التصفية
rdj-filter-from = { $label } من
rdj-filter-to = { $label } إلى
rdj-filter-empty = { $label }: فارغ
rdj-page-number = الصفحة { $page }
rdj-first = الأولى
rdj-last = الأخيرة
rdj-select-row = تحديد { $row }
rdj-select-page = تحديد جميع صفوف هذه الصفحة
rdj-bulk-action = إجراء
rdj-bulk-run = تطبيق
rdj-bulk-selected = المحدد ({ $nouns }): { $count }
rdj-bulk-all = { $count ->
    [0] الكل في جميع الصفحات ({ $nouns })
   *[other] الكل في جميع الصفحات ({ $nouns }): { $count }
}
rdj-bulk-confirm = هل تريد التطبيق على العناصر المحددة ({ $nouns })؟
rdj-bulk-question = { $action }: { $selected }
rdj-bulk-deleted = تم الحذف ({ $nouns }): { $count }.
rdj-bulk-done = تم التغيير ({ $nouns }): { $count }.
rdj-bulk-refused = لم تتم المعالجة ({ $nouns }): { $count }:
rdj-bulk-none = لم يتم تحديد أي عنصر ({ $nouns }).
rdj-bulk-progress = تمت المعالجة ({ $nouns }): { $count } من { $total }
rdj-bulk-progress-open = تمت المعالجة ({ $nouns }): { $count }
rdj-progress = التقدم

## Layout

rdj-skip = الانتقال إلى المحتوى
rdj-language = اللغة
rdj-language-choose = تغيير اللغة
rdj-language-unknown = هذه اللغة غير متاحة.
rdj-time-zone-unknown = هذه المنطقة الزمنية غير معروفة.

## Texts of the browser's side

rdj-client-lost = انقطع الاتصال. قد يكون إجراؤك الأخير قد فُقد أيضًا.
rdj-client-offline = انقطع الاتصال. تجري إعادة المحاولة.
rdj-client-large = الحجم أكبر من اللازم.
rdj-client-slow = يستغرق هذا وقتًا أطول من المعتاد.
rdj-client-update = يتوفر إصدار جديد.
rdj-client-stuck = لا يمكن عرض هذه الصفحة الآن.
rdj-client-draft = تمت استعادة ما كتبته. لقد تغيّرت الصفحة منذ ذلك الحين.
rdj-client-reload = إعادة التحميل
rdj-client-dismiss = إغلاق

## الملفات

rdj-upload-too-large = الملف كبير جدًا: يُقبل { $most } ميغابايت على الأكثر.
rdj-upload-none = اختر ملفًا.
rdj-upload-stalled = أُلغي الرفع لأنه لم يصل شيء لمدة طويلة.
rdj-upload-too-many = هذه ملفات كثيرة: يُقبل { $most } على الأكثر في المرة الواحدة.
rdj-upload-done = تم الرفع.
rdj-upload-stopped = أُلغي.
rdj-upload-leave = ما زالت هناك ملفات قيد الرفع. هل تريد مغادرة الصفحة وإلغاءها؟
rdj-too-many-tasks = هناك مهام كثيرة قيد التنفيذ في هذه الصفحة. انتظر حتى تنتهي إحداها.
rdj-import-file = ملف CSV
rdj-import-check = فحص الملف
rdj-import-confirm = استيراد
rdj-import-report = نتيجة الفحص
rdj-import-summary = جديد: { $created }. معدّل: { $updated }. دون تغيير: { $unchanged }.
rdj-import-done = تم الاستيراد. جديد: { $created }. معدّل: { $updated }.
rdj-import-errors = { $count ->
    [one] خطأ واحد. صحّحه في الملف واختره من جديد.
   *[other] عدد الأخطاء: { $count }. صحّحها في الملف واختره من جديد.
}
rdj-import-more = أخطاء أخرى غير معروضة: { $count }
rdj-import-ignored = أعمدة لم تُقرأ: { $columns }
rdj-import-line = السطر
rdj-import-field = الحقل
rdj-import-error = الخطأ
rdj-import-choose = اختر ملفًا.
rdj-import-again = لم يعد الملف موجودًا: اختره من جديد.
rdj-import-no-text = هذا ليس نصًا بترميز UTF-8.
rdj-import-no-columns = لا يوجد عمود يحمل اسم حقل. السطر الأول يسمّي الأعمدة.
rdj-import-twice = العمود { $column } موجود مرتين.
rdj-import-width = في السطر { $found } من الأعمدة، وفي السطر الأول { $expected }.
rdj-import-key = هذا ليس مفتاحًا صالحًا.

## History

rdj-history-open = السجل
rdj-history-close = إغلاق السجل
rdj-history-of = سجل { $row }
rdj-history-none = لم يُسجَّل شيء عن هذا العنصر بعد.
rdj-history-nobody = شخص لم يسجّل الدخول
rdj-history-create-by = أنشأه { $user }
rdj-history-update-by = غيّره { $user }
rdj-history-delete-by = حذفه { $user }
rdj-history-undo-by = تراجع عنه { $user }
rdj-history-from-to = من «{ $old }» إلى «{ $new }»
rdj-history-empty = فارغ
rdj-history-changed = تغيّر
rdj-history-added = أضيف: { $rows }
rdj-history-removed = أزيل: { $rows }
rdj-history-undo = تراجع
rdj-history-undo-of = التراجع عن تغيير { $at }
rdj-history-undone = { $label }: تم التراجع عن التغيير.
rdj-history-nothing = لم يعد هناك ما يمكن التراجع عنه.
rdj-history-conflict = تغيّر مرة أخرى منذ ذلك الحين: { $fields }. لم يتم التراجع.
rdj-history-taken = لا يمكن استعادته: يشغل مكانه شيء آخر، أو ينقص شيء يحتاج إليه.
rdj-history-incomplete = لا يمكن استعادته: لم يُسجَّل كله.
