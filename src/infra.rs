//! What stands behind the kernel's ports: the embedded forms, which need nothing installed, and the production forms.

pub mod bank;
pub mod bus;
pub mod cache;
pub mod captcha;
pub mod db;
pub mod mail;
pub mod password;
#[cfg(test)]
mod redis_tests;
pub mod seal;
pub mod secret;
pub mod storage;
pub mod telemetry;
