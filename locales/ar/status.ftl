# سطر لكل ما قد يحدث للطرد: event-<milestone>-<detail>.
# $placed يقول ما هو $place: city أو facility أو none. $carried يقول هل $carrier معروف: yes أو no.

in-place = { $placed ->
    [city] {" "}في { $place }
    [facility] {" "}في { $place }
   *[none] {""}
}
the-facility = { $placed ->
    [city] مركز الفرز في { $place }
    [facility] مركز { $place }
   *[none] مركز الفرز
}
carrier-begins = { $carried ->
    [yes] { $carrier }
   *[no] شركة الشحن
}
the-carrier = { $carried ->
    [yes] { $carrier }
   *[no] شركة الشحن
}

event-pending-no-data = لم يصل طردك بعد إلى { carrier-begins }
event-pending-invalid-number = رقم التتبع هذا غير معروف بعد لدى { carrier-begins }
event-info-received-label-created = أُنشئت بطاقة الشحن
event-info-received-awaiting-handover = طردك جاهز وينتظر { the-carrier }
event-info-received-pickup-failed = تعذّر على { carrier-begins } استلام طردك وستتكرر المحاولة
event-in-transit-accepted = طردك الآن لدى { carrier-begins }{ in-place }
event-in-transit-in-transit = طردك في الطريق{ in-place }
event-in-transit-departed-facility = غادر طردك { the-facility } وهو في الطريق
event-in-transit-arrived-facility = وصل طردك إلى { the-facility }
event-in-transit-left-origin-country = غادر طردك بلد الإرسال{ in-place }
event-in-transit-arrived-destination-country = وصل طردك إلى بلد الوجهة{ in-place }
event-in-transit-customs-started = ينتظر طردك التخليص الجمركي{ in-place }
event-in-transit-customs-cleared = خُلّص طردك من الجمارك{ in-place }
event-in-transit-handed-to-last-mile = سُلّم طردك إلى خدمة التوصيل المحلية{ in-place }
event-in-transit-at-local-facility = طردك قريب منك، في { the-facility }
event-in-transit-address-corrected = صُحّح عنوان التسليم{ in-place }
event-in-transit-redirected = يجري تحويل مسار طردك{ in-place }
event-in-transit-delivery-scheduled = حُدّد يوم التسليم
event-in-transit-resolved = حُلّت المشكلة وعاد طردك إلى السير{ in-place }
event-out-for-delivery-on-vehicle = خرج طردك للتسليم{ in-place }
event-out-for-delivery-recipient-contacted = حاول مندوب { carrier-begins } الاتصال بك بشأن التسليم
event-out-for-delivery-appointment = حُدّد موعد للتسليم
event-available-for-pickup-ready = طردك جاهز للاستلام{ in-place }
event-attempt-failed-no-one-home = حاول مندوب { carrier-begins } التسليم{ in-place } ولم يكن أحد في البيت
event-attempt-failed-business-closed = حاول مندوب { carrier-begins } التسليم{ in-place } وكان المكان مغلقًا
event-attempt-failed-no-access = حاول مندوب { carrier-begins } التسليم{ in-place } ولم يستطع الدخول
event-attempt-failed-id-failed = حاول مندوب { carrier-begins } التسليم{ in-place } ولم ينجح التحقق من الهوية
event-attempt-failed-notice-left = حاول مندوب { carrier-begins } التسليم{ in-place } وترك بطاقة
event-attempt-failed-final = كانت هذه آخر محاولة تسليم من { carrier-begins }{ in-place }
event-attempt-failed-other = حاول مندوب { carrier-begins } التسليم{ in-place } ولم ينجح
event-delivered-delivered = سُلّم طردك{ in-place }
event-delivered-signed = سُلّم طردك مقابل توقيع{ in-place }
event-delivered-neighbour = تُرك طردك عند أحد الجيران{ in-place }
event-delivered-safe-place = تُرك طردك في مكان آمن{ in-place }
event-delivered-mailbox = وُضع طردك في صندوق البريد{ in-place }
event-delivered-reception = تُرك طردك عند الاستقبال{ in-place }
event-delivered-collected = تم استلام طردك{ in-place }
event-delivered-cod-paid = سُلّم طردك ودُفع ثمنه{ in-place }
event-delivered-partial = وصل جزء من طلبك{ in-place }
event-delivered-damaged = سُلّم طردك لكنه تضرر في الطريق{ in-place }
event-exception-action-required = تحتاج { carrier-begins } إلى شيء منك قبل متابعة الطرد{ in-place }
event-exception-address-issue = لم تجد { carrier-begins } عنوان التسليم{ in-place }
event-exception-customs-hold = الجمارك تحتجز طردك{ in-place }
event-exception-damaged = تضرر طردك في الطريق{ in-place }
event-exception-delayed-carrier = تأخرت { carrier-begins }{ in-place }
event-exception-delayed-external = أمر خارج عن إرادة شركة الشحن يؤخر طردك{ in-place }
event-exception-disposed = لم تستطع { carrier-begins } تسليم طردك فأتلفته{ in-place }
event-exception-documents-required = تنقص أوراق قبل متابعة طردك{ in-place }
event-exception-duties-unpaid = ما زالت رسوم الاستيراد مستحقة على طردك{ in-place }
event-exception-held = طردك محفوظ لدى { carrier-begins }{ in-place }
event-exception-lost = لا تجد { carrier-begins } طردك{ in-place }
event-exception-misrouted = سلك طردك طريقًا خاطئًا{ in-place } وتجري إعادته إلى مساره
event-exception-other = شيء ما يؤخر طردك{ in-place }
event-exception-payment-due = هناك مبلغ مستحق قبل تسليم طردك{ in-place }
event-exception-prohibited = في طردك شيء لا يجوز نقله بهذه الطريقة{ in-place }
event-exception-recipient-moved = أُبلغت { carrier-begins } بأنك انتقلت{ in-place }
event-exception-refused = رُفض الاستلام{ in-place }
event-exception-rejected-by-carrier = لم تقبل { carrier-begins } طردك{ in-place }
event-exception-unclaimed = لم يُستلم طردك في الوقت المحدد{ in-place }
event-exception-undeliverable = تعذّر تسليم طردك{ in-place }
event-exception-weather = سوء الأحوال الجوية يؤخر طردك{ in-place }
event-returning-in-progress = طردك في طريق العودة إلى المتجر{ in-place }
event-returned-received = عاد طردك إلى المتجر{ in-place }
event-cancelled-cancelled = أُلغيت الشحنة
event-expired-expired = توقفت { carrier-begins } عن إرسال أخبار هذا الطرد
event-unknown-unknown = وصل خبر جديد من { carrier-begins }{ in-place }
event-unknown-tracker-error = تعذّر الوصول إلى { carrier-begins } لمعرفة الجديد
