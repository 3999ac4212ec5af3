//! How what is followed reaches people: the operator's settings, from the command line and the environment.

use std::path::PathBuf;

use notices::{MailSettings, Settings, SmsSettings, Ways, WechatSettings};

use crate::failure::{Exit, Failure};

/// How mail, text messages, WeChat and programs are told. What is not named is not offered.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct NoticeOptions {
    /// 门户对外的网址, 例如 https://www.example.gov.cn; 站点没有登记网址的, 邮件里的链接用它
    #[arg(long = "portal", value_name = "网址", env = "GONGKAI_PORTAL")]
    portal: Option<String>,
    /// 邮件服务器: smtp://主机:587 (STARTTLS), smtps://主机:465, 本机的可以写 smtp+plain://127.0.0.1:25;
    /// 不写就不提供邮件订阅
    #[arg(long = "smtp", value_name = "网址", env = "GONGKAI_SMTP", requires = "mail_from")]
    smtp: Option<String>,
    /// 发件人: 一个邮箱, 例如 gongkai@example.gov.cn; 要带名称的, 邮箱放在尖括号里, 名称写在前面
    #[arg(long = "mail-from", value_name = "发件人", env = "GONGKAI_MAIL_FROM")]
    mail_from: Option<String>,
    /// 邮件服务器的用户名
    #[arg(long = "smtp-user", value_name = "用户名", env = "GONGKAI_SMTP_USER")]
    smtp_user: Option<String>,
    /// 邮件服务器的口令; 最好只用环境变量给出
    #[arg(long = "smtp-password", value_name = "口令", env = "GONGKAI_SMTP_PASSWORD")]
    #[arg(hide_env_values = true)]
    smtp_password: Option<String>,
    /// 邮件服务器用自己的证书机构的, 它的证书文件(PEM)
    #[arg(long = "smtp-ca", value_name = "文件", env = "GONGKAI_SMTP_CA")]
    smtp_ca: Option<PathBuf>,
    /// 提供程序接口订阅(webhook)
    #[arg(long = "webhooks", env = "GONGKAI_WEBHOOKS")]
    webhooks: bool,
    /// 允许向内部网络的这些主机推送, 逗号隔开; 不写的只向公网地址推送
    #[arg(long = "webhook-inside", value_name = "主机", env = "GONGKAI_WEBHOOK_INSIDE")]
    #[arg(value_delimiter = ',')]
    inside: Vec<String>,
    #[command(flatten)]
    sms: SmsOptions,
    #[command(flatten)]
    wechat: WechatOptions,
}

#[derive(Debug, Clone, Default, clap::Args)]
struct SmsOptions {
    /// 短信平台(腾讯云短信 SendSms)的网址, 例如 https://sms.tencentcloudapi.com
    #[arg(long = "sms-gateway", value_name = "网址", env = "GONGKAI_SMS_GATEWAY")]
    #[arg(requires_all = ["sms_id", "sms_key", "sms_app", "sms_sign", "sms_code", "sms_news"])]
    sms_gateway: Option<String>,
    /// SecretId
    #[arg(long = "sms-id", value_name = "编号", env = "GONGKAI_SMS_ID")]
    sms_id: Option<String>,
    /// SecretKey; 最好只用环境变量给出
    #[arg(long = "sms-key", value_name = "密钥", env = "GONGKAI_SMS_KEY", hide_env_values = true)]
    sms_key: Option<String>,
    /// SmsSdkAppId
    #[arg(long = "sms-app", value_name = "编号", env = "GONGKAI_SMS_APP")]
    sms_app: Option<String>,
    /// 短信签名
    #[arg(long = "sms-sign", value_name = "签名", env = "GONGKAI_SMS_SIGN")]
    sms_sign: Option<String>,
    /// 验证码的模板编号(一个参数)
    #[arg(long = "sms-code", value_name = "模板", env = "GONGKAI_SMS_CODE")]
    sms_code: Option<String>,
    /// 通知的模板编号(两个参数: 条数、第一条的标题)
    #[arg(long = "sms-news", value_name = "模板", env = "GONGKAI_SMS_NEWS")]
    sms_news: Option<String>,
}

#[derive(Debug, Clone, Default, clap::Args)]
struct WechatOptions {
    /// 微信公众号的 appid
    #[arg(long = "wechat-app", value_name = "编号", env = "GONGKAI_WECHAT_APP")]
    #[arg(requires_all = ["wechat_secret", "wechat_template"])]
    wechat_app: Option<String>,
    /// 微信公众号的 appsecret; 最好只用环境变量给出
    #[arg(long = "wechat-secret", value_name = "密钥", env = "GONGKAI_WECHAT_SECRET")]
    #[arg(hide_env_values = true)]
    wechat_secret: Option<String>,
    /// 模板消息的模板编号
    #[arg(long = "wechat-template", value_name = "模板", env = "GONGKAI_WECHAT_TEMPLATE")]
    wechat_template: Option<String>,
    /// 微信接口的网址
    #[arg(long = "wechat-gateway", value_name = "网址", env = "GONGKAI_WECHAT_GATEWAY")]
    #[arg(default_value = "https://api.weixin.qq.com")]
    wechat_gateway: String,
}

impl NoticeOptions {
    /// Opens what is named.
    ///
    /// # Errors
    /// Something that is named cannot be used.
    pub fn open(self) -> Result<Ways, Failure> {
        let mail = self.smtp.map(|server| MailSettings {
            server,
            user: self.smtp_user,
            password: self.smtp_password,
            authority: self.smtp_ca,
            from: self.mail_from.unwrap_or_default(),
        });
        let settings = Settings {
            origin: self.portal,
            mail,
            webhooks: self.webhooks,
            inside: self.inside,
            sms: self.sms.settings(),
            wechat: self.wechat.settings(),
        };
        Ways::open(settings).map_err(|bad| {
            let remedy = format!("核对 {}, 说明见 docs/notices.md", bad.setting);
            Failure::new(Exit::Usage, bad.to_string(), remedy)
        })
    }
}

impl SmsOptions {
    fn settings(self) -> Option<SmsSettings> {
        Some(SmsSettings {
            gateway: self.sms_gateway?,
            id: self.sms_id.unwrap_or_default(),
            key: self.sms_key.unwrap_or_default(),
            app: self.sms_app.unwrap_or_default(),
            sign: self.sms_sign.unwrap_or_default(),
            code_template: self.sms_code.unwrap_or_default(),
            news_template: self.sms_news.unwrap_or_default(),
        })
    }
}

impl WechatOptions {
    fn settings(self) -> Option<WechatSettings> {
        Some(WechatSettings {
            app: self.wechat_app?,
            secret: self.wechat_secret.unwrap_or_default(),
            template: self.wechat_template.unwrap_or_default(),
            gateway: self.wechat_gateway,
        })
    }
}
