//! Addresses with a query, written so that no word of a visitor's can change what they mean.

/// A value for a query, percent-encoded; `/` may stay as it is (RFC 3986 section 3.4).
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let one =
        |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

/// Percent-decodes; what is not UTF-8 becomes nothing.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
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
