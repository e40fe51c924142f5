# E-Mails und SMS. Betreffe bleiben unter 60 Zeichen, SMS unter 160.

mail-greeting = Guten Tag,
mail-signature = Ihr Team von { $brand }
mail-code-subject = { $code } ist Ihr Code für { $brand }
mail-code-intro = Ihr Code, um Ihre Bestellungen bei { $brand } zu sehen:
mail-code-use = Geben Sie ihn in dem Browser ein, in dem Sie ihn angefordert haben. Er gilt { $minutes } Minuten.
mail-code-link = Oder öffnen Sie diesen Link in einem beliebigen Browser:
mail-code-button = Meine Bestellungen öffnen
mail-code-not-you = Das waren nicht Sie? Dann müssen Sie nichts tun: Ohne den Code sieht niemand Ihre Bestellungen.
mail-link-subject = Ihre Bestellung { $number } bei { $brand }
mail-link-intro = Hier können Sie Ihre Bestellung { $number } jederzeit verfolgen:
mail-link-button = Bestellung verfolgen
mail-link-lifetime = Der Link gilt { $days ->
    [one] einen Tag
   *[other] { $days } Tage
}. Wer ihn hat, sieht diese Bestellung; behalten Sie ihn für sich.
mail-update-subject = Bestellung { $number }: { $headline }
mail-update-intro = Es gibt Neues zu Ihrer Bestellung { $number }:
mail-footer = Sie bekommen diese E-Mail wegen Ihrer Bestellung bei { $brand }.
sms-code = { $code } ist Ihr Code für { $brand }. Er gilt { $minutes } Min. Oder öffnen Sie: { $link }
sms-link = { $brand }: Verfolgen Sie Ihre Bestellung { $number } hier: { $link }
sms-update = { $brand }, Bestellung { $number }: { $headline }. { $link }
case-mail-subject = Bestellung { $order }: { $cause }
case-mail-intro = Eine Anfrage zur Bestellung { $order }, Paket { $parcel }: { $cause }
case-mail-update = Letzte Meldung: { $update }
case-mail-by = Bitte antworten Sie bis { $day }.
