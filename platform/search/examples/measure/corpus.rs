//! A made-up city's documents: titles, numbers and texts put together from the field's words, the
//! frequent ones frequent and many rare ones, so that postings have the lengths of real ones.

use search::SearchDocument;

const DOMAINS: [(&str, &str); 14] = [
    (
        "城乡规划",
        "规划许可 用地红线 建筑面积 容积率 选址意见 控制性详细规划 竣工核实 城市更新 村庄规划 规划条件",
    ),
    (
        "重大建设项目",
        "可行性研究 初步设计 施工许可 招标投标 环境影响评价 质量监督 竣工验收 征地拆迁 重点项目 开工建设",
    ),
    (
        "财政预决算",
        "一般公共预算 政府性基金 三公经费 转移支付 预算绩效 国有资本经营 决算草案 专项资金 债务限额 收支情况",
    ),
    (
        "安全生产",
        "隐患排查 安全许可 应急预案 事故调查 危险化学品 消防安全 行政处罚 矿山安全 专项整治 责任追究",
    ),
    (
        "税收管理",
        "纳税人 减免税 税务登记 纳税信用 发票管理 增值税 非正常户 欠税公告 核定征收 涉税事项",
    ),
    (
        "征地补偿",
        "补偿安置 征收土地 青苗补偿 被征地农民 社会保障费用 土地现状调查 听证告知 征收公告 安置房 地上附着物",
    ),
    (
        "社会救助",
        "最低生活保障 特困人员 临时救助 救助标准 家庭经济状况 低保对象 困难群众 救助金 动态管理 医疗救助",
    ),
    (
        "养老服务",
        "养老机构 居家养老 高龄津贴 护理补贴 社区食堂 适老化改造 床位补贴 老年人能力评估 长者食堂 医养结合",
    ),
    (
        "义务教育",
        "招生范围 学区划分 入学条件 随迁子女 学籍管理 教师资格 课后服务 学位预警 民办学校 积分入学",
    ),
    (
        "卫生健康",
        "医疗机构 执业登记 传染病防治 预防接种 公共卫生 家庭医生 医师资格 卫生许可 职业病 母婴保健",
    ),
    (
        "生态环境",
        "排污许可 环境监测 空气质量 污水处理 固体废物 辐射安全 突发环境事件 生态修复 水源保护 噪声污染",
    ),
    (
        "就业",
        "就业援助 职业培训 失业登记 创业补贴 招聘活动 技能鉴定 劳动关系 公益性岗位 见习基地 就业困难人员",
    ),
    (
        "食品药品监管",
        "食品经营许可 抽样检验 不合格产品 药品经营 风险防控 小作坊 餐饮服务 召回公告 监督检查 投诉举报",
    ),
    (
        "公共法律服务",
        "法律援助 人民调解 公证服务 司法鉴定 律师事务所 法治宣传 社区矫正 行政复议 仲裁委员会 普法活动",
    ),
];
const GENERAL: &str = "公开 信息 政府 工作 办理 申请 管理 服务 单位 部门 规定 要求 进行 有关 情况 通知 实施 负责 人员 按照 组织 标准 相关 加强 建设 项目 提供 材料 审批 时间 机构 公示 群众 企业 发展 监督 条件 机关 落实 推进 依法 及时 内容 事项 制度 问题 检查 完善 社会 保障 区域 街道 村民 社区 政务 目录 平台 网站 栏目 受理 答复 期限 公告 评估 责任 领域 基层 流程 咨询 电话 地址 窗口 证明 登记 备案 结果 意见 建议 反馈 年度 报告 统计 数据 共享 整改 考核 培训 宣传 解读 政策 文件 印发 废止 修订 有效 试点 创新 优化 营商 环境 便民 惠企 补贴 资金 预算 采购 合同 验收 档案 保密 审查 程序 会议 决定 批准";
const PLACES: &str = "思明区 湖里区 集美区 海沧区 同安区 翔安区";
const PLACE_CODES: [u32; 6] = [350203, 350206, 350211, 350205, 350212, 350213];
const ORGANS: &str = "人民政府办公室 民政局 教育局 财政局 自然资源和规划局 住房和建设局 卫生健康局 应急管理局 市场监督管理局 人力资源和社会保障局 生态环境局 司法局 农业农村局 文化和旅游局 数据管理局 税务局 城市管理局 退役军人事务局";
const ACTS: &str =
    "关于印发 关于做好 关于进一步规范 关于开展 关于公布 关于调整 关于加强 关于全面推进";
const FORMS: &str = "工作的通知 的公告 实施方案 管理办法 的公示 工作的意见 工作情况的报告 目录清单 办事指南 征求意见的函";
const STEMS: &str = "鼓浪 莲前 嘉莲 筼筜 梧村 滨海 开元 厦港 禾山 江头 殿前 金山 湖里 杏林 侨英 后溪 灌口 新阳 嵩屿 海沧 东孚 大同 祥平 西柯 洪塘 五显 汀溪 莲花 新店 马巷 内厝 新圩 大嶝 金海 凤翔 曾厝 前埔 洪文 何厝 岭兜 塔埔 西林 浦南 文灶 东坪 钟宅 高林 五缘 枋湖 后埔 乌石 埭头 寨上 高崎 兑山 孙厝 珩山 锦园 官浔 澳头";
const ENDS: &str =
    "社区 村 街道 小学 路 公园 片区 花园 大厦 水库 码头 中学 工业园 幼儿园 医院 市场";
const RARE: &str = "磷铵榫檩渠闸桩筏阀蓄滤淤疏浚埠岬屿礁滩涂螺蚝蛏鲍藻茭芋荔枇杷榕樟楠桉茶菌菇禽雏疫苗蚜螨秸秆堆肥窖沼釉窑瓦椽斗拱藻井碑匾祠庙墩台烽燧驿铺圩墟埔坂坑尾垵厝围垄畲寨堡";
const VERBS: &str = "应当 可以 不得 负责 组织 协调 督促 指导 提交 核实 公布 抽查 登记 补正 送达 完成 汇总 报送 牵头 配合";

/// Numbers that look random and are the same every time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % (sides.max(1) as u64)).unwrap_or(0)
    }

    /// One of these, the earlier ones far more often.
    pub fn early<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let part = self.below(1000) as f64 / 1000.0;
        words[((words.len() as f64) * part * part * part) as usize]
    }

    pub fn any<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// The corpus: every document can be made again from its place in it.
pub struct Corpus {
    count: u32,
    general: Vec<&'static str>,
    domains: Vec<(&'static str, Vec<&'static str>)>,
    places: Vec<&'static str>,
    organs: Vec<&'static str>,
    acts: Vec<&'static str>,
    forms: Vec<&'static str>,
    stems: Vec<&'static str>,
    ends: Vec<&'static str>,
    verbs: Vec<&'static str>,
    rare: Vec<char>,
}

fn list(text: &'static str) -> Vec<&'static str> {
    text.split(' ').collect()
}

impl Corpus {
    pub fn new(count: u32) -> Self {
        Self {
            count,
            general: list(GENERAL),
            domains: DOMAINS.iter().map(|(name, words)| (*name, list(words))).collect(),
            places: list(PLACES),
            organs: list(ORGANS),
            acts: list(ACTS),
            forms: list(FORMS),
            stems: list(STEMS),
            ends: list(ENDS),
            verbs: list(VERBS),
            rare: RARE.chars().collect(),
        }
    }

    pub fn len(&self) -> u32 {
        self.count
    }

    pub fn documents(&self) -> impl Iterator<Item = SearchDocument> + '_ {
        (0..self.count).map(|at| self.document(at))
    }

    pub fn document(&self, at: u32) -> SearchDocument {
        let mut dice = Dice::new(u64::from(at) + 1);
        let (domain, terms) = &self.domains[dice.below(self.domains.len())];
        let place = dice.below(self.places.len());
        let organ = format!("厦门市{}{}", self.places[place], dice.any(&self.organs));
        let year = 2008 + dice.below(19);
        let title = self.title(&mut dice, &organ, terms, year);
        let body = self.body(&mut dice, &organ, terms);
        let kind = ["文件", "文件", "事项", "栏目", "村居"][dice.below(5)];
        let number = (kind == "文件").then(|| {
            let initial = self.places[place].chars().next().unwrap_or('厦');
            format!("厦{initial}政〔{year}〕{}号", 1 + dice.below(300))
        });
        let town = dice.below(12) * 1000;
        SearchDocument {
            id: format!("record:{at}"),
            room: "records".to_owned(),
            kind: kind.to_owned(),
            title,
            number,
            body,
            url: format!("/wenjian/{at}"),
            division: format!("{}{town:06}", PLACE_CODES[place]),
            organ_name: organ,
            domain: Some((*domain).to_owned()),
            year: i16::try_from(year).ok(),
            date: Some(format!("{year}-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28))),
            validity: Some(["有效", "有效", "失效", "废止"][dice.below(4)].to_owned()),
            ..Default::default()
        }
    }

    fn title(&self, dice: &mut Dice, organ: &str, terms: &[&str], year: usize) -> String {
        let (term, form, act) = (dice.any(terms), dice.any(&self.forms), dice.any(&self.acts));
        match dice.below(3) {
            0 => format!("{organ}{act}{term}{form}"),
            1 => format!("{}{year}年{term}{form}", self.spot(dice)),
            _ => format!("{organ}{act}{year}年度{}{term}{form}", self.spot(dice)),
        }
    }

    /// A place of its own: 鼓浪社区, 莲前水库.
    fn spot(&self, dice: &mut Dice) -> String {
        let mut spot = dice.any(&self.stems).to_owned();
        if dice.below(3) == 0 {
            spot.push(self.rare[dice.below(self.rare.len())]);
        }
        spot + dice.any(&self.ends)
    }

    fn body(&self, dice: &mut Dice, organ: &str, terms: &[&str]) -> String {
        let length = 600 + dice.below(1000);
        let mut body = format!("{organ}：");
        let mut written = body.chars().count();
        while written < length {
            let sentence = self.sentence(dice, terms);
            written += sentence.chars().count();
            body.push_str(&sentence);
        }
        body
    }

    fn sentence(&self, dice: &mut Dice, terms: &[&str]) -> String {
        let mut sentence = String::new();
        for _ in 0..3 + dice.below(6) {
            match dice.below(12) {
                0 | 1 => sentence.push_str(dice.early(terms)),
                2 => sentence.push_str(dice.any(&self.verbs)),
                3 => sentence.push_str(&self.spot(dice)),
                4 => {
                    sentence.push(self.rare[dice.below(self.rare.len())]);
                    sentence.push(self.rare[dice.below(self.rare.len())]);
                }
                5 => sentence.push_str(&dice.below(3000).to_string()),
                6 if dice.below(6) == 0 => {
                    let other = dice.below(self.domains.len());
                    sentence.push_str(dice.early(&self.domains[other].1));
                }
                _ => sentence.push_str(dice.early(&self.general)),
            }
        }
        sentence.push(['，', '。', '；', '，'][dice.below(4)]);
        sentence
    }
}
