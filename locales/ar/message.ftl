# الرسائل البريدية والنصية.

mail-greeting = مرحبًا،
mail-signature = فريق { $brand }
mail-code-subject = { $code } هو رمزك لدى { $brand }
mail-code-intro = رمزك لرؤية طلباتك لدى { $brand }:
mail-code-use = اكتبه في المتصفح الذي طلبته منه. يصلح { $minutes } دقائق.
mail-code-link = أو افتح هذا الرابط في أي متصفح:
mail-code-button = افتح طلباتي
mail-code-not-you = لم تطلب هذا؟ لا حاجة إلى فعل شيء: لا يرى أحد طلباتك من دون الرمز.
mail-link-subject = طلبك { $number } من { $brand }
mail-link-intro = يمكنك متابعة طلبك { $number } هنا في أي وقت:
mail-link-button = تابع طلبي
mail-link-lifetime = يصلح الرابط { $days ->
    [one] يومًا واحدًا
    [two] يومين
    [few] { $days } أيام
   *[other] { $days } يومًا
}. من يملكه يرى هذا الطلب، فاحتفظ به لنفسك.
mail-update-subject = الطلب { $number }: { $headline }
mail-update-intro = هناك جديد عن طلبك { $number }:
mail-footer = تصلك هذه الرسالة بسبب طلبك لدى { $brand }.
sms-code = { $code } هو رمزك لدى { $brand }. يصلح { $minutes } دقائق. أو افتح: { $link }
sms-link = { $brand }: تابع طلبك { $number } هنا: { $link }
sms-update = { $brand }، الطلب { $number }: { $headline }. { $link }
case-mail-subject = الطلب { $order }: { $cause }
case-mail-intro = سؤال عن الطلب { $order }، الطرد { $parcel }: { $cause }
case-mail-update = آخر خبر: { $update }
case-mail-by = يرجى الرد في موعد أقصاه { $day }.
