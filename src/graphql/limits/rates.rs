//! How much a caller may ask for in a while.

use std::time::Duration;

use super::Class;
use crate::kernel::port::Bucket;

/// The points of a caller: ten of the dearest documents at once, and half of one each second from then on.
const POINTS: Bucket = Bucket {
    holds: 10_000,
    drop_in: Duration::from_millis(2),
};
/// New persisted documents of one caller: 500 at once, and as many a day.
const DOCUMENTS: Bucket = Bucket {
    holds: 500,
    drop_in: Duration::from_secs(24 * 60 * 60 / 500),
};
/// New persisted documents of all callers together, which bounds what the cache keeps of them to 100 MB.
const ALL_DOCUMENTS: Bucket = Bucket {
    holds: 5_000,
    drop_in: Duration::from_secs(24 * 60 * 60 / 5_000),
};

/// The files of a caller: 2,000 images at once, or ten archives, and a hundred images a second from then on.
const FILES: Bucket = Bucket {
    holds: 2_000,
    drop_in: Duration::from_millis(10),
};

/// All that is counted, for servers that bear more or whose callers share an address.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// How many times the usual a caller may ask for.
    pub scale: u32,
}

impl Rates {
    /// The points of a caller.
    #[must_use]
    pub fn points(self) -> Bucket {
        self.scaled(POINTS)
    }

    /// The new persisted documents of a caller.
    #[must_use]
    pub fn documents(self) -> Bucket {
        self.scaled(DOCUMENTS)
    }

    /// The new persisted documents of all callers together.
    #[must_use]
    pub const fn all_documents(self) -> Bucket {
        ALL_DOCUMENTS
    }

    /// The files of a caller, an image a drop.
    #[must_use]
    pub fn files(self) -> Bucket {
        self.scaled(FILES)
    }

    /// The calls of one mutation of this class.
    #[must_use]
    pub fn calls(self, class: Class) -> Bucket {
        let (holds, drop_in) = match class {
            Class::Door | Class::Delicate => (60, Duration::from_secs(1)),
            Class::Plain => (240, Duration::from_millis(250)),
        };
        self.scaled(Bucket { holds, drop_in })
    }

    fn scaled(self, bucket: Bucket) -> Bucket {
        Bucket {
            holds: bucket.holds.saturating_mul(u64::from(self.scale)),
            drop_in: bucket.drop_in / self.scale.max(1),
        }
    }
}
