//! Both providers give what is published for them.

use secrets::{Aes256Gcm, Provider, Sm4Gcm};

fn bytes(hex: &str) -> Vec<u8> {
    let hex: String = hex.split_whitespace().collect();
    let pair = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..hex.len()).step_by(2).map(|at| pair(at).expect("hexadecimal")).collect()
}

struct Vector {
    nonce: &'static str,
    bound: &'static str,
    plain: &'static str,
    sealed: &'static str,
}

fn check(name: &str, provider: &dyn Provider, vector: &Vector) {
    let nonce = bytes(vector.nonce).try_into().expect("96 bits");
    let (bound, plain, sealed) = (bytes(vector.bound), bytes(vector.plain), bytes(vector.sealed));
    assert_eq!(provider.encrypt(&nonce, &bound, &plain), Some(sealed.clone()), "{name}");
    assert_eq!(provider.decrypt(&nonce, &bound, &sealed), Some(plain), "{name}");
}

/// RFC 8998, appendix A.1.
const SM4: Vector = Vector {
    nonce: "00001234567800000000ABCD",
    bound: "FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2",
    plain: "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD
            EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA",
    sealed: "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735
             D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D
             83DE3541E4C2B58177E065A9BF7B62EC",
};

/// The Galois/Counter Mode of Operation (McGrew, Viega), test case 16.
const AES: Vector = Vector {
    nonce: "cafebabefacedbaddecaf888",
    bound: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
    plain: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
            1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    sealed: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
             8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
             76fc6ece0f4e1768cddf8853bb2d551b",
};

#[test]
fn sm4_gcm_is_that_of_rfc_8998() {
    let provider = Sm4Gcm::new(&bytes("0123456789ABCDEFFEDCBA9876543210")).expect("a key");
    check("SM4-GCM", &provider, &SM4);
}

#[test]
fn aes_256_gcm_is_that_of_its_authors() {
    let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308";
    let provider = Aes256Gcm::new(&bytes(key)).expect("a key");
    check("AES-256-GCM", &provider, &AES);
}

#[test]
fn a_key_of_another_length_is_none() {
    assert!(Sm4Gcm::new(&[0; 32]).is_none());
    assert!(Aes256Gcm::new(&[0; 16]).is_none());
}
