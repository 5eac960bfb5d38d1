//! `anteroom schema`.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use super::trouble;
use crate::schemas;

#[derive(clap::Args)]
pub(super) struct Args {
    /// What to print: practice, practitioner, service, resource, page or redirects
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(schemas::NAMES))]
    name: Option<String>,
    /// Write all of them into this folder instead, as NAME.schema.json
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> ExitCode {
    let Some(folder) = &args.output else {
        let name = args.name.as_deref().unwrap_or("practice");
        if let Some(schema) = schemas::schema(name) {
            anstream::println!("{schema:#}");
        }
        return ExitCode::SUCCESS;
    };
    for name in schemas::NAMES.iter().filter(|name| args.name.as_deref().is_none_or(|wanted| wanted == **name)) {
        let path = folder.join(format!("{name}.schema.json"));
        let schema = schemas::schema(name).unwrap_or_default();
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
