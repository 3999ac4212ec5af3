//! Every route of every room, as a visitor and as whoever may come there.

mod otherwise;

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::{Method, StatusCode};
use identity::Role;
use identity::powers::Policy;
use ledger::{Clock, Ledger};
use web::{Admission, DemoPerson, House, Visit};

use self::otherwise::OTHERWISE;
use super::city;
use super::client::Client;

use crate::demo;
use crate::opening::Opened;

/// Addresses of which no page type gives an example.
const EXAMPLES: &[(&str, &str)] = &[
    ("/assets/{file}", "/assets/gk.css"),
    (ATTACHMENT, "/wenjian/0/fujian/1"),
    (FIRST_PAGE, "/wenjian/0/fujian/1/diyiye.png"),
    (COLUMN, "/gongkai/jigou/XM00001/fading/zhengcewenjian"),
    ("/gongzuo/wenshu/biaoge/{paper}", "/gongzuo/wenshu/biaoge/shenqingbiao.docx"),
    ("/gongzuo/zhengqiu/{id}", "/gongzuo/zhengqiu/0"),
    ("/gongzuo/gengzheng/{id}/wenshu/{ending}", "/gongzuo/gengzheng/0/wenshu/docx"),
    ("/gongzuo/shensu/{id}/wenshu/{ending}", "/gongzuo/shensu/0/wenshu/docx"),
    ("/gongzuo/shensu/{id}/shouli", "/gongzuo/shensu/0/shouli"),
    ("/gongzuo/shensu/{id}/jieguo", "/gongzuo/shensu/0/jieguo"),
    ("/gongzuo/zhuangongkai/{id}", "/gongzuo/zhuangongkai/0"),
    (COMPLAINT, "/gongzuo/tousu/0"),
    (COMPLAINT_LETTER, "/gongzuo/tousu/0/wenshu/docx"),
    ("/gongzuo/tousu/{id}/shouli", "/gongzuo/tousu/0/shouli"),
    ("/gongzuo/tousu/{id}/jieguo", "/gongzuo/tousu/0/jieguo"),
    (WHOLE, "/shuju/wenjian/wenjian.csv"),
    (TILE, "/tile/0/000"),
    (ADAPTING, "/gongzuo/mulu/chengxiangguihua/tiaozheng/0"),
    (RELEASING, "/gongzuo/mulu/chengxiangguihua/fabu"),
    (EXPORT, "/gongzuo/shenji/daochu/0"),
    ("/gongzuo/renyuan/{id}/tingyong", "/gongzuo/renyuan/0/tingyong"),
    ("/gongzuo/renyuan/{id}/chongzhi", "/gongzuo/renyuan/0/chongzhi"),
    ("/gongzuo/renyuan/{id}/zhanghao", "/gongzuo/renyuan/0/zhanghao"),
    ("/gongzuo/renyuan/{id}/shouquan", "/gongzuo/renyuan/0/shouquan"),
    ("/gongzuo/shouquan/{id}", "/gongzuo/shouquan/0"),
    ("/gongzuo/gangwei/{id}/shouhui", "/gongzuo/gangwei/0/shouhui"),
    ("/gongzuo/keshi/{id}/queren", "/gongzuo/keshi/0/queren"),
    ("/gongzuo/daili/{id}", "/gongzuo/daili/0"),
    ("/gongzuo/daili/{id}/jieshu", "/gongzuo/daili/0/jieshu"),
    ("/gongzuo/anquan/{id}", "/gongzuo/anquan/0"),
    (DRAFT, "/gongzuo/gaojian/0"),
    (DRAFT_ITEMS, "/gongzuo/gaojian/0/shixiang"),
    (DRAFT_PREVIEW, "/gongzuo/gaojian/0/yulan"),
    (DRAFT_VERSIONS, "/gongzuo/gaojian/0/banben"),
    (DRAFT_FILE, "/gongzuo/gaojian/0/fujian/1"),
    (DRAFT_ATTRIBUTE, "/gongzuo/gaojian/0/shuxing"),
    (WITHDRAWAL, "/gongzuo/chexia/0"),
    ("/gongzuo/gaojian/{id}/zidong", "/gongzuo/gaojian/0/zidong"),
    ("/gongzuo/gaojian/{id}/jiancha", "/gongzuo/gaojian/0/jiancha"),
    ("/gongzuo/gaojian/{id}/daoru", "/gongzuo/gaojian/0/daoru"),
    ("/gongzuo/gaojian/{id}/songshen", "/gongzuo/gaojian/0/songshen"),
    ("/gongzuo/gaojian/{id}/shanqu", "/gongzuo/gaojian/0/shanqu"),
    ("/gongzuo/gaojian/{id}/fujian", "/gongzuo/gaojian/0/fujian"),
    ("/gongzuo/gaojian/{id}/zhegai", "/gongzuo/gaojian/0/zhegai"),
    (DRAFT_IMPACT, "/gongzuo/gaojian/0/yingxiang"),
    (DRAFT_ORIGINAL, "/gongzuo/gaojian/0/yuanjian/1"),
    ("/gongzuo/chexia/{id}/jinji", "/gongzuo/chexia/0/jinji"),
    ("/gongzuo/chexia/{id}/gengzheng", "/gongzuo/chexia/0/gengzheng"),
    ("/gongzuo/choucha/guize/{id}/chouqu", "/gongzuo/choucha/guize/0/chouqu"),
    ("/gongzuo/choucha/guize/{id}/tingyong", "/gongzuo/choucha/guize/0/tingyong"),
    ("/gongzuo/choucha/{id}/jieban", "/gongzuo/choucha/0/jieban"),
    ("/gongzuo/choucha/{id}/jielun", "/gongzuo/choucha/0/jielun"),
    ("/gongzuo/choucha/{id}/zhenggai", "/gongzuo/choucha/0/zhenggai"),
    ("/gongzuo/choucha/{id}/fucha", "/gongzuo/choucha/0/fucha"),
    ("/gongzuo/nianbao/{id}/shuoming", "/gongzuo/nianbao/0/shuoming"),
    ("/gongzuo/nianbao/{id}/qushu", "/gongzuo/nianbao/0/qushu"),
    ("/gongzuo/nianbao/{id}/songshen", "/gongzuo/nianbao/0/songshen"),
    ("/gongzuo/nianbao/{id}/fangqi", "/gongzuo/nianbao/0/fangqi"),
    ("/gongzuo/nianbao/{id}/chehui", "/gongzuo/nianbao/0/chehui"),
    ("/gongzuo/nianbao/{id}/dinggao", "/gongzuo/nianbao/0/dinggao"),
    ("/gongzuo/nianbao/{id}/tuihui", "/gongzuo/nianbao/0/tuihui"),
    ("/gongzuo/nianbao/{id}/gengzheng", "/gongzuo/nianbao/0/gengzheng"),
    (REPORT_SCOPE, "/gongzuo/nianbao/0/fanwei"),
    (REPORT_RELEASE, "/gongzuo/nianbao/0/gongbu"),
    (BATCH_LIST, "/gongzuo/dangan/yijiao/0/qingdan.docx"),
    (BATCH_PACKAGE, "/gongzuo/dangan/yijiao/0/guidangbao.zip"),
    (PACKAGE, "/gongzuo/dangan/wenjian/0/guidangbao.zip"),
    ("/gongzuo/dangan/yijiao/{id}/huizhi", "/gongzuo/dangan/yijiao/0/huizhi"),
    ("/gongzuo/dangan/xiaohui/{id}/jueding", "/gongzuo/dangan/xiaohui/0/jueding"),
    // Drawn by lot when it is made.
    (SHORT, "/w/meiyou"),
    ("/gongzuo/zhuanqu/{id}/ziliao", "/gongzuo/zhuanqu/0/ziliao"),
    ("/gongzuo/zhuanqu/{id}/biqu", "/gongzuo/zhuanqu/0/biqu"),
    ("/gongzuo/zhuanqu/{id}/tingban", "/gongzuo/zhuanqu/0/tingban"),
    ("/gongzuo/zhuanqu/{id}/shebei", "/gongzuo/zhuanqu/0/shebei"),
    ("/gongzuo/zhuanqu/{id}/renyuan", "/gongzuo/zhuanqu/0/renyuan"),
    ("/gongzuo/zhuanqu/{id}/cailiao", "/gongzuo/zhuanqu/0/cailiao"),
    ("/gongzuo/zhuanqu/{id}/kucun", "/gongzuo/zhuanqu/0/kucun"),
    ("/gongzuo/zhuanqu/{id}/kouling", "/gongzuo/zhuanqu/0/kouling"),
    ("/gongzuo/zhuanqu/{id}/zizhuji", "/gongzuo/zhuanqu/0/zizhuji"),
    ("/gongzuo/zhuanqu/{id}/fuwu", "/gongzuo/zhuanqu/0/fuwu"),
    ("/gongzuo/zhuanqu/{id}/yingda", "/gongzuo/zhuanqu/0/yingda"),
    ("/gongzuo/gaojian/{id}/jiedu", "/gongzuo/gaojian/0/jiedu"),
    ("/gongzuo/jiedu/{id}/fangan", "/gongzuo/jiedu/0/fangan"),
    (COMPARISON, "/jiedu/0/duibi"),
    ("/gongzuo/jiedu/{id}/hedui", "/gongzuo/jiedu/0/hedui"),
    ("/gongzuo/jiedu/{id}/cailiao", "/gongzuo/jiedu/0/cailiao"),
    ("/gongzuo/jiedu-cailiao/{id}/shanqu", "/gongzuo/jiedu-cailiao/0/shanqu"),
    ("/gongzuo/jiedu-cailiao/{id}/songshen", "/gongzuo/jiedu-cailiao/0/songshen"),
    ("/gongzuo/jiedu-cailiao/{id}/chexia", "/gongzuo/jiedu-cailiao/0/chexia"),
    ("/gongzuo/jiedu-cailiao/{id}/meiti", "/gongzuo/jiedu-cailiao/0/meiti"),
    ("/gongzuo/jiedu-cailiao/{id}/zimu", "/gongzuo/jiedu-cailiao/0/zimu"),
    (DRAFT_FILM, "/gongzuo/jiedu-cailiao/0/meiti/jiedu.mp4"),
    (FILM, "/jiedu/0/meiti/jiedu.mp4"),
    (PAINTED, "/jiedu/0/tujie.png"),
    (DRAWN, "/jiedu/0/tujie.svg"),
    (TOPIC_TABLE, "/zhuanti/0/biao/1.csv"),
    ("/gongzuo/jiedu-rending/{id}", "/gongzuo/jiedu-rending/0"),
    ("/gongzuo/jiedu-rending/{id}/chexia", "/gongzuo/jiedu-rending/0/chexia"),
    ("/gongzuo/wenda/{id}/shanqu", "/gongzuo/wenda/0/shanqu"),
    ("/gongzuo/wenda/{id}/songshen", "/gongzuo/wenda/0/songshen"),
    ("/gongzuo/wenda-chehui/{id}", "/gongzuo/wenda-chehui/0"),
    ("/gongzuo/huiying/{id}/heshi", "/gongzuo/huiying/0/heshi"),
    ("/gongzuo/huiying/{id}/songshen", "/gongzuo/huiying/0/songshen"),
    ("/gongzuo/huiying/{id}/fabuhui", "/gongzuo/huiying/0/fabuhui"),
    ("/gongzuo/huiying-jueding/{id}", "/gongzuo/huiying-jueding/0"),
    ("/gongzuo/zhuanti/{id}/shanqu", "/gongzuo/zhuanti/0/shanqu"),
    ("/gongzuo/zhuanti/{id}/songshen", "/gongzuo/zhuanti/0/songshen"),
    ("/gongzuo/zhuanti-jieshu/{id}", "/gongzuo/zhuanti-jieshu/0"),
    (ZONE_VISITS, "/gongzuo/zhuanqu/0/fuwu.csv"),
    (ZONE_LOOK, "/gongzuo/zhuanqu-jiancha/0"),
    (ZONE_DAYS, "/zhuanqu/0/kaifang.ics"),
    ("/gongzuo/liuyan/{id}/lianxi", "/gongzuo/liuyan/0/lianxi"),
    ("/gongzuo/liuyan/{id}/shouli", "/gongzuo/liuyan/0/shouli"),
    ("/gongzuo/liuyan/{id}/zhuanban", "/gongzuo/liuyan/0/zhuanban"),
    ("/gongzuo/liuyan/{id}/dafu", "/gongzuo/liuyan/0/dafu"),
    ("/gongzuo/liuyan/{id}/shenhe", "/gongzuo/liuyan/0/shenhe"),
    ("/gongzuo/liuyan/{id}/yanqi", "/gongzuo/liuyan/0/yanqi"),
    ("/gongzuo/liuyan/{id}/fachu", "/gongzuo/liuyan/0/fachu"),
    ("/gongzuo/liuyan/{id}/banjieshenpi", "/gongzuo/liuyan/0/banjieshenpi"),
    ("/gongzuo/liuyan/{id}/chexia", "/gongzuo/liuyan/0/chexia"),
    ("/gongzuo/liuyan/{id}/chexiashenpi", "/gongzuo/liuyan/0/chexiashenpi"),
    ("/gongzuo/xieban/{id}", "/gongzuo/xieban/0"),
    // Machines read these.
    ("/dingyue/atom/{kind}/{name}", "/dingyue/atom/lingyu/jiuye.atom"),
    ("/dingyue/yanzhengma/{pass}", "/dingyue/yanzhengma/0"),
    (OWN_EXPORT, "/dingyue/wode/0/daochu.json"),
    ("/dingyue/wode/{pass}/chongfa", "/dingyue/wode/0/chongfa"),
    ("/dingyue/wode/{pass}/miyao", "/dingyue/wode/0/miyao"),
    ("/dingyue/wode/{pass}/shanchu", "/dingyue/wode/0/shanchu"),
    (PUSH, "/gongzuo/tuisong/0"),
    ("/gongzuo/tuisong/{id}/jueding", "/gongzuo/tuisong/0/jueding"),
    ("/gongzuo/tuisong/{id}/chehui", "/gongzuo/tuisong/0/chehui"),
    ("/shenqing/disanfang/wenshu/{letter}", "/shenqing/disanfang/wenshu/0"),
    ("/shenqing/jindu/wenjian/{file}", "/shenqing/jindu/wenjian/0"),
    ("/shenqing/jindu/wenshu/{letter}", "/shenqing/jindu/wenshu/0"),
    ("/shenqing/jindu/wenshu/{letter}/{ending}", "/shenqing/jindu/wenshu/0/pdf"),
    ("/yijian/{id}/jiezhi.ics", "/yijian/0/jiezhi.ics"),
    (OPINION_SHEET, "/gongzuo/zhengji/0/yijian.csv"),
    (SHORTENING, "/gongzuo/zhengji/0/suoduan"),
    (NOTICE_RELEASE, "/gongzuo/zhengji/0/gongbu"),
    (ANSWERS_RELEASE, "/gongzuo/zhengji/0/jieguo/gongbu"),
    (HIDING, "/gongzuo/zhengji/0/yijian/1/shending"),
    (TAKING_DOWN, "/gongzuo/zhengji/0/chexia/shending"),
    ("/gongzuo/wenjuan/{id}/chexia/shending", "/gongzuo/wenjuan/0/chexia/shending"),
    ("/gongzuo/juece/{id}/jinzhan", "/gongzuo/juece/0/jinzhan"),
    (HEARING_LIST, "/tingzheng/0/mingdan.txt"),
    (ENROLMENTS, "/gongzuo/tingzheng/0/baoming"),
    (DRAWING, "/gongzuo/tingzheng/0/chouqu"),
    (CONFIRMING, "/gongzuo/tingzheng/0/queren"),
    (HEARING_RECORD, "/gongzuo/tingzheng/0/jilu"),
    (CANCELLING, "/gongzuo/tingzheng/0/quxiao"),
    ("/liexi/{id}/riqi.ics", "/liexi/0/riqi.ics"),
    ("/fangtan/{id}/shikuang", "/fangtan/0/shikuang"),
    ("/gongzuo/fangtan/{id}/chexia/shending", "/gongzuo/fangtan/0/chexia/shending"),
    ("/gongzuo/huodong/{id}/chexia/shending", "/gongzuo/huodong/0/chexia/shending"),
    ("/gongzuo/juece-baogao/{id}/shending", "/gongzuo/juece-baogao/0/shending"),
    ("/gongzuo/juece-baogao/{id}/chexia", "/gongzuo/juece-baogao/0/chexia"),
    ("/gongzuo/juece/{id}/jian/{item}/baogao", "/gongzuo/juece/0/jian/1/baogao"),
    ("/gongzuo/canyu/{what}/{id}/chexia/shending", "/gongzuo/canyu/tingzheng/0/chexia/shending"),
    ("/gongzuo/zhengji/{id}/yijian/{number}/chaikai", "/gongzuo/zhengji/0/yijian/1/chaikai"),
    ("/gongzuo/zhengji/{id}/yijian/{number}/lianxi", "/gongzuo/zhengji/0/yijian/1/lianxi"),
    ("/gongzuo/zhengji/{id}/yijian/{number}/pingbi", "/gongzuo/zhengji/0/yijian/1/pingbi"),
];

/// A file, not a page.
const OPINION_SHEET: &str = "/gongzuo/zhengji/{id}/yijian.csv";

/// What waits of a consultation only while it is reviewed, or while an opinion is proposed to be hidden or the whole to
/// be withdrawn; the demo has none such.
const SHORTENING: &str = "/gongzuo/zhengji/{id}/suoduan";
const NOTICE_RELEASE: &str = "/gongzuo/zhengji/{id}/gongbu";
const ANSWERS_RELEASE: &str = "/gongzuo/zhengji/{id}/jieguo/gongbu";
const HIDING: &str = "/gongzuo/zhengji/{id}/yijian/{number}/shending";
const TAKING_DOWN: &str = "/gongzuo/zhengji/{id}/chexia/shending";

/// Of a hearing that is over, which the demo has none of; and the form to enrol, which wants a name.
const HEARING_LIST: &str = "/tingzheng/{id}/mingdan.txt";
const ENROLMENT: &str = "/tingzheng/{id}/baoming";
const ENROLMENTS: &str = "/gongzuo/tingzheng/{id}/baoming";
const DRAWING: &str = "/gongzuo/tingzheng/{id}/chouqu";
const CONFIRMING: &str = "/gongzuo/tingzheng/{id}/queren";
const HEARING_RECORD: &str = "/gongzuo/tingzheng/{id}/jilu";
const CANCELLING: &str = "/gongzuo/tingzheng/{id}/quxiao";

/// Of a zone of the example's organ, of one below an office that the example's organ is not, and a calendar.
const ZONE_VISITS: &str = "/gongzuo/zhuanqu/{id}/fuwu.csv";
const ZONE_LOOK: &str = "/gongzuo/zhuanqu-jiancha/{id}";
const ZONE_DAYS: &str = "/zhuanqu/{id}/kaifang.ics";

/// No policy of the demo takes the place of another.
const COMPARISON: &str = "/jiedu/{id}/duibi";

/// A drawing as a picture: it is painted by a child of the program, which tests are not.
const PAINTED: &str = "/jiedu/{id}/tujie.png";

/// Files of an interpretation and of a topic; these show the answer where there is none.
const DRAWN: &str = "/jiedu/{id}/tujie.svg";
const TOPIC_TABLE: &str = "/zhuanti/{id}/biao/{file}";

/// None of the demo's interpretations is heard or seen.
const FILM: &str = "/jiedu/{id}/meiti/{file}";
const DRAFT_FILM: &str = "/gongzuo/jiedu-cailiao/{id}/meiti/{file}";

/// What is kept of an address, for whoever has its link; nobody has one here.
const OWN_EXPORT: &str = "/dingyue/wode/{pass}/daochu.json";

/// A short link that nobody has made.
const SHORT: &str = "/w/{short}";

/// A push of the example's organ, by its key.
const PUSH: &str = "/gongzuo/tuisong/{id}";

/// The pages of one draft and of one document; the demo begins without drafts.
const DRAFT: &str = "/gongzuo/gaojian/{id}";
const DRAFT_ITEMS: &str = "/gongzuo/gaojian/{id}/shixiang";
const DRAFT_PREVIEW: &str = "/gongzuo/gaojian/{id}/yulan";
const DRAFT_VERSIONS: &str = "/gongzuo/gaojian/{id}/banben";
const DRAFT_FILE: &str = "/gongzuo/gaojian/{id}/fujian/{number}";
const DRAFT_IMPACT: &str = "/gongzuo/gaojian/{id}/yingxiang";
const DRAFT_ORIGINAL: &str = "/gongzuo/gaojian/{id}/yuanjian/{number}";
const DRAFT_ATTRIBUTE: &str = "/gongzuo/gaojian/{id}/shuxing";
const WITHDRAWAL: &str = "/gongzuo/chexia/{id}";

/// What can be done to a request's file: only to one that is there and stands so (`casework.rs`).
const FILE_ACT: &str = "/gongzuo/shenqing/{id}/";
/// Of a government's report, and of one whose review is finished: the demo has begun neither.
const REPORT_SCOPE: &str = "/gongzuo/nianbao/{id}/fanwei";
const REPORT_RELEASE: &str = "/gongzuo/nianbao/{id}/gongbu";

/// Of a complaint about another organ, handled by an office that the example's organ is not; and a letter that
/// tells a result nobody has told yet (`watching.rs`).
const COMPLAINT: &str = "/gongzuo/tousu/{id}";
const COMPLAINT_LETTER: &str = "/gongzuo/tousu/{id}/wenshu/{ending}";

/// Files, not pages: `custody.rs` opens them.
const BATCH_LIST: &str = "/gongzuo/dangan/yijiao/{id}/qingdan.docx";
const BATCH_PACKAGE: &str = "/gongzuo/dangan/yijiao/{id}/guidangbao.zip";
const PACKAGE: &str = "/gongzuo/dangan/wenjian/{id}/guidangbao.zip";

/// The picture of an attachment's first page, for its preview.
const FIRST_PAGE: &str = "/wenjian/{id}/fujian/{number}/diyiye.png";

/// One column of an organ's page.
const COLUMN: &str = "/gongkai/jigou/{unit}/fading/{lanmu}";

/// A file beside a document; the demo has none.
const ATTACHMENT: &str = "/wenjian/{id}/fujian/{number}";

/// A set of data whole: written by what goes on beside, which does not run here.
const WHOLE: &str = "/shuju/{set}/{file}";

/// What a program sends comes with a key.
const SENT: &str = "/api/v1/subscriptions";

/// What the hotline's platforms hand in and fetch, each with its credential.
const WORK_ORDERS: &str = "/api/v1/work-orders";

/// A reminder leads to the page that says by when it will be answered.
const REMINDER: &str = "/mulu/{domain}/{item}/cuiban";

/// A reader who writes nothing is told what to write.
const WISH: &str = "/mulu/{domain}/xuqiu";

/// Hashes of the public log, for machines.
const TILE: &str = "/tile/{*rest}";

/// A change above that is taken over in words of one's own; the demo has none to begin with.
const ADAPTING: &str = "/gongzuo/mulu/{domain}/tiaozheng/{id}";

/// A file of the audit, for whoever asked for it.
const EXPORT: &str = "/gongzuo/shenji/daochu/{id}";

/// The steps of signing in lead whoever has taken them on to the next.
const FACTOR: &str = "/gongzuo/denglu/yanzheng";
const ENROL: &str = "/gongzuo/denglu/bangding";

/// Releasing; without a draft one is led to where one begins it.
const RELEASING: &str = "/gongzuo/mulu/{domain}/fabu";

/// An address of each page type.
pub(super) async fn samples(house: &House) -> Vec<String> {
    let mut paths = Vec::new();
    for sample in house.samples() {
        let path = (sample.path)(house).await.expect("asks").unwrap_or_default();
        assert!(path.starts_with('/'), "there is no example of {}", sample.name);
        paths.push(path);
    }
    paths
}

/// An address of each operation of the interface for programs.
pub(super) async fn called(house: &Arc<House>) -> Vec<String> {
    let mut paths = Vec::new();
    let site = house.directory().all().first().map(Arc::clone).expect("a site");
    for operation in house.operations() {
        let (path, site) = (operation.path.to_owned(), Arc::clone(&site));
        let modes = web::modes::Modes::default();
        let visit = Visit {
            house: Arc::clone(house),
            site,
            modes,
            address: path.clone(),
            path,
            for_copy: false,
        };
        let example = operation.example_at(&visit).await;
        paths.push(example.unwrap_or_else(|| panic!("{}: no example", operation.path)));
    }
    paths
}

/// Whether a path is one of a route's.
fn fits(route: &str, path: &str) -> bool {
    let (mut asked, mut own) = (route.split('/'), path.split('/'));
    let same = asked.by_ref().zip(own.by_ref()).all(|(a, b)| a.starts_with('{') || a == b);
    same && asked.next().is_none() && route.matches('/').count() == path.matches('/').count()
}

/// The address that stands for a route: its own, or one that fits its pattern and no more exact one.
fn example(route: &str, walk: &Walk) -> Option<String> {
    if !route.contains('{') {
        // What an address asks for after it may be what there is to see.
        let asks =
            |path: &&String| path.split('?').next() == Some(route) && path.len() > route.len();
        let told = walk.samples.iter().find(asks);
        return Some(told.map_or_else(|| route.to_owned(), String::clone));
    }
    if let Some(act) = route.strip_prefix("/gongzuo/shencha").filter(|act| act.contains("{unit}")) {
        return Some(format!("/gongzuo/shencha{}", act.replace("{unit}", "0")));
    }
    if route.starts_with(FILE_ACT) && !walk.samples.iter().any(|path| fits(route, path)) {
        return Some(
            ["{id}", "{letter}", "{file}"]
                .iter()
                .fold(route.to_owned(), |path, part| path.replace(part, "0")),
        );
    }
    if let Some((_, own)) = EXAMPLES.iter().find(|(pattern, _)| *pattern == route) {
        return Some((*own).to_owned());
    }
    let open = |route: &str| route.matches('{').count();
    let exact = |path: &&String| {
        let others = walk.routes.iter().map(|(_, other, _)| *other);
        let best = others.filter(|other| fits(other, path)).min_by_key(|other| open(other));
        best.is_some_and(|best| open(best) == open(route))
    };
    walk.samples.iter().filter(|path| fits(route, path)).find(exact).cloned()
}

/// A house with the demo city that clerks may enter, its routes and who is asked for at them.
pub(super) struct Walk {
    portal: axum::Router,
    pub(super) routes: Vec<(Method, &'static str, Admission)>,
    samples: Vec<String>,
    pub(super) organ: String,
    pub(super) persons: Vec<DemoPerson>,
    pub(super) ledger: Ledger,
    pub(super) house: Arc<House>,
    pub(super) data: std::path::PathBuf,
}

impl Drop for Walk {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.data).ok();
    }
}

pub(super) async fn walk(name: &str) -> Walk {
    walk_by(Clock::Wall, name).await
}

/// The same, opened by another clock than the demo was made by.
pub(super) async fn walk_by(clock: Clock, name: &str) -> Walk {
    let data = std::env::temp_dir().join(format!("gongkai-{name}-{}", std::process::id()));
    let place = city::copied_to(&data).await;
    let opened =
        place.open_by(clock, true).await.map_err(|failure| failure.to_string()).expect("opens");
    let opened = opened.listing_demo_persons().await.map_err(|failure| failure.to_string());
    let opened = opened.expect("persons");
    let Opened { house, routes, .. } = opened;
    let organ = demo::desk_organ(&house).await.expect("an organ that leads a domain");
    let mut samples = samples(&house).await;
    for sample in house.desk_samples() {
        let path = (sample.path)(&house, &organ).await.expect("asks").unwrap_or_default();
        assert!(path.starts_with('/'), "there is no example of {}", sample.name);
        samples.push(path);
    }
    let told = routes.iter().map(|route| (route.method.clone(), route.path, route.admission));
    let told = told.collect();
    let persons = demo::listed(house.ledger()).await.map_err(|failure| failure.to_string());
    let (persons, ledger) = (persons.expect("persons"), house.ledger().clone());
    let house = Arc::new(house);
    samples.extend(called(&house).await);
    let portal = web::portal(&house, routes);
    Walk { portal, routes: told, samples, organ: organ.code, persons, ledger, house, data }
}

impl Walk {
    /// The portal itself, for a browser of another kind.
    pub(super) fn portal(&self) -> axum::Router {
        self.portal.clone()
    }

    /// Somebody who has not signed in.
    pub(super) fn visitor(&self) -> Client {
        Client::of(self.portal.clone()).by(self.ledger.clock())
    }

    fn act_of(&self, method: &Method, path: &str) -> Option<&'static str> {
        let route = self.routes.iter().find(|(own, route, _)| own == method && *route == path)?;
        match route.2 {
            Admission::Power(act) => Some(act),
            _ => None,
        }
    }

    pub(super) fn paths(
        &self,
        admission: impl Fn(Admission) -> bool,
    ) -> Vec<(Method, &str, String)> {
        let asked = self.routes.iter().filter(|(_, _, own)| admission(*own));
        asked
            .map(|(method, route, _)| {
                let path = example(route, self);
                let path = path.unwrap_or_else(|| panic!("{route}: no example"));
                (method.clone(), *route, path)
            })
            .collect()
    }
}

#[tokio::test]
async fn every_route_of_every_room_answers_a_visitor() {
    let walk = walk("routes").await;
    let visitor = walk.visitor();
    let mut faults = Vec::new();
    for (method, route, path) in walk.paths(|own| !own.is_of_workbench()) {
        let status = visitor.ask(&method, &path, "").await.status;
        let otherwise = OTHERWISE.iter().find(|(other, _)| *other == route);
        let may = otherwise.map_or(&[StatusCode::OK][..], |(_, statuses)| statuses);
        if !may.contains(&status) {
            faults.push(format!("{method} {path}: {status}"));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// The roles that may come where the act is asked for, those who may on any file of their organ first.
fn may_come(act: Option<&'static str>) -> Vec<Role> {
    let policy = Policy::of_house();
    let may = |role: &Role| act.is_none_or(|act| policy.ever(act, *role));
    let mut roles: Vec<Role> = Role::all().filter(may).collect();
    roles.sort_by_key(|role| act.is_some_and(|act| !policy.freely(act, *role)));
    roles
}

#[tokio::test]
async fn the_workbench_opens_to_who_has_signed_in_in_a_fitting_post_and_to_nobody_else() {
    let walk = walk("desk").await;
    let mut stranger = walk.visitor();
    stranger.cookie = Some(format!("__Host-gk_gongzuo={}", "0".repeat(64)));
    let mut clerks: HashMap<String, Client> = HashMap::new();
    let mut faults = Vec::new();
    for (method, route, path) in walk.paths(Admission::is_of_workbench) {
        let answer = stranger.ask(&method, &path, "").await;
        if answer.status != StatusCode::SEE_OTHER || !answer.to.starts_with("/gongzuo/denglu?next=")
        {
            faults.push(format!("{method} {path} to a stranger: {}", answer.status));
        }
        let act = walk.act_of(&method, route);
        let roles = may_come(act);
        let (person, role) =
            demo::who_has(&walk.persons, &walk.organ, &roles).expect("somebody may");
        if !clerks.contains_key(&person.login) {
            let mut client = walk.visitor();
            client.sign_in(person).await;
            clerks.insert(person.login.clone(), client);
        }
        let clerk = clerks.get_mut(&person.login).expect("signed in");
        clerk.take(person, role).await;
        let answer = clerk.ask(&method, &path, "").await;
        // A form without the session's mark is refused; what is over leads on.
        let otherwise = OTHERWISE.iter().find(|(other, _)| *other == route);
        let may = match method {
            Method::GET if route.starts_with(FILE_ACT) => &[StatusCode::OK, StatusCode::NOT_FOUND],
            Method::GET => otherwise.map_or(&[StatusCode::OK][..], |(_, statuses)| statuses),
            _ => &[StatusCode::FORBIDDEN],
        };
        if !may.contains(&answer.status) || answer.kept != "no-store" {
            faults.push(format!("{method} {path} to {role}: {} {}", answer.status, answer.kept));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

#[tokio::test]
async fn who_asks_for_what_is_not_at_the_workbench_stays_there_and_finds_a_way_on() {
    let walk = walk("astray").await;
    let roles = [Role::CatalogueEditor];
    let (person, role) = demo::who_has(&walk.persons, &walk.organ, &roles).expect("somebody may");
    let mut clerk = walk.visitor();
    clerk.sign_in_as(person, role).await;
    let lists = "href=\"/gongzuo/mulu\"";
    for (method, path, status, way) in [
        (Method::GET, "/gongzuo/mulu/meiyou", StatusCode::NOT_FOUND, lists),
        (
            Method::GET,
            "/gongzuo/mulu/meiyou/00000000",
            StatusCode::NOT_FOUND,
            "href=\"/gongzuo/mulu/meiyou\"",
        ),
        (Method::GET, "/gongzuo/mulu/chengxiangguihua/tiaozheng/0", StatusCode::NOT_FOUND, lists),
        (Method::GET, "/gongzuo/meiyou", StatusCode::NOT_FOUND, "href=\"/gongzuo\""),
        (Method::POST, "/gongzuo/mulu/chengxiangguihua", StatusCode::FORBIDDEN, "回到刚才那一页"),
    ] {
        let answer = clerk.ask(&method, path, "").await;
        assert_eq!((answer.status, answer.kept.as_str()), (status, "no-store"), "{path}");
        assert_eq!(answer.text.matches("<h1").count(), 1, "{path}");
        let main = answer.text.split("<main").nth(1).unwrap_or_default();
        assert!(answer.text.contains("wbnav") && main.contains(way), "{path}: {}", answer.text);
    }
    // A stranger learns nothing of the workbench.
    let page = walk.visitor().ask(&Method::GET, "/gongzuo/meiyou", "").await.text;
    assert!(!page.contains("wbnav"));
}
