//! `/mulu/quanze.jsonld`: the public services of the organs' lists in CPSV-AP 3.2, as far as the lists tell.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use catalogue_rules::power::PowerList;
use serde_json::{Value, json};
use web::{Fault, Site, Visit};

use crate::store::powers::Power;

/// So many services are given at once; a city's lists have some hundreds.
const MOST: usize = 5000;

/// Gives the services.
pub async fn show(visit: Visit) -> Result<Response, Fault> {
    let site = &visit.site;
    let range = (site.range.0.as_str(), site.range.1.as_str());
    let services = Some(PowerList::Services);
    let found = Power::within(visit.house.store(), range, services, "", MOST).await?;
    let text = told(site, &found).to_string();
    let kind = HeaderValue::from_static("application/ld+json; charset=utf-8");
    let mut response = ([(header::CONTENT_TYPE, kind)], text).into_response();
    let open = HeaderValue::from_static("*");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, open);
    Ok(response)
}

fn told(site: &Site, found: &[(Power, String)]) -> Value {
    let organs: BTreeMap<&str, &str> =
        found.iter().map(|(power, organ)| (power.organ.as_str(), organ.as_str())).collect();
    let organs = organs.into_iter().map(|(code, name)| organ(site, code, name));
    let services = found.iter().map(|(power, organ)| service(site, power, organ));
    json!({
        "@context": {
            "cpsv": "http://purl.org/vocab/cpsv#",
            "cv": "http://data.europa.eu/m8g/",
            "dct": "http://purl.org/dc/terms/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
        },
        "@graph": organs.chain(services).collect::<Vec<_>>(),
    })
}

fn words(text: &str) -> Value {
    json!({ "@language": "zh-CN", "@value": text })
}

fn organ_at(site: &Site, code: &str) -> Value {
    json!({ "@id": site.frame.address(&format!("/gongkai/jigou/{code}#jigou")) })
}

fn organ(site: &Site, code: &str, name: &str) -> Value {
    let mut told = organ_at(site, code);
    told["@type"] = json!("cv:PublicOrganisation");
    told["dct:identifier"] = json!(code);
    told["skos:prefLabel"] = words(name);
    told["dct:spatial"] = json!({
        "@type": "dct:Location",
        // The division's code (GB/T 2260).
        "dct:identifier": site.division.get(..6).unwrap_or(&site.division),
        "skos:prefLabel": words(&site.place),
    });
    told
}

fn service(site: &Site, power: &Power, organ: &str) -> Value {
    let basis = power.basis.as_ref().map(|basis| format!("，设定依据：{basis}"));
    let about = format!("{organ}的{}{}", power.name, basis.unwrap_or_default());
    json!({
        "@id": site.frame.address(&format!("/mulu/quanze#{}", power.id)),
        "@type": "cpsv:PublicService",
        "dct:identifier": power.code.as_ref().unwrap_or(&power.id),
        "dct:title": words(&power.name),
        "dct:description": words(&about),
        "dct:language": { "@id": "http://publications.europa.eu/resource/authority/language/ZHO" },
        "cv:hasCompetentAuthority": organ_at(site, &power.organ),
    })
}
