//! Keys, and what is done with them: sealing personal data at rest, blind indexes, signatures and hashes of secrets.
//!
//! Who may see what is decided in `access`.

use std::fmt;
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom, SystemRandom};
use ring::{aead, hkdf, hmac};

/// The secret keys, newest first: the first seals and signs, all open and verify.
#[derive(Clone)]
pub struct Keys(Vec<Key>);

#[derive(Clone)]
struct Key {
    id: u8,
    bytes: [u8; 32],
}

/// What is wrong with the text of `DOORSTEP_SECRET_KEYS`.
#[derive(Debug, PartialEq, Eq)]
pub struct BadKeys(pub String);

impl fmt::Display for BadKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key never reaches a log by accident.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({} of them)", self.0.len())
    }
}

impl Keys {
    /// Reads `id:base64,…`, newest first; each key is 32 bytes, each id a number from 1 to 255.
    pub fn read(text: &str) -> Result<Keys, BadKeys> {
        let mut keys: Vec<Key> = Vec::new();
        for (position, entry) in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()).enumerate() {
            let wrong = |what: &str| BadKeys(format!("key {} {what}; expected id:base64 of 32 bytes", position + 1));
            let (id, encoded) = entry.split_once(':').ok_or_else(|| wrong("has no id"))?;
            let id: u8 = id.trim().parse().map_err(|_| wrong("has an id that is not a number from 1 to 255"))?;
            let decoded = STANDARD.decode(encoded.trim()).map_err(|_| wrong("is not base64"))?;
            let bytes = decoded.try_into().map_err(|_| wrong("is not 32 bytes long"))?;
            if id == 0 || keys.iter().any(|key| key.id == id) {
                return Err(wrong("has an id that is 0 or used twice"));
            }
            keys.push(Key { id, bytes });
        }
        if keys.is_empty() {
            Err(BadKeys("no key is given; expected id:base64 of 32 bytes".to_owned()))
        } else {
            Ok(Keys(keys))
        }
    }

    /// One fresh key, as text for the file beside an embedded store.
    pub fn fresh_text() -> String {
        format!("1:{}", STANDARD.encode(random_bytes::<32>()))
    }
}

/// Random bytes from the operating system.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// SHA-256, for secrets of full entropy and for content.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().try_into().expect("SHA-256 is 32 bytes")
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    // Equal tags under a key that is made for this comparison alone: what the comparison leaks is of the tags.
    let key = hmac::Key::new(hmac::HMAC_SHA256, &random_bytes::<32>());
    hmac::verify(&key, one, hmac::sign(&key, other).as_ref()).is_ok()
}

struct Derived {
    id: u8,
    seal: aead::LessSafeKey,
    sign: hmac::Key,
}

/// The keys at work.
pub struct Vault {
    derived: Vec<Derived>,
    index: OnceLock<hmac::Key>,
}

impl Vault {
    pub fn new(keys: Keys) -> Vault {
        let derived = keys
            .0
            .iter()
            .map(|key| Derived {
                id: key.id,
                seal: aead::LessSafeKey::new(
                    aead::UnboundKey::new(&aead::CHACHA20_POLY1305, &subkey(&key.bytes, b"doorstep seal"))
                        .expect("a subkey has the cipher's length"),
                ),
                sign: hmac::Key::new(hmac::HMAC_SHA256, &subkey(&key.bytes, b"doorstep sign")),
            })
            .collect();
        Vault { derived, index: OnceLock::new() }
    }

    fn newest(&self) -> &Derived {
        self.derived.first().expect("keys are never empty")
    }

    /// Seals `plain` so that it opens only as the same thing (`kind`) of the same row (`row`).
    pub fn seal(&self, kind: &[u8], row: &[u8], plain: &[u8]) -> Vec<u8> {
        let key = self.newest();
        let nonce: [u8; 12] = random_bytes();
        let mut sealed = Vec::with_capacity(plain.len() + 29);
        sealed.push(key.id);
        sealed.extend_from_slice(&nonce);
        let mut text = plain.to_vec();
        key.seal
            .seal_in_place_append_tag(
                aead::Nonce::assume_unique_for_key(nonce),
                aead::Aad::from(bound_to(kind, row)),
                &mut text,
            )
            .expect("the text is shorter than the cipher's limit");
        sealed.extend_from_slice(&text);
        sealed
    }

    /// Opens what [`Vault::seal`] sealed. `None` for another row's, a tampered one, or one of a key that is gone.
    pub fn open(&self, kind: &[u8], row: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (id, rest) = sealed.split_first()?;
        let key = self.derived.iter().find(|key| key.id == *id)?;
        let (nonce, text) = rest.split_first_chunk::<12>()?;
        let mut text = text.to_vec();
        let opened = key.seal.open_in_place(
            aead::Nonce::assume_unique_for_key(*nonce),
            aead::Aad::from(bound_to(kind, row)),
            &mut text,
        );
        let length = opened.ok()?.len();
        text.truncate(length);
        Some(text)
    }

    /// The id of the key that [`Vault::sign`] uses.
    pub fn signing_key_id(&self) -> u8 {
        self.newest().id
    }

    /// Signs with the newest key; gives the key's id with it.
    pub fn sign(&self, purpose: &[u8], message: &[u8]) -> (u8, Vec<u8>) {
        let key = self.newest();
        (key.id, hmac::sign(&key.sign, &bound_to(purpose, message)).as_ref().to_vec())
    }

    /// Checks a signature in constant time.
    pub fn verify(&self, key_id: u8, purpose: &[u8], message: &[u8], signature: &[u8]) -> bool {
        self.derived
            .iter()
            .find(|key| key.id == key_id)
            .is_some_and(|key| hmac::verify(&key.sign, &bound_to(purpose, message), signature).is_ok())
    }

    pub fn has_index_key(&self) -> bool {
        self.index.get().is_some()
    }

    pub(super) fn set_index_key(&self, key: &[u8]) {
        // Another task of this process may have read the same key from the same row already.
        self.index.get_or_init(|| hmac::Key::new(hmac::HMAC_SHA256, key));
    }

    /// A keyed hash that stays the same over rotations: for looking up what must not be readable at rest.
    pub fn blind_index(&self, kind: &[u8], text: &[u8]) -> Vec<u8> {
        let key = self.index.get().expect("the store reads its index key before anything else");
        hmac::sign(key, &bound_to(kind, text)).as_ref().to_vec()
    }
}

/// Two texts as one, such that no other two give the same.
fn bound_to(kind: &[u8], row: &[u8]) -> Vec<u8> {
    let mut bound = Vec::with_capacity(kind.len() + row.len() + 1);
    bound.push(u8::try_from(kind.len()).expect("kinds are short literals"));
    bound.extend_from_slice(kind);
    bound.extend_from_slice(row);
    bound
}

struct ThirtyTwo;

impl hkdf::KeyType for ThirtyTwo {
    fn len(&self) -> usize {
        32
    }
}

fn subkey(key: &[u8; 32], purpose: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"doorstep")
        .extract(key)
        .expand(&[purpose], ThirtyTwo)
        .and_then(|okm| okm.fill(&mut out))
        .expect("32 bytes are within HKDF's limit");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault() -> Vault {
        Vault::new(Keys::read(&Keys::fresh_text()).unwrap())
    }

    #[test]
    fn what_is_sealed_opens_only_as_the_same_thing_of_the_same_row() {
        let vault = vault();
        let sealed = vault.seal(b"contact", b"row 1", b"ada@example.com");
        assert_eq!(vault.open(b"contact", b"row 1", &sealed).unwrap(), b"ada@example.com");
        assert_eq!(vault.open(b"contact", b"row 2", &sealed), None);
        assert_eq!(vault.open(b"address", b"row 1", &sealed), None);
        for index in 0..sealed.len() {
            let mut tampered = sealed.clone();
            tampered[index] ^= 1;
            assert_eq!(vault.open(b"contact", b"row 1", &tampered), None);
        }
    }

    #[test]
    fn an_older_key_still_opens_and_verifies_after_rotation() {
        let (old, new) = (Keys::fresh_text(), Keys::fresh_text().replacen("1:", "2:", 1));
        let before = Vault::new(Keys::read(&old).unwrap());
        let after = Vault::new(Keys::read(&format!("{new},{old}")).unwrap());
        let sealed = before.seal(b"k", b"r", b"text");
        assert_eq!(after.open(b"k", b"r", &sealed).unwrap(), b"text");
        let (id, signature) = before.sign(b"link", b"message");
        assert!(after.verify(id, b"link", b"message", &signature));
        assert!(!after.verify(id, b"link", b"other", &signature));
    }

    #[test]
    fn keys_that_cannot_be_used_are_named() {
        for text in ["", "abc", "1:abc", "0:AAAA", "x:AAAA"] {
            assert!(Keys::read(text).is_err(), "{text}");
        }
    }
}
