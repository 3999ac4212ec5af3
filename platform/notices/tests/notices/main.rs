//! 订阅和推送 over a real store, on both engines, with a real mail server and real receivers beside it.

mod feeds;
mod house;
mod kept;
mod leaving;
mod mail;
mod pages;
mod pushes;
mod receivers;
mod sent_twice;
mod telephones;
mod webhooks;
