//! Addresses with a query, written so that no word of a visitor's can change what they mean.

/// A value for a query, percent-encoded; `/` may stay as it is (RFC 3986 section 3.4).
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let one =
        |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

/// The path with the given parameters, leaving out empty ones.
pub fn with_query(path: &str, parameters: &[(&str, &str)]) -> String {
    let given = parameters.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> =
        given.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn an_address_carries_only_what_was_asked() {
        let table = [
            (vec![("q", ""), ("year", "")], "/sousuo"),
            (vec![("q", "低保"), ("year", "2026")], "/sousuo?q=%E4%BD%8E%E4%BF%9D&year=2026"),
            (vec![("q", "a&b=c"), ("next", "/a?b")], "/sousuo?q=a%26b%3Dc&next=/a%3Fb"),
        ];
        for (parameters, address) in table {
            assert_eq!(with_query("/sousuo", &parameters), address);
        }
    }
}
