//! What came with forms and was left lying where they are taken in, when the program was stopped in the middle.

use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use crate::{Chore, Fault};

/// Below the folder of files: what came with forms and is not kept yet.
pub(super) const INCOMING: &str = "incoming";

/// So long what came with a form and was not kept may still lie there: a form that is being handed in takes minutes.
const LEFT_OVER: Duration = Duration::from_secs(24 * 60 * 60);

/// One sweep every hour.
pub(crate) const SWEEPING: Chore = Chore {
    name: "web.incoming",
    every: Duration::from_secs(3600),
    work: |house| Box::pin(async move { swept(house.folder()).await.map_err(Fault::inside) }),
};

/// Takes away what is left over below the folder of files; nothing where no form with files ever came.
async fn swept(folder: &Path) -> io::Result<()> {
    let incoming = folder.join(INCOMING);
    let swept = tokio::task::spawn_blocking(move || {
        let Some(all) = if_there(fs::read_dir(&incoming))? else { return Ok(()) };
        for entry in all {
            let entry = entry?;
            // A form that is let go of meanwhile takes its files away itself.
            let Some(about) = if_there(entry.metadata())? else { continue };
            if about.modified()?.elapsed().unwrap_or_default() > LEFT_OVER {
                if_there(fs::remove_file(entry.path()))?;
            }
        }
        Ok(())
    });
    swept.await.unwrap_or_else(|lost| Err(io::Error::other(lost)))
}

/// What was done with a file; `None` where it is not there.
fn if_there<T>(done: io::Result<T>) -> io::Result<Option<T>> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        done => done.map(Some),
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[tokio::test]
    async fn what_lies_there_for_a_day_is_swept_and_what_just_came_is_not() {
        let around = store::testing::Folder::new("incoming");
        swept(around.path()).await.expect("no form ever came");
        let incoming = around.path().join(INCOMING);
        fs::create_dir_all(&incoming).expect("a folder");
        let (old, new) = (incoming.join("form.new-1"), incoming.join("form.new-2"));
        for path in [&old, &new] {
            fs::write(path, "film").expect("is written");
        }
        let file = fs::File::options().write(true).open(&old).expect("opens");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("is made old");
        swept(around.path()).await.expect("is swept");
        assert_eq!((old.exists(), new.exists()), (false, true));
    }
}
