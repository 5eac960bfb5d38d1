//! `anteroom schema`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use super::{theme, trouble};
use crate::schemas;

#[derive(clap::Args)]
pub(super) struct Args {
    /// What to print: practice, practitioner, service, resource, page, redirects, theme or section
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(schemas::NAMES))]
    name: Option<String>,
    /// Write all of them into this folder instead, as NAME.schema.json
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The site's folder: what its theme brings for pages is part of their schemas
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
}

/// The schema with what the theme of a site brings, where there is a site.
fn schema(name: &str, site: &Path) -> Value {
    let mut schema = schemas::schema(name).unwrap_or_default();
    if let Some(own) = theme::brought(site) {
        schemas::with_own(name, &mut schema, &own);
    }
    schema
}

pub(super) fn run(args: &Args) -> ExitCode {
    let Some(folder) = &args.output else {
        let name = args.name.as_deref().unwrap_or("practice");
        anstream::println!("{:#}", schema(name, &args.site));
        return ExitCode::SUCCESS;
    };
    for name in schemas::NAMES.iter().filter(|name| args.name.as_deref().is_none_or(|wanted| wanted == **name)) {
        let path = folder.join(format!("{name}.schema.json"));
        let schema = schema(name, &args.site);
        if let Err(error) = fs::create_dir_all(folder).and_then(|()| fs::write(&path, format!("{schema:#}\n"))) {
            return trouble(
                &format!("{} can't be written: {error}", path.display()),
                "check that you have permission to write there",
            );
        }
        anstream::println!("{}", path.display());
    }
    ExitCode::SUCCESS
}
