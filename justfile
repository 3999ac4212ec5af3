# The whole gate, in the order in which a mistake is cheapest to find. `./test` installs what it
# needs and then runs `just check`; nothing here installs anything.

set shell := ["bash", "-euo", "pipefail", "-c"]

# everything
check: fmt tidy clippy test upgrade

# only the layout of the text
fmt:
    cargo fmt --all --check

# arrows, names, lengths, glossary, licences, sources, advisories, migrations
tidy:
    cargo xtask tidy

# every target of every crate, warnings are errors
clippy:
    cargo clippy --workspace --all-targets --locked --quiet -- -D warnings

# every test on both engines, the browser journeys among them
test:
    scripts/with-postgres scripts/run-tests

# the data of the last tagged version, opened by today's program
upgrade:
    scripts/with-postgres scripts/upgrade

# one crate's tests on both engines: just only records
only crate:
    scripts/with-postgres cargo nextest run -p {{crate}}

# accepts the new look of the page samples
accept crate:
    INSTA_UPDATE=always cargo nextest run -p {{crate}}

# pictures of the main page types for the README
screenshots:
    cargo build --quiet -p gongkai
    GONGKAI_SCREENSHOTS=1 cargo nextest run -p journeys screenshots
