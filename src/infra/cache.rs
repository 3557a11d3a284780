//! The cache port: in this process, or in Redis for many processes.

mod memory;
mod redis;

pub use memory::MemoryCache;
pub use redis::RedisCache;
