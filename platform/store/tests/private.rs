//! What is not public yet is for the owner of the data alone, whatever the umask says.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use store::testing::{Folder, on_both};
use store::{Migration, Migrations, Place, Statements, Store, snapshot};

const NOTE: Migration = Migration {
    number: 20261125001,
    name: "a table for the test",
    sql: "CREATE TABLE note (id TEXT PRIMARY KEY);",
};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

async fn written(place: &Place) -> Store {
    let store = Store::open(place, &Migrations::of([NOTE])).await.expect("it opens");
    let change = store.begin().await.expect("begins");
    let row = vec![vec![uuid::Uuid::now_v7().to_string().into()]];
    change.insert("note", &["id"], row).await.expect("inserts");
    change.commit().await.expect("commits");
    store
}

#[tokio::test]
async fn database_companions_copy_and_folders_are_for_their_owner_alone() {
    let folder = Folder::new("private");
    let database = folder.path().join("data").join("a.db");
    let store = written(&Place::File(database.clone())).await;
    for (name, wanted) in [("a.db", 0o600), ("a.db-wal", 0o600), ("a.db-shm", 0o600), ("", 0o700)] {
        assert_eq!(mode(&database.with_file_name(name)), wanted, "{name}");
    }
    assert_eq!(mode(folder.path()), 0o700, "and the folder around it, made with it");
    let copy = folder.path().join("copy.db");
    snapshot::copy(&database, &copy).await.expect("copies");
    assert_eq!(mode(&copy), 0o600);
    let copied = Store::as_it_lies(&copy).await.expect("opens");
    let notes = copied.number("SELECT count(*) FROM note", vec![]).await.expect("counts");
    assert_eq!(notes, Some(1));
    assert!(snapshot::copy(&database, &copy).await.is_err(), "a copy replaces nothing");
    store.close().await.expect("closes");
}

#[tokio::test]
async fn a_database_everybody_could_read_is_closed_and_one_for_a_group_is_left() {
    for (before, after) in [(0o644, 0o640), (0o666, 0o660), (0o640, 0o640), (0o600, 0o600)] {
        let folder = Folder::new("opened");
        let place = Place::File(folder.path().join("a.db"));
        written(&place).await.close().await.expect("closes");
        let database = folder.path().join("a.db");
        fs::set_permissions(&database, Permissions::from_mode(before)).expect("sets");
        let store = written(&place).await;
        assert_eq!(mode(&database), after, "{before:o}");
        assert_eq!(mode(&folder.path().join("a.db-wal")), after, "{before:o}");
        store.close().await.expect("closes");
    }
}

#[test]
fn what_an_earlier_version_left_open_is_closed_with_everything_in_it_and_what_is_closed_is_not_walked()
 {
    let folder = Folder::new("left");
    let (files, inner) = (folder.path().join("files"), folder.path().join("files").join("ab"));
    let file = inner.join("abcd");
    fs::create_dir_all(&inner).expect("makes");
    fs::write(&file, "x").expect("writes");
    let outside = folder.path().join("outside");
    fs::write(&outside, "x").expect("writes");
    std::os::unix::fs::symlink(&outside, inner.join("link")).expect("links");
    let open = |paths: &[(&Path, u32)]| {
        for (path, mode) in paths {
            fs::set_permissions(path, Permissions::from_mode(*mode)).expect("sets");
        }
    };
    open(&[(&files, 0o755), (&inner, 0o755), (&file, 0o644), (&outside, 0o644)]);
    store::private::close_all(&files);
    let modes = [&files, &inner, &file, &outside].map(|path| mode(path));
    assert_eq!(modes, [0o750, 0o750, 0o640, 0o644]);
    // Interrupted: the outer folder is still open, and all is closed once more.
    open(&[(&files, 0o755), (&inner, 0o755)]);
    store::private::close_all(&files);
    assert_eq!([&files, &inner].map(|path| mode(path)), [0o750, 0o750]);
    open(&[(&file, 0o644)]);
    store::private::close_all(&files);
    assert_eq!(mode(&file), 0o644, "nobody else comes to it");
    store::private::close_all(&folder.path().join("none"));
}

#[tokio::test]
async fn asking_whether_a_store_was_founded_makes_none() {
    on_both("founded", async |place| {
        assert!(!Store::is_founded(&place).await.expect("answers"));
        if let Place::File(file) = &place {
            assert!(!file.exists() && !file.parent().expect("a folder").exists());
        }
        written(&place).await.close().await.expect("closes");
        assert!(Store::is_founded(&place).await.expect("answers"));
    })
    .await;
}
