//! Trees, proofs and tiles against their plain definitions in RFC 6962 and C2SP tlog-tiles.

use proptest::prelude::*;
use tlog::{
    EMPTY, Hash, Node, Range, Tile, TileOf, bundle, consistency, entries_of, fold, inclusion,
    leaf_hash, node_hash, proves_consistency, proves_inclusion, root_of, whole,
};

/// Section 2.1, word for word.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves.len() {
        0 => EMPTY,
        1 => leaves[0],
        n => {
            let mut k = 1;
            while k * 2 < n {
                k *= 2;
            }
            node_hash(&mth(&leaves[..k]), &mth(&leaves[k..]))
        }
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|at| leaf_hash(&at.to_be_bytes())).collect()
}

fn hash_of(leaves: &[Hash], range: Range) -> Hash {
    let of = |node: Node| {
        let (from, width) = (node.index << node.height, 1 << node.height);
        mth(&leaves[from as usize..(from + width) as usize])
    };
    fold(&range.nodes().into_iter().map(of).collect::<Vec<_>>())
}

fn hashes(leaves: &[Hash], ranges: Option<Vec<Range>>) -> Vec<Hash> {
    let ranges = ranges.expect("there is a proof");
    ranges.into_iter().map(|range| hash_of(leaves, range)).collect()
}

#[test]
fn the_root_of_the_published_vector_is_ours() {
    // The eight entries that certificate transparency's implementations are checked with.
    let entries: [&[u8]; 8] = [
        b"",
        &[0],
        &[0x10],
        &[0x20, 0x21],
        &[0x30, 0x31],
        &[0x40, 0x41, 0x42, 0x43],
        &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        &[
            0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d,
            0x6e, 0x6f,
        ],
    ];
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let hex = |hash: Hash| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328";
    assert_eq!(hex(root_of(&leaves)), root);
    assert_eq!(
        hex(root_of(&[])),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[test]
fn every_proof_of_every_small_tree_holds_and_no_other_does() {
    let all = leaves(70);
    for size in 0..=70_u64 {
        let own = &all[..size as usize];
        let root = mth(own);
        assert_eq!((root_of(own), hash_of(&all, whole(size))), (root, root), "{size}");
        for index in 0..size {
            let proof = hashes(own, inclusion(index, size));
            let leaf = own[index as usize];
            assert!(proves_inclusion(&leaf, index, size, &proof, &root), "{index} of {size}");
            let longer = [proof.clone(), vec![leaf]].concat();
            let shorter = &proof[..proof.len().saturating_sub(1)];
            for (wrong, at, of, path) in [
                ("its neighbour's place", index + 1, size, proof.as_slice()),
                ("one hash more", index, size, &longer),
            ] {
                assert!(
                    !proves_inclusion(&leaf, at, of, path, &root),
                    "{wrong}: {index} of {size}"
                );
            }
            assert!(size == 1 || !proves_inclusion(&leaf, index, size, shorter, &root));
            assert!(!proves_inclusion(&EMPTY, index, size, &proof, &root));
        }
        for old in 0..=size {
            let before = mth(&own[..old as usize]);
            let proof = hashes(own, consistency(old, size));
            assert!(proves_consistency(old, &before, size, &root, &proof), "{old} to {size}");
            if old > 0 && old < size {
                assert!(!proves_consistency(old, &leaf_hash(b"x"), size, &root, &proof));
                assert!(!proves_consistency(old, &before, size, &leaf_hash(b"x"), &proof));
                let longer = [proof.clone(), vec![root]].concat();
                assert!(!proves_consistency(old, &before, size, &root, &longer));
                for dropped in 0..proof.len() {
                    let mut other = proof.clone();
                    other.remove(dropped);
                    assert!(!proves_consistency(old, &before, size, &root, &other));
                }
            }
        }
        assert_eq!((inclusion(size, size), consistency(size + 1, size)), (None, None));
    }
}

#[test]
fn the_specification_s_own_example_has_these_tiles() {
    let tiles = Tile::all(70_000);
    let of = |level| tiles.iter().filter(|tile| tile.of == TileOf::Hashes(level)).count();
    assert_eq!((of(0), of(1), of(2), of(3)), (274, 2, 1, 0));
    for (last, words) in [
        (TileOf::Hashes(0), "tile/0/273.p/112"),
        (TileOf::Hashes(1), "tile/1/001.p/17"),
        (TileOf::Hashes(2), "tile/2/000.p/1"),
        (TileOf::Entries, "tile/entries/273.p/112"),
    ] {
        let tile = tiles.iter().rfind(|tile| tile.of == last).expect("is there");
        assert_eq!(tile.to_string(), words);
    }
    let of_256: Vec<_> = Tile::all(256).iter().map(ToString::to_string).collect();
    assert_eq!(of_256, ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    assert_eq!(Tile::all(0), vec![]);
}

#[test]
fn an_address_is_read_in_one_spelling_only() {
    let tile = Tile { of: TileOf::Hashes(0), index: 1_234_067, width: 256 };
    assert_eq!(tile.to_string(), "tile/0/x001/x234/067");
    assert_eq!(Tile::parse("tile/0/x001/x234/067"), Some(tile));
    for wrong in [
        "tile/00/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/001/067",
        "tile/0/x000/067",
        "tile/64/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/8/0/000",
        "tile/0/x001",
        "tile/0/",
        "tile/0/000/",
        "tile/data/000",
        "tile/-1/000",
        "tile/0/00+",
        "tile/+0/000",
        "/tile/0/000",
        "tile/0/x001/x001/x001/x001/x001/x001/x001/001",
        "tile/entries/x1/000",
        "tile/0/０００",
        "",
    ] {
        assert_eq!(Tile::parse(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn an_address_written_is_read_again(level in 0u32..64, index in 0u64..10u64.pow(18), width in 1u64..=256, entries: bool) {
        let of = if entries { TileOf::Entries } else { TileOf::Hashes(level) };
        let tile = Tile { of, index, width };
        prop_assert_eq!(Tile::parse(&tile.to_string()), Some(tile));
    }

    #[test]
    fn no_address_makes_the_reader_fall(path in "\\PC{0,40}", tail in "[0-9x/.p]{0,30}") {
        let _ = Tile::parse(&path);
        let _ = Tile::parse(&format!("tile/{tail}"));
    }

    #[test]
    fn a_bundle_gives_back_its_entries(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..50), 0..20)) {
        let bytes = bundle(entries.iter().map(Vec::as_slice)).expect("short entries");
        prop_assert_eq!(entries_of(&bytes).expect("a bundle"), entries.iter().map(Vec::as_slice).collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_make_the_bundle_reader_fall(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Some(entries) = entries_of(&bytes) {
            prop_assert_eq!(bundle(entries), Some(bytes));
        }
    }

    #[test]
    fn a_large_tree_is_made_of_few_whole_parts(size in 1u64..1 << 50, at in any::<prop::sample::Index>()) {
        let index = at.index(usize::try_from(size).unwrap_or(usize::MAX)) as u64;
        let ranges = inclusion(index, size).expect("a proof");
        let covered: u64 = ranges.iter().map(|range| range.to - range.from).sum();
        prop_assert_eq!(covered, size - 1);
        for range in ranges.iter().chain([&whole(size)]) {
            let mut at = range.from;
            for node in range.nodes() {
                prop_assert_eq!(node.index << node.height, at);
                at += 1 << node.height;
            }
            prop_assert_eq!(at, range.to);
        }
    }
}
