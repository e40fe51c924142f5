# What stands on the pages around the sentences. Ids begin with the page or part they stand on.

# Days and times
day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
day-on = on { $day }
day-by = by { $day }
heading-today = Today
heading-yesterday = Yesterday
range = { $from } – { $to }
range-between = between { $from } and { $to }
moment = { $day }, { $time }
clock-local = { $time } local time
clock-utc = { $time } UTC
ago-now = just now
ago-minutes = { $count } min ago
ago-hours = { $count } h ago
ago-days = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}

# Every page
skip-to-content = Skip to content
site-home = { $brand }, to the shop
site-track-another = Look up another order
site-my-orders = My orders
site-sign-out = Forget me on this device
site-signed-out = Done. This device shows no orders any more.
site-help = Help
site-privacy = Privacy
site-imprint = Imprint
site-powered = Order tracking by { $brand }
language-label = Language
language-button = Change
page-title = { $title } · { $brand }
back-to-orders = Back to my orders
close = Close
optional = optional
loading = One moment…

# Finding an order
lookup-title = Where is my order?
lookup-intro = Find it with what you have at hand.
lookup-label = Order number, email or phone
lookup-hint = A tracking number works too.
lookup-button = Find my order
lookup-empty = Please type your order number, email, phone or tracking number.
lookup-unreadable = We cannot read that. Please type an order number, an email, a phone number or a tracking number.
lookup-too-long = That is too long for an order number, an email, a phone or a tracking number.
lookup-recognised-order = That looks like an order number.
lookup-recognised-email = That looks like an email address. We will send you a code.
lookup-recognised-phone = That looks like a phone number. We will send you a code.
lookup-recognised-tracking = That looks like a tracking number.
lookup-recognised-carrier = That looks like a tracking number of { $carrier }.
lookup-did-you-mean = Did you mean { $address }?
lookup-where-heading = Where do I find the order number?
lookup-where = It is in the confirmation we sent you after you ordered, for example { $example }.
lookup-link-only = Please use the link in the message we sent you about your order.
lookup-privacy = We use what you type only to find your order.

# Proving that it is yours
proof-title = Is it you?
proof-intro = To open order { $number }, type the email or phone you ordered with.
proof-label = Email or phone
proof-label-postcode = Email, phone or postcode
proof-button = Show my order
proof-no-match = These do not go together. Please check the order number and the email or phone.
proof-code-instead = To be safe, we sent a code to the contact we have for this order, if there is one.
proof-another = Use another order number

# One-time code
code-title = Type the code
code-sent = If we have orders for this address, we sent a code and a link to it.
code-sent-contact = If we have orders for this number, we sent a code and a link to the contact we have.
code-label = Code
code-hint = Six digits. It works for { $minutes } minutes, in this browser.
code-button = Continue
code-wrong = This code does not fit. Please check it, or ask for a new one.
code-tries-over = This code was tried too often. Please ask for a new one.
code-expired = This code is no longer valid. Please ask for a new one.
code-again = Send a new code
code-how-often = We send at most three messages, then one an hour, to the same address.
code-wait-heading = Nothing came?
code-wait-spam = Look in your spam folder, too.
code-wait-address = Apple or PayPal may have given the shop another address. Try the one in their confirmation.
code-wait-order-number = Or find your order with its order number.
code-wait-typo = Is the address right? You typed { $address }.

# Links from messages
link-title = Open my orders
link-intro = Press the button to open your orders in this browser.
link-button = Open my orders
link-gone-title = This link no longer works
link-gone = It may be too old, or was used already. Find your order here instead.

# My orders
orders-title = My orders
orders-intro = Orders with { $contact }
orders-none = We have no orders for this contact.
orders-placed = Ordered { $day }
orders-count = { $count ->
    [one] { $count } item
   *[other] { $count } items
}
orders-open = Open order { $number }
orders-older = Older orders
orders-newer = Newer orders

# The order page
order-title = Order { $number }
order-placed = Ordered { $day }
order-full-address-hint = To see the full address, confirm it is you with a code.
order-full-address-button = Send me a code
step-ordered = Ordered
step-processing = Processing
step-shipped = Shipped
step-out-for-delivery = Out for delivery
step-delivered = Delivered
step-pickup = Ready to collect
progress-label = Progress of your delivery
progress-now = Step { $number } of { $total }: { $step }
progress-done = done
progress-current = now
progress-ahead = still to come
progress-trouble = held up
window-heading = Your delivery window
window-sentence = { $timing ->
    [on-time] It should arrive { $when }.
    [late] It is late, now expected { $when }.
    [overdue] It is taking longer than expected.
   *[none] There is no day yet.
}
window-hours = { $from } – { $to }
window-none = No day yet. We show it as soon as the carrier gives one.
window-passed = It should have come { $day }. We are looking into it.
window-confidence = { $percent } % of packages like this one come within the window.
window-basis-carrier = As { $carrier } says.
window-basis-merchant = As we promised when you ordered.
window-basis-history = From similar packages; { $share } in 10 arrive in this window.
window-basis-anew = The day that was told has passed; this is what we hope for now.
window-history-heading = How the day has moved
window-history-row = { $window } ({ $reason })
window-reason-first = first estimate
window-reason-scan = after a scan
window-reason-carrier = the carrier named this day
window-reason-customs = held at customs
window-reason-weather = weather
window-reason-attempt = a failed delivery attempt
window-reason-overdue = the day before had passed
window-reason-handed-over = the carrier has it
window-reason-out-for-delivery = out for delivery
window-reason-address = a question about the address
window-reason-delay = a delay at the carrier
window-reason-misrouted = it was sent the wrong way first
window-reason-redirected = sent to another address
window-reason-held = held by the carrier
window-reason-damaged = damage on the way
window-reason-action = something was needed from you
window-reason-promise = we changed the day
window-reason-trouble = trouble on the way
calendar-link = Add to calendar
calendar-summary = Delivery from { $brand }
calendar-description = Order { $number }. The entry moves when the day moves.
parcel-heading = Package { $number } of { $total }
parcel-heading-only = Your package
parcel-title = Package { $number }
parcel-public-hint = Anybody with this number sees these steps. To see the order, look it up with its number.
items-heading = In this package
items-heading-order = Your items
items-quantity = Quantity: { $count }
items-unknown = We do not know yet which items are in this package.
items-to-ship-heading = Still to be sent
items-to-ship = These items are not on their way yet.
items-to-ship-by = We will send them { $when }.
items-no-shipping = Nothing to deliver: you get these by email.
updates-heading = Updates
updates-all = All updates ({ $count })
updates-none = There are no updates yet.
updates-local-times = Times are those of the place where it happened.
updates-new = New: { $headline }
journey-heading = On the map
journey-show = See the journey on a map
journey-last-seen = From { $from } to { $last }, where it was last seen.
journey-arrived = From { $from } to { $last }.
journey-back = Back in { $last }, where it set out.
carrier-heading = Carrier and number
carrier-label = Carrier
carrier-unknown = Not known yet
service-label = Service
tracking-number-label = Tracking number
tracking-number-copy = Copy number
tracking-number-copied = Copied
carrier-site = Track on { $carrier }’s site
carrier-phone = Call { $carrier }: { $phone }
freshness = { $carrier } scanned { $scanned } · checked { $checked }
freshness-unscanned = Not scanned yet · checked { $checked }
freshness-never-checked = { $carrier } scanned { $scanned }
freshness-none = Not scanned yet
freshness-carrier = The carrier
freshness-stale = We cannot reach { $carrier } right now; this is what we knew { $checked }.
live-on = This page keeps itself up to date.
live-off = Reload the page to see the newest.
pickup-heading = Where to collect it
pickup-hours = Opening hours
pickup-until = Collect it by { $day }
pickup-code = Pickup code
pickup-bring = Bring your ID and the code.
pickup-map = Show on a map
pickup-proof-needed = To see the pickup code, confirm it is you.
proof-heading = Proof of delivery
proof-signed-by = Signed by { $name }
proof-photo = Photo of the delivery
proof-photo-alt = Photo that the carrier took at the delivery
proof-left-at = Left: { $place }
not-received-heading = It says delivered, but you do not have it?
not-received = Look at the door, with neighbours and at the front desk first; sometimes the scan comes some hours early. If it is not there, tell us here: we ask the carrier for you.
not-received-text = Where did you look? (optional)
not-received-send = I do not have it
address-heading = Delivery address
address-partial = { $town }, postcode ending in { $ending }
address-town-only = { $town }
map-heading = The way of your package
map-text = So far: { $places }.
help-heading = Help
help-intro = Something wrong? We are here.
help-contact = Write to us
help-phone = Call us: { $phone }
help-email = Email: { $email }
help-policy = Returns and refunds
help-handover = Your message carries order { $number } and the last update, so that nobody has to ask you again.
help-question-where = Where is my package?
help-question-when = When will it come?
help-question-address = Can I change the address?
help-question-nobody-home = What if nobody is home?
help-question-damaged = It arrived damaged
help-question-missing = Something is missing
help-question-return = I want to send something back
help-answer-address = Write to us before it goes out for delivery; we ask the carrier.
help-answer-nobody-home = The carrier usually tries again or leaves it with a neighbour or at a pickup point.
help-answer-damaged = Keep the packing, take a photo and write to us.
help-answer-missing = It may ride in another package of the order. If all have come, write to us.
help-answer-return = Write to us, and we tell you how.
help-question-not-received = It says delivered, but I do not have it
help-question-other = Something else
help-question-rating = How the delivery went
help-last-update = Last update: { $update }
help-answer-when = Expected: { $window }
help-answer-when-unknown = There is no day yet. It stands here as soon as somebody names one.
help-answer-goes-to = It goes to: { $place }
help-answer-address-late = It is with the driver, so the address cannot be changed any more. If nobody is there, the carrier tries again or leaves it nearby.
help-answer-pickup = It waits for you at { $place }.
help-answer-still-to-come = Still to come: { $items }
help-answer-all-here = Every package of this order has arrived.
help-more = Not answered? Write to us
help-contact-heading = Write to us
help-contact-about = What is it about?
help-contact-parcel = Which package?
help-contact-whole = The whole order
help-contact-text = Your message
help-contact-hint = You need not repeat any number. At most { $count } characters.
help-contact-send = Send to the shop
help-mail-subject = Order { $number }
help-mail-parcel = Package { $number }
case-open = We have your message (“{ $cause }”). You hear from us by { $day }.
case-done = Answered: “{ $cause }”.

# Beside the delivery
recommendations-heading = Goes well with your order
recommendations-heading-delivered = Goes well with what you have
recommendations-reason = Often bought with { $item }
recommendations-goes-with = Goes well with { $item }
recommendations-reorder = Order again
recommendations-view = See { $item }

# Feedback
feedback-heading = How did the delivery go?
feedback-heading-failed = How is this delivery going for you?
feedback-rating = Your rating
feedback-rating-1 = Very bad
feedback-rating-2 = Bad
feedback-rating-3 = All right
feedback-rating-4 = Good
feedback-rating-5 = Very good
feedback-reasons-bad = What went wrong?
feedback-reasons-good = What went well?
feedback-reason-late = It came late
feedback-reason-damaged = It was damaged
feedback-reason-wrong-place = It was left in the wrong place
feedback-reason-rude = The driver was unfriendly
feedback-reason-no-update = I was not kept informed
feedback-reason-packaging = The packaging
feedback-reason-missing = Something was missing
feedback-reason-quick = It was quick
feedback-reason-kind = The driver was kind
feedback-reason-careful = It was handled with care
feedback-reason-informed = I always knew where it was
feedback-reason-on-time = It came when you said
feedback-comment = Anything else?
feedback-comment-hint = Please write no personal data of others. At most { $count } characters.
feedback-comment-too-long = Please write at most { $count } characters.
feedback-send = Send
feedback-change = Change my answer
feedback-thanks = Thank you. You can change your answer until { $day }.
feedback-thanks-good = We are glad! Would you tell others?
feedback-review = Write a review
feedback-thanks-bad = We are sorry. We will put it right.
feedback-closed = The time for changes is over. Thank you for your answer.
feedback-rating-missing = Please choose a rating.
feedback-photo-heading = A photo of the damage
feedback-photo-label = Photo
feedback-photo-hint = JPEG, PNG or WebP, up to { $megabytes } MB. We remove where and when it was taken.
feedback-photo-send = Send photo
feedback-photo-too-big = This photo is too big. Please send one of up to { $megabytes } MB.
feedback-photo-unreadable = We cannot read this as a photo. Please send a JPEG, PNG or WebP.
feedback-photo-thanks = We have your photo.
feedback-updates-question = Were our updates too many, just right or too few?
feedback-updates-too-many = Too many
feedback-updates-right = Just right
feedback-updates-too-few = Too few
feedback-case = Your answer is with our team. You hear from us by { $day }.
feedback-photo-again = Another photo takes the place of this one.
feedback-photo-missing = Please choose a photo first.
feedback-updates-thanks = Thank you. Noted: { $choice }

# When something does not work
error-400-title = We could not read that
error-400 = Something in the address or the form is not as it should be. Please start again.
error-403-title = That did not come from our page
error-403 = For your safety we did not do it. Please go back, reload the page and try again.
error-404-title = There is nothing here
error-404 = The page is not there, or it is not for this browser. Find your order again to open it.
error-405-title = That does not work this way
error-405 = Please go back and use the button on the page.
error-410-title = This is over
error-410 = This page is no longer there.
error-413-title = That is too much
error-413 = What you sent is too big. Please send less.
error-421-title = No shop lives here
error-421 = This address does not belong to a shop we know. Please check it.
error-422-title = Something is missing
error-422 = Please check what you typed and send it again.
error-429-title = Slowly, please
error-429 = There were many requests in a short time. Please try again in { $wait ->
    [one] a minute
   *[other] { $wait } minutes
}.
error-500-title = That was our fault
error-500 = Something went wrong here. Please try again; your order is safe.
error-503-title = Back in a moment
error-503 = We cannot reach our records right now. Your order is safe; please try again in a minute.
error-retry = Try again
error-to-lookup = Find my order

# Layout of the pages
site-nav = Shop
site-shop = Shop
site-contact = Contact
site-returns = Returns
window-label = Expected
window-label-overdue = Was expected
updates-folded = { $count ->
    [one] All updates: one more scan
   *[other] All updates: { $count } more scans
}
help-page = Read the answers
summary-title = This is the short version
summary-note = With the email or phone of the order you also see the items, every update and where it goes.
summary-link = Show the whole order
error-number = Error { $status }
