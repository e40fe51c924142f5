# Was auf den Seiten um die Sätze herum steht. Ids beginnen mit der Seite oder dem Teil, auf dem sie stehen.

# Tage und Zeiten
day-today = heute
day-tomorrow = morgen
day-yesterday = gestern
day-on = am { $day }
day-by = bis { $day }
heading-today = Heute
heading-yesterday = Gestern
range = { $from } – { $to }
range-between = zwischen { $from } und { $to }
moment = { $day }, { $time }
clock-local = { $time } Ortszeit
clock-utc = { $time } UTC
ago-now = gerade eben
ago-minutes = vor { $count } Min.
ago-hours = vor { $count } Std.
ago-days = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}

# Jede Seite
skip-to-content = Zum Inhalt springen
site-home = { $brand }, zum Shop
site-track-another = Andere Bestellung suchen
site-my-orders = Meine Bestellungen
site-sign-out = Auf diesem Gerät vergessen
site-signed-out = Erledigt. Dieses Gerät zeigt keine Bestellungen mehr.
site-help = Hilfe
site-privacy = Datenschutz
site-imprint = Impressum
site-powered = Sendungsverfolgung von { $brand }
language-label = Sprache
language-button = Ändern
page-title = { $title } · { $brand }
back-to-orders = Zurück zu meinen Bestellungen
close = Schließen
optional = freiwillig
loading = Einen Moment…

# Eine Bestellung finden
lookup-title = Wo ist meine Bestellung?
lookup-intro = Finden Sie sie mit dem, was Sie gerade zur Hand haben.
lookup-label = Bestellnummer, E-Mail oder Telefon
lookup-hint = Eine Sendungsnummer geht auch.
lookup-button = Bestellung finden
lookup-empty = Bitte geben Sie Bestellnummer, E-Mail, Telefon oder Sendungsnummer ein.
lookup-unreadable = Das können wir nicht lesen. Bitte geben Sie eine Bestellnummer, E-Mail-Adresse, Telefonnummer oder Sendungsnummer ein.
lookup-too-long = Das ist zu lang für eine Bestellnummer, E-Mail-Adresse, Telefon- oder Sendungsnummer.
lookup-recognised-order = Das sieht nach einer Bestellnummer aus.
lookup-recognised-email = Das sieht nach einer E-Mail-Adresse aus. Wir schicken Ihnen einen Code.
lookup-recognised-phone = Das sieht nach einer Telefonnummer aus. Wir schicken Ihnen einen Code.
lookup-recognised-tracking = Das sieht nach einer Sendungsnummer aus.
lookup-recognised-carrier = Das sieht nach einer Sendungsnummer von { $carrier } aus.
lookup-did-you-mean = Meinten Sie { $address }?
lookup-where-heading = Wo steht die Bestellnummer?
lookup-where = In der Bestätigung, die Sie nach der Bestellung bekommen haben, zum Beispiel { $example }.
lookup-link-only = Bitte nutzen Sie den Link aus unserer Nachricht zu Ihrer Bestellung.
lookup-privacy = Was Sie eingeben, nutzen wir nur, um Ihre Bestellung zu finden.

# Zeigen, dass sie einem gehört
proof-title = Sind Sie es?
proof-intro = Um die Bestellung { $number } zu öffnen, geben Sie die E-Mail-Adresse oder Telefonnummer ein, mit der Sie bestellt haben.
proof-label = E-Mail oder Telefon
proof-label-postcode = E-Mail, Telefon oder Postleitzahl
proof-button = Bestellung zeigen
proof-no-match = Das passt nicht zusammen. Bitte prüfen Sie die Bestellnummer und die E-Mail-Adresse oder Telefonnummer.
proof-code-instead = Zur Sicherheit haben wir einen Code an den Kontakt geschickt, den wir zu dieser Bestellung haben, falls es einen gibt.
proof-another = Andere Bestellnummer eingeben

# Einmalcode
code-title = Code eingeben
code-sent = Falls wir zu dieser Adresse Bestellungen haben, haben wir einen Code und einen Link dorthin geschickt.
code-sent-contact = Falls wir zu dieser Nummer Bestellungen haben, haben wir einen Code und einen Link an den uns bekannten Kontakt geschickt.
code-label = Code
code-hint = Sechs Ziffern. Er gilt { $minutes } Minuten lang in diesem Browser.
code-button = Weiter
code-wrong = Dieser Code passt nicht. Bitte prüfen Sie ihn oder fordern Sie einen neuen an.
code-tries-over = Dieser Code wurde zu oft versucht. Bitte fordern Sie einen neuen an.
code-expired = Dieser Code gilt nicht mehr. Bitte fordern Sie einen neuen an.
code-again = Neuen Code schicken
code-how-often = An dieselbe Adresse schicken wir höchstens drei Nachrichten, danach eine pro Stunde.
code-wait-heading = Nichts angekommen?
code-wait-spam = Sehen Sie auch im Spam-Ordner nach.
code-wait-address = Apple oder PayPal haben dem Shop vielleicht eine andere Adresse gegeben. Versuchen Sie die aus deren Bestätigung.
code-wait-order-number = Oder finden Sie Ihre Bestellung über die Bestellnummer.
code-wait-typo = Stimmt die Adresse? Sie haben { $address } eingegeben.

# Links aus Nachrichten
link-title = Meine Bestellungen öffnen
link-intro = Drücken Sie den Knopf, um Ihre Bestellungen in diesem Browser zu öffnen.
link-button = Meine Bestellungen öffnen
link-gone-title = Dieser Link gilt nicht mehr
link-gone = Er ist vielleicht zu alt oder wurde schon benutzt. Finden Sie Ihre Bestellung stattdessen hier.

# Meine Bestellungen
orders-title = Meine Bestellungen
orders-intro = Bestellungen mit { $contact }
orders-none = Zu diesem Kontakt haben wir keine Bestellungen.
orders-placed = Bestellt { $day }
orders-count = { $count } Artikel
orders-open = Bestellung { $number } öffnen
orders-older = Ältere Bestellungen
orders-newer = Neuere Bestellungen

# Die Bestellung
order-title = Bestellung { $number }
order-placed = Bestellt { $day }
order-full-address-hint = Um die ganze Adresse zu sehen, bestätigen Sie sich mit einem Code.
order-full-address-button = Code schicken
step-ordered = Bestellt
step-processing = In Arbeit
step-shipped = Verschickt
step-out-for-delivery = In Zustellung
step-delivered = Zugestellt
step-pickup = Abholbereit
progress-label = Stand Ihrer Lieferung
progress-now = Schritt { $number } von { $total }: { $step }
progress-done = erledigt
progress-current = jetzt
progress-ahead = noch vor uns
progress-trouble = aufgehalten
window-heading = Ihr Lieferfenster
window-sentence = { $timing ->
    [on-time] Es sollte { $when } ankommen.
    [late] Es verspätet sich und wird jetzt { $when } erwartet.
    [overdue] Es dauert länger als erwartet.
   *[none] Einen Tag gibt es noch nicht.
}
window-hours = { $from } – { $to }
window-none = Noch kein Tag. Wir zeigen ihn, sobald der Zustelldienst einen nennt.
window-passed = Es hätte { $day } kommen sollen. Wir gehen dem nach.
window-confidence = { $percent } % der Pakete wie dieses kommen in diesem Fenster an.
window-basis-carrier = Nach Angabe von { $carrier }.
window-basis-merchant = Wie bei der Bestellung versprochen.
window-basis-history = Aus ähnlichen Paketen; { $share } von 10 kommen in diesem Fenster an.
window-basis-anew = Der genannte Tag ist vorbei; damit rechnen wir jetzt.
window-history-heading = Wie sich der Tag verschoben hat
window-history-row = { $window } ({ $reason })
window-reason-first = erste Schätzung
window-reason-scan = nach einer Meldung
window-reason-carrier = der Zustelldienst nannte diesen Tag
window-reason-customs = vom Zoll aufgehalten
window-reason-weather = Wetter
window-reason-attempt = ein missglückter Zustellversuch
window-reason-overdue = der Tag davor war vorbei
window-reason-handed-over = der Zustelldienst hat es
window-reason-out-for-delivery = in Zustellung
window-reason-address = eine Frage zur Adresse
window-reason-delay = Verzögerung beim Zustelldienst
window-reason-misrouted = es nahm erst den falschen Weg
window-reason-redirected = an eine andere Adresse geschickt
window-reason-held = beim Zustelldienst angehalten
window-reason-damaged = unterwegs beschädigt
window-reason-action = etwas wurde von Ihnen gebraucht
window-reason-promise = wir haben den Tag geändert
window-reason-trouble = Schwierigkeiten unterwegs
calendar-link = In den Kalender
calendar-summary = Lieferung von { $brand }
calendar-description = Bestellung { $number }. Der Eintrag wandert mit, wenn sich der Tag verschiebt.
parcel-heading = Paket { $number } von { $total }
parcel-heading-only = Ihr Paket
parcel-title = Paket { $number }
parcel-public-hint = Wer diese Nummer hat, sieht diese Schritte. Für die Bestellung suchen Sie mit der Bestellnummer.
items-heading = In diesem Paket
items-heading-order = Ihre Artikel
items-quantity = Menge: { $count }
items-unknown = Wir wissen noch nicht, welche Artikel in diesem Paket sind.
items-to-ship-heading = Wird noch verschickt
items-to-ship = Diese Artikel sind noch nicht unterwegs.
items-to-ship-by = Wir verschicken sie { $when }.
items-no-shipping = Nichts zu liefern: Diese Artikel kommen per E-Mail.
updates-heading = Verlauf
updates-all = Alle Meldungen ({ $count })
updates-none = Es gibt noch keine Meldungen.
updates-local-times = Die Zeiten gelten für den Ort, an dem es geschah.
updates-new = Neu: { $headline }
journey-heading = Auf der Karte
journey-show = Den Weg auf der Karte ansehen
journey-last-seen = Von { $from } nach { $last }, wo es zuletzt gesehen wurde.
journey-arrived = Von { $from } nach { $last }.
journey-back = Wieder in { $last }, wo es losging.
carrier-heading = Zustelldienst und Nummer
carrier-label = Zustelldienst
carrier-unknown = Noch nicht bekannt
service-label = Versandart
tracking-number-label = Sendungsnummer
tracking-number-copy = Nummer kopieren
tracking-number-copied = Kopiert
carrier-site = Bei { $carrier } verfolgen
carrier-phone = { $carrier } anrufen: { $phone }
freshness = { $carrier } hat { $scanned } gescannt · geprüft { $checked }
freshness-unscanned = Noch nicht gescannt · geprüft { $checked }
freshness-never-checked = { $carrier } hat { $scanned } gescannt
freshness-none = Noch nicht gescannt
freshness-carrier = Der Zustelldienst
freshness-stale = Wir erreichen { $carrier } gerade nicht; das ist der Stand von { $checked }.
live-on = Diese Seite hält sich selbst auf dem neuesten Stand.
live-off = Laden Sie die Seite neu, um den neuesten Stand zu sehen.
pickup-heading = Hier können Sie es abholen
pickup-hours = Öffnungszeiten
pickup-until = Abholen bis { $day }
pickup-code = Abholcode
pickup-bring = Bringen Sie Ihren Ausweis und den Code mit.
pickup-map = Auf der Karte zeigen
pickup-proof-needed = Um den Abholcode zu sehen, bestätigen Sie, dass Sie es sind.
proof-heading = Zustellnachweis
proof-signed-by = Unterschrieben von { $name }
proof-photo = Foto der Zustellung
proof-photo-alt = Foto, das der Zustelldienst bei der Zustellung gemacht hat
proof-left-at = Abgelegt: { $place }
not-received-heading = Als zugestellt gemeldet, aber nicht da?
not-received = Sehen Sie zuerst an der Tür, in der Nachbarschaft und am Empfang nach; manchmal kommt die Meldung einige Stunden zu früh. Ist es nirgends, sagen Sie es uns hier: Wir fragen den Zustelldienst für Sie.
not-received-text = Wo haben Sie nachgesehen? (freiwillig)
not-received-send = Ich habe es nicht
address-heading = Lieferadresse
address-partial = { $town }, Postleitzahl endet auf { $ending }
address-town-only = { $town }
map-heading = Der Weg Ihres Pakets
map-text = Bisher: { $places }.
help-heading = Hilfe
help-intro = Stimmt etwas nicht? Wir sind für Sie da.
help-contact = Schreiben Sie uns
help-phone = Rufen Sie uns an: { $phone }
help-email = E-Mail: { $email }
help-policy = Rückgabe und Erstattung
help-handover = Ihre Nachricht nennt die Bestellung { $number } und die letzte Meldung, damit niemand noch einmal fragen muss.
help-question-where = Wo ist mein Paket?
help-question-when = Wann kommt es?
help-question-address = Kann ich die Adresse ändern?
help-question-nobody-home = Was, wenn niemand zu Hause ist?
help-question-damaged = Es kam beschädigt an
help-question-missing = Es fehlt etwas
help-question-return = Ich möchte etwas zurückgeben
help-answer-address = Schreiben Sie uns, bevor es in Zustellung geht; wir fragen den Zustelldienst.
help-answer-nobody-home = Meist gibt es einen neuen Versuch, oder es wird in der Nachbarschaft oder einer Abholstelle abgegeben.
help-answer-damaged = Heben Sie die Verpackung auf, machen Sie ein Foto und schreiben Sie uns.
help-answer-missing = Vielleicht ist es in einem anderen Paket der Bestellung. Sind alle da, schreiben Sie uns.
help-answer-return = Schreiben Sie uns, wir sagen Ihnen, wie es geht.
help-question-not-received = Als zugestellt gemeldet, aber ich habe es nicht
help-question-other = Etwas anderes
help-question-rating = Wie die Lieferung lief
help-last-update = Letzte Meldung: { $update }
help-answer-when = Erwartet: { $window }
help-answer-when-unknown = Noch gibt es keinen Tag. Er steht hier, sobald ihn jemand nennt.
help-answer-goes-to = Es geht an: { $place }
help-answer-address-late = Es ist schon in Zustellung, die Adresse lässt sich nicht mehr ändern. Ist niemand da, gibt es einen neuen Versuch oder es wird in der Nähe abgegeben.
help-answer-pickup = Es wartet auf Sie bei { $place }.
help-answer-still-to-come = Kommt noch: { $items }
help-answer-all-here = Alle Pakete dieser Bestellung sind angekommen.
help-more = Nicht beantwortet? Schreiben Sie uns
help-contact-heading = Schreiben Sie uns
help-contact-about = Worum geht es?
help-contact-parcel = Welches Paket?
help-contact-whole = Die ganze Bestellung
help-contact-text = Ihre Nachricht
help-contact-hint = Nummern brauchen Sie nicht zu wiederholen. Höchstens { $count } Zeichen.
help-contact-send = An den Shop senden
help-mail-subject = Bestellung { $number }
help-mail-parcel = Paket { $number }
case-open = Wir haben Ihre Nachricht („{ $cause }“). Bis { $day } hören Sie von uns.
case-done = Beantwortet: „{ $cause }“.

# Neben der Lieferung
recommendations-heading = Passt gut zu Ihrer Bestellung
recommendations-heading-delivered = Passt gut zu dem, was Sie haben
recommendations-reason = Oft gekauft zusammen mit { $item }
recommendations-goes-with = Passt gut zu { $item }
recommendations-reorder = Noch einmal bestellen
recommendations-view = { $item } ansehen

# Rückmeldung
feedback-heading = Wie lief die Lieferung?
feedback-heading-failed = Wie läuft diese Lieferung für Sie?
feedback-rating = Ihre Bewertung
feedback-rating-1 = Sehr schlecht
feedback-rating-2 = Schlecht
feedback-rating-3 = In Ordnung
feedback-rating-4 = Gut
feedback-rating-5 = Sehr gut
feedback-reasons-bad = Was ging schief?
feedback-reasons-good = Was war gut?
feedback-reason-late = Es kam zu spät
feedback-reason-damaged = Es war beschädigt
feedback-reason-wrong-place = Es wurde am falschen Ort abgelegt
feedback-reason-rude = Die Zustellung war unfreundlich
feedback-reason-no-update = Ich wurde nicht informiert
feedback-reason-packaging = Die Verpackung
feedback-reason-missing = Es fehlte etwas
feedback-reason-quick = Es ging schnell
feedback-reason-kind = Die Zustellung war freundlich
feedback-reason-careful = Es wurde sorgsam behandelt
feedback-reason-informed = Ich wusste immer, wo es ist
feedback-reason-on-time = Es kam wie angekündigt
feedback-comment = Möchten Sie noch etwas sagen?
feedback-comment-hint = Bitte keine persönlichen Daten anderer. Höchstens { $count } Zeichen.
feedback-comment-too-long = Bitte schreiben Sie höchstens { $count } Zeichen.
feedback-send = Absenden
feedback-change = Antwort ändern
feedback-thanks = Vielen Dank. Bis { $day } können Sie Ihre Antwort ändern.
feedback-thanks-good = Das freut uns! Erzählen Sie es weiter?
feedback-review = Bewertung schreiben
feedback-thanks-bad = Das tut uns leid. Wir bringen es in Ordnung.
feedback-closed = Ändern können Sie jetzt nichts mehr. Danke für Ihre Antwort.
feedback-rating-missing = Bitte wählen Sie eine Bewertung.
feedback-photo-heading = Ein Foto des Schadens
feedback-photo-label = Foto
feedback-photo-hint = JPEG, PNG oder WebP, bis { $megabytes } MB. Wo und wann es entstand, entfernen wir.
feedback-photo-send = Foto senden
feedback-photo-too-big = Dieses Foto ist zu groß. Bitte senden Sie eines bis { $megabytes } MB.
feedback-photo-unreadable = Das können wir nicht als Foto lesen. Bitte senden Sie JPEG, PNG oder WebP.
feedback-photo-thanks = Wir haben Ihr Foto.
feedback-updates-question = Waren unsere Meldungen zu viele, genau richtig oder zu wenige?
feedback-updates-too-many = Zu viele
feedback-updates-right = Genau richtig
feedback-updates-too-few = Zu wenige
feedback-case = Ihre Antwort liegt unserem Team vor. Bis { $day } hören Sie von uns.
feedback-photo-again = Ein weiteres Foto tritt an die Stelle von diesem.
feedback-photo-missing = Bitte wählen Sie zuerst ein Foto aus.
feedback-updates-thanks = Vielen Dank. Notiert: { $choice }

# Wenn etwas nicht geht
error-400-title = Das konnten wir nicht lesen
error-400 = In der Adresse oder im Formular stimmt etwas nicht. Bitte beginnen Sie von vorn.
error-403-title = Das kam nicht von unserer Seite
error-403 = Zu Ihrer Sicherheit haben wir es nicht ausgeführt. Bitte gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.
error-404-title = Hier ist nichts
error-404 = Die Seite gibt es nicht, oder sie ist nicht für diesen Browser. Suchen Sie Ihre Bestellung noch einmal, um sie zu öffnen.
error-405-title = So geht das nicht
error-405 = Bitte gehen Sie zurück und nutzen Sie den Knopf auf der Seite.
error-410-title = Das ist vorbei
error-410 = Diese Seite gibt es nicht mehr.
error-413-title = Das ist zu viel
error-413 = Was Sie gesendet haben, ist zu groß. Bitte senden Sie weniger.
error-421-title = Hier wohnt kein Shop
error-421 = Diese Adresse gehört zu keinem Shop, den wir kennen. Bitte prüfen Sie sie.
error-422-title = Es fehlt etwas
error-422 = Bitte prüfen Sie Ihre Eingabe und senden Sie sie noch einmal.
error-429-title = Bitte etwas langsamer
error-429 = Das waren viele Anfragen in kurzer Zeit. Bitte versuchen Sie es in { $wait ->
    [one] einer Minute
   *[other] { $wait } Minuten
} noch einmal.
error-500-title = Das war unser Fehler
error-500 = Bei uns ging etwas schief. Bitte versuchen Sie es noch einmal; Ihre Bestellung ist sicher.
error-503-title = Gleich wieder da
error-503 = Wir erreichen unsere Daten gerade nicht. Ihre Bestellung ist sicher; bitte versuchen Sie es in einer Minute noch einmal.
error-retry = Noch einmal versuchen
error-to-lookup = Bestellung finden

# Gerüst der Seiten
site-nav = Shop
site-shop = Shop
site-contact = Kontakt
site-returns = Rückgabe
window-label = Ankunft
window-label-overdue = Ankunft war geplant
updates-folded = { $count ->
    [one] Alle Meldungen: ein weiterer Scan
   *[other] Alle Meldungen: { $count } weitere Scans
}
help-page = Antworten lesen
summary-title = Das ist die Kurzfassung
summary-note = Mit der E-Mail oder Telefonnummer der Bestellung sehen Sie auch die Artikel, jede Meldung und wohin es geht.
summary-link = Ganze Bestellung zeigen
error-number = Fehler { $status }
