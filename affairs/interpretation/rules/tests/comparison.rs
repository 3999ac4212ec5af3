//! Two texts beside one another, paragraph by paragraph.

use interpretation_rules::Passage;

/// `原来 | 现在 | 对照`, paragraphs separated by /; = stands in both, - is gone, + is new.
const TEXTS: &str = "
第一条/第二条 | 第一条/第二条 | =第一条 =第二条
第一条/第二条 | 第一条 | =第一条 -第二条
第一条 | 第一条/第二条 | =第一条 +第二条
第一条/每月二百元/第三条 | 第一条/每月三百元/第三条 | =第一条 -每月二百元 +每月三百元 =第三条
## 总则/第一条 | 总则/ 第一条 | =总则 =第一条
甲/乙 | 丙 | -甲 -乙 +丙
甲/乙/丙 | 丙/甲/乙 | +丙 =甲 =乙 -丙
";

#[test]
fn what_is_gone_and_what_is_new_stand_where_they_belong() {
    for line in TEXTS.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let text = |cell: &str| cell.replace('/', "\n\n");
        let told = Passage::between(&text(cells[0]), &text(cells[1])).expect("is short");
        let sign = |passage: &Passage| match passage {
            Passage::Same(words) => format!("={words}"),
            Passage::Gone(words) => format!("-{words}"),
            Passage::New(words) => format!("+{words}"),
        };
        assert_eq!(told.iter().map(sign).collect::<Vec<_>>().join(" "), cells[2], "{line}");
    }
    assert_eq!(Passage::between("", ""), Some(vec![]));
    assert_eq!(Passage::between(&"段\n".repeat(801), "段"), None);
}
