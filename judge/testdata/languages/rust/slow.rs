use std::sync::atomic::{AtomicBool, Ordering};

static FOREVER: AtomicBool = AtomicBool::new(true);

fn main() {
    while FOREVER.load(Ordering::Relaxed) {}
}
