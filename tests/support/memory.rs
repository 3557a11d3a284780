//! How much memory a piece of work takes. Only a process of its own can tell, so the test runs itself again, alone.

use std::{env, fs, process::Command};

/// Set in the process that does the work.
const ALONE: &str = "HANDOVER_TEST_ALONE";

/// Runs `work` in a process of its own. Call it first in a test of this name, and nothing after it.
pub fn alone(name: &str, work: impl FnOnce()) {
    if env::var_os(ALONE).is_some() {
        return work();
    }
    let mut again = Command::new(env::current_exe().unwrap());
    again.args(["--exact", name, "--nocapture", "--test-threads=1"]).env(ALONE, "1");
    let done = again.output().unwrap();
    let told = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(done.status.success(), "{}\n{}", told(&done.stdout), told(&done.stderr));
    assert!(told(&done.stdout).contains("1 passed"), "there is no test of the name {name}");
}

/// The most memory the process has held since [`forget_peak`], in bytes.
pub fn peak() -> u64 {
    read("VmHWM:")
}

/// The memory the process holds now, in bytes.
pub fn now() -> u64 {
    read("VmRSS:")
}

/// From here on the peak is counted anew.
pub fn forget_peak() {
    fs::write("/proc/self/clear_refs", "5").unwrap();
}

fn read(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib * 1024
}
