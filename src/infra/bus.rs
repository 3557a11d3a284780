//! The bus port: wake-ups within this process, or through Redis between many.

mod memory;
mod redis;

pub use memory::MemoryBus;
pub use redis::RedisBus;
