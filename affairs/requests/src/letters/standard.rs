//! 平台的标准文本: version 0 of every text, files a lawyer reads (`affairs/requests/texts`).

use super::key::TextKey;
use super::text::Text;

/// The files, by the word of their letter.
const FILES: [(&str, &str); 40] = [
    ("answer", include_str!("../../texts/answer.txt")),
    ("answer-D1", include_str!("../../texts/answer-D1.txt")),
    ("answer-D2", include_str!("../../texts/answer-D2.txt")),
    ("answer-D3", include_str!("../../texts/answer-D3.txt")),
    ("answer-D4", include_str!("../../texts/answer-D4.txt")),
    ("answer-D5", include_str!("../../texts/answer-D5.txt")),
    ("answer-D6", include_str!("../../texts/answer-D6.txt")),
    ("answer-D7", include_str!("../../texts/answer-D7.txt")),
    ("answer-D8", include_str!("../../texts/answer-D8.txt")),
    ("answer-G1", include_str!("../../texts/answer-G1.txt")),
    ("answer-G2", include_str!("../../texts/answer-G2.txt")),
    ("answer-N1", include_str!("../../texts/answer-N1.txt")),
    ("answer-N2", include_str!("../../texts/answer-N2.txt")),
    ("answer-N3", include_str!("../../texts/answer-N3.txt")),
    ("answer-N4", include_str!("../../texts/answer-N4.txt")),
    ("answer-N5", include_str!("../../texts/answer-N5.txt")),
    ("answer-P1", include_str!("../../texts/answer-P1.txt")),
    ("answer-U1a", include_str!("../../texts/answer-U1a.txt")),
    ("answer-U1b", include_str!("../../texts/answer-U1b.txt")),
    ("answer-U2", include_str!("../../texts/answer-U2.txt")),
    ("answer-U3", include_str!("../../texts/answer-U3.txt")),
    ("appeal_result", include_str!("../../texts/appeal_result.txt")),
    ("archive_list", include_str!("../../texts/archive_list.txt")),
    ("closing_notice-O1", include_str!("../../texts/closing_notice-O1.txt")),
    ("closing_notice-O2", include_str!("../../texts/closing_notice-O2.txt")),
    ("closing_notice-O3", include_str!("../../texts/closing_notice-O3.txt")),
    ("complaint_advice", include_str!("../../texts/complaint_advice.txt")),
    ("complaint_result", include_str!("../../texts/complaint_result.txt")),
    ("correction_notice", include_str!("../../texts/correction_notice.txt")),
    ("decision_to_third_party", include_str!("../../texts/decision_to_third_party.txt")),
    ("delay_notice", include_str!("../../texts/delay_notice.txt")),
    ("extension_notice", include_str!("../../texts/extension_notice.txt")),
    ("fee_notice", include_str!("../../texts/fee_notice.txt")),
    ("organ_inquiry", include_str!("../../texts/organ_inquiry.txt")),
    ("reason_notice", include_str!("../../texts/reason_notice.txt")),
    ("receipt", include_str!("../../texts/receipt.txt")),
    ("rectification_answer", include_str!("../../texts/rectification_answer.txt")),
    ("rectification_transfer", include_str!("../../texts/rectification_transfer.txt")),
    ("service_proof", include_str!("../../texts/service_proof.txt")),
    ("third_party_inquiry", include_str!("../../texts/third_party_inquiry.txt")),
];

/// The platform's text of a letter: version 0. None for a kind of answer that has no text yet, which a
/// test forbids.
pub fn standard_text(key: TextKey) -> Option<Text> {
    let word = key.to_string();
    let (_, body) = FILES.iter().find(|(name, _)| *name == word)?;
    Text::read(key, 0, body).ok()
}
