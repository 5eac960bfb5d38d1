//! The `anteroom` program.

fn main() -> std::process::ExitCode {
    anteroom::cli::run()
}
