//! The bank's memory: one JSON line for each entry, on disk before anybody is told.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::books::{Books, Entry};

/// The books are open already, in another server or in this one.
#[derive(Debug, thiserror::Error)]
#[error("{} is in use: one server at a time keeps the sandbox bank's books; give this one another data folder, or the bank's address", .0.display())]
pub(super) struct InUse(PathBuf);

/// An append-only file, locked as long as it is open. A line without its end was never acknowledged and is cut off when the file is opened.
#[derive(Debug)]
pub(super) struct Journal {
    file: File,
    length: u64,
}

impl Journal {
    /// Opens or creates the journal and rebuilds the books from it.
    pub fn open(directory: &Path) -> anyhow::Result<(Self, Books)> {
        fs::create_dir_all(directory).with_context(|| format!("cannot create {}", directory.display()))?;
        let path = directory.join("journal.jsonl");
        let file = OpenOptions::new().create(true).append(true).open(&path);
        let file = file.with_context(|| format!("cannot open {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(InUse(path).into()),
            Err(TryLockError::Error(error)) => return Err(error).with_context(|| format!("cannot lock {}", path.display())),
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let mut books = Books::default();
        for (number, line) in bytes[..whole]
            .split(|byte| *byte == b'\n')
            .enumerate()
            .filter(|(_, line)| !line.is_empty())
        {
            let entry: Entry =
                serde_json::from_slice(line).with_context(|| format!("line {} of {} is not an entry", number + 1, path.display()))?;
            books.apply(entry);
        }
        let length = u64::try_from(whole)?;
        file.set_len(length)?;
        file.sync_all()?;
        // The name of a new file must last as well as what is written in it; elsewhere a directory is not opened as a file.
        #[cfg(unix)]
        File::open(directory)?.sync_all()?;
        Ok((Self { file, length }, books))
    }

    /// Writes one entry and waits until it is on disk.
    pub fn append(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // Half a line would spoil the next one.
            self.file.set_len(self.length)?;
            return Err(error);
        }
        self.length += line.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acknowledged(id: &str) -> Entry {
        Entry::WebhookAcknowledged { id: id.to_owned() }
    }

    #[test]
    fn a_torn_last_line_is_cut_off_and_the_next_entry_starts_clean() {
        let directory = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::open(directory.path()).unwrap();
        journal.append(&acknowledged("one")).unwrap();
        let path = directory.path().join("journal.jsonl");
        let whole = fs::read(&path).unwrap();
        fs::write(&path, [whole.as_slice(), b"{\"entry\":\"webho"].concat()).unwrap();
        drop(journal);

        let (mut journal, _) = Journal::open(directory.path()).unwrap();
        journal.append(&acknowledged("two")).unwrap();
        drop(journal);

        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 2);
        assert!(Journal::open(directory.path()).is_ok());
    }

    #[test]
    fn books_that_are_open_are_opened_by_nobody_else() {
        let directory = tempfile::tempdir().unwrap();
        let (journal, _) = Journal::open(directory.path()).unwrap();
        let error = Journal::open(directory.path()).unwrap_err();
        assert!(
            error.is::<InUse>() && error.to_string().contains("journal.jsonl is in use"),
            "{error}"
        );
        drop(journal);
        assert!(Journal::open(directory.path()).is_ok());
    }

    #[test]
    fn a_spoiled_line_in_the_middle_stops_the_start() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("journal.jsonl"), "not an entry\n").unwrap();
        let error = Journal::open(directory.path()).unwrap_err();
        assert!(error.to_string().contains("line 1"), "{error}");
    }
}
