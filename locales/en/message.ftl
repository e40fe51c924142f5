# Mails and text messages. Subjects stay under 60 characters, text messages under 160.

mail-greeting = Hello,
mail-signature = Your { $brand } team
mail-code-subject = { $code } is your code for { $brand }
mail-code-intro = Your code to see your orders at { $brand }:
mail-code-use = Type it in the browser where you asked for it. It works for { $minutes } minutes.
mail-code-link = Or open this link in any browser:
mail-code-button = Open my orders
mail-code-not-you = You did not ask for this? Then you need do nothing: nobody sees your orders without the code.
mail-link-subject = Your order { $number } from { $brand }
mail-link-intro = You can follow your order { $number } here at any time:
mail-link-button = Follow my order
mail-link-lifetime = The link works for { $days ->
    [one] one day
   *[other] { $days } days
}. Anybody who has it sees this order, so keep it to yourself.
mail-update-subject = Order { $number }: { $headline }
mail-update-intro = There is news of your order { $number }:
mail-footer = You get this mail because of your order at { $brand }.
sms-code = { $code } is your { $brand } code. It works for { $minutes } min. Or open: { $link }
sms-link = { $brand }: follow your order { $number } here: { $link }
sms-update = { $brand }, order { $number }: { $headline }. { $link }
case-mail-subject = Order { $order }: { $cause }
case-mail-intro = A shopper asks about order { $order }, package { $parcel }: { $cause }
case-mail-update = Last update: { $update }
case-mail-by = Please answer by { $day }.
