//! The program: everything is in `cli`.

fn main() -> std::process::ExitCode {
    faqc::cli::run()
}
