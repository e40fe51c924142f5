# Eine Zeile für alles, was einem Paket geschehen kann: event-<milestone>-<detail>.
# $placed sagt, was $place ist: city, facility oder none. $carried sagt, ob $carrier bekannt ist: yes oder no.

in-place = { $placed ->
    [city] {" "}in { $place }
    [facility] {" "}({ $place })
   *[none] {""}
}
the-facility = { $placed ->
    [city] Paketzentrum in { $place }
    [facility] Paketzentrum „{ $place }“
   *[none] Paketzentrum
}
carrier-begins = { $carried ->
    [yes] { $carrier }
   *[no] Der Zustelldienst
}
the-carrier = { $carried ->
    [yes] { $carrier }
   *[no] den Zustelldienst
}

event-pending-no-data = { carrier-begins } hat Ihr Paket noch nicht erfasst
event-pending-invalid-number = { carrier-begins } kennt diese Sendungsnummer noch nicht
event-info-received-label-created = Das Versandetikett wurde erstellt
event-info-received-awaiting-handover = Ihr Paket ist gepackt und wartet auf { the-carrier }
event-info-received-pickup-failed = { carrier-begins } war da, konnte Ihr Paket aber nicht abholen; es wird erneut versucht
event-in-transit-accepted = { carrier-begins } hat Ihr Paket{ in-place } übernommen
event-in-transit-in-transit = Ihr Paket ist unterwegs{ in-place }
event-in-transit-departed-facility = Ihr Paket hat das { the-facility } verlassen und ist unterwegs
event-in-transit-arrived-facility = Ihr Paket ist im { the-facility } angekommen
event-in-transit-left-origin-country = Ihr Paket hat das Absenderland{ in-place } verlassen
event-in-transit-arrived-destination-country = Ihr Paket ist{ in-place } im Zielland angekommen
event-in-transit-customs-started = Ihr Paket wartet auf die Zollabfertigung{ in-place }
event-in-transit-customs-cleared = Der Zoll hat Ihr Paket{ in-place } freigegeben
event-in-transit-handed-to-last-mile = Ihr Paket wurde{ in-place } an den örtlichen Zustelldienst übergeben
event-in-transit-at-local-facility = Ihr Paket ist ganz in Ihrer Nähe, im { the-facility }
event-in-transit-address-corrected = Die Lieferadresse wurde{ in-place } berichtigt
event-in-transit-redirected = Ihr Paket wird{ in-place } umgeleitet
event-in-transit-delivery-scheduled = Der Zustelltag steht fest
event-in-transit-resolved = Das Problem ist gelöst, Ihr Paket ist wieder unterwegs{ in-place }
event-out-for-delivery-on-vehicle = Ihr Paket wurde{ in-place } zur Zustellung verladen
event-out-for-delivery-recipient-contacted = { carrier-begins } hat versucht, Sie wegen der Zustellung zu erreichen
event-out-for-delivery-appointment = Ein Zustelltermin wurde vereinbart
event-available-for-pickup-ready = Ihr Paket liegt zur Abholung bereit{ in-place }
event-attempt-failed-no-one-home = { carrier-begins } wollte{ in-place } zustellen, traf aber niemanden an
event-attempt-failed-business-closed = { carrier-begins } wollte{ in-place } zustellen, das Geschäft war aber geschlossen
event-attempt-failed-no-access = { carrier-begins } wollte{ in-place } zustellen, kam aber nicht hinein
event-attempt-failed-id-failed = { carrier-begins } wollte{ in-place } zustellen, die Ausweisprüfung gelang aber nicht
event-attempt-failed-notice-left = { carrier-begins } wollte{ in-place } zustellen und hat eine Karte hinterlassen
event-attempt-failed-final = { carrier-begins } hat{ in-place } ein letztes Mal versucht zuzustellen
event-attempt-failed-other = { carrier-begins } wollte{ in-place } zustellen, es gelang aber nicht
event-delivered-delivered = Ihr Paket wurde{ in-place } zugestellt
event-delivered-signed = Ihr Paket wurde{ in-place } gegen Unterschrift zugestellt
event-delivered-neighbour = Ihr Paket wurde{ in-place } in der Nachbarschaft abgegeben
event-delivered-safe-place = Ihr Paket wurde{ in-place } an einem sicheren Ort abgelegt
event-delivered-mailbox = Ihr Paket wurde{ in-place } in den Briefkasten gelegt
event-delivered-reception = Ihr Paket wurde{ in-place } am Empfang abgegeben
event-delivered-collected = Ihr Paket wurde{ in-place } abgeholt
event-delivered-cod-paid = Ihr Paket wurde{ in-place } zugestellt und bezahlt
event-delivered-partial = Ein Teil Ihrer Lieferung ist{ in-place } angekommen
event-delivered-damaged = Ihr Paket wurde zugestellt, aber unterwegs beschädigt{ in-place }
event-exception-action-required = { carrier-begins } braucht etwas von Ihnen, bevor es weitergeht{ in-place }
event-exception-address-issue = { carrier-begins } konnte die Lieferadresse nicht finden{ in-place }
event-exception-customs-hold = Der Zoll hält Ihr Paket{ in-place } fest
event-exception-damaged = Ihr Paket wurde unterwegs{ in-place } beschädigt
event-exception-delayed-carrier = { carrier-begins } ist verspätet{ in-place }
event-exception-delayed-external = Ihr Paket wird durch etwas aufgehalten, das der Zustelldienst nicht ändern kann{ in-place }
event-exception-disposed = { carrier-begins } konnte Ihr Paket nicht zustellen und hat es entsorgt{ in-place }
event-exception-documents-required = Für Ihr Paket fehlen noch Unterlagen{ in-place }
event-exception-duties-unpaid = Für Ihr Paket sind noch Einfuhrabgaben zu zahlen{ in-place }
event-exception-held = { carrier-begins } hält Ihr Paket{ in-place } zurück
event-exception-lost = { carrier-begins } findet Ihr Paket nicht{ in-place }
event-exception-misrouted = Ihr Paket ist{ in-place } fehlgeleitet worden und wird auf den richtigen Weg gebracht
event-exception-other = Etwas hält Ihr Paket{ in-place } auf
event-exception-payment-due = Vor der Zustellung ist noch eine Zahlung fällig{ in-place }
event-exception-prohibited = Ihr Paket enthält etwas, das so nicht befördert werden darf{ in-place }
event-exception-recipient-moved = { carrier-begins } hat erfahren, dass Sie umgezogen sind{ in-place }
event-exception-refused = Die Annahme wurde{ in-place } verweigert
event-exception-rejected-by-carrier = { carrier-begins } hat Ihr Paket{ in-place } nicht angenommen
event-exception-unclaimed = Ihr Paket wurde{ in-place } nicht rechtzeitig abgeholt
event-exception-undeliverable = Ihr Paket konnte{ in-place } nicht zugestellt werden
event-exception-weather = Schlechtes Wetter hält Ihr Paket{ in-place } auf
event-returning-in-progress = Ihr Paket ist auf dem Rückweg zum Shop{ in-place }
event-returned-received = Ihr Paket ist wieder beim Shop{ in-place }
event-cancelled-cancelled = Die Sendung wurde storniert
event-expired-expired = { carrier-begins } meldet zu diesem Paket nichts mehr
event-unknown-unknown = { carrier-begins } hat etwas Neues gemeldet{ in-place }
event-unknown-tracker-error = { carrier-begins } war für eine Auskunft nicht erreichbar
