//! The form of one row: every column as a labelled field, and what was filled in as an item.

use std::collections::BTreeMap;

use catalogue_rules::channels::STANDARD;
use catalogue_rules::{Audience, Channel, Item, Level, Method, Stage, Tier, TimeLimit};
use web::components::FieldError;
use web::workbench::Submitted;

use super::reading_words::read_as;
use crate::acts::row::print_of;
use crate::words::{audience_name, method_name};

/// A check box or an option with whether it is chosen.
pub struct Chosen {
    /// Its id on the page.
    pub id: String,
    /// What is sent.
    pub value: String,
    /// What the clerk reads.
    pub words: String,
    /// Whether it is chosen.
    pub on: bool,
}

/// The fields of one row as they are shown: as stored, or as just filled in.
pub struct RowForm {
    /// The row.
    pub item: Item,
    /// The labels of the version's 公开层级 columns.
    pub level_columns: Vec<String>,
    /// What is wrong, each with its field.
    pub errors: Vec<FieldError>,
    /// Why the row is as it is, or why it does not apply.
    pub reason: String,
    /// The fingerprint of the row as it was opened.
    pub seen: String,
    /// Somebody else has changed the row meanwhile.
    pub overtaken: bool,
}

pub(super) const AUDIENCES: [Audience; 2] = [Audience::WholeSociety, Audience::CertainGroup];
pub(super) const METHODS: [Method; 2] = [Method::Proactive, Method::OnRequest];

impl RowForm {
    /// A form that shows a row as it stands.
    pub fn showing(item: Item, level_columns: Vec<String>, reason: Option<&str>) -> Self {
        let seen = print_of(&item, reason);
        let reason = reason.unwrap_or_default().to_owned();
        Self { item, level_columns, errors: vec![], reason, seen, overtaken: false }
    }

    /// The form as filled in; `extra` are the columns it does not show, which stay.
    pub fn filled(
        form: &Submitted,
        level_columns: Vec<String>,
        extra: BTreeMap<String, String>,
        domain: Option<String>,
    ) -> Self {
        let words = |name: &str| form.words(name).map(str::to_owned);
        let limit = form.get("shixian").trim().to_owned();
        let named = |word: &str| Channel::named(word);
        let mut channels: Vec<Channel> = form.all("qudao").filter_map(named).collect();
        channels.sort_by_key(|channel| channel.rank().unwrap_or(usize::MAX));
        let chosen = |name: &str, word: &str| form.all(name).any(|value| value == word);
        let sent: Vec<&str> = form.all("cengji").flat_map(str::lines).collect();
        let levels = level_columns.iter().filter(|label| sent.contains(&label.as_str()));
        let levels: Vec<Level> = levels.map(|label| Level(label.clone())).collect();
        let item = Item {
            seq: words("xuhao"),
            level1: words("yiji"),
            level2: words("erji"),
            level3: words("sanji"),
            elements: lines(form.get("yaosu")),
            basis: lines(form.get("yiju")),
            time_limit: TimeLimit::read(&limit),
            time_limit_raw: limit,
            subjects: bodies(form.get("zhuti")),
            channels_other: words("qita").filter(|_| channels.iter().any(Channel::is_other)),
            channels,
            audience: AUDIENCES
                .into_iter()
                .filter(|one| chosen("duixiang", audience_name(*one)))
                .collect(),
            audience_note: words("qunti"),
            methods: METHODS
                .into_iter()
                .filter(|one| chosen("fangshi", method_name(*one)))
                .collect(),
            levels: (!level_columns.is_empty()).then_some(levels),
            stage: Stage::ALL.into_iter().find(|stage| chosen("huanjie", stage.name())),
            domain,
            extra,
        };
        let mut filled = Self {
            item,
            level_columns,
            errors: vec![],
            reason: form.get("liyou").trim().into(),
            seen: form.get("kan").into(),
            overtaken: false,
        };
        if filled.item.level1.is_none() && filled.item.level2.is_none() {
            filled.refuse("yiji", "填写一级事项或者二级事项的名称");
        }
        filled
    }

    /// Says what is wrong with a field.
    pub fn refuse(&mut self, field: &str, message: impl Into<String>) {
        self.errors.push(FieldError { field: field.into(), message: message.into() });
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<&str> {
        let found = self.errors.iter().find(|error| error.field == field);
        found.map(|error| error.message.as_str())
    }

    /// 公开渠道, each with whether it is ticked.
    pub fn channels(&self) -> Vec<Chosen> {
        let one = |(at, standard): (usize, &catalogue_rules::channels::StandardChannel)| Chosen {
            id: format!("qudao-{at}"),
            value: standard.name.into(),
            words: standard.name.into(),
            on: self.item.channels.iter().any(|channel| channel.name() == standard.name),
        };
        STANDARD.iter().enumerate().map(one).collect()
    }

    /// 公开对象.
    pub fn audiences(&self) -> Vec<Chosen> {
        let one = |(at, audience): (usize, Audience)| Chosen {
            id: format!("duixiang-{at}"),
            value: audience_name(audience).into(),
            words: audience_name(audience).into(),
            on: self.item.audience.contains(&audience),
        };
        AUDIENCES.into_iter().enumerate().map(one).collect()
    }

    /// 公开方式.
    pub fn methods(&self) -> Vec<Chosen> {
        let one = |(at, method): (usize, Method)| Chosen {
            id: format!("fangshi-{at}"),
            value: method_name(method).into(),
            words: format!("{}公开", method_name(method)),
            on: self.item.methods.contains(&method),
        };
        METHODS.into_iter().enumerate().map(one).collect()
    }

    /// 公开层级: one choice for the labels that mean one level, in the guides' word for it. What is sent
    /// are the labels that the row bears already, each on a line, so that what a file says stays.
    pub fn levels(&self) -> Vec<Chosen> {
        let mut choices: Vec<(Vec<Tier>, Chosen)> = Vec::new();
        for (at, label) in self.level_columns.iter().enumerate() {
            let tiers: Vec<Tier> = Tier::named_in(label).collect();
            let on = self.item.levels.iter().flatten().any(|level| level.0 == *label);
            let same = |(own, _): &&mut (Vec<Tier>, Chosen)| own.len() == 1 && *own == tiers;
            match choices.iter_mut().find(same) {
                Some((own, choice)) => {
                    choice.words = own.first().map_or_else(String::new, |tier| tier.name().into());
                    match (on, choice.on) {
                        (true, false) => (choice.value, choice.on) = (label.clone(), true),
                        (true, true) => choice.value = format!("{}\n{label}", choice.value),
                        (false, _) => {}
                    }
                }
                None => {
                    let id = format!("cengji-{at}");
                    let (value, words) = (label.clone(), label.clone());
                    choices.push((tiers, Chosen { id, value, words, on }));
                }
            }
        }
        choices.into_iter().map(|(_, choice)| choice).collect()
    }

    /// 公开环节.
    pub fn stages(&self) -> Vec<Chosen> {
        let one = |stage: Stage| Chosen {
            id: String::new(),
            value: stage.name().into(),
            words: format!("{}公开", stage.name()),
            on: self.item.stage == Some(stage),
        };
        Stage::ALL.into_iter().map(one).collect()
    }

    /// What the limit is understood to say.
    pub fn limit_read_as(&self) -> Option<String> {
        self.item.time_limit.as_ref().and_then(read_as)
    }

    /// Parts one under the other.
    pub fn lines(parts: &[String]) -> String {
        parts.join("\n")
    }

    /// A value, or nothing.
    pub fn or_empty(value: &Option<String>) -> &str {
        value.as_deref().unwrap_or_default()
    }
}

/// One part for each line that is not blank.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Bodies, one for each line or separated by 、.
pub(super) fn bodies(text: &str) -> Vec<String> {
    let mut bodies: Vec<String> = Vec::new();
    for body in lines(text).iter().flat_map(|line| line.split(['、', '；', ';'])) {
        let body = body.trim();
        if !body.is_empty() && !bodies.iter().any(|own| own == body) {
            bodies.push(body.to_owned());
        }
    }
    bodies
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(pairs: &[(&str, &str)]) -> RowForm {
        let form = Submitted::of(pairs);
        RowForm::filled(&form, vec!["县级".into(), "乡级".into()], BTreeMap::new(), None)
    }

    #[test]
    fn a_form_becomes_a_row_with_its_limit_read_and_its_boxes_in_the_order_of_the_list() {
        let form = filled(&[
            ("yiji", " 养老服务 "),
            ("yaosu", "名称\r\n\r\n文号"),
            ("shixian", "自信息形成之日起20个工作日内"),
            ("zhuti", "区民政局、区财政局\n区民政局"),
            ("qudao", "其他"),
            ("qudao", "政府网站"),
            ("qita", "老年大学"),
            ("duixiang", "特定群体"),
            ("fangshi", "主动"),
            ("cengji", "乡级"),
        ]);
        assert!(form.errors.is_empty());
        let item = form.item;
        assert_eq!(item.level1.as_deref(), Some("养老服务"));
        assert_eq!(item.elements, ["名称", "文号"]);
        assert_eq!(item.subjects, ["区民政局", "区财政局"]);
        let channels: Vec<_> = item.channels.iter().map(Channel::name).collect();
        assert_eq!(channels, ["政府网站", "其他"]);
        assert_eq!(item.channels_other.as_deref(), Some("老年大学"));
        assert_eq!(item.audience, [Audience::CertainGroup]);
        assert_eq!(item.methods, [Method::Proactive]);
        assert_eq!(item.levels, Some(vec![Level("乡级".into())]));
        assert_eq!(item.time_limit.and_then(|limit| limit.amount), Some(20));
    }

    #[test]
    fn labels_of_one_level_are_one_choice_and_the_label_of_the_row_stays() {
        let columns = ["县级", "乡级", "镇级", "村、社区级"].map(str::to_owned).to_vec();
        for (label, values) in [
            ("乡级", ["县级", "乡级", "村、社区级"]),
            ("镇级", ["县级", "镇级", "村、社区级"]),
            ("县级", ["县级", "乡级", "村、社区级"]),
        ] {
            let item = Item { levels: Some(vec![Level(label.into())]), ..Item::default() };
            let shown = RowForm::showing(item, columns.clone(), None).levels();
            let words: Vec<_> = shown.iter().map(|one| one.words.as_str()).collect();
            assert_eq!(words, ["县级", "乡级", "村、社区级"]);
            let sent: Vec<_> = shown.iter().map(|one| one.value.as_str()).collect();
            assert_eq!(sent, values);
            let on: Vec<_> = shown.iter().filter(|one| one.on).map(|one| &*one.value).collect();
            assert_eq!(on, [label]);
        }
    }

    #[test]
    fn a_row_that_bears_several_labels_of_one_level_keeps_them_all_when_it_is_saved() {
        let columns = ["县级", "乡级", "镇级", "村级"].map(str::to_owned).to_vec();
        for labels in [&["乡级", "镇级"][..], &["镇级"], &["县级", "乡级", "镇级"], &[]]
        {
            let levels: Vec<Level> = labels.iter().map(|label| Level((*label).into())).collect();
            let item = Item { levels: Some(levels.clone()), ..Item::default() };
            let shown = RowForm::showing(item, columns.clone(), None).levels();
            assert_eq!(shown.len(), 3);
            let ticked = shown.iter().filter(|one| one.on);
            // A browser sends a line break as two characters.
            let sent: Vec<String> = ticked.map(|one| one.value.replace('\n', "\r\n")).collect();
            let sent: Vec<_> = sent.iter().map(|value| ("cengji", value.as_str())).collect();
            let form = Submitted::of(&sent);
            let saved = RowForm::filled(&form, columns.clone(), BTreeMap::new(), None);
            assert_eq!(saved.item.levels, Some(levels));
        }
    }

    #[test]
    fn a_row_without_a_name_is_refused_at_its_field_and_keeps_what_was_typed() {
        let form = filled(&[("yaosu", "名称"), ("liyou", "试行")]);
        assert!(form.error("yiji").is_some_and(|message| message.contains("名称")));
        assert_eq!(
            (form.item.elements.as_slice(), form.reason.as_str()),
            (&["名称".to_owned()][..], "试行")
        );
    }
}
