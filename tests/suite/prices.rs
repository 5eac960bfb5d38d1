//! A price is one text wherever it stands: every combination of its fields, in every language, in every place.

#![allow(clippy::disallowed_methods, reason = "tests look at files")]

use anteroom::pipeline::{self, Cache};
use anteroom::source::Sources;
use rayon::prelude::*;
use scraper::{Html, Selector};

use crate::support::{LANGUAGES, PRACTICE, build, lines, options, page, site};

/// Fields of a price, and what is read of them in each language.
const AMOUNTS: &[(&str, [&str; 8])] = &[
    (
        "amount: 1110",
        ["$1,110", "1.110 $", "1.110 $", "1,110 $", "1\u{202f}110 $", "1.110 $", "$ 1.110", "1\u{a0}110 $"],
    ),
    ("amount: 92.5", ["$92.50", "92,50 $", "92,50 $", "92.50 $", "92,50 $", "92,50 $", "$ 92,50", "92,50 $"]),
    (
        "from: 80",
        [
            "from $80",
            "ab 80 $",
            "desde 80 $",
            "ابتداءً من 80 $",
            "à partir de 80 $",
            "da 80 $",
            "vanaf $ 80",
            "a partir de 80 $",
        ],
    ),
    (
        "to: 120",
        [
            "up to $120",
            "bis 120 $",
            "hasta 120 $",
            "حتى 120 $",
            "jusqu’à 120 $",
            "fino a 120 $",
            "tot $ 120",
            "até 120 $",
        ],
    ),
    (
        "from: 80, to: 120",
        ["$80–120", "80–120 $", "80-120 $", "80–120 $", "80–120 $", "80-120 $", "$ 80-120", "80\u{a0}-\u{a0}120 $"],
    ),
    (
        "from: 120, to: 80",
        ["$80–120", "80–120 $", "80-120 $", "80–120 $", "80–120 $", "80-120 $", "$ 80-120", "80\u{a0}-\u{a0}120 $"],
    ),
    ("from: 80, to: 80", ["$80", "80 $", "80 $", "80 $", "80 $", "80 $", "$ 80", "80 $"]),
];
const FREE: [&str; 8] = ["Free", "Kostenlos", "Gratis", "مجانًا", "Gratuit", "Gratis", "Gratis", "Grátis"];
const LESS: [&str; 8] = [
    "Sliding scale",
    "Ermäßigung nach Absprache",
    "Tarifa reducida a convenir",
    "أسعار مخفّضة بالاتفاق",
    "Tarif réduit sur demande",
    "Tariffa agevolata su richiesta",
    "Lager tarief in overleg",
    "Preço reduzido a combinar",
];
const OR_LESS: [&str; 8] = [
    ", sliding scale available",
    ", Ermäßigung nach Absprache",
    ", o tarifa reducida a convenir",
    "، مع إمكانية التخفيض بالاتفاق",
    ", tarif réduit sur demande",
    ", tariffa agevolata su richiesta",
    ", lager tarief in overleg",
    ", ou preço reduzido a combinar",
];
/// What it pays for, in each language.
const PER: [(&str, &str); 8] = [
    ("hour", "an hour"),
    ("Stunde", "pro Stunde"),
    ("hora", "por hora"),
    ("ساعة", "لكل ساعة"),
    ("heure", "par heure"),
    ("seduta", "a seduta"),
    ("uur", "per uur"),
    ("hora", "por hora"),
];

/// Every combination of fields with what is read of it; none where nothing is.
fn combinations(language: usize) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    for amount in AMOUNTS.iter().map(Some).chain([None]) {
        for per in [false, true] {
            for sliding in [false, true] {
                for free in [false, true] {
                    for euros in [false, true] {
                        let mut fields: Vec<String> = amount.iter().map(|(fields, _)| fields.to_string()).collect();
                        if per {
                            fields.push(format!("per: {}", PER[language].0));
                        }
                        if sliding {
                            fields.push("sliding_scale: true".into());
                        }
                        if free {
                            fields.push("free: true".into());
                        }
                        if euros {
                            fields.push("currency: EUR".into());
                        }
                        let mut read = amount.map(|(_, read)| read[language].to_string());
                        if euros {
                            read = read.map(|read| read.replace('$', "€"));
                        }
                        if per {
                            read = read.map(|read| format!("{read} {}", PER[language].1));
                        }
                        read = match (read, sliding) {
                            (Some(read), true) => Some(read + OR_LESS[language]),
                            (None, true) => Some(LESS[language].to_string()),
                            (read, false) => read,
                        };
                        if free {
                            read = Some(FREE[language].to_string());
                        }
                        all.push((format!("{{ {} }}", fields.join(", ")), read));
                    }
                }
            }
        }
    }
    all.retain(|(fields, _)| fields != "{  }");
    all
}

fn of(language: &str, price: &str, duration: bool) -> Sources {
    let length = if duration { "duration_min: 50\n" } else { "" };
    let service = format!(
        "---\ntitle: Talk\nsummary: S.\nkind: coaching\n{length}price: {price}\nformats: [video]\npractitioners: [ana]\n---\nText.\n"
    );
    let ana = format!("---\nname: Ana Lopez\nfees: {price}\n---\nText.\n");
    let home = "---\ntitle: Home\nsections: [{ type: services }, { type: practitioners }]\n---\n";
    let mut sources = site(&[
        ("content/services/talk.md", service.as_str()),
        ("content/practitioners/ana.md", ana.as_str()),
        ("content/index.md", home),
        ("content/costs.md", "---\ntitle: Costs\n---\n::: fees\n:::\n"),
    ]);
    sources.insert_text("content/practice.yaml", PRACTICE.replace("language: en", &format!("language: {language}")));
    sources
}

/// Where a price is shown: the page, the place on it, and how many there are.
const PLACES: &[(&str, &str, usize)] = &[
    ("index.html", "main .services .price", 1),
    ("index.html", "main .person .fee", 1),
    ("services/index.html", "main .services .price", 1),
    ("services/talk/index.html", "main .facts dd", 1),
    ("services/talk/index.html", "main .person .fee", 1),
    ("practitioners/index.html", "main .person .fee", 1),
    ("practitioners/ana/index.html", "main .facts dd", 1),
    ("fees/index.html", "main table.fees tbody td:last-child", 2),
    ("costs/index.html", "main table.fees tbody td:last-child", 2),
];

#[test]
fn a_price_is_the_same_text_in_every_place() {
    LANGUAGES.par_iter().enumerate().for_each(|(index, language)| {
        let mut cache = Cache::on();
        for (number, (price, wanted)) in combinations(index).iter().enumerate() {
            let built = pipeline::build(&of(language, price, number % 2 == 0), &options(), &mut cache);
            for (path, place, count) in PLACES {
                let html = Html::parse_document(&page(&built, path));
                let selector = Selector::parse(place).unwrap();
                let texts: Vec<String> = html.select(&selector).map(|element| element.text().collect()).collect();
                let case = format!("{language} {price} {path} {place}: {texts:?}");
                match wanted {
                    Some(wanted) => {
                        let apart = |sign: &str| {
                            if matches!(*language, "en" | "nl") { format!(" {sign}") } else { format!("\u{a0}{sign}") }
                        };
                        let wanted = wanted.replace(" $", &apart("$")).replace(" €", &apart("€"));
                        let wanted = match *language {
                            "nl" => wanted.replace("$ ", "$\u{a0}").replace("€ ", "€\u{a0}"),
                            _ => wanted,
                        };
                        let found = texts.iter().filter(|text| {
                            let text = text.split_once(": ").map_or(text.as_str(), |(_, text)| text);
                            text == wanted
                        });
                        assert_eq!(found.count(), *count, "{wanted} in {case}");
                    }
                    None => assert!(texts.iter().all(|text| !text.contains(['$', '€'])), "{case}"),
                }
            }
        }
    });
}

#[test]
fn a_price_that_says_two_things_is_told() {
    for (price, told) in [
        ("{ from: 120, to: 80 }", Some("\"from\"")),
        ("{ amount: 80, free: true }", Some("\"free\"")),
        ("{ amount: 80, to: 90 }", Some("\"to\"")),
        ("{ per: hour }", Some("\"price\"")),
        ("{ from: 80, to: 80 }", None),
        ("{ free: true, sliding_scale: true }", None),
        ("{ sliding_scale: true }", None),
    ] {
        let sources = of("en", price, true);
        let found = lines(&build(&sources), &sources);
        let told_there = |line: &&String| line.starts_with("price-contradicts content/services/talk.md");
        let told_of: Vec<&String> = found.iter().filter(told_there).collect();
        assert_eq!(told_of.len(), usize::from(told.is_some()), "{price}: {found:?}");
        assert!(told.is_none_or(|mark| told_of[0].ends_with(mark)), "{price}: {told_of:?}");
    }
}

#[test]
fn prices_are_written_as_the_country_writes_them() {
    for (language, price, wanted) in [
        ("es-MX", "{ amount: 1200, currency: USD }", "$1,200"),
        ("es-MX", "{ from: 80, to: 120 }", "$80-120"),
        ("de-AT", "{ amount: 1200.5, currency: EUR }", "€\u{a0}1.200,50"),
        ("de-CH", "{ amount: 1200, currency: CHF }", "CHF\u{a0}1’200"),
        ("en-GB", "{ from: 80, per: hour, currency: GBP }", "from £80 an hour"),
        ("en", "{ amount: 80, per: unit }", "$80 a unit"),
        ("en", "{ amount: 120, currency: CHF }", "CHF\u{a0}120"),
        ("en", "{ amount: 400, currency: AED }", "400\u{a0}UAE dirhams"),
        ("de", "{ amount: 400, currency: PLN }", "400\u{a0}zł"),
        ("ar", "{ from: 100, to: 200, currency: SAR }", "100–200\u{a0}ريال سعودي"),
        ("en", "{ amount: 0 }", "Free"),
    ] {
        let html = Html::parse_document(&page(&build(&of(language, price, false)), "services/index.html"));
        let selector = Selector::parse(".price").unwrap();
        let texts: Vec<String> = html.select(&selector).map(|element| element.text().collect()).collect();
        assert_eq!(texts, [wanted], "{language} {price}");
    }
}

#[test]
fn a_dollar_at_home_needs_no_letters() {
    for (places, language, price, wanted) in [
        ("CA", "en", "{ amount: 120, currency: CAD }", "$120"),
        ("CA-QC, CA-ON", "en", "{ from: 80, to: 120, currency: CAD }", "$80–120"),
        ("CA", "en", "{ amount: 120, currency: USD }", "US$120"),
        ("AU", "en", "{ amount: 120, currency: AUD }", "$120"),
        ("AU", "en", "{ amount: 120, currency: CAD }", "CA$120"),
        ("MX", "es-MX", "{ amount: 1200, currency: MXN }", "$1,200"),
        ("CO", "es-CO", "{ amount: 90000, currency: COP }", "$\u{a0}90.000"),
        // Whoever works in two countries has readers who take a plain dollar for their own.
        ("CA, US", "en", "{ amount: 120, currency: CAD }", "CA$120"),
        ("CA, US", "en", "{ amount: 120, currency: USD }", "$120"),
        ("US", "en", "{ amount: 120, currency: CAD }", "CA$120"),
        ("GB", "en", "{ amount: 120, currency: USD }", "$120"),
        ("ES", "es", "{ amount: 90000, currency: COP }", "90.000\u{a0}pesos colombianos"),
    ] {
        let mut sources = of(language, price, false);
        let practice = PRACTICE.replace("language: en", &format!("language: {language}"));
        let line = practice.lines().find(|line| line.starts_with("jurisdictions:")).unwrap();
        sources.insert_text("content/practice.yaml", practice.replace(line, &format!("jurisdictions: [{places}]")));
        let html = Html::parse_document(&page(&build(&sources), "services/index.html"));
        let selector = Selector::parse(".price").unwrap();
        let texts: Vec<String> = html.select(&selector).map(|element| element.text().collect()).collect();
        assert_eq!(texts, [wanted], "{places} {language} {price}");
    }
}

#[test]
fn a_table_with_peoples_own_fees_says_so_in_its_head() {
    for (language, both, services) in [
        ("en", "Service or person", "Service"),
        ("de", "Angebot oder Person", "Angebot"),
        ("es", "Servicio o persona", "Servicio"),
        ("ar", "الخدمة أو الشخص", "الخدمة"),
    ] {
        let mut sources = of(language, "{ amount: 80 }", true);
        let html = page(&build(&sources), "fees/index.html");
        assert!(html.contains(&format!(">{both}</th>")), "{language}");
        sources.insert_text("content/practitioners/ana.md", "---\nname: Ana Lopez\n---\nText.\n");
        let package = "price: { amount: 80 }\npackages: [{ sessions: 6, price: 400 }]";
        let service = format!(
            "---\ntitle: Talk\nsummary: S.\nkind: coaching\n{package}\nformats: [video]\npractitioners: [ana]\n---\nText.\n"
        );
        sources.insert_text("content/services/talk.md", service);
        let html = page(&build(&sources), "fees/index.html");
        assert!(html.contains(&format!(">{services}</th>")), "{language}: {html}");
    }
}

#[test]
fn no_template_makes_a_price() {
    for (path, text) in built_in_templates() {
        for mark in ["t.per", "t.price_", "t.free", "t.sliding_scale", "t.money", "t.package_price", "currency"] {
            assert!(!text.contains(mark), "{path} uses {mark}");
        }
    }
}

/// The templates of all built-in themes.
fn built_in_templates() -> Vec<(String, String)> {
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/themes"))];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "html") {
                all.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(all.len() > 30);
    all
}
