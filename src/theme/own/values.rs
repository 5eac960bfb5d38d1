//! Values of fields that a theme brings.
//!
//! Owns their reading: every value that a page gives, held against the field's definition. What a value names in the site is found
//! later, when the site is known.

use std::collections::BTreeMap;

use super::below;
use super::definition::{Definitions, FieldDefinition, FieldKind};
use crate::diagnostic::{codes, nearest};
use crate::document::model::SettingValue;
use crate::document::schema::Misfit;
use crate::theme::settings::{Fields, Place, Shown, plain};
use crate::yaml::{Path, Value};

/// The values of all fields, and what is wrong with those that were given. `place` tells where a part of them is written.
pub fn read(
    definitions: &Definitions,
    given: &BTreeMap<String, SettingValue>,
    place: &dyn Fn(&Path) -> Place,
) -> (Fields, Vec<Misfit>) {
    let fields = definitions.0.iter().map(|(name, field)| (name.as_str(), field));
    let given: Vec<(&str, &Value)> = given.iter().map(|(name, value)| (name.as_str(), &value.0)).collect();
    read_all(fields, &given, place)
}

fn read_all<'a>(
    definitions: impl Iterator<Item = (&'a str, &'a FieldDefinition)>,
    given: &[(&str, &Value)],
    place: &dyn Fn(&Path) -> Place,
) -> (Fields, Vec<Misfit>) {
    let definitions: BTreeMap<&str, &FieldDefinition> = definitions.collect();
    let mut misfits = Vec::new();
    let mut meant = Vec::new();
    for (name, _) in given.iter().filter(|(name, _)| !definitions.contains_key(name)) {
        let near = nearest(name, definitions.keys().copied());
        meant.extend(near);
        let all: Vec<&str> = definitions.keys().copied().collect();
        misfits.push(Misfit {
            meant: None,
            path: Path::default().field(name),
            at_name: true,
            code: &codes::UNKNOWN_FIELD,
            message: format!("there's no field called `{name}` here"),
            label: near.map(|near| format!("did you mean `{near}`?")),
            help: near.is_none().then(|| match all.is_empty() {
                true => "it has no fields".to_string(),
                false => format!("the fields are: {}", all.join(", ")),
            }),
        });
    }
    let mut fields = Fields::new();
    for (name, definition) in definitions {
        let path = Path::default().field(name);
        let value = given.iter().find(|(own, value)| *own == name && !value.is_null()).map(|(_, value)| *value);
        let here = |part: &Path| {
            let mut at = path.clone();
            at.0.extend(part.0.iter().cloned());
            place(&at)
        };
        let shown = match value {
            Some(value) => match definition.read(name, value, &here) {
                Ok(shown) => Some(shown),
                Err(faults) => {
                    misfits.extend(faults.into_iter().map(|misfit| below(&path, misfit)));
                    None
                }
            },
            None if definition.required && !meant.contains(&name) => {
                let about = definition.help.as_deref().unwrap_or(&definition.label);
                misfits.push(Misfit {
                    meant: None,
                    path: Path::default(),
                    at_name: false,
                    code: &codes::MISSING_FIELD,
                    message: format!("`{name}` is missing"),
                    label: None,
                    help: Some(format!("add `{name}: …`: {about}")),
                });
                None
            }
            None => definition.nothing(name, &here),
        };
        fields.insert(name.to_string(), shown);
    }
    (fields, misfits)
}

impl FieldDefinition {
    /// What holds where no value is given.
    fn nothing(&self, name: &str, place: &dyn Fn(&Path) -> Place) -> Option<Shown> {
        match (&self.default, self.kind) {
            (Some(default), _) => {
                // What a theme names is looked for in the theme.
                let of_theme = |part: &Path| Place { is_own: false, ..place(part) };
                self.read(name, &default.0, &of_theme).ok()
            }
            (None, FieldKind::Switch) => Some(Shown::Switch(false)),
            (None, FieldKind::List) => Some(Shown::List(Vec::new())),
            (None, FieldKind::Entries) => Some(Shown::Entries(Vec::new())),
            (None, _) => None,
        }
    }

    /// The value as it is read, where the field takes it; otherwise what is wrong with it.
    pub(super) fn read(&self, name: &str, value: &Value, place: &dyn Fn(&Path) -> Place) -> Result<Shown, Vec<Misfit>> {
        let shown = match (self.as_setting(), self.kind) {
            (Some(setting), _) => setting.read(name, value, place).map_err(|faults| {
                let code = |fault: Misfit| match fault.code == &codes::INVALID_SETTING {
                    true => Misfit { code: &codes::INVALID_VALUE, ..fault },
                    false => fault,
                };
                faults.into_iter().map(code).collect::<Vec<_>>()
            })?,
            (None, FieldKind::Entries) => self.entries(name, value, place)?,
            (None, _) => match plain(value).filter(|_| !value.is_bool()) {
                Some(text) => Shown::Markdown(text, place(&Path::default())),
                None => return Err(vec![wrong(format!("`{name}` should be a text"))]),
            },
        };
        match self.out_of_bounds(name, &shown) {
            Some(message) => Err(vec![wrong(message)]),
            None => Ok(shown),
        }
    }

    fn entries(&self, name: &str, value: &Value, place: &dyn Fn(&Path) -> Place) -> Result<Shown, Vec<Misfit>> {
        let Value::Sequence(list) = value else {
            let message = format!("`{name}` should be a list, with each entry on a new line that starts with `- `");
            return Err(vec![wrong(message)]);
        };
        let parts: Vec<(&str, FieldDefinition)> =
            self.fields.iter().map(|(name, part)| (name.as_str(), part.alone())).collect();
        let (mut entries, mut misfits) = (Vec::new(), Vec::new());
        for (index, entry) in list.iter().enumerate() {
            let at = Path::default().entry(index);
            let Value::Mapping(map) = entry else {
                let all: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
                let message = format!("each entry of `{name}` should have fields of its own: {}", all.join(", "));
                misfits.push(below(&at, wrong(message)));
                continue;
            };
            let given: Vec<(&str, &Value)> =
                map.iter().filter_map(|(name, value)| Some((name.as_str()?, value))).collect();
            let here = |part: &Path| {
                let mut at = at.clone();
                at.0.extend(part.0.iter().cloned());
                place(&at)
            };
            let (fields, faults) = read_all(parts.iter().map(|(name, part)| (*name, part)), &given, &here);
            entries.push(fields);
            misfits.extend(faults.into_iter().map(|misfit| below(&at, misfit)));
        }
        if misfits.is_empty() { Ok(Shown::Entries(entries)) } else { Err(misfits) }
    }

    /// What is wrong with how much there is.
    fn out_of_bounds(&self, name: &str, shown: &Shown) -> Option<String> {
        let (count, what) = match shown {
            Shown::Text(text) | Shown::Markdown(text, _) if self.kind != FieldKind::Choice => {
                (text.chars().count(), "characters")
            }
            Shown::List(texts) => (texts.len(), "entries"),
            Shown::Entries(entries) => (entries.len(), "entries"),
            _ => return None,
        };
        match (self.min, self.max) {
            (_, Some(most)) if count as f64 > most => {
                Some(format!("`{name}` has {count} {what}; the theme has room for {most}"))
            }
            (Some(least), _) if (count as f64) < least => {
                Some(format!("`{name}` has {count} {what}; the theme needs {least}"))
            }
            _ => None,
        }
    }
}

fn wrong(message: String) -> Misfit {
    Misfit {
        meant: None,
        path: Path::default(),
        at_name: false,
        code: &codes::INVALID_VALUE,
        message,
        label: None,
        help: None,
    }
}
