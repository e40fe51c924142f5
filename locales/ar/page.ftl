# ما يظهر في الصفحات حول الجمل.

# الأيام والأوقات
day-today = اليوم
day-tomorrow = غدًا
day-yesterday = أمس
day-on = يوم { $day }
day-by = بحلول { $day }
heading-today = اليوم
heading-yesterday = أمس
range = { $from } – { $to }
range-between = بين { $from } و{ $to }
moment = { $day }، { $time }
clock-local = { $time } بالتوقيت المحلي
clock-utc = { $time } UTC
ago-now = الآن
ago-minutes = قبل { $count } د
ago-hours = قبل { $count } س
ago-days = { $count ->
    [one] قبل يوم واحد
    [two] قبل يومين
    [few] قبل { $count } أيام
   *[other] قبل { $count } يومًا
}

# كل صفحة
skip-to-content = انتقل إلى المحتوى
site-home = { $brand }، إلى المتجر
site-track-another = ابحث عن طلب آخر
site-my-orders = طلباتي
site-sign-out = انسني على هذا الجهاز
site-signed-out = تم. لا يعرض هذا الجهاز أي طلبات بعد الآن.
site-help = المساعدة
site-privacy = الخصوصية
site-imprint = بيانات الناشر
site-powered = تتبع الطلبات من { $brand }
language-label = اللغة
language-button = غيّر
page-title = { $title } · { $brand }
back-to-orders = العودة إلى طلباتي
close = إغلاق
optional = اختياري
loading = لحظة…

# البحث عن طلب
lookup-title = أين طلبي؟
lookup-intro = ابحث عنه بما لديك.
lookup-label = رقم الطلب أو البريد أو الهاتف
lookup-hint = رقم التتبع يصلح أيضًا.
lookup-button = ابحث عن طلبي
lookup-empty = اكتب رقم الطلب أو البريد أو الهاتف أو رقم التتبع من فضلك.
lookup-unreadable = لا نستطيع قراءة ذلك. اكتب رقم طلب أو بريدًا أو رقم هاتف أو رقم تتبع من فضلك.
lookup-too-long = هذا أطول من أن يكون رقم طلب أو بريدًا أو هاتفًا أو رقم تتبع.
lookup-recognised-order = يبدو أنه رقم طلب.
lookup-recognised-email = يبدو أنه بريد إلكتروني. سنرسل إليك رمزًا.
lookup-recognised-phone = يبدو أنه رقم هاتف. سنرسل إليك رمزًا.
lookup-recognised-tracking = يبدو أنه رقم تتبع.
lookup-recognised-carrier = يبدو أنه رقم تتبع من { $carrier }.
lookup-did-you-mean = هل تقصد { $address }؟
lookup-where-heading = أين أجد رقم الطلب؟
lookup-where = في رسالة التأكيد التي أرسلناها بعد طلبك، مثل { $example }.
lookup-link-only = استخدم من فضلك الرابط في رسالتنا عن طلبك.
lookup-privacy = نستخدم ما تكتبه للبحث عن طلبك فقط.

# إثبات أنه لك
proof-title = هل هذا أنت؟
proof-intro = لفتح الطلب { $number } اكتب البريد أو الهاتف الذي طلبت به.
proof-label = البريد أو الهاتف
proof-label-postcode = البريد أو الهاتف أو الرمز البريدي
proof-button = اعرض طلبي
proof-no-match = هذان لا يتطابقان. تحقق من رقم الطلب ومن البريد أو الهاتف.
proof-code-instead = للأمان أرسلنا رمزًا إلى جهة الاتصال المسجلة لهذا الطلب، إن وُجدت.
proof-another = استخدم رقم طلب آخر

# رمز لمرة واحدة
code-title = اكتب الرمز
code-sent = إن كانت لدينا طلبات لهذا العنوان فقد أرسلنا إليه رمزًا ورابطًا.
code-sent-contact = إن كانت لدينا طلبات لهذا الرقم فقد أرسلنا رمزًا ورابطًا إلى جهة الاتصال لدينا.
code-label = الرمز
code-hint = ستة أرقام. يصلح { $minutes } دقائق في هذا المتصفح.
code-button = متابعة
code-wrong = هذا الرمز غير صحيح. تحقق منه أو اطلب رمزًا جديدًا.
code-tries-over = جُرّب هذا الرمز مرات كثيرة. اطلب رمزًا جديدًا من فضلك.
code-expired = لم يعد هذا الرمز صالحًا. اطلب رمزًا جديدًا من فضلك.
code-again = أرسل رمزًا جديدًا
code-how-often = نرسل ثلاث رسائل على الأكثر إلى العنوان نفسه، ثم واحدة كل ساعة.
code-wait-heading = لم يصل شيء؟
code-wait-spam = انظر في مجلد الرسائل غير المرغوبة أيضًا.
code-wait-address = ربما أعطت Apple أو PayPal المتجر عنوانًا آخر. جرّب العنوان الموجود في تأكيدهما.
code-wait-order-number = أو ابحث عن طلبك برقمه.
code-wait-typo = هل العنوان صحيح؟ كتبت { $address }.

# روابط من الرسائل
link-title = افتح طلباتي
link-intro = اضغط الزر لفتح طلباتك في هذا المتصفح.
link-button = افتح طلباتي
link-gone-title = لم يعد هذا الرابط يعمل
link-gone = ربما هو قديم أو استُخدم من قبل. ابحث عن طلبك هنا.

# طلباتي
orders-title = طلباتي
orders-intro = طلبات { $contact }
orders-none = لا طلبات لدينا لجهة الاتصال هذه.
orders-placed = طُلب { $day }
orders-count = { $count ->
    [one] منتج واحد
    [two] منتجان
    [few] { $count } منتجات
   *[other] { $count } منتجًا
}
orders-open = افتح الطلب { $number }
orders-older = طلبات أقدم
orders-newer = طلبات أحدث

# صفحة الطلب
order-title = الطلب { $number }
order-placed = طُلب { $day }
order-full-address-hint = لرؤية العنوان كاملًا أكّد هويتك برمز.
order-full-address-button = أرسل إليّ رمزًا
step-ordered = طُلب
step-processing = قيد التجهيز
step-shipped = شُحن
step-out-for-delivery = خرج للتسليم
step-delivered = سُلّم
step-pickup = جاهز للاستلام
progress-label = تقدّم التوصيل
progress-now = الخطوة { $number } من { $total }: { $step }
progress-done = تمت
progress-current = الآن
progress-ahead = لاحقًا
progress-trouble = متوقفة
window-heading = موعد التسليم المتوقع
window-sentence = { $timing ->
    [on-time] يُتوقع وصوله { $when }.
    [late] تأخر، ويُتوقع الآن { $when }.
    [overdue] يستغرق وقتًا أطول من المتوقع.
   *[none] لا يوجد يوم بعد.
}
window-hours = { $from } – { $to }
window-none = لا يوجد يوم بعد. نعرضه حالما تحدده شركة الشحن.
window-passed = كان ينبغي أن يصل { $day }. نحن نتابع الأمر.
window-confidence = { $percent } % من الطرود المشابهة تصل في هذه المدة.
window-basis-carrier = بحسب { $carrier }.
window-basis-merchant = كما وعدنا عند الطلب.
window-basis-history = من طرود مشابهة؛ { $share } من كل 10 تصل في هذه المدة.
window-basis-anew = مضى اليوم المذكور؛ وهذا ما نتوقعه الآن.
window-history-heading = كيف تغيّر اليوم
window-history-row = { $window } ({ $reason })
window-reason-first = أول تقدير
window-reason-scan = بعد مسح
window-reason-carrier = حددت شركة الشحن هذا اليوم
window-reason-customs = احتجاز في الجمارك
window-reason-weather = الطقس
window-reason-attempt = محاولة تسليم لم تنجح
window-reason-overdue = مضى اليوم السابق
window-reason-handed-over = استلمته شركة الشحن
window-reason-out-for-delivery = خرج للتسليم
window-reason-address = سؤال عن العنوان
window-reason-delay = تأخير لدى شركة الشحن
window-reason-misrouted = سلك طريقًا خاطئًا أولًا
window-reason-redirected = أُرسل إلى عنوان آخر
window-reason-held = موقوف لدى شركة الشحن
window-reason-damaged = ضرر في الطريق
window-reason-action = كان مطلوبًا شيء منك
window-reason-promise = غيّرنا اليوم
window-reason-trouble = مشكلة في الطريق
calendar-link = أضف إلى التقويم
calendar-summary = توصيل من { $brand }
calendar-description = الطلب { $number }. يتحرك الموعد إذا تغيّر اليوم.
parcel-heading = الطرد { $number } من { $total }
parcel-heading-only = طردك
parcel-title = الطرد { $number }
parcel-public-hint = كل من لديه هذا الرقم يرى هذه الخطوات. لرؤية الطلب ابحث عنه برقمه.
items-heading = في هذا الطرد
items-heading-order = منتجاتك
items-quantity = الكمية: { $count }
items-unknown = لا نعرف بعد أي المنتجات في هذا الطرد.
items-to-ship-heading = سيُرسل لاحقًا
items-to-ship = هذه المنتجات ليست في الطريق بعد.
items-to-ship-by = سنرسلها { $when }.
items-no-shipping = لا شيء للتوصيل: تصلك هذه بالبريد الإلكتروني.
updates-heading = المستجدات
updates-all = كل المستجدات ({ $count })
updates-none = لا مستجدات بعد.
updates-local-times = الأوقات هي أوقات المكان الذي حدثت فيه.
updates-new = جديد: { $headline }
journey-heading = على الخريطة
journey-show = شاهد الرحلة على الخريطة
journey-last-seen = من { $from } إلى { $last }، حيث شوهد الطرد آخر مرة.
journey-arrived = من { $from } إلى { $last }.
journey-back = عاد الطرد إلى { $last }، حيث بدأت رحلته.
carrier-heading = شركة الشحن والرقم
carrier-label = شركة الشحن
carrier-unknown = غير معروفة بعد
service-label = الخدمة
tracking-number-label = رقم التتبع
tracking-number-copy = انسخ الرقم
tracking-number-copied = نُسخ
carrier-site = تتبع في موقع { $carrier }
carrier-phone = اتصل بـ { $carrier }: { $phone }
freshness = مسح { $carrier }: { $scanned } · تحققنا { $checked }
freshness-unscanned = لم يُمسح بعد · تحققنا { $checked }
freshness-never-checked = مسح { $carrier }: { $scanned }
freshness-none = لم يُمسح بعد
freshness-carrier = شركة الشحن
freshness-stale = لا نستطيع الوصول إلى { $carrier } الآن؛ هذا ما عرفناه { $checked }.
live-on = تتجدد هذه الصفحة من تلقاء نفسها.
live-off = أعد تحميل الصفحة لرؤية الجديد.
pickup-heading = مكان الاستلام
pickup-hours = أوقات العمل
pickup-until = استلمه حتى { $day }
pickup-code = رمز الاستلام
pickup-bring = أحضر هويتك والرمز.
pickup-map = اعرض على الخريطة
pickup-proof-needed = لرؤية رمز الاستلام أكّد هويتك.
proof-heading = إثبات التسليم
proof-signed-by = وقّع: { $name }
proof-photo = صورة التسليم
proof-photo-alt = صورة التقطتها شركة الشحن عند التسليم
proof-left-at = تُرك في: { $place }
not-received-heading = مكتوب أنه سُلّم وليس عندك؟
not-received = انظر أولًا عند الباب ولدى الجيران والاستقبال؛ أحيانًا يسبق الخبر التسليم ببضع ساعات. إن لم تجده فأخبرنا هنا، ونسأل شركة الشحن عنك.
not-received-text = أين بحثت؟ (اختياري)
not-received-send = ليس عندي
address-heading = عنوان التسليم
address-partial = { $town }، رمز بريدي ينتهي بـ { $ending }
address-town-only = { $town }
map-heading = طريق طردك
map-text = حتى الآن: { $places }.
help-heading = المساعدة
help-intro = هل من مشكلة؟ نحن هنا.
help-contact = اكتب إلينا
help-phone = اتصل بنا: { $phone }
help-email = البريد: { $email }
help-policy = الإرجاع والاسترداد
help-handover = تحمل رسالتك رقم الطلب { $number } وآخر خبر، فلا يسألك أحد مرة أخرى.
help-question-where = أين طردي؟
help-question-when = متى يصل؟
help-question-address = هل يمكنني تغيير العنوان؟
help-question-nobody-home = ماذا لو لم يكن أحد في البيت؟
help-question-damaged = وصل متضررًا
help-question-missing = ينقص شيء
help-question-return = أريد إرجاع شيء
help-answer-address = اكتب إلينا قبل خروجه للتسليم؛ سنسأل شركة الشحن.
help-answer-nobody-home = تتكرر المحاولة عادة، أو يُترك عند الجيران أو في نقطة استلام.
help-answer-damaged = احتفظ بالتغليف والتقط صورة واكتب إلينا.
help-answer-missing = ربما هو في طرد آخر من الطلب. إن وصلت كلها فاكتب إلينا.
help-answer-return = اكتب إلينا وسنخبرك كيف.
help-question-not-received = مكتوب أنه سُلّم وليس عندي
help-question-other = شيء آخر
help-question-rating = كيف كان التوصيل
help-last-update = آخر خبر: { $update }
help-answer-when = متوقع: { $window }
help-answer-when-unknown = لا يوجد موعد بعد. يظهر هنا حالما يُحدَّد.
help-answer-goes-to = وجهته: { $place }
help-answer-address-late = هو مع المندوب الآن فلا يمكن تغيير العنوان. إن لم يكن أحد هناك تتكرر المحاولة أو يُترك في مكان قريب.
help-answer-pickup = ينتظرك في { $place }.
help-answer-still-to-come = ما زال في الطريق: { $items }
help-answer-all-here = وصلت كل طرود هذا الطلب.
help-more = لم تجد الجواب؟ اكتب إلينا
help-contact-heading = اكتب إلينا
help-contact-about = ما الموضوع؟
help-contact-parcel = أي طرد؟
help-contact-whole = الطلب كله
help-contact-text = رسالتك
help-contact-hint = لا حاجة لتكرار أي رقم. { $count } حرف على الأكثر.
help-contact-send = أرسل إلى المتجر
help-mail-subject = الطلب { $number }
help-mail-parcel = الطرد { $number }
case-open = وصلتنا رسالتك («{ $cause }»). نرد عليك في موعد أقصاه { $day }.
case-done = أُجيب: «{ $cause }».

# إلى جانب التوصيل
recommendations-heading = يناسب طلبك
recommendations-heading-delivered = يناسب ما لديك
recommendations-reason = يُشترى كثيرًا مع { $item }
recommendations-goes-with = يناسب { $item }
recommendations-reorder = اطلب من جديد
recommendations-view = اعرض { $item }

# رأيك
feedback-heading = كيف كان التوصيل؟
feedback-heading-failed = كيف يسير هذا التوصيل معك؟
feedback-rating = تقييمك
feedback-rating-1 = سيئ جدًا
feedback-rating-2 = سيئ
feedback-rating-3 = مقبول
feedback-rating-4 = جيد
feedback-rating-5 = جيد جدًا
feedback-reasons-bad = ما الذي لم ينجح؟
feedback-reasons-good = ما الذي نجح؟
feedback-reason-late = وصل متأخرًا
feedback-reason-damaged = كان متضررًا
feedback-reason-wrong-place = تُرك في المكان الخطأ
feedback-reason-rude = لم يكن المندوب لطيفًا
feedback-reason-no-update = لم أُبلّغ بالمستجدات
feedback-reason-packaging = التغليف
feedback-reason-missing = نقص شيء
feedback-reason-quick = كان سريعًا
feedback-reason-kind = كان المندوب لطيفًا
feedback-reason-careful = عومل بعناية
feedback-reason-informed = عرفت دائمًا أين هو
feedback-reason-on-time = وصل كما قلتم
feedback-comment = هل من شيء آخر؟
feedback-comment-hint = لا تكتب بيانات شخصية لغيرك من فضلك. { $count } حرف على الأكثر.
feedback-comment-too-long = اكتب { $count } حرف على الأكثر من فضلك.
feedback-send = أرسل
feedback-change = غيّر جوابي
feedback-thanks = شكرًا. يمكنك تغيير جوابك حتى { $day }.
feedback-thanks-good = يسرنا ذلك! هل تخبر غيرك؟
feedback-review = اكتب تقييمًا
feedback-thanks-bad = نأسف لذلك. سنصلح الأمر.
feedback-closed = انتهى وقت التغيير. شكرًا على جوابك.
feedback-rating-missing = اختر تقييمًا من فضلك.
feedback-photo-heading = صورة للضرر
feedback-photo-label = صورة
feedback-photo-hint = JPEG أو PNG أو WebP حتى { $megabytes } ميغابايت. نزيل مكان التقاطها ووقته.
feedback-photo-send = أرسل الصورة
feedback-photo-too-big = هذه الصورة كبيرة جدًا. أرسل صورة حتى { $megabytes } ميغابايت من فضلك.
feedback-photo-unreadable = لا نستطيع قراءة هذا كصورة. أرسل JPEG أو PNG أو WebP من فضلك.
feedback-photo-thanks = وصلتنا صورتك.
feedback-updates-question = هل كانت رسائلنا كثيرة أم مناسبة أم قليلة؟
feedback-updates-too-many = كثيرة
feedback-updates-right = مناسبة
feedback-updates-too-few = قليلة
feedback-case = جوابك عند فريقنا. نرد عليك في موعد أقصاه { $day }.
feedback-photo-again = تحل الصورة الجديدة محل هذه.
feedback-photo-missing = اختر صورة أولًا من فضلك.
feedback-updates-thanks = شكرًا. سجلنا: { $choice }

# عندما لا يعمل شيء
error-400-title = لم نستطع قراءة ذلك
error-400 = شيء في العنوان أو النموذج ليس كما ينبغي. ابدأ من جديد من فضلك.
error-403-title = لم يأت ذلك من صفحتنا
error-403 = لسلامتك لم ننفذه. عد وأعد تحميل الصفحة وحاول من جديد من فضلك.
error-404-title = لا شيء هنا
error-404 = الصفحة غير موجودة، أو ليست لهذا المتصفح. ابحث عن طلبك من جديد لفتحها.
error-405-title = لا يعمل ذلك بهذه الطريقة
error-405 = عد واستخدم الزر في الصفحة من فضلك.
error-410-title = انتهى هذا
error-410 = لم تعد هذه الصفحة موجودة.
error-413-title = هذا كثير
error-413 = ما أرسلته كبير جدًا. أرسل أقل من فضلك.
error-421-title = لا متجر هنا
error-421 = هذا العنوان ليس لمتجر نعرفه. تحقق منه من فضلك.
error-422-title = ينقص شيء
error-422 = تحقق مما كتبته وأرسله من جديد من فضلك.
error-429-title = على مهل من فضلك
error-429 = كانت الطلبات كثيرة في وقت قصير. حاول من جديد بعد { $wait ->
    [one] دقيقة
    [two] دقيقتين
    [few] { $wait } دقائق
   *[other] { $wait } دقيقة
}.
error-500-title = كان ذلك خطأنا
error-500 = حدث خطأ عندنا. حاول من جديد من فضلك؛ طلبك في أمان.
error-503-title = سنعود بعد لحظة
error-503 = لا نستطيع الوصول إلى سجلاتنا الآن. طلبك في أمان؛ حاول من جديد بعد دقيقة من فضلك.
error-retry = حاول من جديد
error-to-lookup = ابحث عن طلبي

# بنية الصفحات
site-nav = المتجر
site-shop = المتجر
site-contact = اتصل بنا
site-returns = الإرجاع
window-label = المتوقع
window-label-overdue = كان متوقعًا
updates-folded = { $count ->
    [one] كل المستجدات: مسح واحد آخر
    [two] كل المستجدات: مسحان آخران
    [few] كل المستجدات: { $count } مسوح أخرى
   *[other] كل المستجدات: { $count } مسحًا آخر
}
help-page = اقرأ الأجوبة
summary-title = هذه هي النسخة المختصرة
summary-note = بالبريد أو الهاتف الذي طلبت به ترى أيضًا المنتجات وكل المستجدات ومكان التسليم.
summary-link = اعرض الطلب كاملًا
error-number = خطأ { $status }
