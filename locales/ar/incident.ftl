# المشكلات في أربعة أجزاء: ماذا حدث، وما معناه لليوم، وماذا بعد، وماذا يمكنك أن تفعل.

incident-heading = ما الذي يجري
incident-part-happened = ماذا حدث
incident-part-date = ما معنى ذلك لليوم المتوقع
incident-part-next = ماذا سيحدث بعد ذلك
incident-part-action = ماذا يمكنك أن تفعل
incident-headline = { $happened }؛ { $date }
incident-opened = منذ { $day }
incident-resolved = حُلّت { $when }
incident-stage-tell = للعلم
incident-stage-act = نحتاج إلى مساعدتك
incident-usually = الطرود التي تنقطع أخبارها هنا تتحرك عادة خلال { $days ->
    [one] يوم واحد
    [two] يومين
    [few] { $days } أيام
   *[other] { $days } يومًا
}: { $share } %
since-day = { $dated ->
    [yes] {" "}منذ { $since }
   *[no] {""}
}
date-still = { $timing ->
    [on-time] ما زال يُتوقع وصوله { $when }
    [late] يُتوقع الآن { $when }
    [overdue] مضى اليوم الذي كنا نرجوه، ولم يُعرف يوم جديد بعد
   *[none] لا يوجد يوم جديد بعد
}
date-after = { $timing ->
    [on-time] بعد حل ذلك يُتوقع وصوله { $when }
    [late] بعد حل ذلك يُتوقع { $when }
    [overdue] يتوقف اليوم الجديد على سرعة حل ذلك
   *[none] يتوقف اليوم الجديد على سرعة حل ذلك
}

incident-no-scan-title = لم تصل أخبار عن طردك من { carrier-begins }{ since-day }
incident-no-scan-happened = لم يصلنا أي مسح منذ أكثر من يوم. كثيرًا ما تسافر الطرود هذه المدة بين مركزين.
incident-no-scan-date = { date-still }
incident-no-scan-next = نواصل السؤال لدى { the-carrier } ونعرض المسح التالي هنا فورًا.
incident-no-scan-action = لا حاجة إلى فعل شيء الآن. إن كنت قلقًا فاكتب إلينا.

incident-label-unscanned-title = لم يصل طردك بعد إلى { carrier-begins }
incident-label-unscanned-happened = أُنشئت البطاقة قبل أكثر من يوم، ولم يُمسح الطرد منذ ذلك الحين.
incident-label-unscanned-date = { date-still }
incident-label-unscanned-next = نتحقق من خروجه من عندنا، ونرسله من جديد إن لم يخرج.
incident-label-unscanned-action = لا حاجة إلى فعل شيء الآن. إن كنت تحتاجه في يوم معين فأخبرنا.

incident-stuck-title = لم يتحرك طردك{ since-day }
incident-stuck-happened = هو في الطريق منذ أكثر من ثلاثة أيام دون تقدم.
incident-stuck-date = { date-still }
incident-stuck-next = نطلب من { the-carrier } البحث عنه.
incident-stuck-action = إن لم ترد الانتظار فاطلب منا طردًا جديدًا أو استرداد المبلغ.

incident-customs-title = طردك لدى الجمارك
incident-customs-happened = تريد الجمارك فحصه، أو تنقص أوراق أو رسوم.
incident-customs-date = { date-after }
incident-customs-next = تقرر الجمارك عادة خلال يوم أو يومين، ثم ينتقل إلى { the-carrier }.
incident-customs-action = إن طُلبت منك أوراق أو دفعة، فسرعة الرد تعجّل وصوله.

incident-weather-title = سوء الأحوال الجوية يؤخر طردك
incident-weather-happened = طرق أو رحلات جوية في مساره مغلقة.
incident-weather-date = { date-still }
incident-weather-next = يتابع طريقه حالما يكون ذلك آمنًا؛ لم يضع شيء.
incident-weather-action = لا حاجة إلى فعل شيء. نعرض اليوم الجديد هنا.

incident-address-title = هناك خطأ في العنوان
incident-address-happened = لم تجد { carrier-begins } الباب بالعنوان المكتوب على البطاقة.
incident-address-date = { date-after }
incident-address-next = تحتفظ { carrier-begins } بالطرد بضعة أيام ثم تعيده.
incident-address-action = تحقق من العنوان أدناه وأرسل إلينا الصحيح.

incident-failed-attempt-title = لم تستطع { carrier-begins } تسليم طردك
incident-failed-attempt-happened = كان المندوب عند بابك{ on-that-day } ولم يستطع ترك الطرد.
incident-failed-attempt-date = { date-still }
incident-failed-attempt-next = تتكرر المحاولة عادة في يوم العمل التالي، ثم ينتظرك في نقطة استلام.
incident-failed-attempt-action = أخبرنا أين يُترك، أو اختر نقطة استلام.

incident-damaged-title = تضرر طردك
incident-damaged-happened = وجدت { carrier-begins } الطرد متضررًا.
incident-damaged-date = { date-still }
incident-damaged-next = نفحص الأمر ونصلحه.
incident-damaged-action = اطلب منا طردًا جديدًا أو استرداد المبلغ؛ الصورة تساعد، ولا حاجة إلى إعادة شيء أولًا.

incident-lost-title = يبدو أن طردك ضاع
incident-lost-happened = بحثت { carrier-begins } عنه ولم تجده.
incident-lost-date = لن يصل على الأرجح
incident-lost-next = نسوّي ذلك عنك.
incident-lost-action = اختر طردًا جديدًا أو استرداد المبلغ.

incident-returned-title = طردك في طريق العودة إلينا
incident-returned-happened = لم تستطع { carrier-begins } تسليمه وهي تعيده.
incident-returned-date = لن يصل كما كان مقررًا
incident-returned-next = عندما يعود إلينا نكتب إليك.
incident-returned-action = أخبرنا هل نرسله من جديد أم نرد المبلغ.

incident-pickup-expiring-title = لن ينتظرك طردك طويلًا
incident-pickup-expiring-happened = هو في نقطة الاستلام{ until-then }.
incident-pickup-expiring-date = بعد ذلك يعود إلينا
incident-pickup-expiring-next = تعيد { carrier-begins } ما لا يُستلم.
incident-pickup-expiring-action = استلمه بهويتك ورمز الاستلام، أو أرسل من ينوب عنك.

incident-window-missed-title = لم يصل طردك في موعده
incident-window-missed-happened = مضى اليوم الذي ذكرناه لك.
incident-window-missed-date = { date-still }
incident-window-missed-next = نسأل { the-carrier } عن مكانه ونعرض اليوم الجديد هنا.
incident-window-missed-action = إن فات الأوان بالنسبة إليك فاطلب منا طردًا جديدًا أو استرداد المبلغ.

incident-action-needed-title = طردك يحتاج إلى مساعدتك
incident-action-needed-happened = لا تستطيع { carrier-begins } المتابعة من دون جواب.
incident-action-needed-date = { date-after }
incident-action-needed-next = تحتفظ { carrier-begins } بالطرد بضعة أيام ثم تعيده.
incident-action-needed-action = أخبرنا كيف تريده، وسنرتب ذلك عنك.

incident-expired-title = توقفت { carrier-begins } عن إرسال الأخبار
incident-expired-happened = أنهت { carrier-begins } التتبع دون أن تقول إن طردك وصل.
incident-expired-date = لا يستطيع أحد الآن أن يحدد له يومًا
incident-expired-next = نسأل { the-carrier } عما حدث له.
incident-expired-action = إن لم يصل فاطلب منا طردًا جديدًا أو استرداد المبلغ.

incident-delayed-title = طردك متأخر
incident-delayed-happened = تقول { carrier-begins } إن الأمر يستغرق وقتًا أطول من المقرر.
incident-delayed-date = { date-still }
incident-delayed-next = يتابع طريقه من تلقاء نفسه؛ نعرض كل خطوة هنا.
incident-delayed-action = لا حاجة إلى فعل شيء الآن. إن كنت تحتاجه في يوم معين فأخبرنا.

action-correct-address = صحّح العنوان
action-leave-at = قل أين يُترك
action-choose-pickup = اختر نقطة استلام
action-reship = أرسلوا طردًا جديدًا
action-refund = اطلب استرداد المبلغ
action-credit = اطلب رصيدًا
action-submit = أرسل إلينا
action-contact = اكتب إلينا
action-sent = وصلنا طلبك وسنرد قبل { $day }.
action-state-open = نعمل على ذلك.
action-state-done = تم.
action-state-declined = لم نستطع ذلك؛ كتبنا إليك.
action-text-address = العنوان الصحيح
action-text-leave-at = أين يمكن تركه؟
action-text-pickup = أي نقطة استلام تناسبك؟
action-text-remark = ما ينبغي أن نعرفه (اختياري)
request-mail-subject = الطلب { $order }: { $action }
request-mail-intro = ورد طلب يخص الطلب { $order } (الطرد { $parcel }): { $action }
request-mail-by = تَعِد الصفحة بالرد في موعد أقصاه { $day }.
