# الجملة التي تجيب عن «أين طلبي؟»: headline-<milestone>-<detail> لطرد واحد، و parcels-… لعدة طرود.

tail-arrive = { $timing ->
    [on-time] {" "}ويُتوقع وصوله { $when }
    [late] ؛ تأخر ويُتوقع الآن { $when }
    [overdue] ؛ يستغرق وقتًا أطول من المتوقع
   *[none] {""}
}
tail-it = { $timing ->
    [on-time] ؛ يُتوقع وصوله { $when }
    [late] ؛ تأخر ويُتوقع الآن { $when }
    [overdue] ؛ يستغرق وقتًا أطول من المتوقع
   *[none] {""}
}
tail-trouble = { $timing ->
    [on-time] ؛ ما زال يُتوقع وصوله { $when }
    [late] ؛ يُتوقع الآن { $when }
    [overdue] ؛ سنعرض اليوم الجديد هنا حالما نعرفه
   *[none] ؛ سنعرض اليوم الجديد هنا حالما نعرفه
}
tail-waits = { $timing ->
    [on-time] ؛ بعد ذلك يُتوقع وصوله { $when }
    [late] ؛ بعد ذلك يُتوقع { $when }
    [overdue] ؛ بعد ذلك يتابع طريقه
   *[none] ؛ بعد ذلك يتابع طريقه
}
on-that-day = { $dated ->
    [yes] {" "}{ $on }
   *[no] {""}
}
until-then = { $limited ->
    [yes] {" "}حتى { $until }
   *[no] {""}
}

headline-pending-no-data = لم يصل طردك بعد إلى { carrier-begins }{ tail-it }
headline-pending-invalid-number = رقم التتبع غير معروف بعد لدى { carrier-begins }؛ قد يظهر الرقم الجديد بعد يوم
headline-info-received-label-created = يجري تجهيز طردك{ tail-arrive }
headline-info-received-awaiting-handover = طردك جاهز وينتظر { the-carrier }{ tail-it }
headline-info-received-pickup-failed = تعذّر على { carrier-begins } استلام طردك من المتجر وستتكرر المحاولة{ tail-trouble }
headline-in-transit-accepted = طردك لدى { carrier-begins }{ tail-it }
headline-in-transit-in-transit = طردك في الطريق{ tail-arrive }
headline-in-transit-departed-facility = غادر طردك { the-facility } وهو في الطريق{ tail-it }
headline-in-transit-arrived-facility = طردك في { the-facility }{ tail-arrive }
headline-in-transit-left-origin-country = غادر طردك بلد الإرسال{ tail-arrive }
headline-in-transit-arrived-destination-country = وصل طردك إلى بلد الوجهة{ tail-arrive }
headline-in-transit-customs-started = ينتظر طردك التخليص الجمركي{ in-place }؛ يستغرق ذلك عادة يومًا أو يومين{ tail-it }
headline-in-transit-customs-cleared = خُلّص طردك من الجمارك{ tail-arrive }
headline-in-transit-handed-to-last-mile = طردك لدى خدمة التوصيل المحلية{ in-place }{ tail-arrive }
headline-in-transit-at-local-facility = طردك قريب منك{ in-place }{ tail-arrive }
headline-in-transit-address-corrected = صُحّح العنوان وطردك في الطريق{ tail-it }
headline-in-transit-redirected = يجري تحويل مسار طردك{ tail-arrive }
headline-in-transit-delivery-scheduled = حُدّد يوم تسليم طردك{ tail-it }
headline-in-transit-resolved = عاد طردك إلى السير{ tail-arrive }
headline-out-for-delivery-on-vehicle = خرج طردك للتسليم{ tail-arrive }
headline-out-for-delivery-recipient-contacted = خرج طردك للتسليم وحاول مندوب { the-carrier } الاتصال بك{ tail-it }
headline-out-for-delivery-appointment = لطردك موعد تسليم محدد{ tail-it }
headline-available-for-pickup-ready = طردك جاهز للاستلام{ in-place }{ until-then }
headline-attempt-failed-no-one-home = جاء مندوب { carrier-begins }{ on-that-day } ولم يكن أحد في البيت؛ تتكرر المحاولة عادة في يوم العمل التالي
headline-attempt-failed-business-closed = جاء مندوب { carrier-begins }{ on-that-day } وكان المكان مغلقًا؛ تتكرر المحاولة عادة في يوم العمل التالي
headline-attempt-failed-no-access = جاء مندوب { carrier-begins }{ on-that-day } ولم يستطع الدخول؛ أخبره كيف يصل إلى بابك
headline-attempt-failed-id-failed = جاء مندوب { carrier-begins }{ on-that-day } ولم ينجح التحقق من الهوية؛ جهّز هويتك للمرة القادمة
headline-attempt-failed-notice-left = جاء مندوب { carrier-begins }{ on-that-day } وترك بطاقة تشرح كيف تستلم طردك
headline-attempt-failed-final = لن تتكرر محاولة التسليم من { carrier-begins }؛ استلم طردك بنفسك أو اطلب مساعدتنا
headline-attempt-failed-other = لم ينجح التسليم من { carrier-begins }{ on-that-day } وتتكرر المحاولة عادة في يوم العمل التالي
headline-delivered-delivered = سُلّم طردك{ on-that-day }
headline-delivered-signed = سُلّم طردك مقابل توقيع{ on-that-day }
headline-delivered-neighbour = تُرك طردك عند أحد الجيران{ on-that-day }
headline-delivered-safe-place = تُرك طردك في مكان آمن{ on-that-day }
headline-delivered-mailbox = وُضع طردك في صندوق بريدك{ on-that-day }
headline-delivered-reception = تُرك طردك عند الاستقبال{ on-that-day }
headline-delivered-collected = تم استلام طردك{ on-that-day }
headline-delivered-cod-paid = سُلّم طردك ودُفع ثمنه{ on-that-day }
headline-delivered-partial = وصل جزء من طلبك{ on-that-day }؛ والباقي في الطريق
headline-delivered-damaged = وصل طردك متضررًا{ on-that-day }؛ أخبرنا وسنصلح الأمر
headline-exception-action-required = تحتاج { carrier-begins } إلى شيء منك{ tail-waits }
headline-exception-address-issue = لا تجد { carrier-begins } عنوانك؛ تحقق منه معنا من فضلك{ tail-waits }
headline-exception-customs-hold = الجمارك تحتجز طردك{ in-place }{ tail-trouble }
headline-exception-damaged = تضرر طردك في الطريق؛ سنصلح الأمر{ tail-trouble }
headline-exception-delayed-carrier = تأخرت { carrier-begins }{ tail-trouble }
headline-exception-delayed-external = أمر خارج عن إرادة شركة الشحن يؤخر طردك{ tail-trouble }
headline-exception-disposed = تعذّر تسليم طردك ولن يصل؛ اطلب منا طردًا جديدًا أو استرداد المبلغ
headline-exception-documents-required = تنقص أوراق لطردك{ tail-waits }
headline-exception-duties-unpaid = رسوم استيراد مستحقة على طردك{ tail-waits }
headline-exception-held = طردك محفوظ لدى { carrier-begins }{ in-place }{ tail-trouble }
headline-exception-lost = يبدو أن طردك ضاع؛ اطلب منا طردًا جديدًا أو استرداد المبلغ
headline-exception-misrouted = سلك طردك طريقًا خاطئًا وتجري إعادته إلى مساره{ tail-trouble }
headline-exception-other = شيء ما يؤخر طردك{ in-place }{ tail-trouble }
headline-exception-payment-due = هناك مبلغ مستحق على طردك{ tail-waits }
headline-exception-prohibited = لا يجوز لـ { carrier-begins } متابعة نقل طردك؛ اسألنا عما يمكن فعله
headline-exception-recipient-moved = أُبلغت { carrier-begins } بأنك انتقلت؛ تحقق من العنوان معنا من فضلك{ tail-waits }
headline-exception-refused = رُفض استلام طردك؛ إن كان ذلك خطأ فأخبرنا الآن
headline-exception-rejected-by-carrier = لم تقبل { carrier-begins } طردك؛ نبحث عن طريقة أخرى
headline-exception-unclaimed = لم يُستلم طردك في الوقت المحدد وسيعود؛ أخبرنا إن كنت ما زلت تريده
headline-exception-undeliverable = تعذّر تسليم طردك؛ اسألنا عما يمكن فعله
headline-exception-weather = سوء الأحوال الجوية يؤخر طردك{ in-place }{ tail-trouble }
headline-returning-in-progress = طردك في طريق العودة إلينا؛ اسألنا إن لم تكن تتوقع ذلك
headline-returned-received = عاد طردك إلينا؛ اطلب منا طردًا جديدًا أو استرداد المبلغ
headline-cancelled-cancelled = أُلغيت هذه الشحنة؛ لن يُسلّم شيء
headline-expired-expired = توقفت { carrier-begins } عن إرسال الأخبار؛ اسألنا إن لم يصل طردك
headline-unknown-unknown = وصل خبر من { carrier-begins } لا نستطيع قراءته بعد{ tail-it }
headline-unknown-tracker-error = لا نستطيع الوصول إلى { the-carrier } الآن وسنحاول مجددًا{ tail-it }

# طلبات ليس لها طرد بعد.
order-ordered = وصلنا طلبك{ tail-order }
order-paid = دُفع ثمن طلبك وسيُجهّز{ tail-order }
order-picked = جُمعت منتجاتك{ tail-order }
order-packed = طلبك جاهز وينتظر { the-carrier }{ tail-order }
order-cancelled = أُلغي طلبك؛ لن يُسلّم شيء
order-ship-by = وصلنا طلبك وسنرسله { $when }
tail-order = { $timing ->
    [on-time] ؛ يُتوقع وصوله { $when }
    [late] ؛ تأخر ويُتوقع الآن { $when }
    [overdue] ؛ يستغرق وقتًا أطول من المتوقع
   *[none] {""}
}

# عدة طرود: ما وصل أولًا، ثم الأسوأ، ثم الباقي.
items-one = «{ $first }»
items-two = «{ $first }» و«{ $second }»
items-more = { $more ->
    [one] «{ $first }» ومنتج آخر
    [two] «{ $first }» ومنتجان آخران
    [few] «{ $first }» و{ $more } منتجات أخرى
   *[other] «{ $first }» و{ $more } منتجًا آخر
}
items-unnamed = { $count ->
    [one] طرد واحد
    [two] طردان
    [few] { $count } طرود
   *[other] { $count } طردًا
}
items-rest = { $count ->
    [one] الطرد الآخر
    [two] الطردان الآخران
   *[other] الطرود الأخرى ({ $count })
}
parcels-arrived-of = وصل { $arrived } من { $total }؛ { $rest }
parcels-arrived-all = { $total ->
    [2] سُلّم الطردان{ on-that-day }
   *[other] سُلّمت الطرود كلها ({ $total }){ on-that-day }
}
parcels-then = { $lead }؛ { $rest }
parcels-lost = { $count ->
    [one] ضاع على الأرجح: { $what }؛ اطلب منا طردًا جديدًا أو استرداد المبلغ
   *[other] ضاعت على الأرجح: { $what }؛ اطلب منا طردًا جديدًا أو استرداد المبلغ
}
parcels-action-needed = { $count ->
    [one] يحتاج إلى مساعدتك: { $what }
   *[other] تحتاج إلى مساعدتك: { $what }
}
parcels-returning = { $count ->
    [one] في طريق العودة إلينا: { $what }
   *[other] في طريق العودة إلينا: { $what }
}
parcels-late = { $timing ->
    [on-time] تأخر في الطريق، وما زال يُتوقع وصوله { $when }: { $what }
   *[other] { $count ->
        [one] تأخر: { $what }{ parcels-late-day }
       *[other] تأخرت: { $what }{ parcels-late-day }
    }
}
parcels-late-day = { $timing ->
    [none] {""}
    [overdue] {""}
   *[dated] ، يُتوقع الآن { $day }
}
parcels-arriving = { $timing ->
    [none] { parcels-on-the-way }
    [overdue] { parcels-on-the-way }
   *[dated] يُتوقع الوصول { $when }: { $what }
}
parcels-on-the-way = { $count ->
    [one] في الطريق: { $what }
   *[other] في الطريق: { $what }
}
parcels-collect = { $count ->
    [one] جاهز للاستلام: { $what }
   *[other] جاهزة للاستلام: { $what }
}
parcels-to-ship = { $count ->
    [one] سيُرسل لاحقًا: { $what }
   *[other] ستُرسل لاحقًا: { $what }
}
parcels-cancelled = { $count ->
    [one] أُلغي: { $what }
   *[other] أُلغيت: { $what }
}
parcels-delivered = { $count ->
    [one] سُلّم{ on-that-day }: { $what }
   *[other] سُلّمت{ on-that-day }: { $what }
}
