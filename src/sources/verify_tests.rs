use super::*;

const SECRET: &str = "s3cr\u{e9}t of the shop";
const BODY: &[u8] = br#"{"resource_type":"API_TRACK"}"#;

/// Sources whose deliveries we can sign ourselves.
const SYMMETRIC: [Source; 9] = [
    Source::Shopify,
    Source::Woocommerce,
    Source::Easypost,
    Source::Aftership,
    Source::Shippo,
    Source::Seventeentrack,
    Source::Karrio,
    Source::Ups,
    Source::Doorstep,
];

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}

fn keys(secrets: &[&str]) -> Keys {
    Keys { secrets: secrets.iter().map(|secret| (*secret).to_owned()).collect(), public_keys: Vec::new() }
}

fn signed(source: Source) -> Vec<(String, String)> {
    sign(source, SECRET, "id-1", now(), BODY).expect("a source we can sign for")
}

fn headers<const N: usize>(headers: [(&str, &str); N]) -> [(String, String); N] {
    headers.map(|(name, value)| (name.to_owned(), value.to_owned()))
}

fn verdict(source: Source, headers: &[(String, String)], body: &[u8], keys: &Keys, now: Timestamp) -> Verdict {
    verify(source, &Delivery { headers, query: None, body }, keys, now)
}

#[test]
fn what_we_sign_we_accept_and_with_either_secret_of_a_rotation() {
    for source in SYMMETRIC {
        for secrets in [&[SECRET][..], &["older", SECRET], &[SECRET, "newer"]] {
            let verdict = verdict(source, &signed(source), BODY, &keys(secrets), now());
            let has_id = matches!(source, Source::Shopify | Source::Woocommerce | Source::Doorstep);
            let delivery_id = has_id.then(|| "id-1".to_owned());
            assert_eq!(verdict, Verdict::Verified { delivery_id }, "{source}");
        }
    }
}

#[test]
fn another_secret_body_or_signature_is_refused() {
    for source in SYMMETRIC {
        let headers = signed(source);
        let refused = Verdict::Refused(Reason::WrongSignature);
        assert_eq!(verdict(source, &headers, BODY, &keys(&["other"]), now()), refused, "{source}");
        if !matches!(source, Source::Karrio | Source::Ups) {
            assert_eq!(verdict(source, &headers, b"{}", &keys(&[SECRET]), now()), refused, "{source}");
        }
        assert_eq!(verdict(source, &[], BODY, &keys(&[SECRET]), now()), Verdict::Refused(Reason::Missing), "{source}");
        for garbage in
            ["%%", "", "=", ",", "t=,v1=", "v1,", "Bearer ", "\u{e9}\u{e9}\u{e9}\u{e9}", "hmac-sha256-hex=\u{e9}a"]
        {
            let garbled: Vec<_> = headers.iter().map(|(name, _)| (name.clone(), garbage.to_owned())).collect();
            let verdict = verdict(source, &garbled, BODY, &keys(&[SECRET]), now());
            assert!(matches!(verdict, Verdict::Refused(_)), "{source} {garbage}");
        }
    }
}

#[test]
fn no_secret_and_an_empty_secret_refuse_everything() {
    for source in SYMMETRIC {
        let refused = Verdict::Refused(Reason::NoSecret);
        assert_eq!(verdict(source, &signed(source), BODY, &keys(&[]), now()), refused, "{source}");
        let headers = sign(source, "", "id-1", now(), BODY).expect("a source we can sign for");
        assert!(matches!(verdict(source, &headers, BODY, &keys(&[""]), now()), Verdict::Refused(_)), "{source}");
    }
    assert_eq!(verdict(Source::Olist, &[], BODY, &keys(&[SECRET]), now()), Verdict::Refused(Reason::NotPushed));
}

#[test]
fn a_signed_time_holds_five_minutes_either_way() {
    for source in [Source::Shippo, Source::Doorstep] {
        for (seconds, fresh) in [(0, true), (300, true), (-300, true), (301, false), (-301, false)] {
            let now = now() + SignedDuration::from_secs(seconds);
            let verdict = verdict(source, &signed(source), BODY, &keys(&[SECRET]), now);
            assert_eq!(matches!(verdict, Verdict::Verified { .. }), fresh, "{source} {seconds}: {verdict:?}");
            if !fresh {
                assert_eq!(verdict, Verdict::Refused(Reason::Stale));
            }
        }
    }
}

#[test]
fn the_known_answer_of_standard_webhooks_is_accepted() {
    // The example of the specification's own libraries, among signatures of other keys and versions.
    let headers = headers([
        ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
        ("webhook-timestamp", "1614265330"),
        ("webhook-signature", "v1,Zm9v v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v2,x"),
    ]);
    let body = br#"{"test": 2432232314}"#;
    let at = Timestamp::from_second(1_614_265_330).expect("a time");
    let verified = Verdict::Verified { delivery_id: Some("msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned()) };
    for secret in ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
        assert_eq!(verdict(Source::Doorstep, &headers, body, &keys(&[secret]), at), verified);
    }
}

#[test]
fn easypost_secrets_are_normalised() {
    let composed = sign(Source::Easypost, "s\u{e9}cret", "", now(), BODY).expect("signed");
    let verdict = verdict(Source::Easypost, &composed, BODY, &keys(&["se\u{301}cret"]), now());
    assert_eq!(verdict, Verdict::Verified { delivery_id: None });
}

#[test]
fn shippo_without_a_signature_goes_by_the_token_of_its_address() {
    for (query, known) in [
        ("a=b&token=s%33cret", true),
        ("?token=s3cret", true),
        ("token=other", false),
        ("token=", false),
        ("token=%e9%", false),
    ] {
        let delivery = Delivery { headers: &[], query: Some(query), body: BODY };
        let verdict = verify(Source::Shippo, &delivery, &keys(&["s3cret"]), now());
        assert_eq!(matches!(verdict, Verdict::Verified { .. }), known, "{query}");
    }
}

#[test]
fn ups_sends_its_credential_with_and_without_the_scheme() {
    for (name, value) in [("authorization", "Bearer abc"), ("authorization", "bearer abc"), ("credential", "abc")] {
        let verdict = verdict(Source::Ups, &headers([(name, value)]), BODY, &keys(&["abc"]), now());
        assert_eq!(verdict, Verdict::Verified { delivery_id: None }, "{name}: {value}");
    }
}

#[test]
fn shipengine_is_verified_by_its_key_set() {
    let modulus = MODULUS.concat();
    let key_set = serde_json::json!({"keys": [
        {"kty": "EC", "kid": "curve", "x": "AA", "y": "AA"},
        {"kty": "RSA", "kid": "key-1", "n": modulus, "e": "AQAB"},
    ]});
    let keys =
        Keys { secrets: Vec::new(), public_keys: PublicKey::of_key_set(&Value::read(&key_set.to_string()).unwrap()) };
    assert_eq!(keys.public_keys.len(), 1);
    let headers = headers([
        ("x-shipengine-rsa-sha256-key-id", "key-1"),
        ("x-shipengine-timestamp", "2026-11-21T12:00:00Z"),
        ("x-shipengine-rsa-sha256-signature", &SIGNATURE.concat()),
    ]);
    let source = Source::Shipengine;
    assert_eq!(verdict(source, &headers, BODY, &keys, now()), Verdict::Verified { delivery_id: None });
    assert_eq!(verdict(source, &headers, b"{}", &keys, now()), Verdict::Refused(Reason::WrongSignature));
    let late = now() + SignedDuration::from_secs(301);
    assert_eq!(verdict(source, &headers, BODY, &keys, late), Verdict::Refused(Reason::Stale));
    assert_eq!(verdict(source, &headers, BODY, &Keys::default(), now()), Verdict::NeedsKey("key-1".to_owned()));
    assert_eq!(verdict(source, &headers[1..], BODY, &keys, now()), Verdict::Refused(Reason::Missing));
}

#[test]
fn secrets_do_not_show_in_debug() {
    assert!(!format!("{:?}", keys(&[SECRET])).contains(SECRET));
}

/// A key made for this test, and what it signed: the time, a full stop and the body.
const MODULUS: &[&str] = &[
    "mf1FGao0GURM7PyffdBMHOUSG7UX3Y98mxbKiR52gAA4Nn8Duz_D07tsChcJm9a0La6t0slMYuyXUMmkt_iM15rkXWbAfB0qUbz4",
    "L7U84evwclTDVNvb-su_WzcYzwP0RPzwi9xx2xLpxr8mQMl199al1L_HTeFTSkjwFmY81uoAsJs9b0Bwst1r15lH3dMU0Q6CiJLQ",
    "pRzTgTml5T3r9KZ3lVhZ_6wcPyjaTo8YDw2pLnKjJMzxduVAngVZbcWRkUERIzysd0y4HohEiuRk0Il37ZqsyL_Beb_FSaWRKwBA",
    "DeY1gM-HCBwYVGCjnN2poHR8uV-L92H3kXklpPcxgw",
];
const SIGNATURE: &[&str] = &[
    "aw+L5xv4JvsDYVIxClsIscY+6tS6qEleTC6O7w9WqMLlx6/NNR5yCOeyvAvXiU+v3ekTLL9ZmMTkc84moM5XcCq294+kMmxBsD+d",
    "kNUQY28+v6dnNyjybPgNp058FBCWh5zQq188yKINGj57Mq/VcVSZUacGqvZ+be/Fz8tX0EwtTlPGXqLolZ24XTxcipfFXWTkX9PV",
    "bVaIkk/PvFm9D8DWbeDXMP1PSNnEt+2nwcGxf0VObSsX0ZdaZ2Gc5mdvytsDhZtL2hVX0w6geo7p58LMiJgb+ljtamZ5QRfLKSzd",
    "958zvy65qYhzU+gwbTPvQ48Q+0nqe84KRoAEOUnziA==",
];
