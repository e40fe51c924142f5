# Trouble, told in four parts: what happened, what it means for the date, what happens next, what the shopper can do.

incident-heading = What is going on
incident-part-happened = What happened
incident-part-date = What it means for the date
incident-part-next = What happens next
incident-part-action = What you can do
incident-headline = { $happened }; { $date }
incident-opened = Since { $day }
incident-resolved = Solved { $when }
incident-stage-tell = Good to know
incident-stage-act = Needs your help
incident-usually = Packages silent here usually move again within { $days ->
    [one] one day
   *[other] { $days } days
}: { $share } %
since-day = { $dated ->
    [yes] {" "}since { $since }
   *[no] {""}
}
date-still = { $timing ->
    [on-time] it should still arrive { $when }
    [late] it is now expected { $when }
    [overdue] the day we hoped for has passed, and a new one is not known yet
   *[none] there is no new day yet
}
date-after = { $timing ->
    [on-time] once this is solved it should arrive { $when }
    [late] once this is solved it is expected { $when }
    [overdue] the new day depends on how soon this is solved
   *[none] the new day depends on how soon this is solved
}

incident-no-scan-title = { carrier-begins } has not scanned your package{ since-day }
incident-no-scan-happened = No scan has reached us for over a day. Packages often travel between two scanners for that long.
incident-no-scan-date = { date-still }
incident-no-scan-next = We keep checking with { the-carrier } and show the next scan here at once.
incident-no-scan-action = You need do nothing now. If you are worried, write to us.

incident-label-unscanned-title = { carrier-begins } has not received your package yet
incident-label-unscanned-happened = The label was made over a day ago, but nobody has scanned the package since.
incident-label-unscanned-date = { date-still }
incident-label-unscanned-next = We are checking that it left our hands, and send it again if it did not.
incident-label-unscanned-action = You need do nothing now. If you need it by a certain day, tell us.

incident-stuck-title = Your package has not moved{ since-day }
incident-stuck-happened = It has been on its way for over three days without getting any further.
incident-stuck-date = { date-still }
incident-stuck-next = We ask { the-carrier } to look for it.
incident-stuck-action = If you do not want to wait, ask us for a new one or a refund.

incident-customs-title = Your package is with customs
incident-customs-happened = Customs wants to check it, or papers or duties are missing.
incident-customs-date = { date-after }
incident-customs-next = Customs usually decides within 1–2 days; then it goes on to { the-carrier }.
incident-customs-action = If you are asked for papers or a payment, answering soon brings it sooner.

incident-weather-title = Bad weather is holding your package up
incident-weather-happened = Roads or flights are closed on its way.
incident-weather-date = { date-still }
incident-weather-next = It travels on as soon as it is safe; nothing is lost.
incident-weather-action = You need do nothing. We show the new day here.

incident-address-title = Something is wrong with the address
incident-address-happened = { carrier-begins } could not find the door with the address on the label.
incident-address-date = { date-after }
incident-address-next = { carrier-begins } keeps the package for a few days, then sends it back.
incident-address-action = Check the address below and send us the right one.

incident-failed-attempt-title = { carrier-begins } could not hand over your package
incident-failed-attempt-happened = The driver was at your door{ on-that-day }, but could not leave the package.
incident-failed-attempt-date = { date-still }
incident-failed-attempt-next = Usually there is another try the next working day; after that it waits at a pickup point.
incident-failed-attempt-action = Tell us where it may be left, or choose a pickup point.

incident-damaged-title = Your package was damaged
incident-damaged-happened = { carrier-begins } found the package damaged.
incident-damaged-date = { date-still }
incident-damaged-next = We look at it and make it good.
incident-damaged-action = Ask us for a new one or a refund; a photo helps, and you need send nothing back first.

incident-lost-title = Your package seems to be lost
incident-lost-happened = { carrier-begins } searched and could not find it.
incident-lost-date = it will most likely not arrive
incident-lost-next = We settle this for you.
incident-lost-action = Choose a new one or a refund.

incident-returned-title = Your package is on its way back to us
incident-returned-happened = { carrier-begins } could not hand it over and is returning it.
incident-returned-date = it will not arrive as planned
incident-returned-next = When it is back we write to you.
incident-returned-action = Tell us whether to send it again or to refund it.

incident-pickup-expiring-title = Your package will not wait much longer
incident-pickup-expiring-happened = It lies at the pickup point{ until-then }.
incident-pickup-expiring-date = after that it goes back to us
incident-pickup-expiring-next = { carrier-begins } sends back what is not collected.
incident-pickup-expiring-action = Collect it with your ID and the pickup code, or send somebody.

incident-window-missed-title = Your package did not come when it should have
incident-window-missed-happened = The day we told you has passed.
incident-window-missed-date = { date-still }
incident-window-missed-next = We ask { the-carrier } where it is and show the new day here.
incident-window-missed-action = If it is too late for you, ask us for a new one or a refund.

incident-action-needed-title = Your package needs your help
incident-action-needed-happened = { carrier-begins } cannot go on without an answer.
incident-action-needed-date = { date-after }
incident-action-needed-next = { carrier-begins } keeps the package for some days, then sends it back.
incident-action-needed-action = Tell us how you want it; we arrange it for you.

incident-expired-title = { carrier-begins } has stopped sending updates
incident-expired-happened = { carrier-begins } closed its tracking without saying that your package came.
incident-expired-date = nobody can name a day for it now
incident-expired-next = We ask { the-carrier } what became of it.
incident-expired-action = If it has not come, ask us for a new one or a refund.

incident-delayed-title = Your package is held up
incident-delayed-happened = { carrier-begins } says that it takes longer than planned.
incident-delayed-date = { date-still }
incident-delayed-next = It goes on by itself; we show each step here.
incident-delayed-action = You need do nothing now. If you need it by a certain day, tell us.

action-correct-address = Correct the address
action-leave-at = Say where to leave it
action-choose-pickup = Choose a pickup point
action-reship = Send a new one
action-refund = Ask for a refund
action-credit = Ask for a credit
action-submit = Send it to us
action-contact = Write to us
action-sent = We have your request and answer by { $day }.
action-state-open = We are working on it.
action-state-done = Done.
action-state-declined = We could not do this; we have written to you.
action-text-address = The right address
action-text-leave-at = Where may it be left?
action-text-pickup = Which pickup point suits you?
action-text-remark = Anything we should know (optional)
request-mail-subject = Order { $order }: { $action }
request-mail-intro = The shopper of order { $order } asks, because of parcel { $parcel }: { $action }
request-mail-by = The page promises an answer by { $day }.
