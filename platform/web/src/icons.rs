//! Our own 24x24 stroke icons, as inline SVG.
//!
//! An icon stands beside words and is hidden from screen readers; it never speaks alone. In a
//! template: `{{ web::icons::SEARCH }}`.

use std::fmt;

/// One drawing. Prints as a whole `<svg>` element that takes the text's size and colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(&'static str);

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{}</svg>"#, self.0)
    }
}

impl askama::filters::HtmlSafe for Icon {}

macro_rules! icons {
    ($($name:ident $meaning:literal $drawing:literal)+) => {
        $(#[doc = $meaning] pub const $name: Icon = Icon($drawing);)+
        /// Every icon with its name, for the sample page.
        pub const ALL: &[(&str, Icon)] = &[$((stringify!($name), $name)),+];
    };
}

icons! {
    SEARCH "Search." r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>"#
    FILE "A document." r#"<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4M9 12h6M9 16h6"/>"#
    GUIDE "A guide or booklet." r#"<path d="M4 5c3-1 6-.5 8 1 2-1.5 5-2 8-1v14c-3-1-6-.5-8 1-2-1.5-5-2-8-1z"/><path d="M12 6v14"/>"#
    PEN "Writing, applying." r#"<path d="M4 20l1-4L16 5l3 3L8 19z"/><path d="m14 7 3 3"/>"#
    CLOCK "A term that runs." r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>"#
    TALK "Questions and interpretation." r#"<path d="M4 5h16v11H11l-5 4v-4H4z"/><path d="M8 9h8M8 12h5"/>"#
    CHECK "Done." r#"<path d="m5 12.5 4.5 4.5L19 7.5"/>"#
    IN_FORCE "In force." r#"<circle cx="12" cy="12" r="8.5"/><path d="m8.5 12.2 2.5 2.5 4.7-5"/>"#
    VOID "No longer in force." r#"<circle cx="12" cy="12" r="8.5"/><path d="m6 18 12-12"/>"#
    ALERT "Late or wrong." r#"<path d="M12 4 2.8 20h18.4z"/><path d="M12 10v4.5M12 17.2v.1"/>"#
    INFO "A remark." r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.6v.1"/>"#
    PRINT "Print." r#"<path d="M7 9V4h10v5M7 17H4V9h16v8h-3"/><path d="M7 14h10v6H7z"/>"#
    DOWNLOAD "Download." r#"<path d="M12 4v11m-4.5-4L12 15.5 16.5 11M5 20h14"/>"#
    PHONE "Telephone." r#"<path d="M6 3.5 9 4l1 4-2 1.500a12 12 0 0 0 6.5 6.5L16 14l4 1 .5 3c-.5 1.8-2 2.5-3.5 2.5C10 20 4 14 3.5 7 3.5 5 4.5 4 6 3.5z"/>"#
    HOME "Home." r#"<path d="m4 11 8-7 8 7v9h-5.5v-6h-5v6H4z"/>"#
    LINK "A link to copy." r#"<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3L11.5 7M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1.5-1.7"/>"#
    BELL "A feed to subscribe to." r#"<path d="M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4"/>"#
    VILLAGE "Villages and neighbourhoods." r#"<path d="M3 20V11l5-4 5 4v9zM13 20h8v-7l-4-3-4 3M7 20v-4h2v4"/>"#
    PERSON "A person." r#"<circle cx="12" cy="8" r="4"/><path d="M4 21c1-4.5 4-6.5 8-6.5s7 2 8 6.5"/>"#
    ORGAN "An organ of government." r#"<path d="M3 20h18M5 20v-9M10 20v-9M14 20v-9M19 20v-9M3 11h18L12 4z"/>"#
    LIST "A catalogue." r#"<path d="M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1"/>"#
    MAP "A place." r#"<path d="M12 21c5-5.5 7-8.500 7-11.500a7 7 0 0 0-14 0c0 3 2 6 7 11.500z"/><circle cx="12" cy="9.5" r="2.500"/>"#
    BACK "Back." r#"<path d="M10 6 4 12l6 6M4 12h16"/>"#
    NEXT "Onward." r#"<path d="m14 6 6 6-6 6M20 12H4"/>"#
    SPEAK "Reading aloud." r#"<path d="M4 10v4h4l5 4V6l-5 4z"/><path d="M16 9a4 4 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11"/>"#
    CODE "A code for telephones." r#"<path d="M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 20h2"/>"#
    SIZE "Letters that grow." r#"<path d="M3 18 8.5 5 14 18M5 14h7M15 18l3-7 3 7M16 16h4"/>"#
    PAUSE "A clock stopped." r#"<path d="M8 5v14M16 5v14"/>"#
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_icon_is_silent_and_closed() {
        for (name, icon) in ALL {
            let text = icon.to_string();
            assert!(text.contains(r#"aria-hidden="true""#), "{name}");
            assert_eq!(text.matches('<').count(), text.matches('>').count(), "{name}");
            assert!(text.ends_with("</svg>"), "{name}");
        }
    }
}
