# Schwierigkeiten in vier Teilen: was geschah, was es für den Tag heißt, wie es weitergeht, was man tun kann.

incident-heading = Was los ist
incident-part-happened = Was geschehen ist
incident-part-date = Was das für den Liefertag heißt
incident-part-next = Wie es weitergeht
incident-part-action = Was Sie tun können
incident-headline = { $happened }; { $date }
incident-opened = Seit { $day }
incident-resolved = Gelöst { $when }
incident-stage-tell = Gut zu wissen
incident-stage-act = Wir brauchen Ihre Hilfe
incident-usually = Pakete, von denen man hier nichts hört, ziehen meist innerhalb von { $days ->
    [one] einem Tag
   *[other] { $days } Tagen
} weiter: { $share } %
since-day = { $dated ->
    [yes] {" "}seit { $since }
   *[no] {""}
}
date-still = { $timing ->
    [on-time] es sollte trotzdem { $when } ankommen
    [late] es wird jetzt { $when } erwartet
    [overdue] der erhoffte Tag ist vorbei, ein neuer ist noch nicht bekannt
   *[none] einen neuen Tag gibt es noch nicht
}
date-after = { $timing ->
    [on-time] danach sollte es { $when } ankommen
    [late] danach wird es { $when } erwartet
    [overdue] der neue Tag hängt davon ab, wie schnell sich das löst
   *[none] der neue Tag hängt davon ab, wie schnell sich das löst
}

incident-no-scan-title = { carrier-begins } hat Ihr Paket{ since-day } nicht mehr erfasst
incident-no-scan-happened = Seit über einem Tag hat uns keine Meldung erreicht. So lange sind Pakete zwischen zwei Zentren oft unterwegs.
incident-no-scan-date = { date-still }
incident-no-scan-next = Wir fragen { the-carrier } laufend und zeigen die nächste Meldung sofort hier.
incident-no-scan-action = Sie müssen jetzt nichts tun. Wenn Sie sich sorgen, schreiben Sie uns.

incident-label-unscanned-title = { carrier-begins } hat Ihr Paket noch nicht bekommen
incident-label-unscanned-happened = Das Etikett wurde vor über einem Tag erstellt, seither hat niemand das Paket erfasst.
incident-label-unscanned-date = { date-still }
incident-label-unscanned-next = Wir prüfen, ob es unser Haus verlassen hat, und schicken es sonst noch einmal.
incident-label-unscanned-action = Sie müssen jetzt nichts tun. Wenn Sie es zu einem bestimmten Tag brauchen, sagen Sie es uns.

incident-stuck-title = Ihr Paket hat sich{ since-day } nicht bewegt
incident-stuck-happened = Es ist seit über drei Tagen unterwegs, ohne voranzukommen.
incident-stuck-date = { date-still }
incident-stuck-next = Wir bitten { the-carrier }, danach zu suchen.
incident-stuck-action = Wenn Sie nicht warten möchten, bitten Sie uns um Ersatz oder Erstattung.

incident-customs-title = Ihr Paket ist beim Zoll
incident-customs-happened = Der Zoll möchte es prüfen, oder es fehlen Unterlagen oder Abgaben.
incident-customs-date = { date-after }
incident-customs-next = Der Zoll entscheidet meist innerhalb von 1–2 Tagen; danach geht es weiter an { the-carrier }.
incident-customs-action = Wenn Sie um Unterlagen oder eine Zahlung gebeten werden: Je eher Sie antworten, desto eher kommt es an.

incident-weather-title = Schlechtes Wetter hält Ihr Paket auf
incident-weather-happened = Auf seinem Weg sind Straßen oder Flüge gesperrt.
incident-weather-date = { date-still }
incident-weather-next = Es geht weiter, sobald es sicher ist; verloren ist nichts.
incident-weather-action = Sie müssen nichts tun. Den neuen Tag zeigen wir hier.

incident-address-title = Mit der Adresse stimmt etwas nicht
incident-address-happened = { carrier-begins } konnte mit der Adresse auf dem Etikett die Tür nicht finden.
incident-address-date = { date-after }
incident-address-next = { carrier-begins } bewahrt das Paket einige Tage auf und schickt es dann zurück.
incident-address-action = Prüfen Sie die Adresse unten und senden Sie uns die richtige.

incident-failed-attempt-title = { carrier-begins } konnte Ihr Paket nicht übergeben
incident-failed-attempt-happened = Die Fahrerin oder der Fahrer war{ on-that-day } bei Ihnen, konnte das Paket aber nicht abgeben.
incident-failed-attempt-date = { date-still }
incident-failed-attempt-next = Meist gibt es am nächsten Werktag einen neuen Versuch, danach liegt es in einer Abholstelle.
incident-failed-attempt-action = Sagen Sie uns, wo es abgelegt werden darf, oder wählen Sie eine Abholstelle.

incident-damaged-title = Ihr Paket wurde beschädigt
incident-damaged-happened = { carrier-begins } hat das Paket beschädigt vorgefunden.
incident-damaged-date = { date-still }
incident-damaged-next = Wir sehen es uns an und bringen es in Ordnung.
incident-damaged-action = Bitten Sie uns um Ersatz oder Erstattung; ein Foto hilft, zurückschicken müssen Sie vorher nichts.

incident-lost-title = Ihr Paket ist vermutlich verloren gegangen
incident-lost-happened = { carrier-begins } hat gesucht und es nicht gefunden.
incident-lost-date = es kommt höchstwahrscheinlich nicht mehr an
incident-lost-next = Wir klären das für Sie.
incident-lost-action = Wählen Sie Ersatz oder Erstattung.

incident-returned-title = Ihr Paket ist auf dem Rückweg zu uns
incident-returned-happened = { carrier-begins } konnte es nicht übergeben und schickt es zurück.
incident-returned-date = es kommt nicht wie geplant an
incident-returned-next = Sobald es wieder bei uns ist, schreiben wir Ihnen.
incident-returned-action = Sagen Sie uns, ob wir es noch einmal schicken oder erstatten sollen.

incident-pickup-expiring-title = Ihr Paket liegt nicht mehr lange bereit
incident-pickup-expiring-happened = Es liegt{ until-then } in der Abholstelle.
incident-pickup-expiring-date = danach geht es an uns zurück
incident-pickup-expiring-next = { carrier-begins } schickt zurück, was nicht abgeholt wird.
incident-pickup-expiring-action = Holen Sie es mit Ausweis und Abholcode ab oder schicken Sie jemanden.

incident-window-missed-title = Ihr Paket kam nicht am erwarteten Tag
incident-window-missed-happened = Der Tag, den wir Ihnen genannt haben, ist vorbei.
incident-window-missed-date = { date-still }
incident-window-missed-next = Wir fragen { the-carrier }, wo es ist, und zeigen den neuen Tag hier.
incident-window-missed-action = Wenn es für Sie zu spät ist, bitten Sie uns um Ersatz oder Erstattung.

incident-action-needed-title = Ihr Paket braucht Ihre Hilfe
incident-action-needed-happened = { carrier-begins } kommt ohne eine Antwort nicht weiter.
incident-action-needed-date = { date-after }
incident-action-needed-next = { carrier-begins } bewahrt das Paket einige Tage auf und schickt es dann zurück.
incident-action-needed-action = Sagen Sie uns, wie Sie es möchten; wir klären es für Sie.

incident-expired-title = { carrier-begins } meldet nichts mehr
incident-expired-happened = { carrier-begins } hat die Sendungsverfolgung beendet, ohne eine Zustellung zu melden.
incident-expired-date = einen Tag kann jetzt niemand nennen
incident-expired-next = Wir fragen { the-carrier }, was aus ihm geworden ist.
incident-expired-action = Wenn es nicht gekommen ist, bitten Sie uns um Ersatz oder Erstattung.

incident-delayed-title = Ihr Paket wird aufgehalten
incident-delayed-happened = { carrier-begins } meldet, dass es länger dauert als geplant.
incident-delayed-date = { date-still }
incident-delayed-next = Es geht von selbst weiter; jeden Schritt zeigen wir hier.
incident-delayed-action = Sie müssen jetzt nichts tun. Wenn Sie es zu einem bestimmten Tag brauchen, sagen Sie es uns.

action-correct-address = Adresse berichtigen
action-leave-at = Sagen, wo es abgelegt werden soll
action-choose-pickup = Abholstelle wählen
action-reship = Ersatz schicken lassen
action-refund = Um Erstattung bitten
action-credit = Um eine Gutschrift bitten
action-submit = An uns senden
action-contact = Schreiben Sie uns
action-sent = Wir haben Ihre Bitte und antworten bis { $day }.
action-state-open = Wir arbeiten daran.
action-state-done = Erledigt.
action-state-declined = Das war leider nicht möglich; wir haben Ihnen geschrieben.
action-text-address = Die richtige Adresse
action-text-leave-at = Wo darf es abgelegt werden?
action-text-pickup = Welche Abholstelle passt Ihnen?
action-text-remark = Was wir wissen sollten (freiwillig)
request-mail-subject = Bestellung { $order }: { $action }
request-mail-intro = Zu Bestellung { $order } (Paket { $parcel }) bittet die Kundschaft: { $action }
request-mail-by = Die Seite verspricht eine Antwort bis { $day }.
