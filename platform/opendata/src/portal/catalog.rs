//! `/shuju/catalog.jsonld`: the sets of data as a catalogue in DCAT 3.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use web::api::Dataset;
use web::{Fault, Site, Visit};

use crate::LICENCE;
use crate::bulk::{Edition, Form};

/// How often a set is written anew, in the words of the EU's list that DCAT catalogues share.
const DAILY: &str = "http://publications.europa.eu/resource/authority/frequency/DAILY";

/// Chinese, in the same authority's list of languages.
const CHINESE: &str = "http://publications.europa.eu/resource/authority/language/ZHO";

/// Gives the catalogue.
pub async fn show(visit: Visit) -> Result<Response, Fault> {
    let mut sets = Vec::new();
    for set in visit.house.datasets() {
        let edition = Edition::current(&visit.house, set).await;
        sets.push(dataset(&visit.site, set, edition.as_ref()));
    }
    let text = catalog(&visit.site, sets).to_string();
    let kind = HeaderValue::from_static("application/ld+json; charset=utf-8");
    let mut response = ([(header::CONTENT_TYPE, kind)], text).into_response();
    let open = HeaderValue::from_static("*");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, open);
    Ok(response)
}

fn context() -> Value {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "spdx": "http://spdx.org/rdf/terms#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

fn catalog(site: &Site, sets: Vec<Value>) -> Value {
    let at = |path: &str| site.frame.address(path);
    let ids: Vec<Value> = sets.iter().map(|set| json!({ "@id": set["@id"] })).collect();
    json!({
        "@context": context(),
        "@id": at("/shuju/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": words(&format!("{} 开放数据", site.frame.name)),
        "dct:description": words("公开的政府信息、标准目录、机构、村居、年度报告和公开日志"),
        "dct:language": { "@id": CHINESE },
        "dct:publisher": publisher(site),
        "dct:license": { "@id": at("/shuju#xuke") },
        "foaf:homepage": { "@id": at("/shuju") },
        "dcat:service": {
            "@id": at("/api"),
            "@type": "dcat:DataService",
            "dct:title": words("程序接口"),
            "dct:license": { "@id": at("/shuju#xuke") },
            "dcat:endpointURL": { "@id": at("/api/v1") },
            "dcat:endpointDescription": { "@id": at("/api/v1/openapi.json") },
            "dcat:servesDataset": ids,
        },
        "dcat:dataset": sets,
    })
}

fn words(text: &str) -> Value {
    json!({ "@language": "zh-CN", "@value": text })
}

fn publisher(site: &Site) -> Value {
    json!({
        "@id": site.frame.address("/#jigou"),
        "@type": "foaf:Organization",
        "foaf:name": site.frame.host_unit,
    })
}

fn dataset(site: &Site, set: &Dataset, edition: Option<&Edition>) -> Value {
    let at = |path: &str| site.frame.address(path);
    let own = at(&format!("/shuju/{}", set.slug));
    let mut told = json!({
        "@id": own,
        "@type": "dcat:Dataset",
        "dct:identifier": set.slug,
        "dct:title": words(set.title),
        "dct:description": words(set.about),
        "dct:language": { "@id": CHINESE },
        "dct:publisher": publisher(site),
        "dct:spatial": { "@type": "dct:Location", "skos:prefLabel": words(&site.place) },
        "dct:accrualPeriodicity": { "@id": DAILY },
        "dct:license": { "@id": at("/shuju#xuke") },
        "dct:rights": { "@type": "dct:RightsStatement", "skos:prefLabel": words(LICENCE) },
        "dcat:keyword": set.keywords.iter().map(|word| words(word)).collect::<Vec<_>>(),
        "dcat:landingPage": { "@id": own },
        "dcat:contactPoint": contact(site),
    });
    if let Some(edition) = edition {
        told["dct:modified"] = json!({ "@type": "xsd:dateTime", "@value": edition.at });
        let one = |form: Form| distribution(site, set, edition, form);
        told["dcat:distribution"] = Form::ALL.into_iter().filter_map(one).collect();
    }
    told
}

fn contact(site: &Site) -> Value {
    let contact = &site.frame.contact;
    let mut told = json!({ "@type": "vcard:Organization", "vcard:fn": contact.office });
    // Of several numbers the first: an address holds one, and no blanks.
    let first =
        contact.phone.as_deref().and_then(|phone| phone.split(['、', '，', ',', ' ']).next());
    if let Some(phone) = first.filter(|phone| !phone.is_empty()) {
        told["vcard:hasTelephone"] = json!({ "@id": format!("tel:{phone}") });
    }
    told
}

fn distribution(site: &Site, set: &Dataset, edition: &Edition, form: Form) -> Option<Value> {
    let file = edition.file(form)?;
    let address = format!("/shuju/{}/{}.{}", set.slug, set.slug, form.ending());
    let address = site.frame.address(&address);
    let media = format!("https://www.iana.org/assignments/media-types/{}", form.media_type());
    Some(json!({
        "@id": format!("{address}#fenfa"),
        "@type": "dcat:Distribution",
        "dct:title": words(&format!("{}（{}）", set.title, form.name())),
        "dct:format": { "@type": "dct:MediaTypeOrExtent", "skos:prefLabel": form.name() },
        "dct:license": { "@id": site.frame.address("/shuju#xuke") },
        "dct:modified": { "@type": "xsd:dateTime", "@value": edition.at },
        "dcat:accessURL": { "@id": site.frame.address(&format!("/shuju/{}", set.slug)) },
        "dcat:downloadURL": { "@id": address },
        "dcat:mediaType": { "@id": media },
        "dcat:byteSize": { "@type": "xsd:nonNegativeInteger", "@value": file.bytes.to_string() },
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
            "spdx:checksumValue": { "@type": "xsd:hexBinary", "@value": file.sha256 },
        },
    }))
}
