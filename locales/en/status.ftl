# One line for each thing that can happen to a package: event-<milestone>-<detail>.
# $placed says what $place is: city, facility or none. $carried says whether $carrier is known: yes or no.

in-place = { $placed ->
    [city] {" "}in { $place }
    [facility] {" "}at { $place }
   *[none] {""}
}
the-facility = { $placed ->
    [city] the { $place } facility
    [facility] { $place }
   *[none] a carrier facility
}
carrier-begins = { $carried ->
    [yes] { $carrier }
   *[no] The carrier
}
the-carrier = { $carried ->
    [yes] { $carrier }
   *[no] the carrier
}

event-pending-no-data = { carrier-begins } has not seen your package yet
event-pending-invalid-number = { carrier-begins } does not recognise this tracking number yet
event-info-received-label-created = The shipping label was made
event-info-received-awaiting-handover = Your package is packed and waits for { the-carrier }
event-info-received-pickup-failed = { carrier-begins } came but could not collect your package; the collection will be tried again
event-in-transit-accepted = { carrier-begins } has your package{ in-place }
event-in-transit-in-transit = Your package is on its way{ in-place }
event-in-transit-departed-facility = Your package left { the-facility } and is on its way
event-in-transit-arrived-facility = Your package reached { the-facility }
event-in-transit-left-origin-country = Your package left the country it was sent from{ in-place }
event-in-transit-arrived-destination-country = Your package reached the country it is going to{ in-place }
event-in-transit-customs-started = Your package is awaiting customs clearance{ in-place }
event-in-transit-customs-cleared = Your package cleared customs{ in-place }
event-in-transit-handed-to-last-mile = Your package was handed to the local delivery service{ in-place }
event-in-transit-at-local-facility = Your package is close to you, at { the-facility }
event-in-transit-address-corrected = The delivery address was corrected{ in-place }
event-in-transit-redirected = Your package is being rerouted{ in-place }
event-in-transit-delivery-scheduled = The day of delivery was set
event-in-transit-resolved = The problem was solved and your package moves again{ in-place }
event-out-for-delivery-on-vehicle = Your package went out for delivery{ in-place }
event-out-for-delivery-recipient-contacted = { carrier-begins } tried to reach you about the delivery
event-out-for-delivery-appointment = A delivery appointment was made
event-available-for-pickup-ready = Your package is ready to collect{ in-place }
event-attempt-failed-no-one-home = { carrier-begins } tried to deliver{ in-place }, but nobody was home
event-attempt-failed-business-closed = { carrier-begins } tried to deliver{ in-place }, but the business was closed
event-attempt-failed-no-access = { carrier-begins } tried to deliver{ in-place }, but could not get in
event-attempt-failed-id-failed = { carrier-begins } tried to deliver{ in-place }, but the identity check did not work
event-attempt-failed-notice-left = { carrier-begins } tried to deliver{ in-place } and left a card
event-attempt-failed-final = { carrier-begins } made the last delivery attempt{ in-place }
event-attempt-failed-other = { carrier-begins } tried to deliver{ in-place }, but it did not work
event-delivered-delivered = Your package was delivered{ in-place }
event-delivered-signed = Your package was delivered and signed for{ in-place }
event-delivered-neighbour = Your package was left with a neighbour{ in-place }
event-delivered-safe-place = Your package was left in a safe place{ in-place }
event-delivered-mailbox = Your package was put in the mailbox{ in-place }
event-delivered-reception = Your package was left at the front desk{ in-place }
event-delivered-collected = Your package was collected{ in-place }
event-delivered-cod-paid = Your package was delivered and paid for{ in-place }
event-delivered-partial = Part of your delivery arrived{ in-place }
event-delivered-damaged = Your package was delivered, but it was damaged on the way{ in-place }
event-exception-action-required = { carrier-begins } needs something from you before your package can go on{ in-place }
event-exception-address-issue = { carrier-begins } could not find the delivery address{ in-place }
event-exception-customs-hold = Customs is holding your package{ in-place }
event-exception-damaged = Your package was damaged on the way{ in-place }
event-exception-delayed-carrier = { carrier-begins } is running late{ in-place }
event-exception-delayed-external = Something outside the carrier’s control is slowing your package down{ in-place }
event-exception-disposed = { carrier-begins } could not deliver your package and disposed of it{ in-place }
event-exception-documents-required = Papers are missing before your package can go on{ in-place }
event-exception-duties-unpaid = Import duties are still to be paid for your package{ in-place }
event-exception-held = { carrier-begins } is holding your package{ in-place }
event-exception-lost = { carrier-begins } cannot find your package{ in-place }
event-exception-misrouted = Your package went the wrong way{ in-place } and is being sent back on course
event-exception-other = Something is holding your package up{ in-place }
event-exception-payment-due = A payment is due before your package can be delivered{ in-place }
event-exception-prohibited = Your package contains something that may not be carried on this way{ in-place }
event-exception-recipient-moved = { carrier-begins } was told that you have moved{ in-place }
event-exception-refused = The delivery was refused{ in-place }
event-exception-rejected-by-carrier = { carrier-begins } did not accept your package{ in-place }
event-exception-unclaimed = Your package was not collected in time{ in-place }
event-exception-undeliverable = Your package could not be delivered{ in-place }
event-exception-weather = Bad weather is holding your package up{ in-place }
event-returning-in-progress = Your package is on its way back to the shop{ in-place }
event-returned-received = Your package is back at the shop{ in-place }
event-cancelled-cancelled = The shipment was cancelled
event-expired-expired = { carrier-begins } has stopped sending updates for this package
event-unknown-unknown = { carrier-begins } sent an update{ in-place }
event-unknown-tracker-error = { carrier-begins } could not be reached for an update
