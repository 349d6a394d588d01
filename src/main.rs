//! The program: everything is in `cli`.

/// A compilation makes millions of small things: a fifth less time for a quarter more memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    faqc::cli::run()
}
