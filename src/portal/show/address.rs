//! Where it goes, as far as the viewer may know.

use crate::access::grant::Scope;
use crate::portal::view::AddressView;
use crate::sources::AddressDraft;

use super::Viewer;

impl Viewer<'_> {
    pub(super) fn address(&self, address: &AddressDraft) -> AddressView {
        if self.scope >= Scope::Full {
            let town = [address.postal_code.as_deref(), address.city.as_deref(), address.region.as_deref()];
            let town: Vec<&str> = town.into_iter().flatten().collect();
            let mut lines: Vec<String> =
                address.name.iter().chain(&address.company).chain(&address.lines).cloned().collect();
            lines.push(town.join(" "));
            lines.extend(address.country.clone());
            lines.retain(|line| !line.trim().is_empty());
            return AddressView { lines, hidden_note: None };
        }
        let end_of_postcode = address.postal_code.as_deref().map(|code| {
            let end: String = code.chars().filter(|c| c.is_alphanumeric()).collect();
            let kept: Vec<char> = end.chars().rev().take(2).collect();
            format!("…{}", kept.into_iter().rev().collect::<String>())
        });
        let line: Vec<String> = address.city.iter().cloned().chain(end_of_postcode).collect();
        AddressView {
            lines: vec![line.join(", ")],
            hidden_note: Some(self.words.text("order-full-address-hint").to_owned()),
        }
    }
}
