//! What belongs to each row of a page, fetched for the whole page at once when the first row asks for it. Nobody waits for others to ask.

use std::{collections::HashMap, hash::Hash};

use tokio::sync::OnceCell;

use crate::kernel::Fault;

/// The keys of a page, and what was fetched for them.
#[derive(Debug)]
pub struct Batch<K, V> {
    keys: Vec<K>,
    rows: OnceCell<HashMap<K, V>>,
}

impl<K: Copy + Eq + Hash, V: Clone> Batch<K, V> {
    /// A batch for these keys.
    pub fn new(keys: impl IntoIterator<Item = K>) -> Self {
        Self {
            keys: keys.into_iter().collect(),
            rows: OnceCell::new(),
        }
    }

    /// What belongs to `key`, if anything does. The first to ask loads it for all; a failed load is tried again by the next.
    pub async fn get<F, L>(&self, key: K, load: L) -> Result<Option<V>, Fault>
    where
        L: FnOnce(Vec<K>) -> F,
        F: Future<Output = Result<HashMap<K, V>, Fault>>,
    {
        let rows = self.rows.get_or_try_init(|| load(self.keys.clone())).await?;
        Ok(rows.get(&key).cloned())
    }
}
