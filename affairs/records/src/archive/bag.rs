//! A BagIt bag (RFC 8493) as a ZIP: payload below `data/`, manifests of SHA-256 beside it.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use law::Date;
use sha2::{Digest, Sha256};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The folder in which everything lies.
const TOP: &str = "guidangbao";

/// The payload so far, by its path below `data/`.
#[derive(Default)]
pub(super) struct Bag(BTreeMap<String, Vec<u8>>);

impl Bag {
    /// Adds a file.
    pub(super) fn put(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.to_owned(), bytes.into());
    }

    /// The ZIP.
    pub(super) fn close(self, organ: &str, title: &str, today: Date) -> ZipResult<Vec<u8>> {
        let bytes: usize = self.0.values().map(Vec::len).sum();
        let line = |(path, bytes): (&String, &Vec<u8>)| format!("{}  data/{path}\n", digest(bytes));
        let manifest: String = self.0.iter().map(line).collect();
        let info = format!(
            "Source-Organization: {}\nExternal-Description: {}\nBagging-Date: {today}\n\
             Payload-Oxum: {bytes}.{}\n",
            one_line(organ),
            one_line(title),
            self.0.len()
        );
        let declared = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
        let tags = [
            ("bag-info.txt", info),
            ("bagit.txt", declared.to_owned()),
            ("manifest-sha256.txt", manifest),
        ];
        let line = |(name, text): &(&str, String)| format!("{}  {name}\n", digest(text.as_bytes()));
        let tagged: String = tags.iter().map(line).collect();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in &tags {
            add(&mut zip, name, text.as_bytes())?;
        }
        add(&mut zip, "tagmanifest-sha256.txt", tagged.as_bytes())?;
        for (path, bytes) in &self.0 {
            add(&mut zip, &format!("data/{path}"), bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }
}

fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, path: &str, bytes: &[u8]) -> ZipResult<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o644);
    zip.start_file(format!("{TOP}/{path}"), options)?;
    zip.write_all(bytes)?;
    Ok(())
}

fn digest(bytes: &[u8]) -> String {
    ledger::hex(&Sha256::digest(bytes))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
