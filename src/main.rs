//! The command line; what each command does is in `doorstep::cli`.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    take_memory_in_small_pieces();
    doorstep::cli::run()
}

/// The allocator asks the kernel for pages of two megabytes, of which much stays unused: thirty megabytes more, for two
/// parts in a hundred of speed.
#[cfg(target_os = "linux")]
fn take_memory_in_small_pieces() {
    if let Err(error) = nix::sys::prctl::set_thp_disable(true) {
        eprintln!("doorstep: huge pages stay on, which takes some thirty megabytes more: {error}");
    }
}
