//! How digests are written.

/// Lower-case hexadecimal, two letters for each byte.
pub fn hex(bytes: &[u8]) -> String {
    const LETTERS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(LETTERS[usize::from(byte >> 4)]);
        text.push(LETTERS[usize::from(byte & 15)]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::hex;

    #[test]
    fn each_byte_is_two_letters() {
        assert_eq!(hex(&[]), "");
        assert_eq!(hex(&[0, 0x0f, 0xa0, 0xff, 7]), "000fa0ff07");
    }
}
