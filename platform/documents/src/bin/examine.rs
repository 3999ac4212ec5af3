//! A program that is nothing but the examining child, for tests.

fn main() -> std::process::ExitCode {
    documents::examining::child::serve_child()
}
