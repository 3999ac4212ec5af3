//! Three hundred spellings of a way out of the folder, at every address that leads to a file.

use super::house::{Sample, manuscript, on_both};

const STEPS: [&str; 10] = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "%252e%252e%252f",
    "....//",
    "..;/",
    "%c0%ae%c0%ae/",
    "%2f",
];

const TARGETS: [&str; 6] = [
    "etc/passwd",
    "proc/self/environ",
    "a.db",
    "originals/files",
    "files/00/00",
    "etc%2fpasswd%00.pdf",
];

fn payloads() -> Vec<String> {
    let depths = 1..=5;
    let all = STEPS.iter().flat_map(|step| {
        depths.clone().flat_map(move |depth| TARGETS.iter().map(move |to| step.repeat(depth) + to))
    });
    all.collect()
}

#[tokio::test]
async fn no_address_of_a_file_leads_out_of_its_folder() {
    on_both(async |sample: &Sample| {
        let out = sample.publish(&manuscript("通知", &[])).await.expect("publishes");
        let payloads = payloads();
        assert_eq!(payloads.len(), 300);
        for payload in payloads {
            for address in [
                format!("/wenjian/{}/fujian/{payload}", out[0].id),
                format!("/wenjian/{payload}/fujian/1"),
                format!("/wenjian/{payload}"),
                format!("/assets/{payload}"),
            ] {
                let (status, _, body) = sample.get(&address).await;
                let text = String::from_utf8_lossy(&body);
                assert!(status.is_client_error(), "{address}: {status}");
                for secret in ["root:", "SQLite format", "PATH="] {
                    assert!(!text.contains(secret), "{address}: {secret}");
                }
            }
        }
    })
    .await;
}
