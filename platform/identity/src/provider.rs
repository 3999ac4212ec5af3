//! 统一身份认证: OpenID Connect, authorization code with PKCE, state and nonce. The provider says who
//! somebody is; which account that is, and the second factor, stay with us.

use std::time::Duration;

use ledger::{Desk, Entry};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, reqwest,
};
use store::{FromQueryResult, Statements, StoreError};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::account::Account;
use crate::refusal::{Refusal, refused};
use crate::session::{BASIS, Session};

/// After so long the provider's keys are asked for anew.
const KEYS_HOLD: Duration = Duration::from_secs(600);

/// A provider that is slower than this is down.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is known of a provider from the start.
#[derive(Debug, Clone)]
pub struct ProviderSettings {
    /// What people call it.
    pub name: String,
    /// Its issuer, `https://sso.example`.
    pub issuer: String,
    /// Our name there.
    pub client: String,
    /// Our secret there.
    pub secret: String,
    /// The full address it sends people back to.
    pub back: String,
}

/// A provider of single sign-on.
pub struct Provider {
    settings: ProviderSettings,
    http: reqwest::Client,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// Why the provider did not say who it is.
#[derive(Debug, thiserror::Error)]
#[error("统一身份认证没有完成: {0}")]
pub struct ProviderError(String);

/// Where somebody is sent, and what the browser keeps until it comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The provider's address.
    pub address: String,
    /// State, nonce and verifier, joined; for a cookie that no script can read.
    pub kept: String,
}

/// Who somebody is to the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject(String);

impl Provider {
    /// A provider with these settings. Nothing is asked of it before somebody signs in.
    ///
    /// # Errors
    /// The settings are no addresses.
    pub fn new(settings: ProviderSettings) -> Result<Self, ProviderError> {
        IssuerUrl::new(settings.issuer.clone()).map_err(said)?;
        RedirectUrl::new(settings.back.clone()).map_err(said)?;
        // Following redirects would let an answer of the provider lead us anywhere.
        let http = reqwest::ClientBuilder::new()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(said)?;
        Ok(Self { settings, http, known: Mutex::new(None) })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    async fn metadata(&self) -> Result<CoreProviderMetadata, ProviderError> {
        let mut known = self.known.lock().await;
        if let Some((at, metadata)) = known.as_ref()
            && at.elapsed() < KEYS_HOLD
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(said)?;
        let metadata =
            CoreProviderMetadata::discover_async(issuer, &self.http).await.map_err(said)?;
        *known = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    /// Sends somebody to the provider.
    ///
    /// # Errors
    /// The provider does not answer.
    pub async fn depart(&self) -> Result<Departure, ProviderError> {
        let client = CoreClient::from_provider_metadata(
            self.metadata().await?,
            ClientId::new(self.settings.client.clone()),
            Some(ClientSecret::new(self.settings.secret.clone())),
        );
        let back = RedirectUrl::new(self.settings.back.clone()).map_err(said)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let client = client.set_redirect_uri(back);
        let request = client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let request = request.add_scope(Scope::new("openid".into()));
        let (address, state, nonce) = request.set_pkce_challenge(challenge).url();
        let kept = [state.secret().as_str(), nonce.secret(), verifier.secret()].join(".");
        Ok(Departure { address: address.to_string(), kept })
    }

    /// Whom the provider sent back: `state` and `code` from the address, `kept` from the browser.
    ///
    /// # Errors
    /// They do not belong together, or the provider's word does not hold up: signature, issuer, audience,
    /// nonce, time.
    pub async fn arrive(
        &self,
        kept: &str,
        state: &str,
        code: &str,
    ) -> Result<Subject, ProviderError> {
        let mut parts = kept.split('.');
        let mut part = || parts.next().filter(|part| !part.is_empty());
        let (Some(own), Some(nonce), Some(verifier)) = (part(), part(), part()) else {
            return Err(ProviderError("没有从这里开始".into()));
        };
        if own != state {
            return Err(ProviderError("返回的状态不是这里发出的".into()));
        }
        let client = CoreClient::from_provider_metadata(
            self.metadata().await?,
            ClientId::new(self.settings.client.clone()),
            Some(ClientSecret::new(self.settings.secret.clone())),
        );
        let client =
            client.set_redirect_uri(RedirectUrl::new(self.settings.back.clone()).map_err(said)?);
        let exchange =
            client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(said)?;
        let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        let answer = exchange.request_async(&self.http).await.map_err(said)?;
        let token = answer.id_token().ok_or_else(|| ProviderError("没有身份令牌".into()))?;
        let nonce = Nonce::new(nonce.to_owned());
        let claims = token.claims(&client.id_token_verifier(), &nonce).map_err(said)?;
        Ok(Subject(format!("{}\n{}", claims.issuer().as_str(), claims.subject().as_str())))
    }
}

fn said(error: impl std::fmt::Display) -> ProviderError {
    ProviderError(error.to_string())
}

#[derive(FromQueryResult)]
struct Linked {
    account: String,
}

impl Subject {
    /// The account that is linked to it.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn account(&self, from: &impl Statements) -> Result<Option<Account>, StoreError> {
        let sql = "SELECT account FROM account_subject WHERE id = $1";
        let row: Option<Linked> = from.one(sql, vec![self.0.clone().into()]).await?;
        match row {
            Some(row) => Account::find(from, &row.account).await,
            None => Ok(None),
        }
    }

    /// 绑定: from now on the provider may vouch for the session's account.
    ///
    /// # Errors
    /// It is linked to another account, or the database refuses.
    pub async fn link(&self, mut desk: Desk, session: &Session) -> Result<(), Refusal> {
        match self.account(desk.change()).await? {
            Some(account) if account.id == session.account => return Ok(()),
            Some(_) => {
                return refused("这个统一身份已经绑定了另一个账号。改法: 请联系安全管理员。");
            }
            None => {}
        }
        let row = vec![self.0.clone().into(), session.account.clone().into()];
        desk.change().insert("account_subject", &["id", "account"], vec![row]).await?;
        let entry = Entry {
            room: "identity",
            act: "subject",
            subject: session.person.clone(),
            organ: String::new(),
            basis: BASIS.into(),
            facts: serde_json::json!({ "account": session.account }),
        };
        desk.record(entry).await?;
        Ok(desk.seal().await?)
    }
}
