# Der Satz, der „Wo ist meine Bestellung?“ beantwortet: headline-<milestone>-<detail> für ein Paket, parcels-… für mehrere.
# $timing ist on-time, late, overdue oder none; $when ist „bis Freitag“ oder „zwischen Do., 8. und Fr., 9. Okt.“.

tail-arrive = { $timing ->
    [on-time] {" "}und sollte { $when } ankommen
    [late] ; es verspätet sich und wird jetzt { $when } erwartet
    [overdue] ; es dauert länger als erwartet
   *[none] {""}
}
tail-it = { $timing ->
    [on-time] ; es sollte { $when } ankommen
    [late] ; es verspätet sich und wird jetzt { $when } erwartet
    [overdue] ; es dauert länger als erwartet
   *[none] {""}
}
tail-trouble = { $timing ->
    [on-time] ; es sollte trotzdem { $when } ankommen
    [late] ; es wird jetzt { $when } erwartet
    [overdue] ; den neuen Tag zeigen wir hier, sobald er bekannt ist
   *[none] ; den neuen Tag zeigen wir hier, sobald er bekannt ist
}
tail-waits = { $timing ->
    [on-time] ; danach sollte es { $when } ankommen
    [late] ; danach wird es { $when } erwartet
    [overdue] ; danach geht es weiter
   *[none] ; danach geht es weiter
}
on-that-day = { $dated ->
    [yes] {" "}{ $on }
   *[no] {""}
}
until-then = { $limited ->
    [yes] {" "}bis { $until }
   *[no] {""}
}

headline-pending-no-data = { carrier-begins } hat Ihr Paket noch nicht erfasst{ tail-it }
headline-pending-invalid-number = { carrier-begins } kennt diese Sendungsnummer noch nicht; eine neue erscheint oft erst nach einem Tag
headline-info-received-label-created = Ihr Paket wird vorbereitet{ tail-arrive }
headline-info-received-awaiting-handover = Ihr Paket ist gepackt und wartet auf { the-carrier }{ tail-it }
headline-info-received-pickup-failed = { carrier-begins } konnte Ihr Paket nicht beim Shop abholen und kommt noch einmal{ tail-trouble }
headline-in-transit-accepted = { carrier-begins } hat Ihr Paket{ tail-it }
headline-in-transit-in-transit = Ihr Paket ist unterwegs{ tail-arrive }
headline-in-transit-departed-facility = Ihr Paket hat das { the-facility } verlassen und ist unterwegs{ tail-it }
headline-in-transit-arrived-facility = Ihr Paket ist im { the-facility }{ tail-arrive }
headline-in-transit-left-origin-country = Ihr Paket hat das Absenderland verlassen{ tail-arrive }
headline-in-transit-arrived-destination-country = Ihr Paket ist im Zielland{ tail-arrive }
headline-in-transit-customs-started = Ihr Paket wartet auf die Zollabfertigung{ in-place }; das dauert meist 1–2 Tage{ tail-it }
headline-in-transit-customs-cleared = Ihr Paket ist durch den Zoll{ tail-arrive }
headline-in-transit-handed-to-last-mile = Ihr Paket ist beim örtlichen Zustelldienst{ in-place }{ tail-arrive }
headline-in-transit-at-local-facility = Ihr Paket ist ganz in Ihrer Nähe{ in-place }{ tail-arrive }
headline-in-transit-address-corrected = Die Adresse wurde berichtigt und Ihr Paket ist unterwegs{ tail-it }
headline-in-transit-redirected = Ihr Paket wird umgeleitet{ tail-arrive }
headline-in-transit-delivery-scheduled = Der Zustelltag Ihres Pakets steht fest{ tail-it }
headline-in-transit-resolved = Ihr Paket ist wieder unterwegs{ tail-arrive }
headline-out-for-delivery-on-vehicle = Ihr Paket ist in Zustellung{ tail-arrive }
headline-out-for-delivery-recipient-contacted = { carrier-begins } ist mit Ihrem Paket unterwegs und hat versucht, Sie zu erreichen{ tail-it }
headline-out-for-delivery-appointment = Für Ihr Paket ist ein Zustelltermin vereinbart{ tail-it }
headline-available-for-pickup-ready = Ihr Paket liegt{ until-then } zur Abholung bereit{ in-place }
headline-attempt-failed-no-one-home = { carrier-begins } war{ on-that-day } da, traf aber niemanden an; meist folgt am nächsten Werktag ein neuer Versuch
headline-attempt-failed-business-closed = { carrier-begins } war{ on-that-day } da, das Geschäft war aber geschlossen; meist folgt am nächsten Werktag ein neuer Versuch
headline-attempt-failed-no-access = { carrier-begins } war{ on-that-day } da, kam aber nicht hinein; sagen Sie, wie man Ihre Tür erreicht
headline-attempt-failed-id-failed = { carrier-begins } war{ on-that-day } da, die Ausweisprüfung gelang aber nicht; halten Sie beim nächsten Mal Ihren Ausweis bereit
headline-attempt-failed-notice-left = { carrier-begins } war{ on-that-day } da und hat eine Karte hinterlassen; darauf steht, wie Sie Ihr Paket bekommen
headline-attempt-failed-final = { carrier-begins } kommt nicht noch einmal; holen Sie Ihr Paket ab oder fragen Sie uns um Hilfe
headline-attempt-failed-other = { carrier-begins } konnte{ on-that-day } nicht zustellen und versucht es meist am nächsten Werktag erneut
headline-delivered-delivered = Ihr Paket wurde{ on-that-day } zugestellt
headline-delivered-signed = Ihr Paket wurde{ on-that-day } gegen Unterschrift zugestellt
headline-delivered-neighbour = Ihr Paket wurde{ on-that-day } in der Nachbarschaft abgegeben
headline-delivered-safe-place = Ihr Paket wurde{ on-that-day } an einem sicheren Ort abgelegt
headline-delivered-mailbox = Ihr Paket wurde{ on-that-day } in Ihren Briefkasten gelegt
headline-delivered-reception = Ihr Paket wurde{ on-that-day } am Empfang abgegeben
headline-delivered-collected = Ihr Paket wurde{ on-that-day } abgeholt
headline-delivered-cod-paid = Ihr Paket wurde{ on-that-day } zugestellt und bezahlt
headline-delivered-partial = Ein Teil Ihrer Lieferung kam{ on-that-day } an; der Rest folgt noch
headline-delivered-damaged = Ihr Paket kam{ on-that-day } beschädigt an; sagen Sie uns Bescheid, wir bringen es in Ordnung
headline-exception-action-required = { carrier-begins } braucht etwas von Ihnen{ tail-waits }
headline-exception-address-issue = { carrier-begins } findet Ihre Adresse nicht; bitte prüfen Sie sie mit uns{ tail-waits }
headline-exception-customs-hold = Der Zoll hält Ihr Paket{ in-place } fest{ tail-trouble }
headline-exception-damaged = Ihr Paket wurde unterwegs beschädigt; wir bringen das in Ordnung{ tail-trouble }
headline-exception-delayed-carrier = { carrier-begins } hat mit Ihrem Paket Verspätung{ tail-trouble }
headline-exception-delayed-external = Ihr Paket wird durch etwas aufgehalten, das der Zustelldienst nicht ändern kann{ tail-trouble }
headline-exception-disposed = Ihr Paket konnte nicht zugestellt werden und kommt nicht mehr; bitten Sie uns um Ersatz oder Erstattung
headline-exception-documents-required = Für Ihr Paket fehlen Unterlagen{ tail-waits }
headline-exception-duties-unpaid = Für Ihr Paket sind Einfuhrabgaben zu zahlen{ tail-waits }
headline-exception-held = { carrier-begins } hält Ihr Paket{ in-place } zurück{ tail-trouble }
headline-exception-lost = Ihr Paket ist vermutlich verloren gegangen; bitten Sie uns um Ersatz oder Erstattung
headline-exception-misrouted = Ihr Paket ist fehlgeleitet worden und wird auf den richtigen Weg gebracht{ tail-trouble }
headline-exception-other = Etwas hält Ihr Paket{ in-place } auf{ tail-trouble }
headline-exception-payment-due = Für Ihr Paket ist eine Zahlung fällig{ tail-waits }
headline-exception-prohibited = { carrier-begins } darf Ihr Paket nicht weiter befördern; fragen Sie uns, was möglich ist
headline-exception-recipient-moved = { carrier-begins } hat erfahren, dass Sie umgezogen sind; bitte prüfen Sie die Adresse mit uns{ tail-waits }
headline-exception-refused = Die Annahme Ihres Pakets wurde verweigert; falls das ein Irrtum ist, sagen Sie es uns bitte gleich
headline-exception-rejected-by-carrier = { carrier-begins } hat Ihr Paket nicht angenommen; wir finden einen anderen Weg
headline-exception-unclaimed = Ihr Paket wurde nicht rechtzeitig abgeholt und geht zurück; sagen Sie uns, wenn Sie es noch möchten
headline-exception-undeliverable = Ihr Paket konnte nicht zugestellt werden; fragen Sie uns, was möglich ist
headline-exception-weather = Schlechtes Wetter hält Ihr Paket{ in-place } auf{ tail-trouble }
headline-returning-in-progress = Ihr Paket ist auf dem Rückweg zu uns; fragen Sie uns, falls Sie das nicht erwartet haben
headline-returned-received = Ihr Paket ist wieder bei uns; bitten Sie uns um Ersatz oder Erstattung
headline-cancelled-cancelled = Diese Sendung wurde storniert; es wird nichts zugestellt
headline-expired-expired = { carrier-begins } meldet nichts mehr; fragen Sie uns, falls Ihr Paket nicht gekommen ist
headline-unknown-unknown = { carrier-begins } hat etwas gemeldet, das wir noch nicht lesen können{ tail-it }
headline-unknown-tracker-error = Wir erreichen { the-carrier } gerade nicht und versuchen es weiter{ tail-it }

# Bestellungen noch ohne Paket.
order-ordered = Ihre Bestellung ist bei uns eingegangen{ tail-order }
order-paid = Ihre Bestellung ist bezahlt und wird vorbereitet{ tail-order }
order-picked = Ihre Artikel liegen bereit{ tail-order }
order-packed = Ihre Bestellung ist gepackt und wartet auf { the-carrier }{ tail-order }
order-cancelled = Ihre Bestellung wurde storniert; es wird nichts zugestellt
order-ship-by = Ihre Bestellung ist bei uns eingegangen und geht { $when } auf die Reise
tail-order = { $timing ->
    [on-time] ; sie sollte { $when } ankommen
    [late] ; sie verspätet sich und wird jetzt { $when } erwartet
    [overdue] ; es dauert länger als erwartet
   *[none] {""}
}

# Mehrere Pakete: was kam, dann das Schlimmste, dann was sonst unterwegs ist. $count wählt Einzahl oder Mehrzahl.
items-one = „{ $first }“
items-two = „{ $first }“ und „{ $second }“
items-more = { $more ->
    [one] „{ $first }“ und { $more } weiterer Artikel
   *[other] „{ $first }“ und { $more } weitere Artikel
}
items-unnamed = { $count ->
    [one] ein Paket
   *[other] { $count } Pakete
}
items-rest = { $count ->
    [one] das andere Paket
   *[other] die anderen { $count } Pakete
}
parcels-arrived-of = { $arrived } von { $total } angekommen; { $rest }
parcels-arrived-all = { $total ->
    [2] Beide Pakete wurden{ on-that-day } zugestellt
   *[other] Alle { $total } Pakete wurden{ on-that-day } zugestellt
}
parcels-then = { $lead }; { $rest }
parcels-lost = { $count ->
    [one] { $what } ist vermutlich verloren gegangen; bitten Sie uns um Ersatz oder Erstattung
   *[other] { $what } sind vermutlich verloren gegangen; bitten Sie uns um Ersatz oder Erstattung
}
parcels-action-needed = { $count ->
    [one] { $what } kommt nur mit Ihrer Hilfe weiter
   *[other] { $what } kommen nur mit Ihrer Hilfe weiter
}
parcels-returning = { $count ->
    [one] { $what } ist auf dem Rückweg zu uns
   *[other] { $what } sind auf dem Rückweg zu uns
}
parcels-late = { $timing ->
    [on-time] { $count ->
        [one] { $what } wird aufgehalten, sollte aber trotzdem { $when } ankommen
       *[other] { $what } werden aufgehalten, sollten aber trotzdem { $when } ankommen
    }
   *[other] { $count ->
        [one] { $what } verspätet sich{ parcels-late-day }
       *[other] { $what } verspäten sich{ parcels-late-day }
    }
}
parcels-late-day = { $timing ->
    [none] {""}
    [overdue] {""}
   *[dated] , jetzt erwartet: { $day }
}
parcels-arriving = { $timing ->
    [none] { parcels-on-the-way }
    [overdue] { parcels-on-the-way }
   *[dated] { $count ->
        [one] { $what } sollte { $when } ankommen
       *[other] { $what } sollten { $when } ankommen
    }
}
parcels-on-the-way = { $count ->
    [one] { $what } ist unterwegs
   *[other] { $what } sind unterwegs
}
parcels-collect = { $count ->
    [one] { $what } liegt zur Abholung bereit
   *[other] { $what } liegen zur Abholung bereit
}
parcels-to-ship = { $count ->
    [one] { $what } wird noch verschickt
   *[other] { $what } werden noch verschickt
}
parcels-cancelled = { $count ->
    [one] { $what } wurde storniert
   *[other] { $what } wurden storniert
}
parcels-delivered = { $count ->
    [one] { $what } wurde{ on-that-day } zugestellt
   *[other] { $what } wurden{ on-that-day } zugestellt
}
