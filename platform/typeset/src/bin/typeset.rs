//! A program that is nothing but the typesetting child, for tests and for trying a template:
//! an order as JSON on standard input, the PDF on standard output.

fn main() -> std::process::ExitCode {
    typeset::serve_child()
}
