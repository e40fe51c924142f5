//! Message links: what a token says, and when it still opens its order. Signing it is the vault's work.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::orders::{BrandId, OrderId};

/// What the signature is made for, so that no other signature of ours passes for it.
pub const PURPOSE: &[u8] = b"message link";

const VERSION: u8 = 1;
const MESSAGE_BYTES: usize = 63;
const SIGNATURE_BYTES: usize = 32;

/// What a message link lets its holder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkScope {
    Read,
    /// Read, and rate the delivery.
    Rate,
}

/// What the token says, before anybody believes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageLink {
    pub key_id: u8,
    pub brand: BrandId,
    pub order: OrderId,
    /// Half of the contact's blind index: a corrected address closes the link that went to the wrong one.
    pub contact: [u8; 16],
    pub scope: LinkScope,
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
    /// Raised for an order to revoke every link to it.
    pub epoch: u32,
}

impl MessageLink {
    /// The bytes that are signed.
    pub fn message(&self) -> [u8; MESSAGE_BYTES] {
        let seconds = |instant: Timestamp| u32::try_from(instant.as_second()).unwrap_or(u32::MAX).to_be_bytes();
        let scope = match self.scope {
            LinkScope::Read => 0,
            LinkScope::Rate => 1,
        };
        let mut message = [0; MESSAGE_BYTES];
        let parts: [&[u8]; 8] = [
            &[VERSION, self.key_id],
            self.brand.0.as_bytes(),
            self.order.0.as_bytes(),
            &self.contact,
            &[scope],
            &seconds(self.issued_at),
            &seconds(self.expires_at),
            &self.epoch.to_be_bytes(),
        ];
        let bytes = parts.into_iter().flatten();
        for (place, byte) in message.iter_mut().zip(bytes) {
            *place = *byte;
        }
        message
    }

    pub fn token(&self, signature: &[u8]) -> String {
        let mut bytes = self.message().to_vec();
        bytes.extend_from_slice(signature);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a token: what it says, and the signature to check over [`MessageLink::message`].
    pub fn read(token: &str) -> Option<(MessageLink, [u8; SIGNATURE_BYTES])> {
        if token.len() > 200 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (message, signature) = bytes.split_first_chunk::<MESSAGE_BYTES>()?;
        let signature = signature.try_into().ok()?;
        let [VERSION, key_id, rest @ ..] = message else { return None };
        let (brand, rest) = rest.split_first_chunk::<16>()?;
        let (order, rest) = rest.split_first_chunk::<16>()?;
        let (contact, rest) = rest.split_first_chunk::<16>()?;
        let ([scope], rest) = rest.split_first_chunk::<1>()?;
        let (issued, rest) = rest.split_first_chunk::<4>()?;
        let (expires, epoch) = rest.split_first_chunk::<4>()?;
        let link = MessageLink {
            key_id: *key_id,
            brand: BrandId(uuid::Uuid::from_bytes(*brand)),
            order: OrderId(uuid::Uuid::from_bytes(*order)),
            contact: *contact,
            scope: match scope {
                0 => LinkScope::Read,
                1 => LinkScope::Rate,
                _ => return None,
            },
            issued_at: Timestamp::from_second(i64::from(u32::from_be_bytes(*issued))).ok()?,
            expires_at: Timestamp::from_second(i64::from(u32::from_be_bytes(*expires))).ok()?,
            epoch: u32::from_be_bytes(epoch.try_into().ok()?),
        };
        Some((link, signature))
    }

    /// It is this brand's and has not run out. That the order, its contact and its epoch still fit, the store says.
    pub fn is_current(&self, brand: BrandId, now: Timestamp) -> bool {
        self.brand == brand && self.issued_at <= now + jiff::SignedDuration::from_mins(5) && now < self.expires_at
    }
}

/// The half of a contact's blind index that a link carries.
pub fn contact_half(index: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    for (place, byte) in half.iter_mut().zip(index) {
        *place = *byte;
    }
    half
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use uuid::Uuid;

    fn link() -> MessageLink {
        MessageLink {
            key_id: 3,
            brand: BrandId(Uuid::from_u128(1)),
            order: OrderId(Uuid::from_u128(2)),
            contact: [9; 16],
            scope: LinkScope::Rate,
            issued_at: Timestamp::from_second(1_700_000_000).unwrap(),
            expires_at: Timestamp::from_second(1_701_000_000).unwrap(),
            epoch: 4,
        }
    }

    #[test]
    fn a_token_reads_back_as_the_link_it_was_made_from() {
        assert_eq!(MessageLink::read(&link().token(&[7; 32])), Some((link(), [7; 32])));
    }

    #[test]
    fn byte_soup_is_no_link() {
        let whole = link().token(&[7; 32]);
        for token in ["", "x", "%%%", &whole[1..], &whole[..whole.len() - 2], &"A".repeat(500)] {
            assert_eq!(MessageLink::read(token), None, "{token}");
        }
    }

    #[test]
    fn a_link_opens_only_its_own_brand_and_only_in_its_time() {
        let (link, other) = (link(), BrandId(Uuid::from_u128(8)));
        let just_before = link.expires_at - SignedDuration::from_secs(1);
        assert!(link.is_current(link.brand, just_before));
        assert!(!link.is_current(link.brand, link.expires_at));
        assert!(!link.is_current(other, just_before));
    }
}
