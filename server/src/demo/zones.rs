//! 政务公开专区 of the demo city: one in the halls of the city and of every district, and in some towns; invented
//! (演示数据), and registered by those who would register a real one.

use std::collections::BTreeSet;

use channels::acts::{ActError, device, equipment, inspection, material, staff, visit, zone};
use channels_rules::{Equipment, Movement, Purpose, REQUIREMENTS};
use identity::{Division, Level, Organ, Role};
use jiff::ToSpan;
use ledger::Ledger;
use review::Signatory;

use super::signing::{Staff, desk_of};
use crate::failure::{Exit, Failure};

/// How many towns have one.
const TOWNS: usize = 4;

/// So many days of visits are told.
const DAYS: i64 = 14;

/// The number of the staff corner of the city's zone in the demo, as docs/kiosk.md tells it.
const PIN: &str = "246813";

/// What stands in one: kind, what it is called, how many, and whether a town has it too.
const EQUIPMENT: [(Equipment, &str, u32, bool); 8] = [
    (Equipment::Kiosk, "政务公开自助查询机", 2, false),
    (Equipment::Computer, "查询电脑", 2, true),
    (Equipment::Printer, "打印复印一体机", 1, true),
    (Equipment::Rack, "资料架", 3, true),
    (Equipment::Board, "电子公示屏", 1, false),
    (Equipment::Seat, "阅览桌椅（组）", 4, true),
    (Equipment::Access, "轮椅坡道和低位台面", 1, true),
    (Equipment::Comfort, "老花镜、饮水、充电", 1, true),
];

/// What lies ready: title, unit, how much, from where on it is little, how much was given out.
const MATERIALS: [(&str, &str, u32, u32, u32); 4] = [
    ("政府公报", "本", 60, 20, 12),
    ("信息公开申请表", "份", 200, 50, 60),
    ("办事一本通", "册", 120, 30, 95),
    ("惠民政策汇编", "册", 80, 20, 25),
];

struct Founding {
    organ: Organ,
    id: String,
    name: String,
    kind: &'static str,
}

/// The zones, what stands and lies in them, who came, and what was found when somebody looked.
pub(super) async fn load(ledger: &Ledger, example: &Organ) -> Result<(), Failure> {
    let people = Staff::of(ledger).await?;
    let all = foundings(ledger, example).await?;
    for (at, founding) in all.iter().enumerate() {
        let mut before = BTreeSet::new();
        let clerk = people.someone(&founding.organ.code, Role::HallClerk, &mut before);
        let scene = Scene { ledger, clerk: &clerk, founding, at };
        scene.build().await.map_err(refused)?;
    }
    let office = Organ::all(ledger.store()).await?;
    let office = office.into_iter().find(|one| one.role == "office" && one.level == Level::City);
    if let Some(office) = office {
        let mut before = BTreeSet::new();
        let by = people.someone(&office.code, Role::SupervisionOffice, &mut before);
        for (at, founding) in all.iter().enumerate().filter(|(at, _)| at % 3 != 2) {
            let asked = REQUIREMENTS.iter().filter(|one| one.is_looked_at());
            let verdicts = asked.map(|one| (one.key.to_owned(), at != 4 || one.key != "sign-card"));
            let note = if at == 4 { "补放申请渠道台卡" } else { "" };
            let desk = desk_of(ledger, &by).await?;
            let looked = (verdicts.collect(), note);
            inspection::keep(desk, &office.code, &founding.id, looked).await.map_err(refused)?;
        }
    }
    Ok(())
}

/// Which organs have one: the governments of the city and the districts, the example's organ, some towns.
async fn foundings(ledger: &Ledger, example: &Organ) -> Result<Vec<Founding>, Failure> {
    let today = ledger.clock().today();
    let organs = Organ::all(ledger.store()).await?;
    let mut found = Vec::new();
    let mut towns = 0;
    for organ in organs.into_iter().filter(|organ| organ.stands_on(today)) {
        let place = Division::find(ledger.store(), &organ.division).await?;
        let Some(place) = place else { continue };
        let own = organ.code == example.code;
        let (kind, hall, word) = match (organ.role.as_str(), organ.level) {
            ("government", Level::City) => ("政务服务大厅", "行政服务中心", "xingzhengfuwu"),
            ("government", Level::District) => ("政务服务大厅", "政务服务中心", "zhengwufuwu"),
            (_, Level::Township) if towns < TOWNS && organ.role == "government" => {
                towns += 1;
                ("便民服务中心", "便民服务中心", "bianmin")
            }
            _ if own => ("服务窗口", "办事窗口", "chuangkou"),
            _ => continue,
        };
        let name = if own { organ.short_name.clone() } else { place.name.clone() };
        let slug = place.slug.clone();
        found.push(Founding {
            id: format!("{slug}-{word}").to_lowercase(),
            name: format!("{name}{hall}政务公开专区"),
            organ,
            kind,
        });
    }
    Ok(found)
}

struct Scene<'a> {
    ledger: &'a Ledger,
    clerk: &'a Signatory,
    founding: &'a Founding,
    at: usize,
}

impl Scene<'_> {
    async fn desk(&self) -> Result<ledger::Desk, ActError> {
        Ok(self.ledger.desk(self.clerk.actor()).await?)
    }

    async fn build(&self) -> Result<(), ActError> {
        self.open().await?;
        self.furnish().await?;
        self.lay_ready().await?;
        self.count().await?;
        if self.at == 0 {
            let (organ, id) = (&self.founding.organ.code, &self.founding.id);
            device::set_pin(self.desk().await?, organ, id, PIN).await?;
        }
        Ok(())
    }

    async fn open(&self) -> Result<(), ActError> {
        let Founding { organ, id, name, kind } = self.founding;
        let address = organ.address.clone().unwrap_or_else(|| "演示地址 1 号一楼大厅".into());
        let phone = organ.phone.clone().unwrap_or_else(|| "0592-0000000".into());
        let town = organ.level == Level::Township;
        let said = zone::Said {
            name,
            kind,
            address: &format!("{address} 一楼"),
            way: "公交到站步行 3 分钟；门口有无障碍停车位",
            phone: &phone,
            hours: ("8:30-12:00 14:30-17:30", if town { "" } else { "9:00-12:00" }),
            services: "查阅政府公报、政策文件和办事指南\n协助填写信息公开申请\n打印、复印（10 页以内）\n给老年人、残疾人代填、朗读",
            keeper: &organ.short_name,
        };
        zone::open(self.desk().await?, organ, id, (said, true)).await
    }

    async fn furnish(&self) -> Result<(), ActError> {
        let Founding { organ, id, .. } = self.founding;
        let town = organ.level == Level::Township;
        for (kind, name, number, in_towns) in EQUIPMENT {
            if town && !in_towns {
                continue;
            }
            let new = equipment::Standing { kind: Some(kind), name, number: Some(number) };
            equipment::add(self.desk().await?, &organ.code, id, new).await?;
        }
        let phone = organ.phone.clone().unwrap_or_default();
        for duty in ["引导查询、代填申请", "咨询答复"] {
            let post = format!("{} 号窗口值守人员", if duty.starts_with('引') { 1 } else { 2 });
            staff::add(self.desk().await?, &organ.code, id, (&post, duty, &phone)).await?;
        }
        Ok(())
    }

    async fn lay_ready(&self) -> Result<(), ActError> {
        let Founding { organ, id, .. } = self.founding;
        for (title, unit, left, low, out) in MATERIALS {
            let new = material::Lying { title, unit, left: Some(left), low: Some(low) };
            material::add(self.desk().await?, &organ.code, id, new).await?;
            let lines =
                channels::store::MaterialLine::of(self.ledger.store(), std::slice::from_ref(id))
                    .await?;
            let Some(line) = lines.iter().find(|line| line.title == title) else { continue };
            let moved = (Movement::Out(out), "");
            material::moved(self.desk().await?, &organ.code, (id, &line.id), moved).await?;
        }
        Ok(())
    }

    async fn count(&self) -> Result<(), ActError> {
        let Founding { organ, id, .. } = self.founding;
        let today = self.ledger.clock().today();
        let calendar = self.ledger.calendar();
        let some = |day: i64, most: u32| {
            let turn = u32::try_from(day).unwrap_or_default() * 7
                + u32::try_from(self.at).unwrap_or_default() * 5;
            turn % most
        };
        for ago in (1..=DAYS).rev() {
            let Ok(day) = today.checked_sub(ago.days()) else { continue };
            if !calendar.is_working_day(day).is_ok_and(|known| known.value) {
                continue;
            }
            let numbers = [
                (Purpose::Inquiry, Some(8 + some(ago, 17))),
                (Purpose::Application, Some(some(ago, 3))),
                (Purpose::Consultation, Some(12 + some(ago, 23))),
            ];
            visit::count(self.desk().await?, &organ.code, (id, Some(day)), &numbers).await?;
        }
        Ok(())
    }
}

/// The data of the demo do not fit the program.
fn refused(error: ActError) -> Failure {
    let message = format!("演示专区没有登记上: {error}");
    Failure::new(Exit::Failure, message, "请重新取得程序").because(error)
}
