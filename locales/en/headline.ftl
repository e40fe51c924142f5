# The sentence that answers "where is my order?": headline-<milestone>-<detail> for one package, parcels-… for several.
# $timing is on-time, late, overdue or none; $when is "by Friday" or "between Thu, Oct 8 and Fri, Oct 9".

tail-arrive = { $timing ->
    [on-time] {" "}and should arrive { $when }
    [late] ; it is late, now expected { $when }
    [overdue] ; it is taking longer than expected
   *[none] {""}
}
tail-it = { $timing ->
    [on-time] ; it should arrive { $when }
    [late] ; it is late, now expected { $when }
    [overdue] ; it is taking longer than expected
   *[none] {""}
}
tail-trouble = { $timing ->
    [on-time] ; it should still arrive { $when }
    [late] ; it is now expected { $when }
    [overdue] ; we will show the new day here as soon as it is known
   *[none] ; we will show the new day here as soon as it is known
}
tail-waits = { $timing ->
    [on-time] ; after that it should arrive { $when }
    [late] ; after that it is expected { $when }
    [overdue] ; after that it moves on
   *[none] ; after that it moves on
}
on-that-day = { $dated ->
    [yes] {" "}{ $on }
   *[no] {""}
}
until-then = { $limited ->
    [yes] {" "}until { $until }
   *[no] {""}
}

headline-pending-no-data = { carrier-begins } has not scanned your package yet{ tail-it }
headline-pending-invalid-number = { carrier-begins } does not know this tracking number yet; a new one can take a day to appear
headline-info-received-label-created = Your package is being prepared{ tail-arrive }
headline-info-received-awaiting-handover = Your package is packed and waits for { the-carrier }{ tail-it }
headline-info-received-pickup-failed = { carrier-begins } could not collect your package from the shop and will come again{ tail-trouble }
headline-in-transit-accepted = { carrier-begins } has your package{ tail-it }
headline-in-transit-in-transit = Your package is on its way{ tail-arrive }
headline-in-transit-departed-facility = Your package left { the-facility } and is on its way{ tail-it }
headline-in-transit-arrived-facility = Your package is at { the-facility }{ tail-arrive }
headline-in-transit-left-origin-country = Your package has left the country it was sent from{ tail-arrive }
headline-in-transit-arrived-destination-country = Your package has reached the country it is going to{ tail-arrive }
headline-in-transit-customs-started = Your package is awaiting customs clearance{ in-place }; this usually takes 1–2 days{ tail-it }
headline-in-transit-customs-cleared = Your package cleared customs{ tail-arrive }
headline-in-transit-handed-to-last-mile = Your package is with the local delivery service{ in-place }{ tail-arrive }
headline-in-transit-at-local-facility = Your package is close to you{ in-place }{ tail-arrive }
headline-in-transit-address-corrected = The address was corrected and your package is on its way{ tail-it }
headline-in-transit-redirected = Your package is being rerouted{ tail-arrive }
headline-in-transit-delivery-scheduled = Your delivery has been scheduled{ tail-it }
headline-in-transit-resolved = Your package moves again{ tail-arrive }
headline-out-for-delivery-on-vehicle = Your package is out for delivery{ tail-arrive }
headline-out-for-delivery-recipient-contacted = Your package is out for delivery and { the-carrier } has tried to reach you{ tail-it }
headline-out-for-delivery-appointment = Your delivery has a fixed appointment{ tail-it }
headline-available-for-pickup-ready = Your package is ready to collect{ in-place }{ until-then }
headline-attempt-failed-no-one-home = { carrier-begins } came{ on-that-day } but nobody was home; usually they try again the next working day
headline-attempt-failed-business-closed = { carrier-begins } came{ on-that-day } but the business was closed; usually they try again the next working day
headline-attempt-failed-no-access = { carrier-begins } came{ on-that-day } but could not get in; tell them how to reach your door
headline-attempt-failed-id-failed = { carrier-begins } came{ on-that-day } but the identity check did not work; have your ID ready next time
headline-attempt-failed-notice-left = { carrier-begins } came{ on-that-day } and left a card that says how to get your package
headline-attempt-failed-final = { carrier-begins } will not try again to deliver; collect your package or ask us for help
headline-attempt-failed-other = { carrier-begins } could not deliver{ on-that-day } and usually tries again the next working day
headline-delivered-delivered = Your package was delivered{ on-that-day }
headline-delivered-signed = Your package was delivered and signed for{ on-that-day }
headline-delivered-neighbour = Your package was left with a neighbour{ on-that-day }
headline-delivered-safe-place = Your package was left in a safe place{ on-that-day }
headline-delivered-mailbox = Your package was put in your mailbox{ on-that-day }
headline-delivered-reception = Your package was left at the front desk{ on-that-day }
headline-delivered-collected = Your package was collected{ on-that-day }
headline-delivered-cod-paid = Your package was delivered and paid for{ on-that-day }
headline-delivered-partial = Part of your delivery arrived{ on-that-day }; the rest is still to come
headline-delivered-damaged = Your package arrived damaged{ on-that-day }; tell us and we will put it right
headline-exception-action-required = { carrier-begins } needs something from you{ tail-waits }
headline-exception-address-issue = { carrier-begins } cannot find your address; please check it with us{ tail-waits }
headline-exception-customs-hold = Customs is holding your package{ in-place }{ tail-trouble }
headline-exception-damaged = Your package was damaged on the way; we will put it right{ tail-trouble }
headline-exception-delayed-carrier = { carrier-begins } is running late{ tail-trouble }
headline-exception-delayed-external = Your package is held up by something outside the carrier’s control{ tail-trouble }
headline-exception-disposed = Your package could not be delivered and will not come; ask us for a new one or a refund
headline-exception-documents-required = Papers are missing for your package{ tail-waits }
headline-exception-duties-unpaid = Import duties are to be paid for your package{ tail-waits }
headline-exception-held = { carrier-begins } is holding your package{ in-place }{ tail-trouble }
headline-exception-lost = Your package seems to be lost; ask us for a new one or a refund
headline-exception-misrouted = Your package went the wrong way and is being sent back on course{ tail-trouble }
headline-exception-other = Something is holding your package up{ in-place }{ tail-trouble }
headline-exception-payment-due = A payment is due for your package{ tail-waits }
headline-exception-prohibited = { carrier-begins } may not carry your package any further; ask us what can be done
headline-exception-recipient-moved = { carrier-begins } was told that you have moved; please check the address with us{ tail-waits }
headline-exception-refused = The delivery was refused; if that is a mistake, tell us now
headline-exception-rejected-by-carrier = { carrier-begins } did not accept your package; we are finding another way
headline-exception-unclaimed = Your package was not collected in time and will go back; ask us if you still want it
headline-exception-undeliverable = Your package could not be delivered; ask us what can be done
headline-exception-weather = Bad weather is holding your package up{ in-place }{ tail-trouble }
headline-returning-in-progress = Your package is on its way back to us; ask us if you did not expect that
headline-returned-received = Your package is back with us; ask us for a new one or a refund
headline-cancelled-cancelled = This shipment was cancelled; nothing will be delivered
headline-expired-expired = { carrier-begins } has stopped sending updates; ask us if your package has not come
headline-unknown-unknown = { carrier-begins } has sent an update that we cannot read yet{ tail-it }
headline-unknown-tracker-error = We cannot reach { the-carrier } right now and will try again{ tail-it }

# Orders without a package yet.
order-ordered = We have your order{ tail-order }
order-paid = Your order is paid and will be prepared{ tail-order }
order-picked = Your items have been picked{ tail-order }
order-packed = Your order is packed and waits for { the-carrier }{ tail-order }
order-cancelled = Your order was cancelled; nothing will be delivered
order-ship-by = We have your order and will send it { $when }
tail-order = { $timing ->
    [on-time] ; it should arrive { $when }
    [late] ; it is late, now expected { $when }
    [overdue] ; it is taking longer than expected
   *[none] {""}
}

# Several packages: what came, then the worst, then what else is on its way. $count decides between "is" and "are".
items-one = the { $first }
items-two = the { $first } and the { $second }
items-more = { $more ->
    [one] the { $first } and { $more } other item
   *[other] the { $first } and { $more } other items
}
items-unnamed = { $count ->
    [one] one package
   *[other] { $count } packages
}
items-rest = { $count ->
    [one] the other package
   *[other] the other { $count } packages
}
parcels-arrived-of = { $arrived } of { $total } arrived; { $rest }
parcels-arrived-all = { $total ->
    [2] Both packages were delivered{ on-that-day }
   *[other] All { $total } packages were delivered{ on-that-day }
}
parcels-then = { $lead }; { $rest }
parcels-lost = { $count ->
    [one] { $what } seems to be lost; ask us for a new one or a refund
   *[other] { $what } seem to be lost; ask us for a new one or a refund
}
parcels-action-needed = { $count ->
    [one] { $what } needs your help to go on
   *[other] { $what } need your help to go on
}
parcels-returning = { $count ->
    [one] { $what } is on its way back to us
   *[other] { $what } are on their way back to us
}
parcels-late = { $timing ->
    [on-time] { $count ->
        [one] { $what } is held up, but should still arrive { $when }
       *[other] { $what } are held up, but should still arrive { $when }
    }
   *[other] { $count ->
        [one] { $what } is late{ parcels-late-day }
       *[other] { $what } are late{ parcels-late-day }
    }
}
parcels-late-day = { $timing ->
    [none] {""}
    [overdue] {""}
   *[dated] , now expected { $day }
}
parcels-arriving = { $timing ->
    [none] { parcels-on-the-way }
    [overdue] { parcels-on-the-way }
   *[dated] { $what } should arrive { $when }
}
parcels-on-the-way = { $count ->
    [one] { $what } is on its way
   *[other] { $what } are on their way
}
parcels-collect = { $count ->
    [one] { $what } is ready to collect
   *[other] { $what } are ready to collect
}
parcels-to-ship = { $count ->
    [one] { $what } is still to be sent
   *[other] { $what } are still to be sent
}
parcels-cancelled = { $count ->
    [one] { $what } was cancelled
   *[other] { $what } were cancelled
}
parcels-delivered = { $count ->
    [one] { $what } was delivered{ on-that-day }
   *[other] { $what } were delivered{ on-that-day }
}
