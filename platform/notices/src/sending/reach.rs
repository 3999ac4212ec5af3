//! Which hosts may be spoken to. An address comes from a stranger, so a name is resolved once, every address it
//! has must be a public one, and the connection goes to the very address that was looked at; nobody is
//! followed to another place. The operator may name hosts of the own network. What can be told without looking a name
//! up is refused when the address is given already.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::lookup_host;

use super::SendFault;

/// Which hosts may be spoken to.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    inside: Arc<Vec<String>>,
}

impl Reach {
    /// Public ones, and these of the own network.
    pub fn new(inside: Vec<String>) -> Self {
        let small = |host: String| host.trim().trim_matches(['[', ']']).to_ascii_lowercase();
        Self { inside: Arc::new(inside.into_iter().map(small).collect()) }
    }

    fn trusts(&self, host: &str) -> bool {
        self.inside.iter().any(|own| own.eq_ignore_ascii_case(host))
    }

    /// Why an address is not taken at all; `None` where only sending can tell, for a name is looked up then. A port is
    /// that of a web server, and a host neither an address of the own network, however it is written, nor a name that
    /// only the own network knows.
    pub fn refuses(&self, host: &str, port: u16) -> Option<&'static str> {
        let host = host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase();
        if self.trusts(&host) {
            return None;
        }
        if !matches!(port, 80 | 443) {
            return Some("接收地址的端口只能是 80 或者 443，不写就可以");
        }
        let inner = match literal(&host) {
            Some(address) => !is_public(address),
            None => is_inner_name(&host),
        };
        inner.then_some("接收地址在内部网络，不向它推送。写公网能访问的主机名")
    }

    /// Where to connect.
    ///
    /// # Errors
    /// The host has no address, or one that must not be spoken to.
    pub async fn find(&self, host: &str, port: u16) -> Result<SocketAddr, SendFault> {
        let trusted = self.trusts(host);
        if !trusted && !matches!(port, 80 | 443) {
            return Err(SendFault::Never("接收地址的端口不是 80 或 443".into()));
        }
        let found = lookup_host((host, port)).await;
        let found = found.map_err(|_| SendFault::Later("接收地址的主机名查不到".into()))?;
        let all: Vec<SocketAddr> = found.collect();
        if !trusted && !all.iter().all(|address| is_public(address.ip())) {
            return Err(SendFault::Never("接收地址在内部网络，不向它发送".into()));
        }
        let first = all.first().copied();
        first.ok_or_else(|| SendFault::Later("接收地址的主机名查不到".into()))
    }
}

/// Names that lead into the own network wherever they are asked for (RFC 6761, 6762, 8375 and custom).
const INNER: [&str; 9] =
    ["localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private"];

/// Whether a name is known to the own network alone: one of these, or one without a dot.
fn is_inner_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    !host.contains('.') || INNER.contains(&last) || host.ends_with(".home.arpa")
}

/// The address that a host is, also as old readers of addresses take it: 2130706433, 0x7f.1, 127.1, 0177.0.0.1.
fn literal(host: &str) -> Option<IpAddr> {
    if let Ok(address) = host.parse() {
        return Some(address);
    }
    let parts: Vec<u64> = host.split('.').map(number).collect::<Option<_>>()?;
    let (last, before) = parts.split_last()?;
    if before.len() > 3 || before.iter().any(|part| *part > 255) {
        return None;
    }
    // The last number fills all that the others leave.
    let left = 32 - 8 * before.len();
    if *last >= 1_u64 << left {
        return None;
    }
    let placed = before.iter().enumerate().map(|(at, part)| part << (24 - 8 * at));
    let bits = u32::try_from(placed.sum::<u64>() + last).ok()?;
    Some(IpAddr::V4(Ipv4Addr::from(bits)))
}

/// A number in one of the three ways in which old readers take it.
fn number(text: &str) -> Option<u64> {
    match (text.strip_prefix("0x"), text.strip_prefix('0')) {
        (Some(digits), _) => u64::from_str_radix(digits, 16).ok(),
        (None, Some(digits)) if !digits.is_empty() => u64::from_str_radix(digits, 8).ok(),
        _ => text.parse().ok(),
    }
}

/// Whether an address is one of the public network (the special ranges of RFC 6890 and IANA's registries).
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => is_public_four(four),
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => is_public_four(four),
            None => is_public_six(six),
        },
    }
}

/// Networks of the older kind that are nobody's public address: the network and its length.
const NOT_PUBLIC: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

fn is_public_four(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !NOT_PUBLIC.iter().any(|(network, length)| {
        let network = u32::from(Ipv4Addr::from(*network));
        (bits ^ network) >> (32 - length) == 0
    })
}

fn is_public_six(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let global = first & 0xe000 == 0x2000;
    // 2001::/23 for protocols, 2001:db8::/32 and 3fff::/20 for books, 2002::/16 leads to an older address.
    let special = (first == 0x2001 && (second < 0x0200 || second == 0x0db8))
        || first == 0x2002
        || (first == 0x3fff && second < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_spoken_to() {
        for (address, public) in [
            ("1.1.1.1", true),
            ("223.5.5.5", true),
            ("2400:3200::1", true),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("100.100.100.200", false),
            ("127.0.0.1", false),
            ("127.9.9.9", false),
            ("169.254.169.254", false),
            ("169.254.0.23", false),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("172.32.0.1", true),
            ("192.168.1.1", false),
            ("198.19.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::1", false),
            ("::", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:1.1.1.1", true),
            ("64:ff9b::7f00:1", false),
            ("fe80::1", false),
            ("fc00::1", false),
            ("2001:db8::1", false),
            ("2002:7f00:1::", false),
            ("2001:0:1::", false),
        ] {
            let parsed: IpAddr = address.parse().expect("an address");
            assert_eq!(is_public(parsed), public, "{address}");
        }
    }

    #[test]
    fn what_lies_in_the_own_network_is_not_even_taken() {
        let reach = Reach::new(vec!["inside.example".into(), "10.0.0.9".into()]);
        for (host, port, taken) in [
            ("program.example", 443, true),
            ("1.1.1.1", 80, true),
            ("[2400:3200::1]", 443, true),
            ("16843009", 80, true),
            ("inside.example", 8080, true),
            ("10.0.0.9", 8080, true),
            ("program.example", 8080, false),
            ("127.0.0.1", 80, false),
            ("127.0.0.1.", 80, false),
            ("10.1.2.3", 443, false),
            ("169.254.169.254", 80, false),
            ("[::1]", 80, false),
            ("[::ffff:127.0.0.1]", 80, false),
            ("2130706433", 80, false),
            ("0x7F.1", 80, false),
            ("0177.0.0.1", 80, false),
            ("0", 80, false),
            ("LOCALHOST", 80, false),
            ("a.localhost", 80, false),
            ("printer.local", 80, false),
            ("oa", 80, false),
            // No address, and a name that only sending can tell of.
            ("1.2.3.4.5", 80, true),
            ("300.1.1.1", 80, true),
        ] {
            assert_eq!(reach.refuses(host, port).is_none(), taken, "{host}:{port}");
        }
    }

    #[tokio::test]
    async fn a_host_of_the_own_network_is_refused_however_it_is_written_unless_it_is_named() {
        let reach = Reach::default();
        for host in [
            "127.0.0.1",
            "0x7f000001",
            "2130706433",
            "0177.0.0.1",
            "127.1",
            "localhost",
            "::1",
            "169.254.169.254",
            "10.0.0.8",
            "0",
            "::ffff:127.0.0.1",
        ] {
            assert!(reach.find(host, 80).await.is_err(), "{host}");
        }
        assert!(reach.find("1.1.1.1", 25).await.is_err(), "a port that is no web server's");
        let named = Reach::new(vec!["127.0.0.1".into(), "[::1]".into()]);
        assert!(named.find("127.0.0.1", 8080).await.is_ok());
        assert!(named.find("::1", 8080).await.is_ok());
        assert!(named.find("127.0.0.2", 80).await.is_err());
    }
}
