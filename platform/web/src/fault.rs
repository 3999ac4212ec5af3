//! Why a page cannot be given, in two voices: one for the visitor, one for the log.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use search::SearchError;
use store::StoreError;

use crate::TooFast;
use crate::components::FieldError;

/// A refusal. Handlers return it; the door turns it into a page in the visitor's mode.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is no such page. The words are what the visitor may have been looking for.
    #[error("没有找到这一页")]
    NotFound,
    /// It was here and has been taken down, or moved.
    #[error("{}", if instead.is_some() { "这条信息已移至新的地址" } else { "这条信息已撤下" })]
    Gone {
        /// When, by whom and why, for the visitor.
        notice: String,
        /// Where to look instead, an address below the site.
        instead: Option<String>,
    },
    /// What was asked makes no sense; the sentence says what to do.
    #[error("{0}")]
    BadInput(String),
    /// Parameters of a call are not as they must be; each sentence says what to write.
    #[error("有 {} 个参数不对", .0.len())]
    Parameters(Vec<FieldError>),
    /// What was sent is larger than is taken; nothing of it was kept. The sentence says what to do.
    #[error("{0}")]
    TooLarge(String),
    /// Fields of a form are not as they must be; each sentence says what to do.
    #[error("有 {} 处需要修改", .0.len())]
    Fields(Vec<FieldError>),
    /// The address exists, but not for this verb.
    #[error("这个地址不接受这种请求")]
    WrongMethod,
    /// Whoever asks may not do this; the sentence says why and what to do.
    #[error("{0}")]
    Forbidden(String),
    /// The clerk's post does not include this act; the paragraphs say why and who may do it.
    #[error("现在的身份没有这项权限")]
    NoPower(Vec<String>),
    /// The act asks for the second factor again, and it was given too long ago: the guard leads to where it
    /// is given, and back to the form as it was filled in.
    #[error("这一步要再验证一次身份")]
    StaleFactor,
    /// It cannot be done as things stand; the sentence says why and what to do.
    #[error("{0}")]
    Refused(String),
    /// This address asks too fast: after how many seconds it may again.
    #[error("提交得太快，这一次没有收下。请过 {} 秒再提交。", .0.seconds)]
    TooFast(TooFast),
    /// It cannot be done at the moment and may go well later.
    #[error("系统维护中")]
    Unavailable,
    /// Something failed inside.
    #[error("页面没有生成出来")]
    Inside(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Fault {
    /// Something failed inside; the visitor is told a number, the log everything.
    pub fn inside(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Inside(error.into())
    }

    /// One field of a form is not as it must be; the sentence says what to do.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Fields(vec![FieldError { field: field.into(), message: message.into() }])
    }

    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone { .. } => StatusCode::GONE,
            Self::BadInput(_) | Self::Parameters(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Fields(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Refused(_) => StatusCode::CONFLICT,
            Self::Forbidden(_) | Self::NoPower(_) | Self::StaleFactor => StatusCode::FORBIDDEN,
            Self::TooFast(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Inside(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::inside(error)
    }
}

impl From<SearchError> for Fault {
    fn from(error: SearchError) -> Self {
        Self::inside(error)
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::inside(error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.to_string()).into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}
